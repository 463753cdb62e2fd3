"""Fit, fill, turn, and the codes of areas."""

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from library.media.geometry import Area, Box, area_from_code, fill, fit, split_crop_name, upright

HASH = "346b3897eec9ef75e35fbf0bbc4c83c55ca41e31"
edges = st.integers(1, 40_000)
shares = st.floats(0, 1)


class FitTest(SimpleTestCase):
    def test_the_whole_picture_is_shrunk_into_the_box(self) -> None:
        self.assertEqual([fit(4000, 3000, 1920, 1200), fit(3000, 4000, 720, 720)], [(1600, 1200), (540, 720)])

    def test_nothing_is_enlarged_or_vanishes(self) -> None:
        self.assertEqual([fit(10, 20, 720, 720), fit(1, 40_000, 720, 720)], [(10, 20), (1, 720)])

    @settings(deadline=None)
    @given(edges, edges, edges, edges)
    def test_fit_stays_inside_the_box_and_the_picture(self, width: int, height: int, wide: int, high: int) -> None:
        w, h = fit(width, height, wide, high)
        self.assertTrue(1 <= w <= min(width, wide) and 1 <= h <= min(height, high))


class FillTest(SimpleTestCase):
    def test_the_part_has_the_proportions_of_the_target(self) -> None:
        self.assertEqual(fill(400, 300, 50, 50), Box(50, 0, 300, 300))
        self.assertEqual(fill(400, 300, 50, 50, "left"), Box(0, 0, 300, 300))
        self.assertEqual(fill(300, 400, 50, 50, "right"), Box(0, 100, 300, 300))

    @settings(deadline=None)
    @given(edges, edges, edges, edges)
    def test_fill_stays_inside_the_picture(self, width: int, height: int, wide: int, high: int) -> None:
        box = fill(width, height, wide, high)
        self.assertTrue(box.x >= 0 and box.y >= 0 and box.width >= 1 and box.height >= 1)
        self.assertTrue(box.x + box.width <= width and box.y + box.height <= height)

    def test_orientations_above_four_swap_the_edges(self) -> None:
        turned = [upright(4, 3, orientation) for orientation in range(9)]
        self.assertEqual(turned, [(4, 3)] * 5 + [(3, 4)] * 4)


class AreaTest(SimpleTestCase):
    def test_a_code_has_thousandths_rounded_down(self) -> None:
        self.assertEqual(Area(0.822059, 0.167969, 0.1, 0.0664062).code, "3360a7064042")
        self.assertEqual(Area(0.201, 1.0, 0.03, 1e-8).code, "0c93e801e000")

    def test_shares_outside_are_cut_and_an_empty_area_has_no_code(self) -> None:
        self.assertEqual([Area(-2, 0.123, -0.1, 4).code, Area(0, 0, 0, 0).code], ["00007b0003e8", ""])

    @settings(deadline=None)
    @given(shares, shares, shares, shares)
    def test_a_code_leads_back_to_the_area(self, x: float, y: float, w: float, h: float) -> None:
        area = Area(x, y, w, h)
        again = area_from_code(area.code) or Area(0, 0, 0, 0)
        pairs = zip((x, y, w, h), (again.x, again.y, again.w, again.h), strict=True)
        self.assertTrue(all(abs(one - other) <= 0.001 for one, other in pairs))

    def test_names_of_crops_are_taken_apart(self) -> None:
        self.assertEqual(split_crop_name(f"{HASH}-00007b0003e8"), (HASH, Area(0, 0.123, 0, 1)))
        self.assertEqual(split_crop_name(HASH), (HASH, None))
        self.assertEqual(split_crop_name("00007b0003e8")[0], "")

    def test_a_crop_of_no_valid_hash_is_only_a_code(self) -> None:
        self.assertEqual(Area(0, 0.123, 0, 1).crop_name(HASH), f"{HASH}-00007b0003e8")
        self.assertEqual(Area(0, 0.123, 0, 1).crop_name("short"), "00007b0003e8")

    def test_overlap_is_a_share_of_the_other_area(self) -> None:
        large = Area(0.208313, 0.156914, 0.655556, 0.655556)
        middle = Area(0.308333, 0.206944, 0.355556, 0.355556)
        small = Area(0.298133, 0.216944, 0.255556, 0.155556)
        self.assertEqual([large.overlap_percent(middle), middle.overlap_percent(small)], [100, 96])
        self.assertEqual(small.overlap_percent(Area(0.9, 0.9, 0.1, 0.1)), 0)

    @settings(deadline=None)
    @given(edges, edges, st.builds(Area, shares, shares, shares, shares))
    def test_pixels_of_an_area_lie_in_the_picture(self, width: int, height: int, area: Area) -> None:
        box = area.box(width, height)
        self.assertTrue(box.x + box.width <= width and box.y + box.height <= height)
        self.assertTrue(min(box.x, box.y) >= 0 and min(box.width, box.height) >= 1)
