"""The YAML beside a photo: what is written is read back, and what is wrong is left out."""

from datetime import UTC, datetime

from django.test import SimpleTestCase

from library.meta.backup import Backup, read_backup, to_metadata, write_backup
from library.meta.yamltext import NotYaml

UID = "psabcdefghijklmn"


class ReadBackupTest(SimpleTestCase):
    def test_what_is_written_is_read_back(self) -> None:
        text = write_backup(
            {"UID": UID, "Title": "Łódź: 'no' # 1", "TitleSrc": "manual", "TakenAt": "2020-01-30T09:57:18.25Z",
             "Lat": 0.5, "Private": True, "Rating": 0, "Caption": "",
             "Details": {"Keywords": "a, b", "KeywordsSrc": "manual"},
             "Favorites": ["no", "1.0"], "Labels": [{"Name": "Cat", "Uncertainty": 100}], "Albums": [{"UID": "a1"}]}
        )  # fmt: skip
        found = read_backup(text)
        self.assertEqual((found.uid, found.photo["title"], found.photo["title_src"]), (UID, "Łódź: 'no' # 1", "manual"))
        self.assertEqual(found.photo["taken_at"], datetime(2020, 1, 30, 9, 57, 18, 250_000, tzinfo=UTC))
        self.assertEqual((found.photo["lat"], found.photo["private"], found.photo["rating"]), (0.5, True, 0))
        self.assertEqual((found.details["keywords"], found.details["keywords_src"]), ("a, b", "manual"))
        self.assertEqual((found.favorites, found.labels), (("no", "1.0"), (("Cat", 100),)))
        self.assertEqual((found.more, "caption" in found.photo), ({"Albums": [{"UID": "a1"}]}, False))

    def test_photoprisms_own(self) -> None:
        found = read_backup(
            "TakenAt: 2020-01-30T09:57:18Z\nUID: pqbcf5j446s0futy\nDescription: Old\nFavorite: true\nISO: 200"
        )
        self.assertEqual((found.uid, found.photo["caption"], found.photo["iso"]), ("pqbcf5j446s0futy", "Old", 200))
        self.assertTrue(found.is_favorite)

    def test_each_wrong_value_is_left_out_alone(self) -> None:
        wrong = (
            "UID: nobody\nType: sql\nTitle: [1]\nTitleSrc: god\nTakenAt: 0000-01-01T00:00:00Z\n"
            "TakenAtLocal: 9999-12-31T23:59:59Z\n"
            "Lat: 91\nLng: 1e308\nISO: -5\nRating: 9\nPrivate: maybe\nStack: 7\nEditedAt: soon\nDetails: 5\nLabels: x\n"
            "Favorites: {a: 1}\nCountry: de\n"
        )
        self.assertEqual(read_backup(wrong), Backup(photo={"country": "de"}))

    def test_bombs_and_tags_are_refused(self) -> None:
        laughs = "a: &a [x, x]\n" + "".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
        )
        texts = [
            laughs,
            "a: &a\n  <<: *a",
            "[" * 10_000,
            "{a: " * 50 + "1" + "}" * 50,
            "- x\n" * 30_000,
            "x" * 1_000_001,
            "%",
            "a: b: c",
            "\0",
        ]
        for text in texts:
            with self.assertRaises(NotYaml, msg=text[:30]):
                read_backup(text)

    def test_nothing_is_made_of_tags(self) -> None:
        self.assertEqual(
            read_backup("Title: !!python/object/apply:os.system [ls]\nCaption: !!int 7").photo, {"caption": "7"}
        )


class ToMetadataTest(SimpleTestCase):
    def test_texts_date_and_place_with_their_source(self) -> None:
        found = to_metadata(
            read_backup(
                "Title: Lake\nTakenAt: 2020-01-30T09:57:18Z\nLat: 1\nLng: 2\nPrivate: true\nDetails: {Artist: Ada}"
            )
        )
        self.assertEqual((found.title, found.artist, found.lat, found.taken_src), ("Lake", "Ada", 1.0, "yaml"))
        self.assertEqual(found.source_of("title"), "yaml")
