"""Whatever is typed: a search answers, or says in a sentence what is wrong, and never asks without bound."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as ExampleTestCase

from library.models import Photo
from library.query import BadValue, Filter, Node, Not, QueryError, QueryTooLong, bounded, parse
from library.search import find, known_keys, search
from library.search.ordering import ORDERS
from tests.base import TestCase
from tests.make import make_album, make_file, make_photo, make_subject

INJECTED = "zq'; DROP TABLE library_photo; --"
NASTY = (
    "' OR '1'='1",
    INJECTED,
    '" OR 1=1 --',
    "%' UNION SELECT * FROM auth_user --",
    "%%%",
    "%s",
    "%(x)s",
    "{0}",
    "\\",
    "\\\\|\\&\\*",
    "a*" * 60,
    "*a" * 60 + "b",
    "a|" * 160,
    "a&" * 70,
    "9" * 40,
    "-9" * 20,
    "1e999",
    "nan",
    "0x10",
    "٣",
    "²",
    "2024-02-30",
    "9999-12-31",
    "0000-00-00",
    "last-summer",
    "90,180,-90,-180",
    "@5",
    "a@b@c",
    "x@!>",
    "ß" * 30,
    "\u202e\u0300\U0001f600",
    "x" * 300,
    "(((",
    ")",
    '"',
    "yes",
    "no",
    "new",
    "-1",
    ">800",
    "200-400",
    "<=",
)
# No search needs more statements than this, however it is put together.
MOST_STATEMENTS = 400

values = st.sampled_from(NASTY) | st.text(max_size=20) | st.integers().map(str) | st.floats().map(str)
keys = st.deferred(lambda: st.sampled_from([*sorted(known_keys()), "q", "nothing", "lable", "s2s"]))
filters = st.tuples(keys, st.sampled_from(["", "!", '"', "@"]), values).map(
    lambda parts: f"{parts[0]}:{''.join(parts[1:])}"
)
words = values | st.sampled_from(["cat", "2024", "italy", "july", "anna", "red", "or", "and", "-", "!", "|", "&"])
queries = st.recursive(
    filters | words,
    lambda part: st.one_of(
        part.map(lambda text: f"({text})"),
        part.map(lambda text: f"-{text}"),
        st.lists(part, min_size=2, max_size=4).map(" ".join),
        st.tuples(part, st.sampled_from([" | ", "|", "&", " or ", " and "]), part).map("".join),
    ),
    max_leaves=8,
)


class Library(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        photo = make_photo(title="a" * 200, caption="a" * 4000, labels=["cat"], keywords=["sand"], lat=46.9, lng=7.4)
        make_file(photo)
        make_photo(place="Rome, Lazio, Italy", country="it", camera="Canon EOS 6D", type="video")
        make_album("Berlin", photo)
        make_album("Cats", filter="label:cat album:berlin -album:cats")
        make_subject("Anna", photo)

    def ask(self, query: str | Node, **how: Any) -> None:
        grant = self.grant_of(self.admin)
        with CaptureQueriesContext(connection) as asked, suppress(QueryError):
            search(query, grant, count=3, **how)
        self.assertLess(len(asked), MOST_STATEMENTS, str(query)[:200])


class GeneratedInputTest(ExampleTestCase, Library):
    @settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(queries, st.sampled_from([*ORDERS, "", "nothing"]))
    def test_a_query_finds_or_says_what_is_wrong(self, query: str, order: str) -> None:
        self.ask(query, order=order)
        if isinstance(found := _refused(lambda: parse(query)), str):
            self.assertTrue(found.endswith((".", "?")), found)

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(keys, values | st.text(alphabet="a|&*%\\@!-<>09.,'\" ", max_size=30)), max_size=4))
    def test_parameters_of_an_address_as_well(self, given: list[tuple[str, str]]) -> None:
        for key, value in given:
            with suppress(QueryTooLong):
                self.ask(bounded(Filter(key, value)))


class BadInputTest(Library):
    def test_what_no_database_takes_is_refused_with_a_sentence(self) -> None:
        # As parameters give it; in what is typed it is no letter.
        for query in (Filter("album", "\0"), Not(Filter("albums", "a\0b"))):
            with self.subTest(query), self.assertRaisesRegex(BadValue, "is not a text"):
                search(query, self.grant_of(self.admin))

    def test_each_filter_bears_as_much_as_is_allowed(self) -> None:
        grant = self.grant_of(self.admin)
        for key in sorted(known_keys()):
            for value in ("a|" * 149, "1&" * 63):
                for query in (bounded(Filter(key, value)), bounded(Not(Filter(key, value)))):
                    with self.subTest(key=key, value=value[:9]), suppress(QueryError):
                        list(find(query, grant, reach="few")[:1])

    def test_what_is_wrong_is_said_with_the_name_of_the_filter(self) -> None:
        grant = self.grant_of(self.admin)
        for key in sorted(known_keys()):
            for value in ("fast", "1-", "c@t", "-", "49.4,200"):
                said = _refused(lambda key=key, value=value: list(find(Filter(key, value), grant)[:1]))
                self.assertTrue(not isinstance(said, str) or f"“{key}:" in said, said)

    def test_what_looks_like_sql_is_a_value(self) -> None:
        written: list[str] = []
        grant = self.grant_of(self.admin)

        def note(execute: Callable[..., Any], sql: str, *how: Any) -> Any:
            written.append(sql)
            return execute(sql, *how)

        with connection.execute_wrapper(note):
            for key in sorted(known_keys()):
                for query in (f'{key}:"{INJECTED}"', f"-{key}:{INJECTED}"):
                    with suppress(QueryError):
                        list(find(query, grant)[:1])
            for text in (INJECTED, f'"{INJECTED}"', f"{INJECTED} | cat"):
                search(text, grant, count=1)
        self.assertEqual([sql for sql in written if "DROP" in sql or "zq" in sql], [])
        self.assertEqual(Photo.objects.count(), 2)

    def test_a_wildcard_in_every_other_place_is_no_denial_of_service(self) -> None:
        for key in ("title", "caption", "description", "name", "filename", "path", "original"):
            self.ask(Filter(key, "*a" * 1500 + "b"))

    def test_what_is_too_long_says_so(self) -> None:
        grant = self.grant_of(self.admin)
        for query in ("a" * 5000, "a " * 70, "label:" + "a|" * 200, "(" * 20 + "a", 'keywords:"' + "ab " * 100 + '"'):
            with self.assertRaisesMessage(QueryTooLong, "at most"):
                find(query, grant)


def _refused(ask: Callable[[], Any]) -> str | None:
    """What a wrong query is told."""
    try:
        ask()
    except QueryError as error:
        return str(error)
    return None
