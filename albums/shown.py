"""What is shown of albums: how many photos a grant sees in each, from when they are, and the one on the cover."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet, Subquery
from django.utils.formats import date_format

from albums.contents import entries, scope_of
from albums.live import live_ones, title_of
from albums.made import Made, local_place, local_title
from albums.models import Album, AlbumType, PhotoAlbum
from library.access import Grant
from library.query import QueryError, unparse
from library.search import find, find_ids, visible_files
from library.search.buckets import bucket_list

BATCH: Final = 500  # albums in one statement
KEPT_FOR: Final = 5  # seconds for which a list may tell an old number of a smart album


@dataclass(frozen=True, slots=True)
class Filling:
    """What a grant finds in an album: `cover` is a hash, `problem` why its search cannot be answered."""

    count: int = 0
    cover: str = ""
    first: date | None = None
    last: date | None = None
    problem: str = ""

    @property
    def span(self) -> str:
        """When the photos were taken: "12 May 2024", "12 – 16 May 2024", "May – July 2024", "2019 – 2026", or ""."""
        return _span(self.first, self.last, day="j ", month="F") if self.first and self.last else ""

    @property
    def short_span(self) -> str:
        """The same without days: "May 2024", "May – Jul 2024"."""
        return _span(self.first, self.last, day="", month="M") if self.first and self.last else ""


@dataclass(frozen=True, slots=True)
class ShownAlbum:
    """`title` and `place` are in the reader's language, as far as nobody gave others."""

    album: Album
    filling: Filling
    title: str

    @property
    def place(self) -> str:
        return local_place(self.album)

    @property
    def detail(self) -> str:
        """What tells albums of one title apart: a state's country, a folder's path."""
        match self.album.type:
            case AlbumType.STATE:
                return self.place
            case AlbumType.FOLDER:
                return self.album.path if self.album.path != self.title else ""
            case _:
                return ""


def show_album(album: Album, grant: Grant) -> ShownAlbum:
    """One album as it is at this moment."""
    title = title_of(album, grant)
    filling = _smart_filling(album, grant) if album.is_smart else _manual_fillings([album], grant)[album.pk]
    return ShownAlbum(album, _with_chosen_covers({album: filling}, grant)[album], title)


def show_albums(albums: Sequence[Album], grant: Grant) -> list[ShownAlbum]:
    """Many albums; what a smart one that people made holds was looked up up to KEPT_FOR ago."""
    shown: list[ShownAlbum] = []
    live = live_ones(albums, grant)
    for start in range(0, len(albums), BATCH):
        some = albums[start : start + BATCH]
        manual = _manual_fillings([album for album in some if not album.is_smart], grant)
        made = _live_fillings([live[album.uid] for album in some if album.uid in live], grant)
        found = {
            album: made.get(album.uid) or (_kept_filling(album, grant) if album.is_smart else manual[album.pk])
            for album in some
        }
        covered = _with_chosen_covers(found, grant)
        shown += [ShownAlbum(album, covered[album], _title(album, live.get(album.uid))) for album in some]
    return shown


def _title(album: Album, made: Made | None) -> str:
    return (made and made.title) or local_title(album)


def cover_of(album: Album, grant: Grant) -> str:
    """The hash of the photo on the cover, "" if the grant sees none."""
    return show_album(album, grant).filling.cover


def _kept_filling(album: Album, grant: Grant) -> Filling:
    key = f"album-{album.uid}-{album.updated_at.timestamp()}-{grant.key}"
    if (known := cache.get(key)) is None:
        cache.set(key, known := _smart_filling(album, grant), KEPT_FOR)
    return known if isinstance(known, Filling) else Filling()


def _smart_filling(album: Album, grant: Grant) -> Filling:
    query = scope_of(album.uid)
    try:
        count = bucket_list(unparse(query), grant).total
        last, first = (find_ids(query, grant, count=1, order=order)[:1] for order in ("newest", "oldest"))
        rows = find(query, grant, reach="few").filter(pk__in=first + last)
    except QueryError as problem:
        return Filling(problem=str(problem))
    days = {pk: taken.date() for pk, taken in rows.values_list("pk", "taken_at_local")}
    cover = next(iter(primary_hashes(last, grant).values()), "")
    return Filling(count, cover, next(map(days.get, first), None), next(map(days.get, last), None))


def _live_fillings(found: Sequence[Made], grant: Grant) -> dict[str, Filling]:
    """By the UID of the album."""
    hashes = primary_hashes([made.cover for made in found], grant)
    return {made.uid: Filling(made.count, hashes.get(made.cover, ""), made.first, made.last) for made in found}


def _manual_fillings(albums: Sequence[Album], grant: Grant) -> dict[int, Filling]:
    """Three queries, however many albums."""
    ids = [album.pk for album in albums]
    if not ids:
        return {}
    facts = {row.pop("album"): row for row in _counted(_seen(entries(ids), grant))}
    of_album = PhotoAlbum.objects.filter(album=OuterRef("pk"), hidden=False)
    newest = _seen(of_album, grant).order_by("-photo__taken_at_local", "-photo").values("photo")
    covers = dict(Album.objects.filter(pk__in=facts).values_list("pk", Subquery(newest[:1])))
    hashes = primary_hashes([pk for pk in covers.values() if pk], grant)
    fillings = dict.fromkeys(ids, Filling())
    for pk, row in facts.items():
        fillings[pk] = Filling(row["number"], hashes.get(covers[pk], ""), _day(row["first"]), _day(row["last"]))
    return fillings


def _seen(chosen: QuerySet[PhotoAlbum], grant: Grant) -> QuerySet[PhotoAlbum]:
    """Those of the entries whose photos the grant finds."""
    return chosen.filter(Exists(find("", grant, reach="few").filter(pk=OuterRef("photo"))))


def _counted(seen: QuerySet[PhotoAlbum]) -> list[dict[str, Any]]:
    facts = {"number": Count("pk"), "first": Min("photo__taken_at_local"), "last": Max("photo__taken_at_local")}
    rows: Any = seen.order_by().values("album").annotate(**facts)
    return list(rows)


def primary_hashes(ids: Sequence[int], grant: Grant) -> dict[int, str]:
    """The hash of the picture that is shown of each photo, by the photo's id."""
    if not ids:
        return {}
    shown = visible_files(grant).filter(photo__in=ids, is_primary=True, is_missing=False).exclude(hash="")
    return {photo: found for photo, found in shown.values_list("photo", "hash") if photo}


def _with_chosen_covers(found: Mapping[Album, Filling], grant: Grant) -> dict[Album, Filling]:
    """A cover that somebody chose, where the grant sees its photo."""
    chosen = {album.thumb for album in found if album.thumb}
    seen = set(visible_files(grant).filter(hash__in=chosen).values_list("hash", flat=True)) if chosen else set()
    return {
        album: Filling(filling.count, album.thumb, filling.first, filling.last, filling.problem)
        if filling.count and album.thumb in seen
        else filling
        for album, filling in found.items()
    }


def _span(first: date, last: date, *, day: str, month: str) -> str:
    """`day` and `month` are formats; an empty `day` leaves days out."""
    if first.year != last.year:
        return f"{first.year} – {last.year}"
    if first.month != last.month:
        return f"{date_format(first, month)} – {date_format(last, f'{month} Y')}"
    start = f"{date_format(first, 'j')} – " if day and first != last else ""
    return start + date_format(last, f"{day}{month} Y")


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
