"""The YAML file of a photo that became part of another goes with it."""

import tempfile
from pathlib import Path

from django.test import override_settings

from library.edits import Edit, edit
from library.models import File, Photo
from library.stacks import by_hand
from library.stacks.undo import undo, undoable
from tests.base import TestCase
from tests.make import make_file, make_photo


class BackupsTest(TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(override_settings(SIDECAR_PATH=self.folder))
        self.grant = self.grant_of(self.alice)
        self.photos = [make_photo(name=name, folder="2024/05") for name in ("a", "z")]
        for photo in self.photos:
            self.run_and_commit(lambda photo=photo: edit(photo, self.grant, Edit(title=f"Title {photo.name}")))

    def run_and_commit(self, change: object) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            change()  # type: ignore[operator]

    def kept(self) -> list[str]:
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*.yml"))

    def stack(self) -> str:
        uids = [photo.uid for photo in self.photos]
        with self.captureOnCommitCallbacks(execute=True):
            return undoable(uids, self.grant, lambda: by_hand.stack(uids, self.grant))[1]

    def test_only_that_of_the_photo_that_stays_is_left(self) -> None:
        self.assertEqual(self.kept(), ["2024/05/a.yml", "2024/05/z.yml"])
        self.stack()
        self.assertEqual(self.kept(), ["2024/05/a.yml"])
        self.assertIn(Photo.objects.get().uid, (self.folder / "2024/05/a.yml").read_text())

    def test_taken_back_each_has_its_own_again(self) -> None:
        token = self.stack()
        self.run_and_commit(lambda: undo(token, self.grant))
        self.assertEqual(self.kept(), ["2024/05/a.yml", "2024/05/z.yml"])
        self.assertIn("Title z", (self.folder / "2024/05/z.yml").read_text())

    def test_a_file_that_was_out_and_is_back_leaves_none(self) -> None:
        photo = self.photos[0]
        file = make_file(photo, name="2024/05/a.png", type="png")
        self.run_and_commit(lambda: by_hand.unstack(photo, file.uid, self.grant))
        self.assertIn("2024/05/a.png.yml", self.kept())
        alone = File.objects.get(pk=file.pk).photo
        assert alone is not None
        self.run_and_commit(lambda: by_hand.stack([photo.uid, alone.uid], self.grant))
        self.assertEqual(self.kept(), ["2024/05/a.yml", "2024/05/z.yml"])

    def test_a_folder_in_its_place_is_left_alone(self) -> None:
        (self.folder / "2024/05/z.yml").unlink()
        (self.folder / "2024/05/z.yml").mkdir()
        self.stack()
        self.assertEqual(Photo.objects.count(), 1)
