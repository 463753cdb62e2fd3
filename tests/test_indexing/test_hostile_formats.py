"""Damaged files of every format in the table, indexed: each is shown or refused with a reason."""

from collections.abc import Iterable

from library.media.formats import FORMATS, Format
from library.models import File
from tests.test_indexing.hostile import HostileOriginals, KeepsToTheRules
from tests.test_media.damage import damaged
from tests.test_media.samples import sample

FILMS = [row for row in FORMATS if row.media_type == "video"]
SIDECARS = [row for row in FORMATS if not row.is_main]
PICTURES = [row for row in FORMATS if row not in FILMS and row not in SIDECARS]
# Known as such, and shown by no means: they are programs.
PROGRAMS = {"ps", "eps"}


def name_of(file_format: Format, kind: str) -> str:
    return f"{file_format.name} {kind}.{file_format.extensions[0]}"


class DamagedOriginals(HostileOriginals):
    """A sound file of each format, and all its damages."""

    formats: Iterable[Format] = ()

    @classmethod
    def write_hostile(cls) -> None:
        for file_format in cls.formats:
            content = sample(file_format.name)
            for kind, version in {"sound": content, **damaged(content)}.items():
                cls.put(name_of(file_format, kind), version)


class MainFilesTest:
    """What holds for pictures and films, to be inherited beside `DamagedOriginals`."""

    def test_a_sound_file_is_shown(self: DamagedOriginals) -> None:
        for file_format in self.formats:
            with self.subTest(file_format.title):
                if file_format.name in PROGRAMS:
                    self.assertIn("programs", self.reason(name_of(file_format, "sound")))
                    continue
                file = File.objects.get(name=name_of(file_format, "sound"))
                self.assertEqual((file.type, file.is_primary, file.error), (file_format.name, True, ""))
                self.assertGreater(file.width, 0)

    def test_of_what_is_hardly_there_it_is_said(self: DamagedOriginals) -> None:
        for file_format in self.formats:
            with self.subTest(file_format.title):
                self.assertTrue(self.reason(name_of(file_format, "head alone")))


class DamagedPicturesTest(MainFilesTest, KeepsToTheRules, DamagedOriginals):
    formats = PICTURES

    @classmethod
    def write_hostile(cls) -> None:
        super().write_hostile()
        cls.put("empty.jpg", b"")

    def test_of_an_empty_file_it_is_said(self) -> None:
        self.assertEqual(self.reason("empty.jpg"), "The file is empty.")


class DamagedFilmsTest(MainFilesTest, KeepsToTheRules, DamagedOriginals):
    formats = FILMS


class DamagedSidecarsTest(KeepsToTheRules, DamagedOriginals):
    formats = SIDECARS

    @classmethod
    def write_hostile(cls) -> None:
        """Each beside a picture, since nobody looks into those that belong to none."""
        super().write_hostile()
        for path in sorted(cls.originals.iterdir()):
            cls.put(f"{path.stem}.jpg", sample("jpg") + path.name.encode())

    def test_they_cost_no_picture(self) -> None:
        for path in sorted(self.originals.glob("*.jpg")):
            with self.subTest(path.name):
                self.assertTrue(File.objects.get(name=path.name).is_primary)

    def test_what_cannot_be_read_is_told(self) -> None:
        for name in ("xmp", "json", "aae", "yml"):
            with self.subTest(name):
                self.assertIn("The file is not", self.reason(f"{name} noise after the head.{name}"))
