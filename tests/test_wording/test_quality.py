"""The quality score."""

from django.test import SimpleTestCase

from library.quality import HIDDEN, QualityFacts, is_in_review, quality_score


def score(**known: object) -> int:
    return quality_score(QualityFacts(**known))  # type: ignore[arg-type]


class QualityTest(SimpleTestCase):
    def test_everything_known_scores_seven(self) -> None:
        best = score(is_favorite=True, has_trusted_date=True, has_trusted_place=True, megapixels=12, year=2020)
        self.assertEqual(best, 7)

    def test_a_large_photograph_without_date_or_place_is_in_review(self) -> None:
        self.assertEqual(score(megapixels=12, year=2020), 2)
        self.assertTrue(is_in_review(2))

    def test_a_trusted_date_leaves_review(self) -> None:
        self.assertEqual(score(megapixels=12, year=2020, has_trusted_date=True), 3)
        self.assertFalse(is_in_review(3))

    def test_the_size_is_judged_by_the_time(self) -> None:
        small = {year: score(megapixels=1, year=year) for year in (2007, 2008, 2011, 2012)}
        self.assertEqual(small, {2007: 2, 2008: 2, 2011: 2, 2012: 1})

    def test_tiny_photos_of_old_cameras_count(self) -> None:
        self.assertEqual(score(megapixels=0.3, year=2002), 2)

    def test_a_photo_without_a_date_is_judged_as_new(self) -> None:
        self.assertEqual(score(megapixels=1, year=0), 1)

    def test_videos_and_approved_photos_are_never_in_review(self) -> None:
        self.assertEqual(score(is_image=False, is_photographic=False), 3)
        self.assertEqual(score(is_approved=True), 3)

    def test_a_screenshot_loses_a_point(self) -> None:
        self.assertEqual(score(megapixels=12, year=2020, is_photographic=False), 1)

    def test_hidden_photos_do_not_wait_for_review(self) -> None:
        self.assertFalse(is_in_review(HIDDEN))
