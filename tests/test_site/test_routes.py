"""Every URL that the resolver knows is in route_table.py, and opens for those it names and for nobody else."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sharing.accounts import account_of
from sharing.models import AccessToken, Link
from tests.base import PASSWORD, TestCase
from tests.make import make_album, make_label, make_photo
from tests.test_site.route_table import ANYONE, GUEST, ROUTES, STEPS, USER, VIEWER, Row, Use

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
DJANGO_ADMIN = "admin/"


@dataclass(frozen=True)
class Person:
    """Who asks; `values` are what the table's placeholders stand for."""

    role: str
    user: User | None
    values: dict[str, str]


class RouteTableTest(TestCase):
    def test_every_url_is_in_the_table_once(self) -> None:
        known = sorted(route for route in walk(get_resolver().url_patterns) if not route.startswith(DJANGO_ADMIN))
        self.assertEqual(known, sorted(row.route for row in ROUTES))

    def test_each_step_of_the_table_is_a_role(self) -> None:
        self.assertEqual({use.who for row in ROUTES for use in row.methods.values()} - set(STEPS), set())


class RouteTest(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.photo = make_photo(title="Shared", taken="2024-05-17", labels=["thing"])
        file = cls.photo.files.get()
        path = Path(settings.ORIGINALS_PATH) / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"not a picture")
        cls.addClassCleanup(path.unlink)
        album = make_album("Shared", cls.photo)
        link = Link.objects.create(share_uid=album.uid, slug="shared", token="a-token-for-all", created_by=cls.alice)
        cls.shared = {"photo": cls.photo.uid, "hash": file.hash, "file": file.uid, "password": PASSWORD}
        cls.shared |= {"album": album.uid, "label": make_label("thing").uid, "link": link.uid, "link_token": link.token}
        cls.cast = [
            cls.person(role, user)
            for role, user in zip(STEPS, (None, cls.guest, cls.bob, cls.alice, cls.admin), strict=True)
        ]

    @classmethod
    def person(cls, role: str, user: User | None) -> Person:
        if user is None:
            unknown = dict.fromkeys(("preview", "download", "uid", "session"), "nobodys")
            return Person(role, None, {**cls.shared, **unknown})
        account = account_of(user)
        session = AccessToken.objects.create(user=user, hash=f"{user.pk:064x}")
        own = {"preview": account.preview_token, "download": account.download_token, "uid": account.uid}
        return Person(role, user, {**cls.shared, **own, "session": session.hash})

    def test_each_method_opens_for_those_it_is_for(self) -> None:
        for row in ROUTES:
            for method, use in row.methods.items():
                for person in self.cast:
                    with self.subTest(f"{method} /{row.route} as {person.role}"):
                        self.check(row, method, use, person)

    def test_methods_that_are_not_in_the_table_do_not_exist(self) -> None:
        administrator = self.cast[-1]
        for row in ROUTES:
            for method in set(METHODS) - row.methods.keys():
                with self.subTest(f"{method} /{row.route}"), ask(row, method, administrator) as answer:
                    self.assertEqual(answer.status_code, 405)

    def test_api_urls_answer_with_a_slash_at_their_end_too(self) -> None:
        for row in ROUTES:
            if row.route.startswith("api/") and "GET" in row.methods:
                with self.subTest(row.route), ask(row, "GET", self.cast[-1], slash="/") as answer:
                    self.assertIn(answer.status_code, row.methods["GET"].ok)

    def check(self, row: Row, method: str, use: Use, person: Person) -> None:
        with ask(row, method, person, use.body) as answer:
            if STEPS.index(person.role) >= STEPS.index(use.who):
                self.assertIn(answer.status_code, use.ok)
                self.assertFalse(use.who != ANYONE and is_login(answer))
            elif person.user is None:
                self.assertIn(answer.status_code, use.refused)
                self.assertTrue(answer.status_code != 302 or is_login(answer))
            else:
                # What is not shared with a guest looks like what does not exist.
                refused = (403, 404) if person.role == GUEST and use.who in (VIEWER, USER) else (403,)
                self.assertIn(answer.status_code, refused)
            if row.route.startswith("api/") and answer.status_code >= 400 and "svg" not in answer["Content-Type"]:
                self.assertEqual(answer.json()["code"], answer.status_code)
                self.assertTrue(answer.json()["error"])


class DjangoAdminTest(TestCase):
    def test_every_page_of_it_is_for_administrators(self) -> None:
        for url in admin_urls(self.admin.pk):
            for user in (None, self.guest, self.bob, self.alice):
                with self.subTest(url, user=user):
                    answer = self.client_of(user).get(url)
                    self.assertIn(answer.status_code, (302, 403, 405))

    def test_every_page_of_it_opens_for_them(self) -> None:
        client = self.client_of(self.admin)
        for url in admin_urls(self.admin.pk):
            with self.subTest(url):
                self.assertIn(client.get(url).status_code, (200, 302, 403, 405))


def walk(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """The routes that the resolver knows, as they are written in urls.py."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        else:
            yield route


def admin_urls(person: int) -> list[str]:
    """The pages of Django's admin; those of one row are asked for a row that is a `person`."""
    routes = [route for route in walk(get_resolver().url_patterns) if route.startswith(DJANGO_ADMIN)]
    # Without a row to jump to, "r/" leads nowhere; "login" is the way in.
    plain = [route for route in routes if not re.search(r"\^|\(\?P|/login|^admin/r/", route)]
    return sorted({"/" + re.sub(r"<[^>]*>", str(person), route) for route in plain})


@contextmanager
def ask(row: Row, method: str, person: Person, body: Any = None, *, slash: str = "") -> Iterator[HttpResponse]:
    """The answer to one request; what it changed in the database is taken back afterwards."""
    path = re.sub(r"<\w+:(\w+)>", lambda found: fill(row.arguments[found[1]], person), row.route)
    url = f"/{path}{slash}" + (f"?{fill(row.query, person)}" if row.query else "")
    # A page's form and an app's JSON come the way each sends them.
    kind = {"content_type": "application/json"} if row.route.startswith("api/") else {}
    data = json.loads(fill(json.dumps(body), person)) if body is not None else None
    with transaction.atomic():
        client = Client(raise_request_exception=True)
        if person.user:
            client.force_login(person.user)
        yield getattr(client, method.lower())(url, data, **({} if method == "GET" else kind))
        transaction.set_rollback(True)


def fill(text: str, person: Person) -> str:
    """Only the placeholders: JSON has braces of its own."""
    return re.sub(r"\{(\w+)\}", lambda found: person.values[found[1]], text)


def is_login(answer: HttpResponse) -> bool:
    return answer.headers.get("Location", "").startswith("/library/login")
