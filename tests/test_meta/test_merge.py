"""Joining what several sources say."""

from datetime import UTC, datetime

from django.test import SimpleTestCase

from library.meta.data import Metadata
from library.meta.merge import merge

MORNING = datetime(2020, 1, 30, 9, 57, 18, tzinfo=UTC)
EVENING = datetime(2020, 1, 30, 19, 57, 18, tzinfo=UTC)


def dated(moment: datetime, source: str, zone: str = "") -> Metadata:
    return Metadata(taken_at=moment, taken_at_local=moment, taken_src=source, time_zone=zone)


class MergeTest(SimpleTestCase):
    def test_nothing_merges_to_nothing(self) -> None:
        self.assertEqual(merge(), Metadata())

    def test_the_later_source_wins(self) -> None:
        self.assertEqual(merge(Metadata(title="From EXIF"), Metadata(title="From XMP")).title, "From XMP")

    def test_the_unknown_never_replaces_the_known(self) -> None:
        known = Metadata(title="Lake", iso=200, flash=True, rating=3, lat=1.0, lng=2.0)
        self.assertEqual(merge(known, Metadata()), known)

    def test_a_source_may_fill_what_others_lack(self) -> None:
        merged = merge(Metadata(camera_make="Canon"), Metadata(camera_model="EOS R5"))
        self.assertEqual((merged.camera_make, merged.camera_model), ("Canon", "EOS R5"))

    def test_no_stars_are_an_answer(self) -> None:
        self.assertEqual(merge(Metadata(rating=3), Metadata(rating=0)).rating, 0)

    def test_the_equator_is_a_position(self) -> None:
        merged = merge(Metadata(lat=5.0, lng=6.0, altitude=300), Metadata(lat=0.0, lng=32.0))
        self.assertEqual((merged.lat, merged.lng, merged.altitude), (0.0, 32.0, None))

    def test_a_date_brings_its_own_zone(self) -> None:
        merged = merge(dated(MORNING, "meta", "UTC+2"), dated(EVENING, "xmp"))
        self.assertEqual((merged.taken_at, merged.time_zone, merged.taken_src), (EVENING, "", "xmp"))

    def test_a_guessed_date_does_not_replace_a_written_one(self) -> None:
        self.assertEqual(merge(dated(MORNING, "meta"), dated(EVENING, "name")).taken_at, MORNING)

    def test_keywords_are_united(self) -> None:
        merged = merge(Metadata(keywords=("Lake", "snow")), Metadata(keywords=("lake", "alps")))
        self.assertEqual(merged.keywords, ("Lake", "snow", "alps"))
