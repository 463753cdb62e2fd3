"""What may lie in a folder besides files: links, pipes, sockets, devices, locked files, and rules of strangers."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_IFCHR
from typing import Final

from library.indexing.draft import Draft, Skip
from library.indexing.runner import make_workshop
from library.indexing.scan import MAX_RULES, scan
from library.indexing.stages import identify_files
from library.indexing.troubles import record
from library.media.ignore import IgnoreRules
from library.media.related import FileRef, RelatedFiles
from library.models import Duplicate, ErrorLog, File, Folder
from tests.originals import run_index
from tests.test_indexing.hostile import HostileOriginals, KeepsToTheRules
from tests.test_media.samples import sample

LEADS_OUT: Final = "The link leads out of the originals."
NO_FILE: Final = "Neither a file nor a folder, but a pipe, socket or device."
NOBODY: Final = 65_534  # a user that owns nothing
RULES: Final = (
    b"*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b\n" * 200,
    b"[" * 5000,
    b"[z-a]\n[]\n[!]\n[^]\n[a-\n]\n[[:alpha:]]\n",
    b"(?:a+)+$\n(((((\n\\\n\\\\\n\\Z\n(?P<x>\n",
    b"\0\xff\xfe\n\xed\xa0\x80\n",
    b"/" * 9000 + b"\n" + b"../" * 900 + b"x\n/\n//\n",
    b"x" * 300_000,
    b"**/**/**/**/**/**/**/**/**/**/z\n" * 200,
    b"no newline at all" * 9000,
)


class HostilePlacesTest(KeepsToTheRules, HostileOriginals):
    @classmethod
    def write_hostile(cls) -> None:
        root = cls.originals
        cls.put("good.jpg", sample("jpg"))
        cls.put("real/inside.jpg", sample("jpg") + b"inside")
        cls.link("out.jpg", cls.bird.file)
        cls.link("text.jpg", cls.bird.text)
        cls.link("folder out", cls.bird.file.parent)
        cls.link("passwd.jpg", "/etc/passwd")
        cls.link("relative.jpg", f"../../../../../../../../../{cls.bird.file}")
        cls.link("zero.jpg", "/dev/zero")
        cls.link("processes", "/proc/self")
        cls.link("nowhere.jpg", "nowhere at all.jpg")
        cls.link("itself.jpg", "itself.jpg")
        cls.link("to and.jpg", "fro.jpg")
        cls.link("fro.jpg", "to and.jpg")
        cls.link("real/up", "..")
        cls.link("again", "real")
        cls.link("same.jpg", "good.jpg")
        cls.link("good.xmp", cls.bird.text)
        cls.link("real/.ppignore", cls.bird.text)
        os.link(root / "good.jpg", root / "second name.jpg")
        os.mkfifo(root / "pipe.jpg")
        os.mkfifo(root / "good.json")
        (root / "folder.jpg").mkdir()
        with socket.socket(socket.AF_UNIX) as server:
            # The path of a socket has no more than a hundred bytes.
            server.bind(f"/proc/self/fd/{(folder := os.open(root, os.O_PATH))}/socket.jpg")
            os.close(folder)
        cls.make_device(root / "device.jpg")

    @classmethod
    def link(cls, name: str, target: str | Path) -> None:
        (cls.originals / name).symlink_to(target)

    @staticmethod
    def make_device(path: Path) -> None:
        """A real one where that is allowed; a link to one is what anybody can make."""
        try:
            os.mknod(path, S_IFCHR | 0o666, os.makedev(1, 5))
        except PermissionError:
            path.symlink_to("/dev/zero")

    def test_links_that_lead_out_are_told_and_not_followed(self) -> None:
        for name in ("out.jpg", "text.jpg", "folder out", "passwd.jpg", "relative.jpg", "zero.jpg", "processes",
                     "good.xmp"):  # fmt: skip
            with self.subTest(name):
                self.assertEqual(self.reason(name), LEADS_OUT)

    def test_pipes_sockets_and_devices_are_told_and_not_opened(self) -> None:
        for name in ("pipe.jpg", "good.json", "socket.jpg"):
            with self.subTest(name):
                self.assertEqual(self.reason(name), NO_FILE)
        self.assertIn(self.reason("device.jpg"), (NO_FILE, LEADS_OUT))

    def test_links_to_nothing_and_in_circles_are_told(self) -> None:
        for name in ("nowhere.jpg", "itself.jpg", "to and.jpg", "fro.jpg"):
            with self.subTest(name):
                self.assertRegex(self.reason(name), r"^Cannot be read: .*\.$")

    def test_what_is_reached_twice_is_one_photo_under_its_own_name(self) -> None:
        shown = set(File.objects.filter(is_primary=True).values_list("name", flat=True))
        self.assertEqual(shown, {"good.jpg", "real/inside.jpg"})
        self.assertEqual(set(Duplicate.objects.values_list("name", flat=True)), {"same.jpg", "second name.jpg"})

    def test_a_new_link_renames_nothing(self) -> None:
        self.link("a new way", "real")
        result = run_index()
        (self.originals / "a new way").unlink()
        self.assertEqual((result.added, result.updated, result.missing), (0, 0, 0))

    def test_the_rules_of_a_link_out_are_not_read(self) -> None:
        self.assertNotIn("The file was opened.", self.bird.harm())


class LockedTest(HostileOriginals):
    """Files and folders that the user of the program may not read; root may, so it takes another one's rights."""

    @classmethod
    def write_hostile(cls) -> None:
        cls.put("good.jpg", sample("jpg"))
        cls.put("locked.jpg", sample("jpg") + b"locked").chmod(0)
        cls.put("closed/inside.jpg", sample("jpg") + b"inside")
        (cls.originals / "closed").chmod(0)
        for folder in (cls.home, cls.originals):
            folder.chmod(0o755)

    @classmethod
    def tearDownClass(cls) -> None:
        (cls.originals / "closed").chmod(0o755)
        super().tearDownClass()

    def test_a_locked_file_is_told(self) -> None:
        facts = (self.originals / "locked.jpg").stat()
        draft = Draft.of(RelatedFiles(FileRef("locked.jpg", facts.st_size, facts.st_mtime_ns)), make_workshop())
        with without_rights(), self.assertRaisesMessage(Skip, "Cannot be read: Permission denied."):
            identify_files(draft)

    def test_a_closed_folder_is_told_and_the_walk_goes_on(self) -> None:
        with without_rights():
            found = {folder.path: folder for folder in scan(self.originals)}
        self.assertEqual([reason for _, reason in found["closed"].problems], ["Cannot be read: Permission denied."])
        self.assertIn("good.jpg", {related.main.name for related in found[""].changed} | set(found[""].known.rows))

    def test_a_folder_that_is_opened_again_is_no_trouble_any_more(self) -> None:
        with without_rights():
            closed = next(folder for folder in scan(self.originals) if folder.path == "closed")
        folder = Folder.objects.get(path="closed")
        for ref, reason in closed.problems:
            record(ref, reason, "error", folder.pk)
        self.assertEqual(self.reason("closed"), "Cannot be read: Permission denied.")
        (self.originals / "closed").chmod(0o755)
        run_index()
        (self.originals / "closed").chmod(0)
        self.assertFalse(ErrorLog.objects.filter(name="closed").exists())

    def test_what_was_in_a_folder_is_not_missing_because_it_is_closed_now(self) -> None:
        self.assertEqual(run_index().missing, 0)


