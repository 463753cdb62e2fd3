"""The cast (admin, alice, bob, guest) and what every test may ask of the library."""

from typing import Any

from django import test
from django.contrib.auth.models import User

from library.access import Grant
from library.models import Photo
from library.search import find
from sharing.accounts import account_of, add_account
from sharing.acl import ADMIN, GUEST, USER, VIEWER
from sharing.grants import grant_for_account
from tests.make import make_unknowns

PASSWORD = "a-long-and-good-passphrase"


class Cast:
    """`admin`; `alice`, a user who may own photos; `bob`, a viewer; `guest`, with whom nothing is shared yet."""

    admin: User
    alice: User
    bob: User
    guest: User

    @classmethod
    def make_cast(cls) -> None:
        cls.admin = add_account("admin", PASSWORD, role=ADMIN).user
        cls.alice = add_account("alice", PASSWORD, role=USER).user
        cls.bob = add_account("bob", PASSWORD, role=VIEWER).user
        cls.guest = add_account("guest", PASSWORD, role=GUEST).user

    def grant_of(self, user: User) -> Grant:
        return grant_for_account(account_of(user))

    def client_of(self, user: User | None) -> test.Client:
        """A browser in which this person is signed in; None = nobody."""
        client = test.Client()
        if user is not None:
            client.force_login(user)
        return client

    def app_of(self, user: User) -> test.Client:
        """An app that has signed in with name and password and sends its token."""
        answer = test.Client().post(
            "/api/v1/session", {"username": user.username, "password": PASSWORD}, content_type="application/json"
        )
        return test.Client(headers={"X-Auth-Token": answer.json()["access_token"]})


class TestCase(Cast, test.TestCase):
    """Rows, rolled back after each test."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.make_cast()

    def assertFound(self, query: str, *photos: Photo, by: User | None = None, **search: Any) -> None:  # noqa: N802
        """Asserts that the query finds these photos, each once, in any order; asked by the administrator or `by`."""
        found = find(query, self.grant_of(by or self.admin), **search)
        self.assertCountEqual(_names(found), _names(photos), f"found by {query!r}")


class TransactionTestCase(Cast, test.TransactionTestCase):
    """Rows that other threads and processes see; slower, so only for sockets, servers and locks."""

    def setUp(self) -> None:
        super().setUp()
        make_unknowns()
        self.make_cast()


def _names(photos: Any) -> list[str]:
    """UIDs, with the title where there is one, so that a failure can be read."""
    return [f"{photo.uid} {photo.title}".strip() for photo in photos]
