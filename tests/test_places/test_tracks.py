"""GPX tracks: what they tell, and what is refused."""

import io
import unittest
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from places.tracks import NotATrack, Track, read_gpx

START = datetime(2024, 5, 17, 10, tzinfo=UTC)


def gpx(*points: tuple[int, float, float], kind: str = "trkpt") -> bytes:
    """A file with points at minutes after ten."""
    rows = ""
    for minutes, lat, lng in points:
        time = (START + timedelta(minutes=minutes)).isoformat()
        rows += f'<{kind} lat="{lat}" lon="{lng}"><ele>120</ele><time>{time}</time></{kind}>'
    inside = f"<trk><trkseg>{rows}</trkseg></trk>" if kind == "trkpt" else rows
    return f'<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1">{inside}</gpx>'.encode()


def track(*points: tuple[int, float, float]) -> Track:
    return read_gpx(io.BytesIO(gpx(*points)))


class TrackTest(unittest.TestCase):
    def test_between_two_points_it_is_on_the_way(self) -> None:
        found = track((0, 40.0, 10.0), (4, 40.02, 10.04)).at(START + timedelta(minutes=1))
        assert found is not None
        self.assertAlmostEqual(found.lat, 40.005)
        self.assertAlmostEqual(found.lng, 10.01)

    def test_points_need_no_order(self) -> None:
        found = track((4, 40.02, 10.04), (0, 40.0, 10.0)).at(START)
        self.assertEqual((found.lat, found.lng) if found else None, (40.0, 10.0))

    def test_just_before_and_after_the_ends_count(self) -> None:
        walked = track((0, 40.0, 10.0), (4, 40.02, 10.04))
        self.assertEqual(getattr(walked.at(START - timedelta(minutes=4)), "lat", None), 40.0)
        self.assertEqual(getattr(walked.at(START + timedelta(minutes=8)), "lat", None), 40.02)
        self.assertIsNone(walked.at(START - timedelta(minutes=6)))
        self.assertIsNone(walked.at(START + timedelta(minutes=10)))

    def test_long_silence_tells_nothing_unless_at_rest(self) -> None:
        moving = track((0, 40.0, 10.0), (60, 40.5, 10.0))
        resting = track((0, 40.0, 10.0), (60, 40.0005, 10.0))
        self.assertIsNone(moving.at(START + timedelta(minutes=30)))
        self.assertIsNotNone(resting.at(START + timedelta(minutes=30)))

    def test_routes_and_waypoints_with_times_count(self) -> None:
        for kind in ("rtept", "wpt"):
            self.assertEqual(len(read_gpx(io.BytesIO(gpx((0, 1.0, 2.0), kind=kind))).points), 1)

    def test_bad_points_are_left_out(self) -> None:
        good = gpx((0, 1.0, 2.0)).decode()
        for bad in (
            '<trkpt lat="91" lon="2"><time>2024-05-17T10:01:00Z</time></trkpt>',
            '<trkpt lat="x" lon="2"><time>2024-05-17T10:01:00Z</time></trkpt>',
            '<trkpt lat="nan" lon="2"><time>2024-05-17T10:01:00Z</time></trkpt>',
            '<trkpt lat="1" lon="2"><time>yesterday</time></trkpt>',
            '<trkpt lat="1" lon="2"/>',
        ):
            with self.subTest(bad):
                found = read_gpx(io.BytesIO(good.replace("<trkseg>", f"<trkseg>{bad}").encode()))
                self.assertEqual(len(found.points), 1)

    def test_what_is_no_track_is_refused_in_a_sentence(self) -> None:
        for content in (
            b"",
            b"not xml",
            b"<gpx></gpx>",
            gpx((0, 1.0, 2.0))[:150],
            b'<!DOCTYPE gpx [<!ENTITY a "b">]><gpx>&a;</gpx>',
            b'<!DOCTYPE gpx SYSTEM "file:///etc/passwd"><gpx/>',
        ):
            with self.subTest(content[:30]), self.assertRaisesRegex(NotATrack, r"\.$"):
                read_gpx(io.BytesIO(content))

    @settings(deadline=None)
    @given(st.binary(max_size=400))
    def test_any_bytes_are_safe(self, content: bytes) -> None:
        with self.assertRaises(NotATrack):
            read_gpx(io.BytesIO(content))