class HostileRulesTest(KeepsToTheRules, HostileOriginals):
    """`.ppignore` files of strangers."""

    @classmethod
    def write_hostile(cls) -> None:
        for number, rules in enumerate(RULES):
            cls.put(f"{number}/.ppignore", rules)
            cls.put(f"{number}/{'a' * 60}.jpg", sample("jpg") + b"%d" % number)
        (cls.originals / "pipe").mkdir()
        os.mkfifo(cls.originals / "pipe" / ".ppignore")
        cls.put("pipe/a.jpg", sample("jpg") + b"pipe")
        cls.put("folder/.ppignore/x.jpg", sample("jpg") + b"folder")
        cls.put("folder/a.jpg", sample("jpg") + b"a")

    def test_no_rules_keep_a_picture_they_do_not_name_from_being_shown(self) -> None:
        shown = set(File.objects.filter(is_primary=True).values_list("name", flat=True))
        self.assertEqual(
            shown, {*(f"{number}/{'a' * 60}.jpg" for number in range(len(RULES))), "pipe/a.jpg", "folder/a.jpg"}
        )

    def test_any_text_is_a_set_of_rules(self) -> None:
        for rules in RULES:
            found = IgnoreRules().within("a/[b]/*", rules[:MAX_RULES].decode("utf-8", "replace"))
            self.assertFalse(found.ignores("a/[b]/*/picture.jpg"))


@contextmanager
def without_rights() -> Iterator[None]:
    """For the time of a `with` block, root is nobody; everybody else is who they are."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
