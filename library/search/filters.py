"""Filters on photo and file columns: one function per key."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from slugify import slugify

from library.access import Grant
from library.media.colors import NAMES as COLOR_NAMES
from library.models import Camera, Category, Favorite, File, Folder, Keyword, Label, Lens, PhotoKeyword, PhotoLabel
from library.models.folder import Root, path_key
from library.models.gear import Gear
from library.models.photo import PhotoType, Stack
from library.quality import HIDDEN, REVIEW_BELOW
from library.query.values import (
    Pattern,
    Period,
    all_of,
    moment,
    one_of,
    pattern,
    patterns,
    period,
    switch,
    whole_number,
)
from library.search.answers import Answer, Linked, Scanned, any_of, matches, within
from library.search.compile import grant_filter, search_filter
from library.search.sql import equals, is_false, is_true, like, starts_with
from library.search.words import REMOVED


@search_filter("uid")
def uid(value: str) -> Q:
    """UIDs of photos or of files."""
    wanted = one_of(value)
    return Q(uid__in=wanted) | Q(pk__in=File.objects.filter(uid__in=wanted).values("photo"))


@search_filter("id")
def document_id(value: str) -> Q:
    wanted = one_of(value)
    return Q(uuid__in=wanted) | Q(pk__in=File.objects.filter(instance_id__in=wanted).values("photo"))


@search_filter("hash")
def file_hash(value: str) -> Answer:
    return Linked(File.objects.filter(hash__in=[wanted.lower() for wanted in one_of(value)]))


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


@search_filter("path", "folder")
def path(value: str) -> Q:
    """A folder and those in it; with `/` at its end that folder alone; `*` stands for any text."""
    return Q(folder__in=Folder.objects.filter(any_of(_folder_q(wanted) for wanted in patterns(value))))


@search_filter("name")
def name(value: str) -> Answer:
    return Scanned(matches("name", value))


@search_filter("filename")
def filename(value: str) -> Answer:
    """Full names below the originals folder."""
    whole = [found.prefix for found in patterns(value) if found.is_literal]
    keys = [path_key(root, name.removeprefix("/")) for name in whole for root in (Root.ORIGINALS, Root.SIDECAR)]
    open_ended = any_of(like("name", found) for found in patterns(value) if not found.is_literal)
    return Linked(File.objects.filter(Q(path_key__in=keys) | open_ended))


@search_filter("original")
def original(value: str) -> Answer:
    """The name that a photo or one of its files had when it was imported."""
    files = File.objects.filter(matches("original_name", value))
    return Scanned(matches("original_name", value) | Q(pk__in=files.values("photo")))


@search_filter("title")
def title(value: str) -> Answer:
    return Q(title="") if _is_no(value) else Scanned(matches("title", value))


@search_filter("caption")
def caption(value: str) -> Answer:
    return Q(caption="") if _is_no(value) else Scanned(matches("caption", value))


@search_filter("description")
def description(value: str) -> Answer:
    return Scanned(matches("title", value) | matches("caption", value))


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


@search_filter("error")
def error(value: str) -> Answer:
    broken = File.objects.exclude(error="")
    return Linked(broken) if switch(value) else ~Q(pk__in=broken.values("photo"))


@search_filter("label")
def label(value: str) -> Answer:
    """By slug or name, with the labels of a category; `&` asks for both."""
    return tuple(
        Linked(PhotoLabel.objects.filter(label__in=_labels(group), uncertainty__lt=REMOVED)) for group in all_of(value)
    )


@search_filter("keywords", "keyword")
def keywords(value: str) -> Answer:
    return tuple(
        Linked(PhotoKeyword.objects.filter(keyword__in=Keyword.objects.filter(any_of(map(_keyword_q, group)))))
        for group in all_of(value)
    )


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
    return within("iso", value)


@search_filter("f")
def f_number(value: str) -> Q:
    return within("f_number", value, tolerance=0.01)


@search_filter("mm")
def focal_length(value: str) -> Q:
    return within("focal_length", value)


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
    return within("resolution", value)


@search_filter("faces")
def faces(value: str) -> Q:
    """`faces:yes`, `faces:no`, or how many at least."""
    if (least := whole_number(value)) is not None:
        return Q(faces__gte=least)
    return Q(faces__gt=0) if switch(value) else Q(faces=0)


@search_filter("color")
def color(value: str) -> Q:
    wanted = [name.lower() for name in one_of(value)]
    return Q(color__in=[COLOR_NAMES.index(name) for name in wanted if name in COLOR_NAMES])


@search_filter("mono")
def mono(value: str) -> Answer:
    """Without colour."""
    return _primary(Q(chroma=0)) if switch(value) else _primary(Q(chroma__gt=0))


@search_filter("chroma")
def chroma(value: str) -> Answer:
    """PhotoPrism's reading: more than a number from 10 on, between 1 and a number below; or a range."""
    limit = whole_number(value)
    if limit is None:
        return _primary(within("chroma", value))
    return _primary(Q(chroma__gt=limit) if limit > 9 else Q(chroma__gte=1, chroma__lte=limit))


@search_filter("portrait")
def portrait(value: str) -> Answer:
    """Higher than wide."""
    return _primary(Q(is_portrait=switch(value)))


