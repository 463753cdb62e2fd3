"""The limit on failed sign-ins and wrong link passwords, per address and name, in the database for all processes."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from math import ceil
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext

from sharing.models import FailedLogin

# Whoever knows a name could lock its owner out, so a name bears more failures than one address may make.
NAME_FACTOR: Final = 5
_KEY_LENGTH: Final = 200

logger = logging.getLogger(__name__)


class TooManyAttempts(Exception):
    """Refused without looking at the password; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(
            ngettext(
                "Too many failed attempts. Try again in %d second.",
                "Too many failed attempts. Try again in %d seconds.",
                retry_after,
            )
            % retry_after
        )


@dataclass(slots=True)
class Attempt:
    """One try at a password; it counts as failed until `has_succeeded` is set."""

    has_succeeded: bool = False


def login_attempt(request: HttpRequest, name: str) -> AbstractContextManager[Attempt]:
    """Counts a sign-in as failed before it is tried, so that parallel tries cannot slip through the limit.

    with login_attempt(request, name) as attempt:
        attempt.has_succeeded = authenticate(...) is not None
    Raises TooManyAttempts on entry.
    """
    limit = settings.OPTIONS.login_limit
    keys = {_address_key(request): limit, f"name:{name.strip().lower()}": limit * NAME_FACTOR}
    return _attempt(request, keys, f"sign-in as {name[:_KEY_LENGTH]!r}")


def link_attempt(request: HttpRequest, uid: str) -> AbstractContextManager[Attempt]:
    """The same for the password of a share link, within the same limit on what an address may fail."""
    limit = settings.OPTIONS.login_limit
    keys = {_address_key(request): limit, f"link:{uid}": limit * NAME_FACTOR}
    return _attempt(request, keys, f"opening of link {uid}")


def refuse_guesser(request: HttpRequest) -> None:
    """Raises TooManyAttempts for an address that has asked for too many links that do not exist."""
    now, window = timezone.now(), timedelta(seconds=settings.OPTIONS.login_window)
    limit = settings.OPTIONS.login_limit * NAME_FACTOR
    if wait := _wait(FailedLogin(key=_guess_key(request)), limit, now, window):
        raise TooManyAttempts(wait)


def note_guess(request: HttpRequest) -> None:
    """Counts a request for a link that does not exist."""
    FailedLogin.objects.create(key=_guess_key(request), created_at=timezone.now())


@contextmanager
def _attempt(request: HttpRequest, limits: Mapping[str, int], what: str) -> Iterator[Attempt]:
    now = timezone.now()
    window = timedelta(seconds=settings.OPTIONS.login_window)
    FailedLogin.objects.filter(created_at__lte=now - window).delete()
    rows = [(FailedLogin.objects.create(key=key[:_KEY_LENGTH], created_at=now), limit) for key, limit in limits.items()]
    wait = max(_wait(row, limit, now, window) for row, limit in rows)
    if wait > 0:
        _take_back([row for row, _ in rows])
        raise TooManyAttempts(wait)
    attempt = Attempt()
    try:
        yield attempt
    finally:
        if attempt.has_succeeded:
            _take_back([row for row, _ in rows])
        else:
            logger.warning("Failed %s from %s", what, client_address(request))


def client_address(request: HttpRequest) -> str:
    """The address that asks; a forwarding header is believed only as far as trusted proxies have written it."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    while forwarded and _is_trusted(address):
        address = forwarded.pop()
    return address


def _wait(row: FailedLogin, limit: int, now: datetime, window: timedelta) -> int:
    """Seconds until this attempt would be within the limit, 0 if it is now."""
    earlier = FailedLogin.objects.filter(key=row.key, created_at__gt=now - window)
    if row.pk:
        earlier = earlier.filter(pk__lt=row.pk)
    newest_first = list(earlier.order_by("-pk").values_list("created_at", flat=True)[:limit])
    if len(newest_first) < limit:
        return 0
    return max(1, ceil((newest_first[-1] + window - now).total_seconds()))


def _take_back(rows: list[FailedLogin]) -> None:
    FailedLogin.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _guess_key(request: HttpRequest) -> str:
    return f"guess:{_group(client_address(request))}"


def _address_key(request: HttpRequest) -> str:
    return f"address:{_group(client_address(request))}"


def _group(address: str) -> str:
    """What is limited together: an IPv6 network of 64 bits belongs to one household."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)


def _is_trusted(address: str) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in _networks(settings.OPTIONS.trusted_proxy))


@cache
def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())
