"""Distances, boxes and movements."""

from datetime import UTC, datetime, timedelta

from django.test import SimpleTestCase

from places.distance import Box, Movement, Position, box_around, degrees, kilometres

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
HAMBURG = Position(lat=53.55, lng=9.99, time=NOON)
VIENNA = Position(lat=48.21, lng=16.37, altitude=200, time=NOON + timedelta(hours=4))


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
