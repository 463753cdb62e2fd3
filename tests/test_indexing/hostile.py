"""What every index run over hostile files must keep to, whatever they are; the tests of each kind write the files."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.test import override_settings

from library.indexing.runner import IndexResult
from library.indexing.troubles import storable
from library.media.ignore import is_hidden
from library.models import Duplicate, ErrorLog, File
from library.models.trouble import Level
from tests.canary import Canary, canary
from tests.originals import LONG_AGO, OriginalsTestCase, age, run_index

_SENTENCE = re.compile(r"\S.{8,250}[.]", re.DOTALL)
_FOR_PROGRAMMERS = re.compile(
    r"Traceback|Error\b|errno|0x[0-9a-f]{5,}|<_io|\bNone\b|/tmp/|object at|b'|\\x|Cannot be indexed|Cannot be saved"
)


class HostileOriginals(OriginalsTestCase):
    """Originals that `write_hostile` makes, indexed once, with a canary that they may name."""

    bird: Canary
    result: IndexResult
    options: Mapping[str, Any] = {}

    @classmethod
    def setUpClass(cls) -> None:
        cls.bird = cls.enterClassContext(canary())
        # ExifTool takes a tenth of a second for each broken file, and is not everywhere.
        options = replace(settings.OPTIONS, **{"disable_exiftool": True, "thumb_size": 720, **cls.options})
        cls.enterClassContext(override_settings(OPTIONS=options))
        super().setUpClass()

    @classmethod
    def fill(cls) -> None:
        cls.write_hostile()
        cls.before = digests(cls.originals)
        cls.result = run_index()

    @classmethod
    def write_hostile(cls) -> None:
        """Writes the files; to be overridden."""

    @classmethod
    def put(cls, name: str, content: bytes) -> Path:
        """Writes an original of these bytes, long ago."""
        path = cls.originals / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        age(path, LONG_AGO)
        return path

    def reason(self, name: str) -> str:
        """The one sentence about a file."""
        return ErrorLog.objects.get(name=name).reason


class KeepsToTheRules:
    """The tests that hold for all hostile originals, to be inherited beside `HostileOriginals`."""

    def test_the_run_comes_to_its_end(self: HostileOriginals) -> None:
        self.assertEqual(self.result.state, "done")

    def test_each_file_is_shown_or_has_one_row_with_a_reason_for_people(self: HostileOriginals) -> None:
        shown = set(File.objects.filter(photo__isnull=False).values_list("name", flat=True))
        copies = set(Duplicate.objects.values_list("name", flat=True))
        troubles = {row.name: row for row in ErrorLog.objects.all()}
        for name in self.before:
            if any(map(is_hidden, PurePosixPath(name).parts)):
                continue
            with self.subTest(ascii(name)):
                self.assertTrue(name in shown or name in copies or told_of(name) & set(troubles), "It is lost.")
                if name in troubles and troubles[name].level == Level.ERROR:
                    self.assertFalse(File.objects.filter(name=name, is_primary=True).exists())
        for row in troubles.values():
            with self.subTest(ascii(row.name), reason=row.reason):
                said = row.reason.replace(row.name.rpartition("/")[2], "")
                self.assertRegex(row.reason, _SENTENCE)
                self.assertNotRegex(said, _FOR_PROGRAMMERS)

    def test_no_original_is_changed_by_a_byte(self: HostileOriginals) -> None:
        self.assertEqual(digests(self.originals), self.before)

    def test_nothing_else_is_fetched_read_or_run(self: HostileOriginals) -> None:
        self.assertEqual(self.bird.harm(), [])

    def test_later_runs_try_nothing_again_and_tell_the_same(self: HostileOriginals) -> None:
        told = set(ErrorLog.objects.values_list("pk", "name", "level", "reason"))
        for _ in range(2):
            again = run_index()
            self.assertEqual((again.added, again.updated, again.missing), (0, 0, 0))
            self.assertEqual(again.unchanged, again.files)
            self.assertEqual(set(ErrorLog.objects.values_list("pk", "name", "level", "reason")), told)


def told_of(name: str) -> set[str]:
    """The names under which a trouble with this file may be told: its own, and those of the folders it lies in."""
    paths = [name, *(str(parent) for parent in PurePosixPath(name).parents)]
    return {storable(path)[-1024:] for path in paths}


def digests(folder: Path) -> dict[str, str]:
    """What every regular file below a folder holds, and when it was changed; of huge ones the first megabyte."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            facts = path.stat()
            with path.open("rb") as stream:
                digest = hashlib.sha1(stream.read(_MEGABYTE if facts.st_size > _HUGE else -1), usedforsecurity=False)
            name = path.relative_to(folder).as_posix()
            found[name] = f"{digest.hexdigest()} {facts.st_size} {facts.st_blocks} {facts.st_mtime_ns}"
    return found


_MEGABYTE = 1024 * 1024
_HUGE = 64 * _MEGABYTE
