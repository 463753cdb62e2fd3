"""Names of countries, states and cities: as they are called here, by short forms, without regard to accents."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from typing import Any, Final, Literal

from django.db.models import Q, QuerySet, Sum
from slugify import slugify

from library.query import Filter
from library.query.folding import fold
from library.query.values import escape, one_of
from library.query.words import Meaning
from library.search.names import Named, Offer, Sight, begins_a_word, wants_later_words
from library.search.seen import countries_seen
from library.search.sql import starts_with
from library.whereabouts import Whereabouts
from places.countries import UNKNOWN, code_of, name_of, names, spellings
from places.localized import country_name
from places.models import Place

KEYS: Final = frozenset(["country", "state", "city", "place", "near"])

Level = Literal["city", "state"]
_LEVELS: Final[tuple[Level, ...]] = ("city", "state")
_LARGER: Final[dict[Level, tuple[str, ...]]] = {"city": ("state", "country"), "state": ("country",)}

# Names that are looked at until enough of them are found on photos that are seen.
_LOOKED_AT: Final = 5


@dataclass(frozen=True, slots=True)
class _Place:
    """A city or state of that name, wherever it is."""

    level: Level
    name: str
    photo_count: int

    @property
    def condition(self) -> Q:
        return Q(place__in=Place.objects.filter(**{self.level: self.name}).values("pk"))

    @property
    def filter(self) -> Filter:
        return Filter(self.level, escape(self.name))


def named(phrases: Collection[str], sight: Sight) -> dict[str, list[Named]]:
    """Countries, states and cities called so, the largest first."""
    if sight.grant.hides_places:
        return {}
    found: dict[str, list[Named]] = defaultdict(list)
    for phrase in phrases:
        code = _codes().get(fold(phrase))
        if code and sight.sees(Q(country=code)):
            found[phrase].append(Named(Meaning("place", country_name(code), Filter("country", code)), Q(country=code)))
    by_slug: dict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        by_slug[slugify(phrase)].append(phrase)
    for level in reversed(_LEVELS):
        for slug, name in _called(level, set(by_slug) - {""}):
            place = _Place(level, name, 0)
            if sight.sees(place.condition):
                thing = Named(Meaning("place", name, place.filter), place.condition)
                for phrase in by_slug[slug]:
                    found[phrase].append(thing)
    return found


def offered(beginning: str, sight: Sight, count: int, key: str) -> list[Offer]:
    """Places of which a word begins so; countries first, then those of many photos."""
    slug = slugify(beginning)
    if sight.grant.hides_places or (beginning and not slug):
        return []
    # Without a beginning the states would only repeat their cities.
    levels = [level for level in _LEVELS if key == level or (key in ("", "place") and (slug or level == "city"))]
    found = list(_countries(beginning, sight, count)) if key in ("", "place", "country") else []
    found += _towns(levels, slug, sight, count) if levels else []
    return [replace(one, node=Filter(key, escape(_written(one)))) for one in found] if key == "place" else found


def _written(offer: Offer) -> str:
    """The name as places are labelled: that of a country in English."""
    node = offer.node
    return name_of(node.value) if isinstance(node, Filter) and node.key == "country" else offer.label


def titled(key: str, values: Collection[str], sight: Sight) -> dict[str, str]:
    """The names of countries, which are no secret, and where a photo is from; cities are filtered by their names."""
    if key == "near":
        return _places_of(values, sight)
    if key != "country":
        return {}
    codes = {value: [code_of(name) for name in one_of(value)] for value in values}
    return {
        value: ", ".join(map(country_name, known)) for value, known in codes.items() if known and UNKNOWN not in known
    }


def _places_of(uids: Collection[str], sight: Sight) -> dict[str, str]:
    """The city where each of these photos was taken, as far as they are seen and it may be told."""
    where = Whereabouts.of(sight.grant)
    if where.hides_all:
        return {}
    rows = sight.photos().filter(uid__in=uids).exclude(place=UNKNOWN).select_related("place", "cell")
    told = {photo.uid: (where.of_photo(photo), photo.place) for photo in rows}
    return {uid: (home or place).city or (home or place).label for uid, (home, place) in told.items()}


def _countries(beginning: str, sight: Sight, most: int) -> Iterator[Offer]:
    codes = countries_seen(sight.grant) & _beginning_countries(beginning)
    kept = _kept(codes)
    largest = sorted(codes, key=lambda code: (-kept.get(code, 0), country_name(code)))
    for code in islice((code for code in largest if sight.sees(Q(country=code))), most):
        photos = partial(_photos, Q(country=code), sight)
        count = sight.kept(kept.get(code, 0))
        yield Offer("place", country_name(code), Filter("country", code), "Country", photos=photos, kept=count)


def _beginning_countries(beginning: str) -> set[str]:
    if not beginning:
        return set(names())
    here = {code for code in names() if begins_a_word(beginning, fold(country_name(code))) is not None}
    return here | {code for name, code in _codes().items() if begins_a_word(beginning, name) is not None}


def _towns(levels: Sequence[Level], slug: str, sight: Sight, count: int) -> list[Offer]:
    places = [place for level in levels for place in _beginning(level, slug, sight, count)]
    largest = sorted(places, key=lambda place: -place.photo_count)
    offers = (_offer(place, sight) for place in largest)
    return list(islice((offer for offer in offers if offer), count))


def _offer(place: _Place, sight: Sight) -> Offer | None:
    """A place at which a photo that is seen was taken, with what it lies in; None for any other."""
    columns = _LARGER[place.level]
    rows = Place.objects.filter(sight.shown_by("place"), **{place.level: place.name}).order_by()
    first = rows.values_list(*columns)[:1]
    if not first:
        return None
    *larger, country = first[0]
    larger += [country_name(country)] if country != UNKNOWN else []
    where = ", ".join(name for name in larger if name and name != place.name)
    photos = partial(_photos, place.condition, sight)
    return Offer("place", place.name, place.filter, where, photos=photos, kept=sight.kept(place.photo_count))


def _photos(condition: Q, sight: Sight) -> QuerySet[Any]:
    return sight.photos().filter(condition).values_list("pk", flat=True)


def _beginning(level: Level, slug: str, sight: Sight, count: int) -> list[_Place]:
    """The places whose name begins so, and if they are few those with a later word that does."""
    rows, most = Place.objects.exclude(**{level: ""}), _LOOKED_AT * count
    if sight.grant.scope is not None:
        # Of a whole library nearly every place is seen, of a part of it few.
        rows = rows.filter(sight.shown_by("place"))
    if not slug:
        return _most_photographed(level, rows, most)
    column = f"{level}_slug"
    found = _largest(level, rows.filter(starts_with(column, slug)), most)
    if wants_later_words(slug, len(found), count):
        # In two steps, as the first is answered by the index of the slugs alone.
        slugs = Place.objects.filter(**{f"{column}__contains": f"-{slug}"}).order_by().values_list(column, flat=True)
        inside = rows.filter(**{f"{column}__in": list(slugs.distinct()[:most])})
        known = {place.name for place in found}
        found += [place for place in _largest(level, inside, most) if place.name not in known]
    return found


def _most_photographed(level: Level, rows: QuerySet[Any], most: int) -> list[_Place]:
    """Of the rows with the most photos, not of every row, the largest names."""
    counted: Counter[str] = Counter()
    for name, photos in rows.order_by("-photo_count").values_list(level, "photo_count")[: 2 * most]:
        counted[name] += photos
    return [_Place(level, name, photos) for name, photos in counted.most_common(most)]


def _largest(level: Level, rows: QuerySet[Any], most: int) -> list[_Place]:
    counted = rows.order_by().values(level).annotate(photos=Sum("photo_count")).order_by("-photos", level)
    return [_Place(level, name, photos) for name, photos in counted.values_list(level, "photos")[:most]]


def _kept(codes: Collection[str]) -> dict[str, int]:
    """How many photos of these countries were last counted for all to see."""
    counted = Place.objects.filter(country__in=codes).order_by().values("country").annotate(photos=Sum("photo_count"))
    return dict(counted.values_list("country", "photos"))


def _called(level: Level, slugs: Iterable[str]) -> list[tuple[str, str]]:
    """Slug and name of the places with one of these slugs."""
    rows = Place.objects.filter(**{f"{level}_slug__in": list(slugs)}).order_by()
    return sorted(rows.values_list(f"{level}_slug", level).distinct())


@cache
def _codes() -> dict[str, str]:
    """Codes of countries by their names without accents."""
    return {fold(name): code for name, code in spellings().items()}
