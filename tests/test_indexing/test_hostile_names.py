"""Names that break shells, terminals, archives and paths: each file is indexed, listed, shown and handed out."""

import io
import os
import unicodedata
from typing import ClassVar, Final
from zipfile import ZipFile

from library.media.zips import safe_name
from library.models import ErrorLog, File, Folder
from tests.canary import Canary
from tests.test_api.on_disk import MediaTestCase
from tests.test_indexing.hostile import HostileOriginals, KeepsToTheRules
from tests.test_media.samples import sample

LONGEST = 255  # bytes
COMPOSED, DECOMPOSED = (unicodedata.normalize(form, "Ä é Å 각") for form in ("NFC", "NFD"))


# fmt: off
NAMES: Final = (
    # options, and what a shell makes more of
    "-rf", "--help", "-config", "-", "--", "-@", "-o", "+1", "~", "~root", "!!", "$IFS", "${HOME}", "%PATH%", "a'b\"c",
    "\\", "a\\..\\b", "*", "?", "[0]", "{a,b}", "(1)", "#x", "li@st",
    # what libraries and formats make more of
    "[Q=100,strip]", "%d", "%s%n", "%00", "%2e%2e%2f", "http:x", "file:x", "data:,x", "concat:a|b", "pipe:0", "msl:x",
    "a?b=c&d", "<b>x</b>", "{{7*7}}", "{% x %}", "${7*7}", "=1+1", "x..", "x. .", "a:b", "a:$DATA", "c:",
    # devices and files of other systems, dates and numbers that are none
    "CON", "nul", "COM1", "aux.h", "desktop.ini", "9999-99-99 99.99.99", "20240230_256199", "0000-00-00", "1e999",
    "-1", "NaN", "null",
    # characters that move the cursor, hide, or turn the line around
    "new\nline", "tab\tstop", "return\r", "bell\x07", "\x1b[31mred", "del\x7f", " ", "  x  ", "\u202egnp.exe",
    "\u2066x\u2069", "\ufeffbom", "zero\u200bwidth", "\u2028line", "\ue000", "\U0010ffff",
    # scripts, signs that grow when their case changes, twins
    "👩\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈", "עברית", "العربية", "富士山", "Ⅷ", "ﬁ", "ß", "İ", "ı", "z\u0338\u0360",
    COMPOSED, DECOMPOSED, "Case", "case", "CASE",
    # as long as a name can be
    "x" * (LONGEST - 4), "y" + "é" * 125, "z" + "👍" * 62, "IMG_" + "1" * 200,
)
# fmt: on
COMMANDS: Final = ("$({})", "`{}`", ";{};", "|{}|", "&& {} &", "'; {} #", '"; {} "', "> {}")


def hostile_names(bird: Canary) -> list[str]:
    """Names of JPEG files, none of which belongs to another."""
    stems = [*NAMES, *(command.format(bird.word) for command in COMMANDS)]
    return [*(f"{stem}.jpg" for stem in stems), "UPPER.JPG", "two.jpg.jpg", "dots.a.b.c.d.jpg", "x.jpg.", "jpg.jpeg"]


