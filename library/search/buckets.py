"""The timeline in buckets: months, days, or chunks of a day, none above 500 photos; and one bucket's columns."""

import base64
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final

from django.db.models import Count, QuerySet, Sum

from library.access import Grant
from library.models import DayCount, File
from library.models.folder import Root
from library.models.photo import PhotoType
from library.query import QueryError
from library.search import find
from library.search.results import liked_of
from library.search.sql import LocalDay
from library.search.visibility import LIBRARY_ROLES, Shown, View, permitted

LIMIT: Final = 500
# A list may be a moment old; a bucket that grew since is still shown whole up to here.
LARGEST: Final = 2 * LIMIT

SHARED: Final = 0  # the owner's key of the shared library

# The column of DayCount for a view, and what of it a grant has to be allowed to see.
_KEPT: Final[dict[View, tuple[str, Shown]]] = {
    "": ("photos", Shown()),
    "videos": ("videos", Shown()),
    "review": ("review", Shown(review=True)),
    "archive": ("archived", Shown(archived=True)),
    "private": ("private", Shown(private=True)),
}
_KEY: Final = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2})(?:\.([0-9]{1,4}))?)?")


class UnknownBucket(QueryError):
    """The text is not the key of a bucket."""

    def __init__(self, key: str) -> None:
        super().__init__(f"“{key[:20]}” is not a month, a day or a part of a day.")


@dataclass(frozen=True, slots=True)
class Span:
    """The photos of a bucket: those from `start` to before `end` on the local clock, without the first `offset`."""

    start: datetime
    end: datetime
    offset: int = 0
    limit: int = LARGEST


@dataclass(frozen=True, slots=True)
class KeptDays:
    """Rows of DayCount: the column of a view, and whose photos; None is everybody's."""

    column: str
    owners: frozenset[int] | None

    def rows(self) -> QuerySet[DayCount]:
        rows = DayCount.objects.order_by("-day")
        return rows if self.owners is None else rows.filter(owner_key__in=self.owners)


@dataclass(frozen=True, slots=True)
class Buckets:
    """Keys and counts, newest first; `total` is their sum."""

    total: int
    buckets: tuple[tuple[str, int], ...]


def bucket_list(query: str, grant: Grant, *, view: View = "") -> Buckets:
    """The timeline of what a query finds. Raises QueryError."""
    days = _counted_days(query, grant, view)
    return Buckets(sum(count for _, count in days), tuple(fold(days)))


def bucket(key: str, query: str, grant: Grant, *, view: View = "") -> dict[str, list[Any]]:
    """The photos of one bucket as columns, newest first. Raises QueryError.

    `ratio` is width to height, `day` the local one, `thumbhash` in base64, `duration` in seconds, `files` the
    number of pictures in the stack.
    """
    span = span_of(key)
    found = find(query, grant, view=view, reach="few")
    found = found.filter(taken_at_local__gte=span.start, taken_at_local__lt=span.end)
    rows = found.order_by("-taken_at_local", "-pk").values_list(
        "pk", "uid", "taken_at_local", "type", "title", "duration", "place__label"
    )
    return _columns(list(rows[span.offset : span.offset + span.limit]), grant)


