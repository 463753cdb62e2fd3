"""What a distance belongs to, and points of a latitude and a longitude."""

from django.test import SimpleTestCase

from library.query import BadValue, conjoin, parse, unparse
from library.query.distances import rings, split_distance, with_distances
from library.query.nodes import And, QueryTooLong
from library.query.values import Range


def joined(text: str) -> str:
    node = parse(text)
    return unparse(conjoin(*with_distances(node.parts if isinstance(node, And) else (node,))))


class PlacedTest(SimpleTestCase):
    def test_a_distance_moves_to_its_place(self) -> None:
        self.assertEqual(joined("near:pa dist:5"), "near:pa@5")
        self.assertEqual(joined("dist:>20 olc:8FWC0000+ dog"), "olc:8FWC0000+@>20 dog")

    def test_a_group_and_its_negation_are_reached(self) -> None:
        self.assertEqual(joined("(near:pa | s2:4799e37) dist:5"), "near:pa@5 | s2:4799e37@5")
        self.assertEqual(joined("-near:pa dist:5"), "-near:pa@5")

    def test_a_group_keeps_a_distance_of_its_own(self) -> None:
        self.assertEqual(joined("(near:pa dist:1 | near:pb) dist:5"), "near:pa@5 (dist:1 | near:pb@5)")
        self.assertEqual(joined("cat | (near:pa dist:1)"), "cat | near:pa@1")
        self.assertEqual(joined("((near:pa dist:1) | near:pb) dist:5"), "near:pa@1 | near:pb@5")

    def test_two_distances_hold_both(self) -> None:
        self.assertEqual(joined("near:pa dist:5 dist:>1"), "near:pa@5 near:pa@>1")

    def test_many_of_both_are_refused(self) -> None:
        for text in (f"{'latlng:1,2 ' * 30}{'dist:1 ' * 30}", f"{'latlng:1,2 ' * 20}dist:{'|'.join(['1-2'] * 40)}"):
            with self.subTest(text), self.assertRaises(QueryTooLong):
                joined(text)

    def test_not_a_distance_is_farther(self) -> None:
        self.assertEqual(joined("near:pa -dist:5"), "near:pa@!5")
        self.assertEqual(joined("near:pa dist:!5"), "near:pa@!5")

    def test_a_distance_that_is_typed_out_stays(self) -> None:
        self.assertEqual(joined("near:pa@1 dist:5"), "near:pa@1")

    def test_a_distance_without_a_place_falls_away(self) -> None:
        self.assertEqual(joined("dog dist:5"), "dog")
        self.assertEqual(joined("near:pa dist:"), "near:pa")

    def test_what_is_no_distance_is_refused_by_name(self) -> None:
        for text in ("dog dist:c@t", "near:pa dist:-5", "near:pa -dist:far"):
            with self.assertRaisesMessage(BadValue, "dist:"):
                joined(text)


class PointTest(SimpleTestCase):
    def test_latitude_and_longitude_make_a_point(self) -> None:
        self.assertEqual(joined("lat:41.9 lng:-87.6 dist:5"), "latlng:41.9,-87.6@5")
        self.assertEqual(joined("lng:-87.6 dog lat:41.9"), "latlng:41.9,-87.6 dog")

    def test_one_of_them_alone_and_ranges_stay(self) -> None:
        self.assertEqual(joined("lat:41.9 dog"), "lat:41.9 dog")
        self.assertEqual(joined("lat:41-42 lng:3"), "lat:41-42 lng:3")
        self.assertEqual(joined("-lat:41.9 lng:3"), "-lat:41.9 lng:3")

    def test_joining_again_changes_nothing(self) -> None:
        once = joined("lat:41.9 lng:-87.6 dist:5 (near:a -dist:3 | s2:4)")
        self.assertEqual(joined(once), once)

    def test_off_the_globe_is_refused_by_name(self) -> None:
        with self.assertRaisesMessage(BadValue, "lat:95"):
            joined("lat:95 lng:3")
        with self.assertRaisesMessage(BadValue, "lng:190"):
            joined("lat:5 lng:190")


class RingsTest(SimpleTestCase):
    def test_a_lone_number_is_the_farthest(self) -> None:
        self.assertEqual(rings("5"), (Range(high=5),))

    def test_a_range_has_a_hole(self) -> None:
        self.assertEqual(rings("2-10|>20"), (Range(2, 10), Range(20)))

    def test_no_distance_is_longer_than_the_longest(self) -> None:
        self.assertEqual(rings("25000"), (Range(high=5000),))

    def test_place_and_distance_are_told_apart(self) -> None:
        self.assertEqual(split_distance("8FWC0000+@5"), ("8FWC0000+", "5"))
        self.assertEqual(split_distance(" pa "), ("pa", ""))