class HostileNamesTest(KeepsToTheRules, HostileOriginals, MediaTestCase):
    names: ClassVar[list[str]]

    @classmethod
    def write_hostile(cls) -> None:
        cls.names = hostile_names(cls.bird)
        for number, name in enumerate(cls.names):
            cls.put(name, cls.content(number))
        for number, name in enumerate(cls.names[::9]):
            cls.put(f"{name[:-4]}/{'deeper' if number % 2 else name[:-4]}/in folders.jpg", cls.content(1000 + number))

    @staticmethod
    def content(number: int) -> bytes:
        return sample("jpg") + b"%d" % number

    def test_all_are_indexed_under_their_names(self) -> None:
        names = {name for name in self.names if not name.endswith(".")}
        self.assertEqual(names - set(File.objects.filter(is_primary=True).values_list("name", flat=True)), set())
        deeper = File.objects.filter(name__endswith="/in folders.jpg", is_primary=True).count()
        self.assertEqual(deeper, len(self.names[::9]))

    def test_twins_are_files_of_their_own(self) -> None:
        found = File.objects.filter(
            name__in=[f"{COMPOSED}.jpg", f"{DECOMPOSED}.jpg", "Case.jpg", "case.jpg", "CASE.jpg"]
        )
        self.assertEqual(len({file.photo_id for file in found}), 5)

    def test_the_api_lists_them_unchanged(self) -> None:
        answer = self.app_of(self.admin).get("/api/v1/photos?count=1000&quality=0")
        listed = {row["FileName"] for row in answer.json()}
        self.assertEqual(set(File.objects.filter(is_primary=True).values_list("name", flat=True)) - listed, set())

    def test_each_has_its_thumb(self) -> None:
        for file in File.objects.filter(is_primary=True):
            with self.subTest(ascii(file.name)):
                answer, content = self.read(f"/api/v1/t/{file.hash}/{self.preview['admin']}/tile_224?download=1")
                self.assertEqual((answer.status_code, content[:3]), (200, b"\xff\xd8\xff"))
                self.assertHeaderIsPlain(answer["Content-Disposition"])

    def test_each_is_downloaded_as_it_is(self) -> None:
        for number, name in enumerate(self.names):
            if file := File.objects.filter(name=name, is_primary=True).first():
                with self.subTest(ascii(name)):
                    answer, content = self.read(f"/api/v1/dl/{file.hash}?t={self.download['admin']}")
                    self.assertEqual((answer.status_code, content), (200, self.content(number)))
                    self.assertHeaderIsPlain(answer["Content-Disposition"])

    def test_a_zip_holds_all_of_them_under_names_that_every_system_takes(self) -> None:
        uids = list(File.objects.filter(is_primary=True).values_list("photo__uid", flat=True))
        asked = self.app_of(self.admin).post("/api/v1/zip", {"photos": uids}, content_type="application/json")
        _, content = self.read(f"/api/v1/zip/{asked.json()['filename']}?t={self.download['admin']}")
        with ZipFile(io.BytesIO(content)) as archive:
            self.assertIsNone(archive.testzip())
            inside = archive.namelist()
        self.assertEqual(len(inside), len(uids))
        self.assertEqual(len({name.casefold() for name in inside}), len(uids))
        self.assertEqual([name for name in inside if safe_name(name) != name], [])

    def test_the_list_of_problems_shows_a_name_as_text(self) -> None:
        answer = self.client_of(self.admin).get("/library/errors?level=skipped")
        self.assertEqual(answer.status_code, 200)
        self.assertContains(answer, "x.jpg.")

    def assertHeaderIsPlain(self, header: str) -> None:  # noqa: N802 - as unittest writes it
        self.assertRegex(header, r"\A[ -~]+\Z")


class NamesOfNoUseTest(KeepsToTheRules, HostileOriginals):
    """Bytes that are no text, and paths that are too long or very deep."""

    @classmethod
    def write_hostile(cls) -> None:
        for name in (b"caf\xe9.jpg", b"\xff\xfe.jpg", b"\xc3.jpg", b"\xed\xa0\x80.jpg", b"folder\xff/inside.jpg"):
            cls.put(os.fsdecode(name), sample("jpg") + name)
        deep = "/".join(f"level {number}" for number in range(60))
        cls.put(f"{deep}/bottom.jpg", sample("jpg") + b"deep")
        cls.put(f"{'/'.join('x' * 200 for _ in range(6))}/far.jpg", sample("jpg") + b"far")
        cls.put("good.jpg", sample("jpg"))

    def test_the_others_are_indexed(self) -> None:
        self.assertTrue(File.objects.get(name="good.jpg").is_primary)

    def test_sixty_levels_of_folders_are_walked(self) -> None:
        file = File.objects.get(name__endswith="/bottom.jpg")
        self.assertEqual((file.name.count("/"), file.is_primary), (60, True))

    def test_bytes_that_are_no_text_are_told_by_their_numbers(self) -> None:
        told = dict(ErrorLog.objects.filter(reason="The name is not valid UTF-8.").values_list("name", "level"))
        names = {"caf\\xe9.jpg", "\\xff\\xfe.jpg", "\\xc3.jpg", "\\xed\\xa0\\x80.jpg", "folder\\xff"}
        self.assertEqual(told, dict.fromkeys(names, "error"))

    def test_a_path_beyond_all_columns_is_told(self) -> None:
        self.assertEqual(ErrorLog.objects.filter(reason__contains="longer than 1024").count(), 1)
        self.assertFalse(Folder.objects.filter(path__endswith="x" * 201).exists())
