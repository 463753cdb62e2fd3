"""The walk over the originals: what is met, skipped, and said to be wrong."""

import os
from pathlib import Path

from library.indexing.scan import FolderScan, count_files, scan
from tests.originals import OriginalsTestCase


class ScanTest(OriginalsTestCase):
    def setUp(self) -> None:
        self.root = self.originals / self._testMethodName
        self.root.mkdir()

    def touch(self, name: str, content: str = "x") -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        return path

    def scan(self, start: str = "") -> dict[str, FolderScan]:
        return {found.path: found for found in scan(self.root, start)}

    def found(self) -> set[str]:
        return {related.main.name for folder in self.scan().values() for related in folder.changed}

    def problems(self) -> dict[str, str]:
        return {ref.name: reason for folder in self.scan().values() for ref, reason in folder.problems}

    def test_folders_are_met_parents_first(self) -> None:
        self.touch("b/c/1.jpg")
        self.touch("a/2.jpg")
        self.assertEqual(list(self.scan()), ["", "a", "b", "b/c"])

    def test_hidden_files_and_folders_are_skipped(self) -> None:
        for name in (".hidden.jpg", "@eaDir/x.jpg", "__MACOSX/y.jpg", "shown.jpg"):
            self.touch(name)
        self.assertEqual(self.found(), {"shown.jpg"})

    def test_a_storage_folder_is_skipped(self) -> None:
        self.touch("storage/.ppstorage")
        self.touch("storage/cache/thumb.jpg")
        self.assertEqual(self.found(), set())

    def test_ignore_files_hold_for_their_folder_and_below(self) -> None:
        self.touch("family/.ppignore", "*.gif\nsecret/\n")
        for name in ("family/a.gif", "family/b.jpg", "family/secret/c.jpg", "d.gif"):
            self.touch(name)
        self.assertEqual(self.found(), {"family/b.jpg", "d.gif"})

    def test_ignore_rules_above_the_start_hold_too(self) -> None:
        self.touch(".ppignore", "*.gif")
        self.touch("family/a.gif")
        self.assertEqual([folder.changed for folder in scan(self.root, "family")], [[]])

    def test_files_that_belong_to_no_picture_are_strays(self) -> None:
        self.touch("notes.txt")
        self.touch("IMG_1.jpg")
        self.touch("IMG_1.xmp")
        found = self.scan()[""]
        self.assertEqual([ref.name for ref in found.strays], ["notes.txt"])
        self.assertEqual([file.name for file in found.changed[0].files], ["IMG_1.jpg", "IMG_1.xmp"])

    def test_links_inside_are_followed_once(self) -> None:
        self.touch("real/1.jpg")
        (self.root / "again").symlink_to(self.root / "real")
        (self.root / "real" / "loop").symlink_to(self.root)
        self.assertEqual(len(self.found()), 1)

    def test_a_link_out_of_the_originals_is_a_problem(self) -> None:
        (self.root / "outside").symlink_to("/etc")
        (self.root / "passwd.jpg").symlink_to("/etc/passwd")
        reason = "The link leads out of the originals."
        self.assertEqual(self.problems(), {"outside": reason, "passwd.jpg": reason})

    def test_a_pipe_is_not_opened(self) -> None:
        os.mkfifo(self.root / "pipe.jpg")
        reason = "Neither a file nor a folder, but a pipe, socket or device."
        self.assertEqual((self.found(), self.problems()), (set(), {"pipe.jpg": reason}))

    def test_a_name_that_is_not_utf8_is_a_problem(self) -> None:
        (Path(os.fsdecode(os.fsencode(self.root) + b"/caf\xe9.jpg"))).touch()
        self.assertEqual(list(self.problems().values()), ["The name is not valid UTF-8."])

    def test_a_broken_link_is_no_file(self) -> None:
        (self.root / "gone.jpg").symlink_to(self.root / "nowhere.jpg")
        self.assertEqual(self.problems(), {"gone.jpg": "Cannot be read: No such file or directory."})

    def test_a_link_to_itself_does_not_end_the_walk(self) -> None:
        self.touch("z.jpg")
        (self.root / "a.jpg").symlink_to(self.root / "b.jpg")
        (self.root / "b.jpg").symlink_to(self.root / "a.jpg")
        self.assertEqual((self.found(), len(self.problems())), ({"z.jpg"}, 2))

    def test_the_count_for_the_progress_bar_leaves_out_what_is_hidden(self) -> None:
        self.touch("1.jpg")
        self.touch("a/2.jpg")
        self.touch("@eaDir/3.jpg")
        self.assertEqual(count_files(self.root), 2)
