"""What somebody is told of where photos were taken: all, not whose home it was, or nothing; and of titles."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from library import sources
from library.access import Grant
from library.models import File, Photo
from library.models.photo import Stack
from library.titles import TitleFacts, title_for
from places import s2
from places.countries import UNKNOWN, name_of
from places.homes import Home
from places.locate import place_id
from places.models import HomeZone

Json = TypeVar("Json")

_NOWHERE: Final = name_of(UNKNOWN)
# Sources of a position that is the one in the file itself, or of none.
_OF_THE_FILE: Final = frozenset([sources.AUTO, sources.META, sources.ESTIMATE])

WRITTEN: Final = tuple(name for name in sources.PRIORITY if sources.priority(name) > sources.priority(sources.AUTO))
"""Sources of titles that somebody wrote; all others are made of places and dates."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a photo in place of what is known; names and `country` as in its place."""

    title: str
    lat: float | None = None
    lng: float | None = None
    place: str = UNKNOWN
    label: str = _NOWHERE
    city: str = ""
    state: str = ""
    country: str = UNKNOWN


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The rule for one grant."""

    hides_all: bool = False
    homes: tuple[Home, ...] = ()
    hides_people: bool = False
    """Whether titles must not name those who are on the photos."""

    @classmethod
    def of(cls, grant: Grant) -> "Whereabouts":
        """The homes of all accounts are hidden to all who are no members, whose photos they may be; one query."""
        if grant.is_member:
            return cls()
        if grant.hides_places:
            return cls(hides_all=True, hides_people=True)
        return cls(homes=tuple(zone.home for zone in HomeZone.objects.order_by("pk")), hides_people=True)

    @property
    def is_exact(self) -> bool:
        return not self.hides_all and not self.homes

    def title_of(self, photo: Photo) -> str:
        """The title that is told of a photo whose `place` and `cell` are at hand."""
        told = None if self.is_exact else self.of_photo(photo)
        if told is not None:
            return told.title
        return _title_with_city(photo) if self._hides_title(photo) else photo.title

    def titles_of_ids(self, ids: Iterable[int]) -> dict[int, str]:
        """The titles that are told of photos in place of their own."""
        if self.is_exact and not self.hides_people:
            return {}
        photos = Photo.objects.select_related("place", "cell").filter(pk__in=list(ids))
        return {photo.pk: title for photo in photos if (title := self.title_of(photo)) != photo.title}

    def _hides_title(self, photo: Photo) -> bool:
        return self.hides_people and photo.title_src == sources.PEOPLE

    def home_at(self, lat: float | None, lng: float | None) -> Home | None:
        """The home that a position lies in."""
        if lat is None or lng is None:
            return None
        return next((home for home in self.homes if home.holds(lat, lng)), None)

    def of_photo(self, photo: Photo) -> Told | None:
        """What is told of a photo whose `place` and `cell` are at hand; None for all that is known."""
        if self.hides_all:
            return Told(_title_without_place(photo))
        home = self.home_at(*_position(photo))
        if home is None:
            return None
        # A photo that only has a cell has no position to tell.
        lat, lng = home.shown if photo.has_position else (None, None)
        place = photo.place
        label = _label(photo)
        known = place_id(place.country, label) if place.pk != UNKNOWN else UNKNOWN
        return Told(_title_with_city(photo), lat, lng, known, label, place.city, place.state, place.country)

    def of_ids(self, ids: Iterable[int]) -> dict[int, Told]:
        """The same for photos by their ids, without those of which all is told; one query if there may be any."""
        if self.is_exact:
            return {}
        photos = Photo.objects.select_related("place", "cell").filter(pk__in=list(ids))
        return {photo.pk: told for photo in photos if (told := self.of_photo(photo))}

    def json_of(self, shown: Json, photo: Photo) -> Json:
        """The JSON of a photo with what is told in place of what is known."""
        told = None if self.is_exact else self.of_photo(photo)
        known = cast("dict[str, Any]", shown)
        if told is None:
            is_told = "Title" not in known or not self._hides_title(photo)
            return shown if is_told else cast("Json", {**known, "Title": self.title_of(photo)})
        values = _values(told) | (_without_clock(known) if self.hides_all else {})
        return cast("Json", {**known, **{key: value for key, value in values.items() if key in known}})

    def sends_original(self, file: File) -> bool:
        """Whether a file may be sent as it is: what it says itself of the place is then what is told anyway.

        Where the position was put right by hand or the photo has several files, they may say another.
        """
        photo = file.photo
        if self.is_exact:
            return True
        if self.hides_all or photo is None or photo.stack == Stack.STACKED or photo.place_src not in _OF_THE_FILE:
            return False
        return self.of_photo(photo) is None


def _position(photo: Photo) -> tuple[float | None, float | None]:
    if photo.has_position or photo.cell_id == UNKNOWN:
        return photo.lat, photo.lng
    return s2.position(photo.cell.pk)


def _title_without_place(photo: Photo) -> str:
    """Titles that somebody wrote are theirs to share; one that was made may be made of the place."""
    is_placed = photo.place_id != UNKNOWN or photo.country != UNKNOWN or photo.title_src == sources.PEOPLE
    return "" if photo.title_src not in WRITTEN and is_placed else photo.title


def _title_with_city(photo: Photo) -> str:
    is_made = photo.title_src == sources.PEOPLE or bool(photo.cell.name)
    if photo.title_src in WRITTEN or not is_made:
        return photo.title
    country = name_of(photo.country) if photo.country != UNKNOWN else ""
    if not (photo.place.city or country):
        return ""
    return title_for(TitleFacts(has_place=True, city=photo.place.city, country=country, year=max(photo.year, 0)))


def _label(photo: Photo) -> str:
    """The city, state and country, whatever else the place's own label may name."""
    place = photo.place
    country = name_of(place.country) if place.country != UNKNOWN else ""
    return ", ".join(dict.fromkeys(name for name in (place.city, place.state, country) if name)) or _NOWHERE


def _values(told: Told) -> dict[str, Any]:
    place: dict[str, Any] = {
        "PlaceID": told.place,
        "Label": told.label,
        "District": "",
        "City": told.city,
        "State": told.state,
    }
    place |= {"Country": told.country, "Keywords": "", "Favorite": False, "PhotoCount": 0}
    cell = {"ID": UNKNOWN, "Name": "", "Street": "", "Postcode": "", "Category": "", "Place": place}
    return {
        "Title": told.title,
        "Lat": told.lat or 0,
        "Lng": told.lng or 0,
        "Altitude": 0,
        "Direction": None,
        "CellID": UNKNOWN,
        "CellAccuracy": 0,
        "PlaceID": told.place,
        "PlaceSrc": "",
        "PlaceLabel": told.label,
        "PlaceCity": told.city,
        "PlaceState": told.state,
        "PlaceCountry": told.country,
        "Country": told.country,
        "Cell": cell,
        "Place": place,
    }


def _without_clock(known: dict[str, Any]) -> dict[str, Any]:
    """Zones are named after cities, and the time in UTC tells how far east the local one is."""
    return {"TimeZone": "", "TakenAt": known.get("TakenAtLocal")}
