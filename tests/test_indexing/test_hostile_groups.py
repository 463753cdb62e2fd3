"""One bad file of a picture with several: it costs itself, and the others are shown."""

from django.conf import settings
from django.test import override_settings

from library.indexing.batch import save_group
from library.indexing.pool import Failure
from library.media.related import FileRef, RelatedFiles
from library.models import File
from tests.test_indexing.hostile import HostileOriginals, KeepsToTheRules
from tests.test_media.samples import XMP, sample

STAGES = ["tests.test_indexing.hostile_stages.die_of_some", *settings.INDEX_STAGES]
CRASHED = "The decoder crashed on this file."


class HostileGroupsTest(KeepsToTheRules, HostileOriginals):
    options = {"originals_limit": 1}

    @classmethod
    def setUpClass(cls) -> None:
        cls.enterClassContext(override_settings(INDEX_STAGES=STAGES))
        super().setUpClass()

    @classmethod
    def fill(cls) -> None:
        with cls.assertLogs(cls(), "library.indexing.batch", "WARNING"):
            super().fill()

    @classmethod
    def write_hostile(cls) -> None:
        for stem in ("deadly raw", "deadly sidecar", "empty", "large", "broken"):
            cls.put(f"{stem}.dng", sample("dng") + stem.encode())
            cls.put(f"{stem}.jpg", sample("jpg") + stem.encode())
            cls.put(f"{stem}.xmp", XMP + b"\n" * len(stem))
        cls.put("empty.dng", b"")
        cls.put("large.dng", sample("dng") + bytes(2_000_000))
        cls.put("broken.dng", sample("dng")[:300])
        cls.put("once.jpg", sample("jpg") + b"once")

    def shown(self, stem: str) -> set[str]:
        """The endings of the files with a row of one name."""
        names = File.objects.filter(name__startswith=f"{stem}.", error="").values_list("name", flat=True)
        return {name.rpartition(".")[2] for name in names}

    def test_a_deadly_main_file_leaves_the_others(self) -> None:
        self.assertEqual(self.shown("deadly raw"), {"jpg", "xmp"})
        self.assertEqual(self.reason("deadly raw.dng"), CRASHED)

    def test_a_deadly_sidecar_leaves_the_pictures(self) -> None:
        self.assertEqual(self.shown("deadly sidecar"), {"dng", "jpg"})
        self.assertEqual(self.reason("deadly sidecar.xmp"), CRASHED)

    def test_where_nothing_is_left_each_file_has_its_row(self) -> None:
        group = RelatedFiles(FileRef("lost.jpg", 1, 2), (FileRef("lost.xmp", 3, 4),))
        save_group(Failure(group, CRASHED), File.objects.get(name="once.jpg").folder_id)
        self.assertEqual(self.reason("lost.jpg"), CRASHED)
        self.assertEqual(self.reason("lost.xmp"), "Belongs to lost.jpg, which cannot be shown.")

    def test_an_empty_too_large_or_broken_main_file_leaves_the_others(self) -> None:
        for stem, said in (("empty", "is empty"), ("large", "Larger than"), ("broken", "is damaged")):
            with self.subTest(stem):
                self.assertLessEqual({"jpg", "xmp"}, self.shown(stem))
                self.assertTrue(File.objects.get(name=f"{stem}.jpg").is_primary)
                self.assertIn(said, self.reason(f"{stem}.dng"))

    def test_one_crash_is_not_enough_to_give_up_a_file(self) -> None:
        self.assertTrue(File.objects.get(name="once.jpg").is_primary)
