"""Distances, boxes and movements."""

import math
from datetime import UTC, datetime, timedelta

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from places.distance import (
    EARTH_RADIUS_KM,
    Box,
    Movement,
    Position,
    box_around,
    box_within,
    degrees,
    kilometres,
)

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
HAMBURG = Position(lat=53.55, lng=9.99, time=NOON)
VIENNA = Position(lat=48.21, lng=16.37, altitude=200, time=NOON + timedelta(hours=4))

LATITUDES = st.floats(-90, 90) | st.sampled_from([0.0, 60.0, 89.99, -89.5])
LONGITUDES = st.floats(-180, 179.999) | st.sampled_from([179.99, -179.999])
RADII = st.floats(0.01, 5000)


class KilometresTest(SimpleTestCase):
    def test_hamburg_is_743_kilometres_from_vienna(self) -> None:
        self.assertAlmostEqual(kilometres(HAMBURG, VIENNA), 743, delta=3)

    def test_a_quarter_of_the_globe(self) -> None:
        self.assertAlmostEqual(kilometres(Position(lat=0, lng=0), Position(lat=90, lng=0)), 10007.5, delta=1)

    def test_the_short_way_over_180_degrees(self) -> None:
        self.assertLess(kilometres(Position(lat=0, lng=179.9), Position(lat=0, lng=-179.9)), 23)


class DegreesTest(SimpleTestCase):
    def test_a_degree_of_longitude_narrows_towards_the_poles(self) -> None:
        self.assertAlmostEqual(degrees(60, 1000)[1], 2 * degrees(0, 1000)[1], places=6)

    def test_at_a_pole_it_stays_finite(self) -> None:
        self.assertLess(degrees(90, 10)[1], 0.1)


class BoxTest(SimpleTestCase):
    def test_a_box_reaches_as_far_as_asked(self) -> None:
        box = box_around(0, 10, 111.2)
        self.assertAlmostEqual(box.north, 1, places=2)
        self.assertAlmostEqual(box.west, 9, places=2)

    def test_a_box_at_180_degrees_goes_over(self) -> None:
        box = box_around(0, 179.9, 111.2)
        self.assertGreater(box.west, box.east)

    def test_a_box_around_a_pole_holds_every_longitude(self) -> None:
        self.assertEqual(box_around(89.9, 0, 50), Box(box_around(89.9, 0, 50).south, -180, 90, 180))

    @given(LATITUDES, LONGITUDES, RADII, st.floats(0, 360), st.sampled_from([0.3, 0.999999, 1.000001, 1.5]))
    def test_a_circle_lies_between_its_boxes(
        self, lat: float, lng: float, km: float, course: float, share: float
    ) -> None:
        there = _along(lat, lng, course, km * share)
        is_near = kilometres(Position(lat=lat, lng=lng), there) <= km
        self.assertTrue(not is_near or _holds(box_around(lat, lng, km), there))
        inner = box_within(lat, lng, km)
        self.assertTrue(is_near or inner is None or not _holds(inner, there))

    def test_no_box_lies_within_a_circle_over_a_pole(self) -> None:
        self.assertIsNone(box_within(89.99, 0, 50))


def _along(lat: float, lng: float, course: float, km: float) -> Position:
    """Where one comes to on a great circle."""
    angle, start, heading = km / EARTH_RADIUS_KM, math.radians(lat), math.radians(course)
    sine = math.sin(start) * math.cos(angle) + math.cos(start) * math.sin(angle) * math.cos(heading)
    end = math.asin(max(min(sine, 1.0), -1.0))
    turn = math.atan2(math.sin(heading) * math.sin(angle) * math.cos(start), math.cos(angle) - math.sin(start) * sine)
    return Position(lat=math.degrees(end), lng=(lng + math.degrees(turn) + 180) % 360 - 180)


def _holds(box: Box, point: Position) -> bool:
    rows = box.south <= point.lat <= box.north
    if box.west <= box.east:
        return rows and box.west <= point.lng <= box.east
    return rows and (point.lng >= box.west or point.lng <= box.east)


class MovementTest(SimpleTestCase):
    def test_the_earlier_position_comes_first(self) -> None:
        self.assertEqual(Movement.between(VIENNA, HAMBURG).start, HAMBURG)

    def test_speed_is_distance_over_time(self) -> None:
        self.assertAlmostEqual(Movement.between(HAMBURG, VIENNA).km_per_hour, 186, delta=1)

    def test_no_time_is_no_speed(self) -> None:
        self.assertEqual(Movement.between(HAMBURG, HAMBURG).km_per_hour, 0)

    def test_half_the_time_is_half_the_way(self) -> None:
        middle = Movement.between(HAMBURG, VIENNA).estimate(NOON + timedelta(hours=2))
        self.assertAlmostEqual(middle.lat, (HAMBURG.lat + VIENNA.lat) / 2)
        self.assertEqual((middle.altitude, middle.estimated), (100, True))

    def test_outside_the_time_the_nearer_end_is_the_guess(self) -> None:
        later = Movement.between(HAMBURG, VIENNA).estimate(NOON + timedelta(days=1))
        self.assertAlmostEqual(later.lat, VIENNA.lat)

    def test_a_crossing_of_180_degrees_is_short(self) -> None:
        start = Position(lat=-17, lng=179.5, time=NOON)
        end = Position(lat=-17, lng=-179.5, time=NOON + timedelta(hours=1))
        self.assertAlmostEqual(Movement.between(start, end).degrees_lng, 1)

    def test_a_position_without_a_time_is_refused(self) -> None:
        with self.assertRaises(ValueError):
            Movement.between(HAMBURG, Position(lat=1, lng=1))


class PositionTest(SimpleTestCase):
    def test_within_a_square(self) -> None:
        self.assertTrue(HAMBURG.is_within(53.5, 10, 0.1))
        self.assertFalse(HAMBURG.is_within(53.3, 10, 0.1))

    def test_scattering_stays_near_and_says_how_near(self) -> None:
        scattered = HAMBURG.scattered(0.001)
        self.assertTrue(scattered.is_within(HAMBURG.lat, HAMBURG.lng, 0.001))
        self.assertEqual(scattered.accuracy, 100)
