"""What is concluded from the names of a photo's files."""

from library.judging import Judged, judge
from library.models import Details, Photo
from library.quality import REVIEW_BELOW
from tests.base import TestCase
from tests.make import make_photo


class ScreenshotTest(TestCase):
    def quality(self, name: str, *, keywords: str = "", original_name: str = "") -> int:
        """Of a dated picture of twelve megapixels, which would just pass the review."""
        photo: Photo = make_photo(file={"name": name}, original_name=original_name)
        found: int = judge(photo, Judged.of(photo, Details(photo=photo, keywords=keywords)))["quality"]
        return found

    def test_a_photograph_passes(self) -> None:
        self.assertEqual(self.quality("2024/beach.jpg"), REVIEW_BELOW)

    def test_screenshots_wait_for_review_by_keyword_name_or_folder(self) -> None:
        for name, more in (
            ("2024/Screenshot_20240530.jpg", {}),
            ("Screenshots/IMG_0001.jpg", {}),
            ("2024/IMG_0001.jpg", {"keywords": "Screenshot"}),
            ("2024/IMG_0002.jpg", {"original_name": "Pictures/Screenshots/IMG_0001"}),
        ):
            with self.subTest(name, **more):
                self.assertEqual(self.quality(name, **more), REVIEW_BELOW - 1)
