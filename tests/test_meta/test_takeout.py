"""What Google's JSON says of a picture."""

import json
from datetime import UTC, datetime

from django.test import SimpleTestCase

from library.meta.data import Metadata
from library.meta.jsontext import NotJson
from library.meta.takeout import from_takeout


def takeout(**record: object) -> Metadata:
    found = from_takeout(json.dumps({"imageViews": "3", **record}))
    if found is None:
        raise AssertionError("The JSON is taken for that of an album.")
    return found


class TakeoutTest(SimpleTestCase):
    def test_date_place_and_texts(self) -> None:
        found = takeout(
            title="Lake",
            description="At dawn",
            photoTakenTime={"timestamp": "1580378238", "formatted": "30.01.2020"},
            geoData={"latitude": 48.14, "longitude": 11.58, "altitude": 519.6},
            people=[{"name": "Ann Lee"}, {"name": "Bob"}, {}],
            favorited=True,
        )
        self.assertEqual(found.taken_at, datetime(2020, 1, 30, 9, 57, 18, tzinfo=UTC))
        self.assertEqual((found.lat, found.lng, found.altitude, found.time_zone), (48.14, 11.58, 519, "UTC"))
        self.assertEqual((found.title, found.caption, found.subject), ("Lake", "At dawn", "Ann Lee, Bob"))
        self.assertTrue(found.favorite)

    def test_the_file_name_is_no_title(self) -> None:
        for name in ("IMG_1234.jpg", "Holiday at sea.JPG", "IMG_1234"):
            self.assertEqual(takeout(title=name).title, "")

    def test_no_position_is_written_as_zeros(self) -> None:
        exif = {"latitude": 1.5, "longitude": 2.5, "altitude": 0.0}
        self.assertEqual(takeout(geoData={"latitude": 0.0, "longitude": 0.0}, geoDataExif=exif).lat, 1.5)
        self.assertIsNone(takeout(geoData={"latitude": 0.0, "longitude": 0.0}).lat)

    def test_before_1970_is_a_date(self) -> None:
        self.assertEqual(
            takeout(photoTakenTime={"timestamp": "-1000000000"}).taken_at, datetime(1938, 4, 24, 22, 13, 20, tzinfo=UTC)
        )

    def test_an_album_is_no_picture(self) -> None:
        self.assertIsNone(from_takeout(json.dumps({"title": "Holiday", "access": "protected"})))
        self.assertIsNone(from_takeout("[1, 2]"))

    def test_wrong_kinds_of_values_are_unknown(self) -> None:
        wrong = (None, 7, "text", [], {}, True, 1e308, {"timestamp": {}}, {"timestamp": "9" * 400}, {"latitude": "NaN"})
        for value in wrong:
            names = ("title", "description", "photoTakenTime", "geoData", "geoDataExif", "people", "favorited")
            found = takeout(**dict.fromkeys(names, value))
            self.assertEqual((found.taken_at, found.lat), (None, None), value)

    def test_what_is_no_json_says_so(self) -> None:
        for text in ("", "{", "[" * 100_000, '{"a":' * 60 + "1" + "}" * 60, "nul", '{"a": "' + "x" * 4_000_001 + '"}'):
            with self.assertRaises(NotJson):
                from_takeout(text)
