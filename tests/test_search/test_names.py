"""What every module of SEARCH_NAMES has to answer."""

from library.plugs import plugged_modules
from library.query import Filter
from library.search import known_keys
from library.search.names import named, offered, titled
from library.search.sight import sight_of
from library.search.visibility import Shown
from tests.base import TestCase
from tests.make import make_photo


class ProtocolTest(TestCase):
    def setUp(self) -> None:
        make_photo(labels=["cat"], place="Rome, Lazio, Italy", country="it", camera="Canon 5D", lens="Canon 50mm")
        self.sight = sight_of(self.grant_of(self.admin), Shown())

    def test_its_filters_exist_and_belong_to_it_alone(self) -> None:
        keys = [key for module in plugged_modules("SEARCH_NAMES") for key in module.KEYS]
        self.assertEqual(len(keys), len(set(keys)))
        self.assertLessEqual(set(keys), known_keys())

    def test_what_it_offers_for_a_filter_is_a_value_of_that_filter(self) -> None:
        for module in plugged_modules("SEARCH_NAMES"):
            for key in module.KEYS:
                for offer in offered("", self.sight, 10, key):
                    self.assertIsInstance(offer.node, Filter)
                    self.assertEqual(offer.node.key, key)

    def test_values_that_name_nothing_have_no_title(self) -> None:
        filters = [Filter(key, "nothing at all") for module in plugged_modules("SEARCH_NAMES") for key in module.KEYS]
        self.assertEqual(titled(filters, self.sight), {})

    def test_no_phrases_name_nothing_and_cost_nothing(self) -> None:
        with self.assertNumQueries(0):
            self.assertEqual(named(set(), self.sight), {})
