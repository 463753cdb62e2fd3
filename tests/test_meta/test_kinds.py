"""Kinds of pictures."""

from datetime import timedelta

from django.test import SimpleTestCase

from library.meta.kinds import is_non_photographic, is_panorama, media_kind, projection


class MediaKindTest(SimpleTestCase):
    def test_short_videos_are_live(self) -> None:
        self.assertEqual(media_kind("video", duration=timedelta(seconds=3.1)), "live")
        self.assertEqual(media_kind("video", duration=timedelta(seconds=3.2)), "video")
        self.assertEqual(media_kind("video"), "video")

    def test_pictures_with_frames_are_animated(self) -> None:
        self.assertEqual(media_kind("image", frames=2), "animated")
        self.assertEqual(media_kind("image", frames=1), "image")

    def test_pictures_with_a_video_are_live(self) -> None:
        self.assertEqual(media_kind("image", has_video=True), "live")

    def test_raw_stays_raw(self) -> None:
        self.assertEqual(media_kind("raw", frames=3), "raw")


class PanoramaTest(SimpleTestCase):
    def test_wide_pictures_are_panoramas(self) -> None:
        self.assertTrue(is_panorama(4000, 2000))
        self.assertFalse(is_panorama(3800, 2000))

    def test_a_projection_makes_a_panorama(self) -> None:
        self.assertTrue(is_panorama(2000, 1200, "equirectangular"))
        self.assertFalse(is_panorama(2000, 1200, "other"))

    def test_small_pictures_are_none(self) -> None:
        self.assertFalse(is_panorama(1000, 400))
        self.assertFalse(is_panorama(2000, 500, "equirectangular"))

    def test_projections_have_known_names(self) -> None:
        self.assertEqual([projection(name) for name in ("", " Cylindrical ", "flat")], ["", "cylindrical", "other"])


class NonPhotographicTest(SimpleTestCase):
    def test_animations_and_screenshots_are_no_photographs(self) -> None:
        self.assertTrue(is_non_photographic("animated"))
        self.assertTrue(is_non_photographic("image", ["Screenshot"]))
        self.assertFalse(is_non_photographic("raw", ["lake"]))