@search_filter("landscape")
def landscape(value: str) -> Answer:
    return _primary(Q(aspect_ratio__gt=1.25)) if switch(value) else _primary(Q(aspect_ratio__lte=1.25))


@search_filter("square")
def square(value: str) -> Answer:
    return _primary(Q(aspect_ratio=1)) if switch(value) else _primary(~Q(aspect_ratio=1))


@search_filter("panorama")
def panorama(value: str) -> Q:
    return Q(panorama=switch(value))


@search_filter("scan")
def scan(value: str) -> Q:
    return Q(scan=switch(value))


@search_filter("stack")
def stack(value: str) -> Q:
    """More than one picture in the photo."""
    pictures = File.objects.filter(root=Root.ORIGINALS, is_sidecar=False, is_missing=False, deleted_at__isnull=True)
    stacked = pictures.order_by().values("photo").annotate(pictures=Count("pk")).filter(pictures__gt=1)
    found = Q(pk__in=stacked.values("photo"))
    return found if switch(value) else ~found


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


@search_filter("codec")
def codec(value: str) -> Answer:
    return Linked(File.objects.filter(codec__in=[wanted.lower() for wanted in one_of(value)]))


@search_filter("year")
def year(value: str) -> Q:
    """The local year; -1 for photos without a known date."""
    return _date_part("year", value)


@search_filter("month")
def month(value: str) -> Q:
    return _date_part("month", value)


@search_filter("day")
def day(value: str) -> Q:
    return _date_part("day", value)


@search_filter("taken")
def taken(value: str) -> Q:
    """On a day, in a month or a year of the local date: `2024-05-30`, `2024-05`, `last-week`."""
    return any_of(_between(period(wanted, timezone.localdate())) for wanted in one_of(value))


@search_filter("before")
def before(value: str) -> Q:
    """On that local day or earlier."""
    return Q(taken_at_local__lt=_midnight_after(_day_of(value).last))


@search_filter("after")
def after(value: str) -> Q:
    """On that local day or later."""
    return Q(taken_at_local__gte=_midnight(_day_of(value).first))


@search_filter("added")
def added(value: str) -> Q:
    return Q(created_at__gte=moment(value))


@search_filter("updated")
def updated(value: str) -> Q:
    return Q(updated_at__gte=moment(value))


@search_filter("edited")
def edited(value: str) -> Q:
    return Q(edited_at__gte=moment(value))


def _enter_types() -> None:
    """`video:yes` and the like, one key for each type."""
    for kind in PhotoType:
        search_filter(kind.value)(partial(_is_type, kind.value))


def _is_type(kind: str, value: str) -> Q:
    return Q(type=kind) if switch(value) else ~Q(type=kind)


_enter_types()


def _folder_q(wanted: Pattern) -> Q:
    if not wanted.is_literal:
        return like("path", wanted)
    folder = wanted.prefix.strip("/")
    if not folder:
        return Q(path="") if wanted.prefix else ~Q(pk__in=[])
    if wanted.prefix.endswith("/"):
        return like("path", Pattern((folder,)))
    return like("path", Pattern((folder,))) | like("path", Pattern((folder + "/", "")))


def _labels(names: tuple[str, ...]) -> QuerySet[Label]:
    """Labels of these names and the labels under them."""
    named = Label.objects.filter(_labels_q([pattern(name) for name in names]))
    children = Category.objects.filter(parent__in=named).values("label")
    return Label.objects.filter(Q(pk__in=named.values("pk")) | Q(pk__in=children))


def _labels_q(wanted: list[Pattern]) -> Q:
    """By slug in one list: a condition for each would soon be more than SQLite bears within each other."""
    literal = [found for found in wanted if found.is_literal]
    slugs = {slug for found in literal if (slug := slugify(found.prefix))}
    slugs |= {slug.removesuffix("s") for slug in slugs}
    named = any_of(equals("name", found.prefix) for found in literal)
    like_them = any_of(like("slug", found) | like("name", found) for found in wanted if not found.is_literal)
    return Q(slug__in=slugs) | Q(custom_slug__in=slugs) | named | like_them


def _keyword_q(wanted: str) -> Q:
    found = pattern(wanted.lower())
    return (
        Q(keyword=found.prefix) if found.is_literal else starts_with("keyword", found.prefix) & like("keyword", found)
    )


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


def _primary(condition: Q) -> Answer:
    return Linked(File.objects.filter(condition, is_primary=True))


def _date_part(column: str, value: str) -> Q:
    """Numbers, ranges as `2019-2021`, or the literal -1 for unknown."""
    return within(column, value)


def _between(found: Period) -> Q:
    return Q(taken_at_local__gte=_midnight(found.first), taken_at_local__lt=_midnight_after(found.last))


def _day_of(value: str) -> Period:
    return period(value, timezone.localdate())


def _midnight(day: date) -> datetime:
    """The start of a local day, in the form in which wall clocks are stored."""
    return datetime.combine(day, time.min, tzinfo=UTC)


def _midnight_after(day: date) -> datetime:
    """The end of a local day; of the last one that can be written, its last moment."""
    return datetime.max.replace(tzinfo=UTC) if day == date.max else _midnight(day + timedelta(days=1))


def _is_no(value: str) -> bool:
    return value.strip().lower() in {"false", "no"}
