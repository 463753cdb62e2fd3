"""The limit on failed sign-ins: who is counted, when it opens again, whose address it is."""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.test import RequestFactory, TestCase, override_settings

from sharing.limits import TooManyAttempts, client_address, login_attempt
from sharing.models import FailedLogin

OPTIONS = replace(settings.OPTIONS, login_limit=3, login_window=300)
BEHIND_PROXY = replace(OPTIONS, trusted_proxy="10.0.0.0/8, fd00::/8")


def request_from(address: str, *, forwarded: str = "") -> HttpRequest:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return RequestFactory().post("/library/login", REMOTE_ADDR=address, headers=headers)


def fail(address: str, name: str = "alice", *, times: int = 1) -> None:
    for _ in range(times):
        with login_attempt(request_from(address), name):
            pass


@override_settings(OPTIONS=OPTIONS)
class LimitTest(TestCase):
    def test_one_failure_too_many_is_refused_with_the_time_to_wait(self) -> None:
        fail("192.0.2.1", times=3)
        with self.assertRaises(TooManyAttempts) as refusal:
            fail("192.0.2.1")
        self.assertTrue(295 <= refusal.exception.retry_after <= 300)

    def test_other_addresses_go_on(self) -> None:
        fail("192.0.2.1", times=3)
        fail("192.0.2.2")

    def test_a_success_does_not_count(self) -> None:
        for _ in range(5):
            with login_attempt(request_from("192.0.2.1"), "alice") as attempt:
                attempt.has_succeeded = True
        self.assertEqual(FailedLogin.objects.count(), 0)

    def test_a_refused_attempt_does_not_prolong_the_wait(self) -> None:
        fail("192.0.2.1", times=3)
        for _ in range(2):
            with self.assertRaises(TooManyAttempts):
                fail("192.0.2.1")
        self.assertEqual(FailedLogin.objects.filter(key="address:192.0.2.1").count(), 3)

    def test_old_failures_are_forgotten_and_deleted(self) -> None:
        fail("192.0.2.1", times=3)
        for row in FailedLogin.objects.all():
            FailedLogin.objects.filter(pk=row.pk).update(created_at=row.created_at - timedelta(seconds=301))
        fail("192.0.2.1")
        self.assertEqual(FailedLogin.objects.filter(key="address:192.0.2.1").count(), 1)

    def test_a_name_is_limited_across_addresses(self) -> None:
        for number in range(15):
            fail(f"192.0.2.{number}", " Alice ")
        with self.assertRaises(TooManyAttempts):
            fail("192.0.2.200", "alice")
        fail("192.0.2.200", "bob")

    def test_an_attempt_under_way_counts(self) -> None:
        fail("192.0.2.1", times=2)
        with login_attempt(request_from("192.0.2.1"), "alice"), self.assertRaises(TooManyAttempts):
            fail("192.0.2.1")

    def test_a_household_of_ipv6_is_one_address(self) -> None:
        fail("2001:db8::1", times=3)
        with self.assertRaises(TooManyAttempts):
            fail("2001:db8::2")
        fail("2001:db8:0:1::1")

    def test_an_error_while_trying_counts_as_a_failure(self) -> None:
        with self.assertRaises(ZeroDivisionError), login_attempt(request_from("192.0.2.1"), "alice"):
            raise ZeroDivisionError
        self.assertEqual(FailedLogin.objects.filter(key="address:192.0.2.1").count(), 1)


@override_settings(OPTIONS=BEHIND_PROXY)
class AddressTest(TestCase):
    def test_a_stranger_cannot_name_another_address(self) -> None:
        self.assertEqual(client_address(request_from("192.0.2.1", forwarded="198.51.100.7")), "192.0.2.1")

    def test_a_trusted_proxy_names_who_asked_it(self) -> None:
        self.assertEqual(client_address(request_from("10.0.0.1", forwarded="198.51.100.7")), "198.51.100.7")

    def test_what_the_asker_wrote_in_front_is_not_believed(self) -> None:
        request = request_from("10.0.0.1", forwarded="203.0.113.9, 198.51.100.7, 10.0.0.2")
        self.assertEqual(client_address(request), "198.51.100.7")

    @override_settings(OPTIONS=OPTIONS)
    def test_without_a_trusted_proxy_the_header_is_ignored(self) -> None:
        self.assertEqual(client_address(request_from("10.0.0.1", forwarded="198.51.100.7")), "10.0.0.1")
