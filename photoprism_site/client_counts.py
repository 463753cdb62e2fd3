"""How much of everything an account sees, and what there is to choose from: what apps are told at their start."""

from functools import partial
from typing import Any, Final, cast

from django.core.cache import cache
from django.db.models import Count, Max, Q, QuerySet
from django.utils.text import slugify

from albums.contents import visible_albums
from albums.live import count_kinds
from albums.models import NAMED, AlbumType
from faces.models import Subject
from faces.people import known_subjects
from faces.serializers import person_json
from library.access import Grant
from library.models import Camera, File, Lens
from library.models.gear import Gear
from library.search import find
from library.search.labels import MEANT, count_labels, labels_seen
from photoprism_site.client_shapes import AlbumChoice, CountryChoice, CountsJson, GearChoice, LabelChoice, Vocabulary
from photoprism_site.context_processors import view_counts
from places.countries import UNKNOWN, name_of
from places.models import Place

VOCABULARY_AGE: Final = 60  # seconds
ALBUMS_NAMED: Final = 1000
LABELS_NAMED: Final = 1000
PEOPLE_NAMED: Final = 1000


def vocabulary(grant: Grant) -> Vocabulary:
    """Years, cameras, lenses, countries, labels and people of the photos on the timeline, up to VOCABULARY_AGE old."""
    return cast("Vocabulary", _kept("vocabulary", grant, partial(_read_vocabulary, grant)))


def counts(grant: Grant) -> CountsJson:
    """The counts under PhotoPrism's names; apps read them without asking whether they are there."""
    views = view_counts(grant)
    words = vocabulary(grant)
    slow = cast("dict[str, int]", _kept("client-counts", grant, partial(_count_slowly, grant)))
    albums, private = _count_albums(grant)
    return {
        "all": views["all"],
        "photos": views["all"] - views["videos"],
        "live": slow["live"],
        "videos": views["videos"],
        "favorites": views["favorites"],
        "review": views["review"],
        "archived": views["archive"],
        "private": views["private"],
        "hidden": slow["hidden"],
        "cameras": sum(camera["Slug"] != UNKNOWN for camera in words["cameras"]),
        "lenses": sum(lens["Slug"] != UNKNOWN for lens in words["lenses"]),
        "countries": sum(country["ID"] != UNKNOWN for country in words["countries"]),
        "places": slow["places"],
        "labels": slow["labels"],
        "labelMaxPhotos": slow["labelMaxPhotos"],
        "people": slow["people"],
        "files": slow["files"],
        "albums": albums.get(AlbumType.ALBUM, 0),
        "private_albums": private.get(AlbumType.ALBUM, 0),
        "folders": albums.get(AlbumType.FOLDER, 0),
        "private_folders": private.get(AlbumType.FOLDER, 0),
        "moments": albums.get(AlbumType.MOMENT, 0),
        "private_moments": private.get(AlbumType.MOMENT, 0),
        "months": albums.get(AlbumType.MONTH, 0),
        "private_months": private.get(AlbumType.MONTH, 0),
        "states": albums.get(AlbumType.STATE, 0),
        "private_states": private.get(AlbumType.STATE, 0),
    }


def album_choices(grant: Grant) -> list[AlbumChoice]:
    """The albums that the account sees, by title."""
    if not grant.may("albums.search_album") or grant.scope is not None:
        return []
    albums = visible_albums(grant).filter(type=AlbumType.ALBUM).order_by("title", "pk")[:ALBUMS_NAMED]
    return [
        {"UID": one.uid, "Slug": one.slug, "Type": one.type, "Title": one.title, "Favorite": one.favorite}
        for one in albums
    ]


def album_categories(grant: Grant) -> list[str]:
    """What albums are sorted into; those that make themselves may be of photos that the account does not see."""
    if not grant.may("albums.search_album") or grant.scope is not None:
        return []
    named = visible_albums(grant).filter(NAMED).exclude(category="").order_by("category")
    return list(named.values_list("category", flat=True).distinct())


def _kept(name: str, grant: Grant, read: Any) -> Any:
    """What grants that see the same are told for a minute."""
    return cache.get_or_set(f"{name}-{grant.key}", read, VOCABULARY_AGE)


def _read_vocabulary(grant: Grant) -> Vocabulary:
    used = [] if grant.hides_places else _used(grant, "country")
    codes = sorted(used, key=lambda code: (code == UNKNOWN, name_of(code)))
    countries: list[CountryChoice] = [
        {"ID": code, "Slug": slugify(name_of(code)), "Name": name_of(code)} for code in codes
    ]
    return {
        "years": sorted((year for year in _used(grant, "year") if year > 0), reverse=True),
        "cameras": _gear(Camera, _used(grant, "camera")),
        "lenses": _gear(Lens, _used(grant, "lens")),
        "countries": countries,
        "categories": _labels(grant),
        "people": [person_json(one) for one in _people(grant)[:PEOPLE_NAMED]],
    }


def _used(grant: Grant, column: str) -> list[Any]:
    return list(find("", grant, reach="first").order_by().values_list(column, flat=True).distinct())


def _gear(kind: type[Gear], used: list[int]) -> list[GearChoice]:
    rows = kind.objects.filter(pk__in=used)  # type: ignore[attr-defined] # Gear is abstract, its kinds are not
    return [{"ID": row.pk, "Slug": row.slug, "Name": str(row), "Make": row.make, "Model": row.model} for row in rows]


def _labels(grant: Grant) -> list[LabelChoice]:
    if not grant.may("library.search_label"):
        return []
    labels = labels_seen(grant).filter(MEANT).order_by("name", "pk")[:LABELS_NAMED]
    return [{"UID": one.uid, "Slug": one.custom_slug or one.slug, "Name": one.name} for one in labels]


def _people(grant: Grant) -> QuerySet[Subject]:
    return known_subjects(grant).filter(hidden=False).order_by("name")


def _count_slowly(grant: Grant) -> dict[str, int]:
    """What would have to be counted for every request."""
    labels = labels_seen(grant).filter(MEANT) if grant.may("library.search_label") else None
    return {
        "live": find("live:yes", grant).count(),
        "hidden": find("hidden:yes", grant).count() if grant.may("library.update_photo") else 0,
        "places": _count_places(grant),
        "labels": count_labels(grant),
        "labelMaxPhotos": (labels.aggregate(most=Max("photo_count"))["most"] or 0) if labels is not None else 0,
        "people": _people(grant).count(),
        "files": File.objects.count() if grant.sees_all else 0,
    }


def _count_places(grant: Grant) -> int:
    """Of the shared library's places the numbers are kept."""
    if grant.hides_places:
        return 0
    if grant.scope is None:
        return Place.objects.filter(photo_count__gt=0).exclude(pk=UNKNOWN).count()
    return len(set(_used(grant, "place")) - {UNKNOWN})


def _count_albums(grant: Grant) -> tuple[dict[str, int], dict[str, int]]:
    """Albums by type, and the private ones among them."""
    if not grant.may("albums.search_album") or grant.scope is not None:
        return {}, {}
    by_hand = visible_albums(grant).filter(type=AlbumType.ALBUM)
    private_ones = Count("pk", filter=Q(private=True))
    albums = by_hand.aggregate(number=Count("pk"), private=private_ones)
    counts = {AlbumType.ALBUM: (albums["number"], albums["private"]), **count_kinds(grant)}
    return {kind: every for kind, (every, _) in counts.items()}, {kind: part for kind, (_, part) in counts.items()}
