"""The page of albums: which of them it lists, and how many there are of each kind."""

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from albums.contents import visible_albums
from albums.forms import ALBUMS
from albums.live import count_kinds, listed_albums
from albums.models import Album, AlbumType
from albums.ordering import BY_NUMBER, sort_albums
from albums.serializers import count_links
from albums.shown import Filling, show_albums
from library.access import Grant
from library.query import QueryError

PER_PAGE: Final = 60

OFFERED_ORDERS: Final[dict[str, Promise]] = {
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
    "edited": _("Last changed first"),
    "name": _("By title"),
    "favorites": _("Favourites first"),
    BY_NUMBER: _("Most photos first"),
}
_NAMES: Final[dict[str, Promise]] = {
    "": _("Albums"),
    "smart": _("Smart"),
    "shared": _("Shared"),
    AlbumType.MOMENT: _("Moments"),
    AlbumType.MONTH: _("Calendar"),
    AlbumType.STATE: _("States"),
    AlbumType.FOLDER: _("Folders"),
}
_ALWAYS: Final = ("", "smart", "shared")


@dataclass(frozen=True, slots=True)
class Tab:
    kind: str
    name: Promise
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Card:
    """`title` is in the reader's language where nobody gave another, and so is `detail`, of what is in it."""

    album: Album
    filling: Filling
    links: int
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """`problem` is a sentence if the words cannot be understood; then nothing is listed."""

    kind: str
    words: str
    order: str
    tabs: tuple[Tab, ...]
    cards: tuple[Card, ...]
    page: Page[Album]
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody has made an album yet, whatever is searched for."""
        return self.kind == "" and not any(tab.count for tab in self.tabs if tab.kind == "")


def list_albums(grant: Grant, *, kind: str, words: str, order: str, number: str) -> Listing:
    """What the page shows; an unknown kind or order is the usual one."""
    kind = kind if kind in _NAMES else ""
    order = order if order in OFFERED_ORDERS else "name" if kind == AlbumType.STATE else "newest"
    links = count_links(list(visible_albums(grant).values_list("uid", flat=True)), grant)
    tabs = _tabs(grant, links, kind)
    # Whoever shares an album knows it, whatever they find in it by now.
    albums = visible_albums(grant) if kind == "shared" else listed_albums(grant, [kind])
    albums, problem = _of_kind(albums, kind, links), ""
    try:
        albums = albums.filter(ALBUMS.ask(words).condition)
    except QueryError as error:
        albums, problem = albums.none(), str(error)
    page = _page(albums, grant, order, kind, number)
    shown = show_albums(list(page.object_list), grant)
    cards = tuple(Card(one.album, one.filling, links.get(one.album.uid, 0), one.title, one.detail) for one in shown)
    return Listing(kind, words, order, tabs, cards, page, problem)


def _of_kind(albums: QuerySet[Album], kind: str, links: dict[str, int]) -> QuerySet[Album]:
    match kind:
        case "":
            return albums.filter(type=AlbumType.ALBUM)
        case "smart":
            return albums.filter(type=AlbumType.ALBUM).exclude(filter="")
        case "shared":
            return albums.filter(uid__in=links)
        case _:
            return albums.filter(type=kind)


def _tabs(grant: Grant, links: dict[str, int], current: str) -> tuple[Tab, ...]:
    """Kinds of which there are none are left out, but for those that somebody may make."""
    made = Q(type=AlbumType.ALBUM)
    counts = {"": visible_albums(grant).filter(made).count(), "shared": len(links)}
    counts["smart"] = visible_albums(grant).filter(made).exclude(filter="").count()
    counts |= {kind: number for kind, (number, _) in count_kinds(grant).items()}
    kinds = [kind for kind in _NAMES if kind in _ALWAYS or kind == current or counts.get(kind)]
    return tuple(Tab(kind, _NAMES[kind], counts.get(kind, 0), kind == current) for kind in kinds)


def _page(albums: QuerySet[Album], grant: Grant, order: str, kind: str, number: str) -> Page[Album]:
    if order != BY_NUMBER:
        return Paginator(sort_albums(albums, order, kind), PER_PAGE).get_page(number)
    shown = show_albums(list(sort_albums(albums, order, kind)), grant)
    by_number = sorted(shown, key=lambda one: -one.filling.count)
    return Paginator([one.album for one in by_number], PER_PAGE).get_page(number)
