"""The Grant of accounts, tokens and media addresses; how fast one that was taken back ends."""

from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from library.access import NOBODY
from sharing import grants
from sharing.accounts import account_of, deactivate
from sharing.grants import grant_for_account, grant_for_download_token, grant_for_preview_token, public_grant
from sharing.models import AccessToken
from tests.base import TestCase
from tests.make import make_photo

PUBLIC = replace(settings.OPTIONS, auth_mode="public")


class AccountGrantTest(TestCase):
    def test_it_has_what_the_table_gives_the_role(self) -> None:
        grant = self.grant_of(self.bob)
        self.assertEqual((grant.user, grant.role), (self.bob, "viewer"))
        self.assertTrue(grant.may("library.search_photo"))
        self.assertFalse(grant.may("library.update_photo"))

    def test_a_deactivated_account_is_nobody(self) -> None:
        deactivate(self.bob)
        self.assertEqual(self.grant_of(self.bob), NOBODY)

    def test_a_token_narrows_it(self) -> None:
        token = AccessToken.objects.create(user=self.admin, hash="a", scope="photos read")
        grant = grant_for_account(account_of(self.admin), token)
        self.assertFalse(grant.may("library.update_photo"))
        self.assertEqual(grant.preview_token, token.preview_token)


class SightTest(TestCase):
    def setUp(self) -> None:
        self.shared = make_photo(title="Shared")
        self.own = make_photo(title="Alice's", owner=self.alice)
        self.private = make_photo(title="Alice's private", owner=self.alice, private=True)
        self.common_private = make_photo(title="Private of the library", private=True)

    def test_an_administrator_sees_everybodys(self) -> None:
        self.assertFound("", self.shared, self.own)
        self.assertFound("private:yes", self.private, self.common_private)

    def test_a_user_sees_the_shared_library_and_their_own(self) -> None:
        self.assertFound("", self.shared, self.own, by=self.alice)
        self.assertFound("private:yes", self.private, by=self.alice)

    def test_a_viewer_sees_the_shared_library_without_what_is_private(self) -> None:
        self.assertFound("", self.shared, by=self.bob)
        self.assertFound("private:yes", by=self.bob)

    def test_a_guest_sees_nothing_before_something_is_shared(self) -> None:
        for query in ("", "private:yes", "archived:yes", "title:*", "shared | private:yes"):
            with self.subTest(query):
                self.assertFound(query, by=self.guest)


class MediaTokenTest(TestCase):
    def test_each_token_opens_what_it_is_for(self) -> None:
        account = self.alice.account
        self.assertEqual(grant_for_preview_token(account.preview_token), self.grant_of(self.alice))
        self.assertEqual(grant_for_download_token(account.download_token), self.grant_of(self.alice))
        self.assertIsNone(grant_for_preview_token(account.download_token))
        self.assertIsNone(grant_for_download_token(account.preview_token))

    def test_no_token_is_nobodys(self) -> None:
        for token in ("", "public", "x" * 64):
            with self.subTest(token):
                self.assertIsNone(grant_for_preview_token(token))

    def test_a_sessions_tokens_end_with_it(self) -> None:
        token = AccessToken.objects.create(user=self.alice, hash="a", expires_at=timezone.now() + timedelta(hours=1))
        self.assertIsNotNone(grant_for_preview_token(token.preview_token))
        token.delete()
        grants.forget_grants()
        self.assertIsNone(grant_for_preview_token(token.preview_token))

    def test_an_expired_sessions_tokens_open_nothing(self) -> None:
        token = AccessToken.objects.create(user=self.alice, hash="a", expires_at=timezone.now())
        self.assertIsNone(grant_for_download_token(token.download_token))

    def test_a_hundred_thumbs_cost_one_look_into_the_database(self) -> None:
        token = self.alice.account.preview_token
        with self.assertNumQueries(1):
            for _ in range(100):
                grant_for_preview_token(token)

    def test_another_process_honours_a_token_for_five_seconds_at_most(self) -> None:
        token = self.alice.account.preview_token
        with patch("sharing.grants.time.monotonic", return_value=100.0):
            grant_for_preview_token(token)
        self.alice.account.renew_media_tokens()
        with patch("sharing.grants.time.monotonic", return_value=105.1):
            self.assertIsNone(grant_for_preview_token(token))

    def test_a_flood_of_guesses_does_not_fill_the_memory(self) -> None:
        with patch("sharing.grants._MOST_REMEMBERED", 10):
            for number in range(50):
                grant_for_preview_token(f"guess-{number}")
        self.assertLessEqual(len(grants._remembered), 10)


@override_settings(OPTIONS=PUBLIC)
class PublicGrantTest(TestCase):
    def test_everybody_is_the_first_administrator(self) -> None:
        grant = public_grant()
        self.assertEqual((grant.user, grant.role, grant.preview_token), (self.admin, "admin", "public"))

    def test_any_media_token_will_do(self) -> None:
        self.assertEqual(grant_for_preview_token("anything"), public_grant())

    def test_without_an_administrator_nobody_sees_anything(self) -> None:
        self.admin.account.delete()
        self.assertEqual(public_grant(), NOBODY)
