"""Whatever is sent, the answer is no failure of the server: NUL, half characters, numbers without end, deep JSON."""

import base64
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlencode

from django.test import Client

from library.query import Filter, QueryError, bounded
from library.query.syntax import MAX_ALTERNATIVES
from library.search import known_keys, search
from library.search.ordering import ORDERS
from sharing.accounts import account_of
from tests.base import TestCase
from tests.make import make_photo

VALUES: Final = (
    "²",
    "₃",
    "9" * 400,
    "-1",
    "1e999",
    "NaN",
    "9999",
    "9999-12-31",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "0000-00-00",
    "%",
    "\\",
    "'; DROP TABLE library_photo; --",
    "*a*b*c*d*e*f*g*h*",
    "*" * 50,
    "a|" * 1900,
    "a|" * MAX_ALTERNATIVES,
    "a&" * 1900,
    "a*|" * 600,
    "1-2-3",
    "9007199254740993",
    "\u202e",
    "\x7f",
    "(",
)
CURSORS: Final = (
    "[null,1]",
    '["a",null]',
    '[{"a":1},1]',
    '["0001-01-01T00:00:00+23:59",1]',
    '["9999-12-31T23:59:59-23:59",1]',
    '["2024-01-01T00:00:00",1]',
    '["2024-01-01T00:00:00Z",Infinity]',
    f'["2024-01-01T00:00:00Z",{"9" * 30}]',
    '["\\ud800",1]',
    '["\\u0000",1]',
    "[" * 1400,
    "[true,true]",
    "5",
)
NUMBERS: Final = ("-1", "0", "1.5", "a", "9" * 30, "9" * 5000, "2147483647", "²", "")
BODIES: Final = (
    b"",
    b"{",
    b"null",
    b"[]",
    b'"a"',
    b"[" * 30_000,
    b'{"a":' * 10_000,
    b"\xff\xfe",
    b'{"photos":["\\ud800"]}',
    b'{"photos":["\\u0000"]}',
    b'{"photos":[1,null,{}]}',
    b'{"Title":"\\ud800","Caption":"\\u0000"}',
    b'{"Title":1e999,"Private":{}}',
    b'{"path":"\\ud800"}',
    b'{"path":"../x"}',
    b'{"rescan":"\\ud800"}',
    b'{"username":"\\ud800","password":"x"}',
    b'{"username":"a","password":"\\ud800"}',
    b'{"username":{"a":1},"password":[]}',
    b'{"DisplayName":"\\ud800"}',
    b'{"Email":"\\u0000"}',
    b'{"old":"\\ud800","new":"\\ud800"}',
    b'{"\\ud800":1}',
)
ADDRESSES: Final = (
    "/%00",
    "/library/%00",
    "/library/browse?q=%00",
    "/library/errors?s=%00",
    "/library/errors?page=%C2%B2",
    f"/library/errors?page={'9' * 5000}",
    f"/library/errors?s={'a' * 60_000}",
    "/library/login?next=%00",
    "/api/v1/photos?count=5&name=%00",
    "/api/v1/geo?q=%00",
    "/api/v1/labels?count=5&q=%00",
    "/api/v1/labels?count=5&uid=%C2%B2",
    "/api/v1/subjects?count=5&name=%00",
    "/api/v1/subjects?count=5&photos=%C2%B2",
    f"/api/v1/subjects?count=5&photos={'9' * 400}",
    "/api/v1/faces?count=5&subject=%00",
    "/api/v1/faces/%00",
    "/api/v1/subjects/%ED%A0%80",
    "/api/v1/session/%00",
    "/api/v1/session/%ED%A0%80",
    "/api/v1/t/%00/%00/%00",
    "/api/v1/t/a/%00/tile_224",
    "/api/v1/dl/a?t=%00",
    "/api/v1/zip/%00?t=%00",
    "/api/v1/zip/..%2f..%2fx?t=x",
    "/api/v1/timeline/bucket/%00",
    "/api/v1/timeline/bucket/9999-12",
    "/api/v1/timeline/bucket/9999-12-31",
    "/api/v1/timeline/bucket/٢٠٢٤-٠٥",
    "/admin/auth/user/99999999999999999999999/change/",
    "/admin/auth/user/²/change/",
    "/admin/library/photo/?q=%00",
    "/admin/library/photo/?p=99999999999999999999",
    "/admin/library/photo/?nope__x=1",
    "/static/%00",
    "/static/..%2f..%2fetc/passwd",
)


