"""The table of sizes and the quality scale."""

from django.test import SimpleTestCase

from library.media.sizes import MAX_SIZE, SIZES, parse_quality, public_size, quality_for, served_size, static_sizes


class StaticSizesTest(SimpleTestCase):
    def test_the_default_limit_makes_seven_sizes_largest_first(self) -> None:
        names = [size.name for size in static_sizes(1920)]
        expected = ["fit_1920", "fit_1280", "fit_720", "tile_500", "tile_224", "tile_100", "tile_50"]
        self.assertEqual(names, expected)

    def test_sides_are_made_when_wanted(self) -> None:
        names = {size.name for size in static_sizes(1920, sides=True)}
        self.assertTrue({"left_224", "right_224"} <= names)

    def test_a_higher_limit_adds_larger_sizes(self) -> None:
        self.assertEqual(static_sizes(4096)[0].name, "fit_4096")

    def test_sources_exist_and_are_larger(self) -> None:
        sourced = [size for size in SIZES.values() if size.source]
        self.assertTrue(all(SIZES[size.source].width > size.width for size in sourced))


class ServedSizeTest(SimpleTestCase):
    def test_a_picture_that_fits_a_smaller_size_is_served_by_that(self) -> None:
        self.assertEqual(served_size(SIZES["fit_1920"], 1000, 800).name, "fit_1280")
        self.assertEqual(served_size(SIZES["fit_7680"], 300, 200).name, "fit_720")

    def test_a_larger_picture_and_a_tile_are_served_as_asked(self) -> None:
        self.assertEqual(served_size(SIZES["fit_1280"], 4000, 3000).name, "fit_1280")
        self.assertEqual(served_size(SIZES["tile_500"], 100, 100).name, "tile_500")

    def test_the_largest_public_size_below_a_limit(self) -> None:
        self.assertEqual([public_size(2048).name, public_size(1900).name], ["fit_1920", "fit_1280"])
        self.assertIsNone(public_size(100))
        self.assertEqual(MAX_SIZE, 7680)


class QualityTest(SimpleTestCase):
    def test_names_levels_and_numbers_are_understood(self) -> None:
        texts = ("min", "GOOD", " medium\n", "ultra", "1", "4", "6", "66", "bad", "", "9999")
        self.assertEqual([parse_quality(text) for text in texts], [70, 87, 83, 91, 70, 87, 91, 66, 83, 83, 83])

    def test_tiny_thumbs_take_five_less(self) -> None:
        self.assertEqual([quality_for(100, 500, 83), quality_for(100, 100, 83)], [83, 78])
