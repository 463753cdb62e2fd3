"""rating: stars in files or by hand."""

from tests.base import TestCase
from tests.make import make_photo


class RatingFilterTest(TestCase):
    def test_stars(self) -> None:
        rated = {stars: make_photo(rating=stars) for stars in (-1, 0, 1, 3, 5)}
        unrated = make_photo()
        self.assertFound("rating:3", rated[3], rated[5])
        self.assertFound("rating:1-3", rated[1], rated[3])
        self.assertFound("rating:0", rated[0])
        self.assertFound("rating:-1", rated[-1])
        self.assertFound("rating:no", unrated)
