"""What strangers write into and beside pictures, indexed: it costs itself, never the picture, and is trusted little."""

from library.models import Details, File, Photo
from tests.test_indexing.hostile import HostileOriginals, KeepsToTheRules
from tests.test_media.samples import sample
from tests.test_meta.hostile_texts import packets, pictures_with, sidecars

STOLEN = "the canary's secret"
CLAIMS = (
    b"UID: pthisisnotmine00\nTitle: Mine\nPrivate: true\nOwner: admin\nFavorites: [admin]\nScan: true\nStack: -1\n"
    b"DeletedAt: 2020-01-01T00:00:00Z\nHashes: [%s]\nAlbums: [Secret]\nType: video\n" % (b"0" * 40)
)


class HostileSidecarsTest(KeepsToTheRules, HostileOriginals):
    @classmethod
    def write_hostile(cls) -> None:
        for name, content in sidecars(cls.bird).items():
            cls.put(name, content)
            stem, _, ending = name.rpartition(".")
            # Each has a picture of its own, as those of one name belong together.
            (cls.originals / name).rename(cls.originals / f"{stem} {ending}.{ending}")
            cls.put(f"{stem} {ending}.jpg", sample("jpg") + name.encode())
        cls.put("claims.yml", CLAIMS)
        cls.put("claims.jpg", sample("jpg") + b"claims")

    def test_each_picture_is_shown_whatever_lies_beside_it(self) -> None:
        for path in sorted(self.originals.glob("*.jpg")):
            with self.subTest(path.name):
                self.assertTrue(File.objects.get(name=path.name).is_primary)

    def test_bombs_and_references_are_refused_with_a_sentence(self) -> None:
        for name in ("laughs.xmp", "file.xmp", "address.xmp", "depth.xmp", "length.xmp", "depth.json", "lists.json",
                     "length.json", "aliases.yml", "depth.yml", "length.yml", "laughs.aae", "file.aae",
                     "encoding.aae"):  # fmt: skip
            with self.subTest(name):
                stem, _, ending = name.rpartition(".")
                self.assertRegex(
                    self.reason(f"{stem} {ending}.{ending}"), r"too large|too deep|repeats|not (?:a|readable)"
                )

    def test_nothing_of_other_files_comes_into_the_library(self) -> None:
        self.assertEqual(told(), [])

    def test_a_stranger_claims_no_rights(self) -> None:
        photo = self.photo("claims.jpg")
        self.assertEqual(photo.title, "Mine")
        self.assertNotEqual(photo.uid, "pthisisnotmine00")
        self.assertEqual((photo.private, photo.deleted_at, photo.type), (False, None, "image"))
        self.assertFalse(photo.owner_id)


class HostilePacketsTest(KeepsToTheRules, HostileOriginals):
    """The same XMP within pictures and films."""

    @classmethod
    def write_hostile(cls) -> None:
        written = packets(cls.bird)
        for name in ("laughs", "file", "address", "parameter", "depth", "words", "bytes"):
            for file_name, picture in pictures_with(written[name], name).items():
                stem, _, ending = file_name.rpartition(".")
                cls.put(f"{stem} {ending}.{ending}", picture)

    def test_pictures_and_films_are_shown(self) -> None:
        shown = set(File.objects.filter(is_primary=True).values_list("name", flat=True))
        self.assertEqual(set(self.before) - shown, set())

    def test_nothing_of_other_files_comes_into_the_library(self) -> None:
        self.assertEqual(told(), [])


def told() -> list[str]:
    """The names of the photos whose texts hold what no file of originals says."""
    texts = (("title", "caption"), ("notes", "subject", "artist", "copyright", "software", "keywords"))
    found = []
    for model, columns in zip((Photo, Details), texts, strict=True):
        for row in model.objects.all():
            found += [str(row.pk) for column in columns if STOLEN in getattr(row, column)]
    return found
