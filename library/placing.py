"""Photos put in their place by a person: one position for many, positions from a GPX track, and the way back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q

from library import sources
from library.access import Grant
from library.edits import Clock, Edit, edit
from library.meta import timezones
from library.models import Photo
from library.search import visible_photos
from places.distance import Position
from places.locate import look_up
from places.tracks import Track

MOST: Final = 2_000
AT_ONCE: Final = 500


class TooManyPhotos(ValueError):
    """More photos than are placed in one go; its text is a sentence for the reader."""

    def __init__(self, count: int) -> None:
        super().__init__(f"At most {MOST} photos can be placed at once; these are {count}.")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a photo is, and how that is known; 0 and 0 without a position. `clock` is the time it had there."""

    uid: str
    lat: float
    lng: float
    src: str = sources.MANUAL
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """What was done: the former placements of those that moved, and how many were left where they are."""

    before: tuple[Placement, ...]
    untouched: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """A day on the local clock: its photos within the time of a track, and how many the track tells a position for."""

    day: str
    photos: int = 0
    placed: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a track tells; `known` photos have a position that stays, for the time of `beyond` it tells none."""

    placements: tuple[Placement, ...]
    days: tuple[Day, ...]
    known: int
    beyond: int

    @property
    def photos(self) -> int:
        return sum(day.photos for day in self.days)


def place(placements: Sequence[Placement], grant: Grant) -> Placed:
    """Moves photos; 0 and 0 takes a position away. Those the grant may not see are left out.

    Raises PermissionDenied, TooManyPhotos.
    """
    if len(placements) > MOST:
        raise TooManyPhotos(len(placements))
    wanted = {placement.uid: placement for placement in placements}
    before: list[Placement] = []
    for photo in _photos(list(wanted), grant):
        was = _placement(photo)
        to = wanted[photo.uid]
        edit(photo, grant, Edit(lat=to.lat, lng=to.lng, place_src=to.src, clock=to.clock))
        if (photo.lat or 0, photo.lng or 0) != (was.lat, was.lng):
            before.append(was)
    return Placed(tuple(before), len(wanted) - len(before))


def plan_by_track(
    track: Track, grant: Grant, *, ahead: timedelta = timedelta(), uids: Collection[str] | None = None
) -> Plan:
    """What `place_by_track` would do.

    Cameras without a zone show the time of where they are: it is read in the zone of the track's beginning.
    """
    zone = look_up(track.points[0].lat, track.points[0].lng).time_zone
    first, last = (moment + ahead for moment in track.span)
    within = Q(taken_at__gte=first, taken_at__lte=last) & ~Q(time_zone="")
    shown = {"gte": timezones.to_local(first, zone), "lte": timezones.to_local(last, zone)}
    within |= Q(time_zone="", **{f"taken_at_local__{side}": local for side, local in shown.items()})
    taken = visible_photos(grant).filter(within, deleted_at__isnull=True)
    taken = taken.filter(taken_src__in=[name for name in sources.PRIORITY if sources.is_trusted_date(name)])
    columns = ("uid", "taken_at", "taken_at_local", "time_zone", "lat", "place_src")
    days: dict[str, Day] = {}
    placements: list[Placement] = []
    known = beyond = 0
    for uid, at, local, named, lat, src in taken.order_by("taken_at", "pk").values_list(*columns):
        if uids is not None and uid not in uids:
            continue
        is_free = src != sources.MANUAL and (lat is None or src == sources.ESTIMATE)
        moment = at if named else timezones.to_utc(local, zone)
        position = track.at(moment - ahead) if is_free else None
        known, beyond = known + (not is_free), beyond + (is_free and position is None)
        day = days.get(name := local.date().isoformat(), Day(name))
        days[name] = Day(name, day.photos + 1, day.placed + (position is not None))
        if position:
            placements.append(_to(uid, position))
    return Plan(tuple(placements), tuple(days.values()), known, beyond)


def place_by_track(
    track: Track, grant: Grant, *, ahead: timedelta = timedelta(), uids: Collection[str] | None = None
) -> Placed:
    """Gives photos that lack a measured position the one that the track tells for their time.

    `ahead` is how much the camera's clock was fast; `uids` are the photos that are meant, None for all.
    Raises PermissionDenied, TooManyPhotos.
    """
    plan = plan_by_track(track, grant, ahead=ahead, uids=uids)
    placed = place(plan.placements, grant)
    return Placed(placed.before, plan.photos - len(placed.before))


def _to(uid: str, position: Position) -> Placement:
    return Placement(uid, round(position.lat, 6), round(position.lng, 6), sources.XMP)


def _placement(photo: Photo) -> Placement:
    return Placement(photo.uid, photo.lat or 0.0, photo.lng or 0.0, photo.place_src, Clock.of(photo))


def _photos(uids: Sequence[str], grant: Grant) -> Iterable[Any]:
    for start in range(0, len(uids), AT_ONCE):
        yield from visible_photos(grant).with_gear().filter(uid__in=uids[start : start + AT_ONCE]).order_by("pk")
