"""Reading ahead."""

from unittest.mock import patch

from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from library.search.buckets import bucket_list
from library.search.memory import MEMORY
from library.search.warming import warm_up
from tests.test_search.large import LargeTestCase, make_library


class WarmingTest(LargeTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        make_library(30, owner=cls.alice, fan=cls.bob)

    def setUp(self) -> None:
        super().setUp()
        # The test's own connection has to stay open.
        self.closed = self.enterContext(patch("library.search.warming.close_connection"))

    def test_the_first_search_reads_its_own_filter_alone(self) -> None:
        warm_up()
        with CaptureQueriesContext(connection) as asked:
            bucket_list("type:image", self.grant_of(self.admin))
        # Whether it is little, and all of it; beside what changed meanwhile.
        read = [query["sql"] for query in asked if "FROM" in query["sql"] and "library_change" not in query["sql"]]
        self.assertEqual(len(read), 2, read)
        self.closed.assert_called_once()

    def test_a_database_that_does_not_answer_is_no_failure(self) -> None:
        with patch.object(MEMORY, "refresh", side_effect=DatabaseError):
            warm_up()
        self.closed.assert_called_once()