class BadRequestTest(TestCase):
    browser: Client

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.photo = make_photo()

    def setUp(self) -> None:
        super().setUp()
        self.browser = self.client_of(self.admin)
        self.browser.raise_request_exception = False

    def ask(self, address: str, **parameters: Any) -> None:
        answer = self.browser.get(f"{address}?{urlencode(parameters)}" if parameters else address)
        self.assertLess(answer.status_code, 500, f"{address} {str(parameters)[:80]}")

    def test_no_value_of_a_filter(self) -> None:
        grant = self.grant_of(self.admin)
        for key in known_keys():
            for value in VALUES:
                with suppress(QueryError):
                    search(bounded(Filter(key, value)), grant, count=5)
            self.ask("/api/v1/photos", **{"count": 5, key: "²", "q": f'{key}:"9999-12-31"'})
            self.ask("/api/v1/timeline/buckets", q=f'-{key}:"{"9" * 400}"')

    def test_no_number_and_no_mark_of_a_page(self) -> None:
        for number in NUMBERS:
            for name in ("photos", "photos/view", "geo", "geo/view", "labels", "subjects", "faces", "albums", "errors"):
                self.ask(f"/api/v1/{name}", count=number)
                self.ask(f"/api/v1/{name}", count=5, offset=number)
        for order in ORDERS:
            for mark in CURSORS:
                cursor = base64.urlsafe_b64encode(mark.encode()).decode()
                self.ask("/api/v1/photos", count=5, order=order, cursor=cursor)

    def test_no_address(self) -> None:
        for address in ADDRESSES:
            for method in (self.browser.get, self.browser.post, self.browser.put, self.browser.delete):
                self.assertLess(method(address).status_code, 500, f"{method.__name__} {address}")

    def test_no_body(self) -> None:
        uid = account_of(self.admin).uid
        for method, path in (
            ("put", f"photos/{self.photo.uid}"),
            ("post", "batch/photos/archive"),
            ("post", "zip"),
            ("put", f"users/{uid}"),
            ("put", f"users/{uid}/password"),
            ("post", "session"),
        ):
            for body in BODIES:
                ask = getattr(self.browser, method)
                answer = ask(f"/api/v1/{path}", body, content_type="application/json")
                self.assertLess(answer.status_code, 500, f"{path} {body[:40]!r}")

    def test_no_host(self) -> None:
        for host in ("a b", "[::1", "", "a,b"):
            for path in ("/library/login", "/library/browse", "/api/v1/status", "/api/v1/t/a/b/tile_224"):
                answer = self.browser.get(path, headers={"host": host})
                self.assertEqual(answer.status_code, 400, f"{path} for {host!r}")


class ExpensiveSearchTest(TestCase):
    def test_what_costs_too_much_is_refused_with_a_sentence(self) -> None:
        for address in (
            f"q=name:{'a|' * 1990}",
            f"q=label:{'a%26' * 990}",
            f"name={'a|' * (MAX_ALTERNATIVES + 1)}",
            "&".join(["label=a%26b%26c"] * 900),
            "&".join(["q=" + "+".join(f"w{number}" for number in range(60))] * 2),
            f"name={'a*' * 10_000}",
        ):
            answer = self.client_of(self.bob).get(f"/api/v1/photos?count=5&{address}")
            self.assertContains(answer, "A search" if "a*" not in address else "values of a search", status_code=400)

    def test_what_apps_ask_for_is_not(self) -> None:
        uids = "|".join(f"p{number:015}" for number in range(MAX_ALTERNATIVES))
        self.assertEqual(self.client_of(self.bob).get(f"/api/v1/photos?count=5&uid={uids}").status_code, 200)
