"""Which source wins."""

from itertools import pairwise

from django.test import SimpleTestCase

from library import sources


class SourcesTest(SimpleTestCase):
    def test_the_order_of_trust(self) -> None:
        order = ["", "estimate", "name", "location", "meta", "xmp", "manual", "admin"]
        for lower, higher in pairwise(order):
            self.assertTrue(sources.better(higher, lower), higher)
            self.assertFalse(sources.better(lower, higher), lower)

    def test_the_same_source_may_correct_itself(self) -> None:
        self.assertTrue(sources.better("meta", "meta"))

    def test_a_source_nobody_knows_never_wins(self) -> None:
        self.assertFalse(sources.better("rumour", ""))

    def test_estimated_dates_are_not_trusted(self) -> None:
        self.assertFalse(sources.is_trusted_date("estimate"))
        self.assertTrue(sources.is_trusted_date("name"))