def fold(days: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Days with their counts, newest first, as buckets: `("2024-05-30", 3), ("2024-05-02", 1)` is `("2024-05", 4)`."""
    for month, grouped in groupby(days, key=lambda row: row[0][:7]):
        rows = list(grouped)
        total = sum(count for _, count in rows)
        if total <= LIMIT:
            yield month, total
            continue
        for day, count in rows:
            yield from _chunks(day, count)


def span_of(key: str) -> Span:
    """What a key stands for. Raises UnknownBucket."""
    found = _KEY.fullmatch(key)
    try:
        if not found:
            raise UnknownBucket(key)
        year, month, day, chunk = (int(part) if part else None for part in found.groups())
        start = date(year or 0, month or 0, day or 1)
        end = start + timedelta(days=1) if day else (start + timedelta(days=31)).replace(day=1)
    except (ValueError, OverflowError):
        raise UnknownBucket(key) from None
    if chunk is None:
        return Span(_midnight(start), _midnight(end))
    return Span(_midnight(start), _midnight(end), chunk * LIMIT, LIMIT)


def _chunks(day: str, count: int) -> Iterator[tuple[str, int]]:
    if count <= LIMIT:
        yield day, count
        return
    for number, start in enumerate(range(0, count, LIMIT)):
        yield f"{day}.{number}", min(LIMIT, count - start)


def _counted_days(query: str, grant: Grant, view: View) -> list[tuple[str, int]]:
    """Each day with photos and their number, newest first."""
    if not query.strip() and (kept := kept_days(grant, view)):
        counted = kept.rows().values_list("day").annotate(found=Sum(kept.column)).filter(found__gt=0)
        return [(day.isoformat(), found) for day, found in counted]
    found = find(query, grant, view=view, reach="all").order_by()
    grouped = found.values(local_day=LocalDay("taken_at_local")).annotate(found=Count("*")).order_by("-local_day")
    return list(grouped.values_list("local_day", "found"))


def kept_days(grant: Grant, view: View) -> KeptDays | None:
    """Where DayCount answers for a view, None where only the photos themselves can."""
    column, needed = _KEPT.get(view, ("", Shown()))
    is_whole = grant.scope is None and grant.role in LIBRARY_ROLES and grant.may("library.view_photo")
    if not column or not is_whole or permitted(needed, grant) != needed:
        return None
    if grant.sees_all:
        return KeptDays(column, None)
    # Somebody else's private photos are counted among the archived.
    if view == "archive":
        return None
    shared = [] if view == "private" else [SHARED]
    return KeptDays(column, frozenset([*shared, *([grant.user_id] if grant.user_id else [])]))


def _columns(rows: Sequence[tuple[Any, ...]], grant: Grant) -> dict[str, list[Any]]:
    ids = [row[0] for row in rows]
    liked = liked_of(ids, grant)
    shown, counts = _files_of(ids, {row[0] for row in rows if row[3] == PhotoType.LIVE})
    files = [shown.get(pk, _NO_FILE) for pk in ids]
    return {
        "uid": [row[1] for row in rows],
        "hash": [file_hash for file_hash, _, _ in files],
        "ratio": [round(ratio, 3) or 1 for _, ratio, _ in files],
        "day": [row[2].date().isoformat() for row in rows],
        "type": [row[3] for row in rows],
        "favorite": [int(pk in liked) for pk in ids],
        "thumbhash": [base64.b64encode(thumbhash).decode() for _, _, thumbhash in files],
        "title": [row[4] for row in rows],
        "duration": [round(row[5].total_seconds(), 1) if row[5] else 0 for row in rows],
        "files": [counts.get(pk, 1) for pk in ids],
        "place": [row[6] for row in rows],
    }


_NO_FILE: Final = ("", 1.0, b"")


def _files_of(ids: Sequence[int], live: Collection[int]) -> tuple[dict[int, tuple[str, float, bytes]], dict[int, int]]:
    """Of each photo the primary file's hash, ratio and thumbhash, and the number of its originals.

    The video of a Live Photo is no picture of its own.
    """
    shown: dict[int, tuple[str, float, bytes]] = {}
    originals: dict[int, int] = defaultdict(int)
    columns = ("photo", "is_primary", "root", "is_sidecar", "is_video", "hash", "aspect_ratio", "thumbhash")
    rows = File.objects.filter(photo__in=ids, is_missing=False, deleted_at__isnull=True).values_list(*columns)
    for pk, is_primary, root, is_sidecar, is_video, file_hash, ratio, thumbhash in rows if ids else ():
        originals[pk] += root == Root.ORIGINALS and not is_sidecar and not (is_video and pk in live)
        if is_primary:
            shown[pk] = (file_hash, ratio, thumbhash)
    return shown, {pk: count or 1 for pk, count in originals.items()}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
