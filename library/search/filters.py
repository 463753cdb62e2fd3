"""Filters on what is written in the row of a photo: kind, texts, states, camera, numbers."""

from functools import partial

from django.db.models import Exists, OuterRef, Q
from slugify import slugify

from library.access import Grant
from library.media.colors import NAMES as COLOR_NAMES
from library.models import Camera, Favorite, Lens
from library.models.gear import Gear
from library.models.photo import PhotoType, Stack
from library.quality import HIDDEN, REVIEW_BELOW
from library.query.values import Pattern, one_of, patterns, switch, unsigned, whole_number
from library.search.answers import Answer, Linked, Scanned, matches, within
from library.search.compile import grant_filter, search_filter
from library.search.sql import is_false, is_true, like, starts_with


@search_filter("type")
def photo_type(value: str) -> Q:
    return Q(type__in=[wanted.lower() for wanted in one_of(value)])


@search_filter("photo")
def photo(value: str) -> Q:
    """Pictures, RAW and live ones included, without videos."""
    return ~Q(type=PhotoType.VIDEO) if switch(value) else Q(type=PhotoType.VIDEO)


@search_filter("media")
def media(value: str) -> Q:
    """What plays: live pictures, videos, sound and animations."""
    playing = Q(type__in=[PhotoType.LIVE, PhotoType.VIDEO, PhotoType.AUDIO, PhotoType.ANIMATED])
    return playing if switch(value) else ~playing


@search_filter("title")
def title(value: str) -> Answer:
    return Q(title="") if _is_no(value) else Scanned(matches("title", value))


@search_filter("caption")
def caption(value: str) -> Answer:
    return Q(caption="") if _is_no(value) else Scanned(matches("caption", value))


@search_filter("description")
def description(value: str) -> Answer:
    """Title or caption."""
    return Q(caption="") if _is_no(value) else Scanned(matches("title", value) | matches("caption", value))


@grant_filter("favorite")
def favorite(value: str, grant: Grant) -> Answer:
    """The favourites of the account that asks."""
    liked = Favorite.objects.filter(user=grant.user_id or 0)
    return Linked(liked) if switch(value) else ~Q(pk__in=liked.values("photo"))


@search_filter("private")
def private(value: str) -> Q:
    return is_true("private") if switch(value) else is_false("private")


@search_filter("public")
def public(value: str) -> Q:
    """`public:no` shows private photos too."""
    return Q(private=False) if switch(value) else Q()


@search_filter("archived")
def archived(value: str) -> Q:
    return Q(deleted_at__isnull=not switch(value))


@search_filter("review")
def review(value: str) -> Q:
    return Q(quality__gt=HIDDEN, quality__lt=REVIEW_BELOW) if switch(value) else Q(quality__gte=REVIEW_BELOW)


@search_filter("hidden")
def hidden(value: str) -> Q:
    return Q(quality__lte=HIDDEN, deleted_at__isnull=True) if switch(value) else Q(quality__gt=HIDDEN)


@search_filter("quality")
def quality(value: str) -> Q:
    """`quality:3` is at least 3, as in PhotoPrism; a range is meant as written."""
    lowest = whole_number(value)
    return within("quality", value) if lowest is None else Q(quality__gte=lowest)


@search_filter("camera")
def camera(value: str) -> Q:
    """By number, or by how the name, model or slug begins."""
    ids = _gear_ids(Camera, value)
    if len(ids) == 1:
        return Q(camera=ids[0])
    # Many cameras are no way into the photos: their index would lead through nearly all of them, out of order.
    return Q(Exists(Camera.objects.filter(pk__in=ids, id=OuterRef("camera"))))


@search_filter("lens")
def lens(value: str) -> Q:
    return Q(lens__in=_gear_ids(Lens, value))


@search_filter("iso")
def iso(value: str) -> Q:
    return within("iso", unsigned(value))


@search_filter("f")
def f_number(value: str) -> Q:
    return within("f_number", unsigned(value), tolerance=0.01)


@search_filter("mm")
def focal_length(value: str) -> Q:
    return within("focal_length", unsigned(value))


@search_filter("rating")
def rating(value: str) -> Q:
    """`rating:4` is at least 4 stars, `rating:0` without any, `rating:-1` rejected, `rating:1-3` a range, or `no`."""
    if _is_no(value):
        return Q(rating__isnull=True)
    if stars := whole_number(value):
        return Q(rating__gte=stars) if stars > 0 else Q(rating=stars)
    return within("rating", value)


@search_filter("mp")
def megapixels(value: str) -> Q:
    return within("resolution", unsigned(value))


@search_filter("color")
def color(value: str) -> Q:
    wanted = [name.lower() for name in one_of(value)]
    return Q(color__in=[COLOR_NAMES.index(name) for name in wanted if name in COLOR_NAMES])


@search_filter("panorama")
def panorama(value: str) -> Q:
    return Q(panorama=switch(value))


@search_filter("scan")
def scan(value: str) -> Q:
    return Q(scan=switch(value))


@search_filter("unstacked")
def unstacked(value: str) -> Q:
    return Q(stack=Stack.UNSTACKED) if switch(value) else Q(stack__gt=Stack.UNSTACKED)


@search_filter("stackable")
def stackable(value: str) -> Q:
    return Q(stack__gt=Stack.UNSTACKED) if switch(value) else Q(stack=Stack.UNSTACKED)


@search_filter("primary")
def primary(value: str) -> Q:
    """Photos are always found with all their files; the filter is understood for the apps that send it."""
    switch(value)
    return Q()


def _enter_types() -> None:
    """`video:yes` and the like, one key for each type."""
    for kind in PhotoType:
        search_filter(kind.value)(partial(_is_type, kind.value))


def _is_type(kind: str, value: str) -> Q:
    return Q(type=kind) if switch(value) else ~Q(type=kind)


_enter_types()


def _gear_ids(gear: type[Gear], value: str) -> list[int]:
    """The tables are short, so their rows are looked up first and photos by their numbers."""
    return [
        pk
        for wanted in patterns(value)
        for pk in gear._default_manager.filter(_gear_q(wanted)).values_list("pk", flat=True)
    ]


def _gear_q(wanted: Pattern) -> Q:
    if wanted.is_literal and (number := whole_number(wanted.prefix)) is not None:
        return Q(pk=number)
    begins = Pattern((*wanted.pieces, "")) if wanted.is_literal else wanted
    slug = slugify(wanted.prefix)
    by_slug = starts_with("slug", slug) if wanted.is_literal and slug else Q(pk__in=[])
    return like("name", begins) | like("model", begins) | by_slug


def _is_no(value: str) -> bool:
    return value.strip().lower() in {"false", "no"}
