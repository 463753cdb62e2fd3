"""The timeline in buckets: months, days, or chunks of a day or of ranks, none above 500 photos; and one's columns."""

import base64
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final

import numpy as np
from django.db.models import Count, QuerySet, Sum

from library.access import Grant
from library.models import DayCount, File, Photo
from library.models.folder import Root
from library.models.photo import PhotoType
from library.query import QueryError
from library.search import find, ids_in_order
from library.search.asked import Asked
from library.search.compile import FEW
from library.search.idsets import IdSet
from library.search.memory import MEMORY
from library.search.ranks import BY_MATCH, can_rank, count_ranked, is_about_matches
from library.search.remembered import ABSENT, Column, at
from library.search.results import liked_of
from library.search.sql import LocalDay
from library.search.visibility import LIBRARY_ROLES, Shown, View, permitted
from library.whereabouts import Told, Whereabouts
from places.countries import UNKNOWN

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
_ROW: Final = ("pk", "uid", "taken_at_local", "type", "title", "duration", "place__label")
_DAY: Final = 86_400_000_000  # microseconds
# Among the best matches a bucket is so many of them, whenever they were taken: "best.0", "best.1".
_BEST: Final = re.compile(r"best\.([0-9]{1,4})")
BY_DATE: Final = "newest"
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
    """Keys and counts, newest first, or by `order` the best matches; `total` is their sum.

    `can_rank` tells whether some match better than others: words are compared with pictures, or a photo with all.
    """

    total: int
    buckets: tuple[tuple[str, int], ...]
    order: str = BY_DATE
    can_rank: bool = False


def bucket_list(query: str, grant: Grant, *, view: View = "", order: str = "") -> Buckets:
    """The timeline of what a query finds. Raises QueryError.

    By `order` the best matches first, "relevance", or the newest; without one that depends on whether words that are
    compared with pictures, or photos that are to be like another one, are all that is asked for.
    """
    asked = Asked.of(query, grant, view) if query.strip() else None
    ranks = asked is not None and can_rank(asked)
    if asked and ranks and (order == BY_MATCH or (not order and is_about_matches(asked))):
        total = count_ranked(asked)
        return Buckets(total, tuple(_best_keys(total)), BY_MATCH, can_rank=True)
    days = _counted_days(query, grant, view)
    return Buckets(sum(count for _, count in days), tuple(fold(days)), can_rank=ranks)


def bucket(key: str, query: str, grant: Grant, *, view: View = "") -> dict[str, list[Any]]:
    """The photos of one bucket as columns, newest first. Raises QueryError.

    `ratio` is width to height, `day` the local one, `thumbhash` in base64, `duration` in seconds, `files` the
    number of pictures in the stack.
    """
    if best := _BEST.fullmatch(key):
        return _columns(_best(int(best[1]), query, grant, view), grant)
    span = span_of(key)
    found = find(query, grant, view=view, reach="few")
    found = found.filter(taken_at_local__gte=span.start, taken_at_local__lt=span.end)
    rows = found.order_by("-taken_at_local", "-pk").values_list(*_ROW)
    return _columns(list(rows[span.offset : span.offset + span.limit]), grant)


def _best_keys(total: int) -> Iterator[tuple[str, int]]:
    """What is ranked belongs to no days: the first 500, the next 500 and so on."""
    return ((f"best.{start // LIMIT}", min(LIMIT, total - start)) for start in range(0, total, LIMIT))


def _best(number: int, query: str, grant: Grant, view: View) -> list[tuple[Any, ...]]:
    """The rows of a part of the best matches, in their order, as far as they are seen."""
    asked = Asked.of(query, grant, view)
    ids = ids_in_order(asked, BY_MATCH, LIMIT, number * LIMIT) if can_rank(asked) else []
    seen = Photo.objects.filter(asked.bound("few"), pk__among=ids)
    rows = {row[0]: row for row in seen.order_by().values_list(*_ROW)}
    return [rows[pk] for pk in ids if pk in rows]


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
    asked = Asked.of(query, grant, view)
    if matching := asked.matching():
        matcher, tree = matching
        return _days_of(matcher.found(tree))
    return _grouped(asked.photos("all"))


def _days_of(found: IdSet) -> list[tuple[str, int]]:
    """The same for photos that are known."""
    times = Column("taken_at_local")
    if len(found) <= FEW and not MEMORY.knows(times):
        return _grouped(Photo.objects.filter(pk__among=found.ids.tolist()))
    moments = at(MEMORY.get(times), found.ids)
    # One that was deleted since it was found has no moment any more.
    days = moments[moments != ABSENT] // _DAY
    if not len(days):
        return []
    first = int(days.min())
    counts = np.bincount(days - first)
    counted = np.flatnonzero(counts)[::-1]
    names = np.datetime_as_string((counted + first).astype("datetime64[D]"))
    return list(zip(names.tolist(), counts[counted].tolist(), strict=True))


def _grouped(photos: QuerySet[Any]) -> list[tuple[str, int]]:
    grouped = photos.order_by().values(local_day=LocalDay("taken_at_local")).annotate(found=Count("*"))
    return list(grouped.order_by("-local_day").values_list("local_day", "found"))


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
    where = Whereabouts.of(grant)
    told, titles = where.of_ids(ids), where.titles_of_ids(ids)
    files = [shown.get(pk, _NO_FILE) for pk in ids]
    return {
        "uid": [row[1] for row in rows],
        "hash": [file_hash for file_hash, _, _ in files],
        "ratio": [round(ratio, 3) or 1 for _, ratio, _ in files],
        "day": [row[2].date().isoformat() for row in rows],
        "type": [row[3] for row in rows],
        "favorite": [int(pk in liked) for pk in ids],
        "thumbhash": [base64.b64encode(thumbhash).decode() for _, _, thumbhash in files],
        "title": [titles.get(row[0], row[4]) for row in rows],
        "duration": [round(row[5].total_seconds(), 1) if row[5] else 0 for row in rows],
        "files": [counts.get(pk, 1) for pk in ids],
        "place": [_label(told[row[0]]) if row[0] in told else row[6] for row in rows],
    }


def _label(told: Told) -> str:
    return "" if told.place == UNKNOWN else told.label


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
