"""Where photos without coordinates were probably taken, told by those taken before and after them.

PhotoPrism's rules: the two photos nearest in time within 36 hours; between them, if they lie less than 100 km apart and
the guess is good to a kilometre, a position; else the place of the nearer one, without a position. An estimate is
marked as one, is made anew after a week at the earliest, and never replaces what is known.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from library import sources
from library.counts import recount_days, recount_places
from library.events import PhotosUpdated, publish
from library.judging import Judged, file_name_of, judge, relink, words_of
from library.meta.kinds import is_non_photographic
from library.models import Details, Photo
from library.models.gear import UNKNOWN as UNKNOWN_GEAR
from places.distance import Movement, Position
from places.locate import cell_for, look_up
from places.models import UNKNOWN

FAR_IN_TIME: Final = timedelta(hours=36)
AGAIN_AFTER: Final = timedelta(days=7)
LONGEST_WAY_KM: Final = 100.0
GOOD_ENOUGH_M: Final = 1000
# Outside of the time between two photos people may have walked this far from the nearer one.
WALKED_M_PER_HOUR: Final = 5000
AT_ONCE: Final = 200

_DATED: Final = [name for name in sources.PRIORITY if sources.priority(name) > sources.priority(sources.NAME)]
_PLACED: Final = [name for name in sources.PRIORITY if sources.priority(name) > sources.priority(sources.ESTIMATE)]


@dataclass(frozen=True, slots=True)
class _Fix:
    """A photo whose position is known."""

    at: datetime
    lat: float
    lng: float
    place: str
    country: str

    @property
    def position(self) -> Position:
        return Position(lat=self.lat, lng=self.lng, time=self.at)


def estimate_places(on_progress: Callable[[], None] = lambda: None) -> int:
    """Estimates for all photos that lack a place and may have one; how many changed. `on_progress` after each few."""
    now = timezone.now()
    changed = 0
    for photos in _batches(_candidates(now)):
        changed += _estimate(photos, now)
        on_progress()
    return changed


def _candidates(now: datetime) -> Any:
    unknown = Q(lat__isnull=True) & (Q(place=UNKNOWN) | Q(place_src=sources.ESTIMATE))
    guessed = Q(lat__isnull=False, place_src=sources.ESTIMATE)
    rested = Q(estimated_at__isnull=True) | Q(estimated_at__lt=now - AGAIN_AFTER)
    may_be = Q(place_src__in=[name for name in sources.PRIORITY if name not in _PLACED])
    found = Photo.objects.filter(unknown | guessed, rested, may_be, deleted_at__isnull=True, taken_src__in=_DATED)
    return found.exclude(camera__slug=UNKNOWN_GEAR).order_by("taken_at", "pk").values_list("pk", "taken_at")


def _batches(candidates: Any) -> Iterator[Sequence[Photo]]:
    """A few photos of one day each, so that the neighbours of all are those of a few days."""
    known = list(candidates)
    for _, day in groupby(known, key=lambda row: row[1].date()):
        ids = [pk for pk, _ in day]
        for start in range(0, len(ids), AT_ONCE):
            some = Photo.objects.filter(pk__in=ids[start : start + AT_ONCE]).select_related("camera", "place", "cell")
            yield list(some.select_related("folder").order_by("taken_at", "pk"))


def _estimate(photos: Sequence[Photo], now: datetime) -> int:
    first, last = photos[0].taken_at - FAR_IN_TIME, photos[-1].taken_at + FAR_IN_TIME
    known = _fixes(first, last)
    with transaction.atomic():
        changed = [photo for photo in photos if _write(photo, known.get(photo.owner_id, []), now)]
        ids = [photo.pk for photo in photos]
        Photo.objects.filter(pk__in=ids).update(estimated_at=now)
        if changed:
            recount_days({photo.taken_at_local.date() for photo in changed})
            recount_places({str(photo.place_id) for photo in changed})
            publish(PhotosUpdated(tuple(photo.uid for photo in changed)))
    return len(changed)


def _fixes(first: datetime, last: datetime) -> dict[int | None, list[_Fix]]:
    """By owner, and none of private photos: their places are told to nobody."""
    placed = Photo.objects.filter(
        taken_at__gte=first, taken_at__lte=last, lat__isnull=False, place_src__in=_PLACED, taken_src__in=_DATED,
        deleted_at__isnull=True, private=False,
    )  # fmt: skip
    fixes: dict[int | None, list[_Fix]] = {}
    rows = placed.order_by("taken_at", "pk").values_list("owner", "taken_at", "lat", "lng", "place", "country")
    for owner, at, lat, lng, place, country in rows:
        fixes.setdefault(owner, []).append(_Fix(at, lat, lng, place, country))
    return fixes


def _write(photo: Photo, known: Sequence[_Fix], now: datetime) -> bool:
    """Writes the estimate of one photo, if there is one and it is news."""
    details = Details.objects.filter(photo=photo).first() or Details(photo=photo)
    judged = Judged.of(photo, details)
    near = _nearest(photo.taken_at, known)
    if not near or is_non_photographic(photo.type, judged.keywords):
        return False
    values = _values(photo, near)
    if all(
        getattr(photo, f"{name}_id" if name in ("cell", "place") else name) == value for name, value in values.items()
    ):
        return False
    file_name = file_name_of(photo)
    before = words_of(photo, details, file_name)
    Photo.objects.filter(pk=photo.pk).update(**values, estimated_at=now, updated_at=now)
    photo.refresh_from_db()
    Photo.objects.filter(pk=photo.pk).update(**judge(photo, judged))
    photo.refresh_from_db()
    relink(photo, before, words_of(photo, details, file_name))
    return True


def _nearest(moment: datetime, known: Sequence[_Fix]) -> list[_Fix]:
    """The two that are nearest in time, the nearer first."""
    at = bisect_left(known, moment, key=lambda fix: fix.at)
    around = [fix for fix in known[max(0, at - 2) : at + 2] if abs(fix.at - moment) <= FAR_IN_TIME]
    return sorted(around, key=lambda fix: abs(fix.at - moment))[:2]


def _values(photo: Photo, near: Sequence[_Fix]) -> dict[str, Any]:
    found = _position(photo.taken_at, near)
    if found is None:
        adopted = {"lat": None, "lng": None, "cell": UNKNOWN, "cell_accuracy": 0}
        return {**adopted, "place": near[0].place, "country": near[0].country, "place_src": sources.ESTIMATE}
    location = look_up(found.lat, found.lng)
    cell = cell_for(location)
    where = {"lat": found.lat, "lng": found.lng, "cell_accuracy": found.accuracy, "country": location.country}
    return {**where, "cell": cell.pk, "place": cell.place_id, "place_src": sources.ESTIMATE}


def _position(moment: datetime, near: Sequence[_Fix]) -> Position | None:
    """Where they were on the way between two photos, None if that is too uncertain."""
    if len(near) < 2:
        return None
    movement = Movement.between(near[0].position, near[1].position)
    accuracy = _accuracy(movement, moment)
    if movement.km >= LONGEST_WAY_KM or accuracy >= GOOD_ENOUGH_M:
        return None
    found = movement.estimate(moment)
    return Position(lat=round(found.lat, 6), lng=round(found.lng, 6), estimated=True, accuracy=accuracy)


def _accuracy(movement: Movement, moment: datetime) -> int:
    """Metres: a tenth of the way between the two, or what one walks in the time since the nearer."""
    start, end = movement.start.time or moment, movement.end.time or moment
    if start <= moment <= end:
        return max(10, round(movement.km * 100))
    outside = min(abs(moment - start), abs(moment - end))
    return max(10, round(outside / timedelta(hours=1) * WALKED_M_PER_HOUR))
