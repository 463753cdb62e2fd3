"""Fills an empty SQLite database with a library of any size, by statements that make their own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connection, models, transaction

from albums.models import Album, PhotoAlbum
from faces.models import Face, Marker, Subject
from library.classify.packing import KEPT, pack
from library.counts import recount_all_days, recount_photos
from library.models import (
    Camera,
    Classification,
    Favorite,
    File,
    Folder,
    Keyword,
    Label,
    Photo,
    PhotoKeyword,
    PhotoLabel,
)
from places.models import Cell, Place

if TYPE_CHECKING:
    from django.contrib.auth.models import User

COUNTRIES = "de it fr us jp es gb se no gr"
TOPICS = "cat dog beach mountain street flower portrait food tree car sunset snow bridge boat bird"
PEOPLE = "Anna Robin Ben Clara David Eva Frank Grete Hugo Ines"
YEARS = 20
LOOKS = 8_000
FIRST_SECOND = 1_100_000_000  # in November 2004


def make(photos: int) -> None:
    """Fills a new site's database for an administrator "admin"."""
    from sharing.accounts import add_account
    from sharing.acl import ADMIN

    fill(photos, user=add_account("admin", "a-good-passphrase", role=ADMIN).user)


def fill(photos: int, *, user: User) -> None:
    """Photos over twenty years with files, five labels and eight keywords each, places, people and albums.

    One in a hundred is a favourite of `user`, one in five is in an album, one in three shows a face.

    Every number follows from the row's own, so that two libraries of one size are equal.
    """
    with transaction.atomic():
        _fill_small_tables()
        _fill_photos(photos)
        _fill_links(photos, user)
        _fill_people(photos)
        _fill_albums(photos)
    recount_all_days()
    recount_photos()


def fill_pictures(photos: int, columns: dict[str, str]) -> None:
    """Photos with a file each and nothing else; `columns` are SQL expressions over the row's number `n`."""
    with transaction.atomic():
        _fill_small_tables()
        _fill_photos(photos, columns)
    recount_all_days()


def fill_seen(photos: int) -> None:
    """What the label model would have kept of each photo: some thousands of looks, of all classes, in turns."""
    chance = np.random.default_rng(7)
    looks = []
    for number in range(LOOKS):
        classes = chance.permutation(1000)[:KEPT]
        classes[0] = number % 1000
        parts = chance.dirichlet([6, *[0.4] * (KEPT - 1)]) * chance.uniform(0.4, 1)
        probabilities = np.zeros(1000, np.float32)
        probabilities[classes] = parts
        looks.append((number, pack(probabilities)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE looks (id INTEGER PRIMARY KEY, classes BLOB)")
        cursor.executemany("INSERT INTO looks VALUES (%s, %s)", looks)
        look = f"(SELECT classes FROM looks WHERE id = n * 2654435761 % {LOOKS})"
        values = {"photo": "n", "version": "1", "seen_at": "'2026-01-01 00:00:00'", "vector": "zeroblob(128)"}
        _insert(Classification, photos, {**values, "classes": look})


def _fill_small_tables() -> None:
    countries, topics = COUNTRIES.split(), TOPICS.split()
    _insert(Camera, 29, {"id": "n + 1", "slug": "'canon-eos-' || n", "name": "'Canon EOS ' || n", "make": "'Canon'"})
    _insert(
        Folder,
        2000,
        {"id": "n", "path": "(2004 + n % 20) || '/' || printf('%04d', n)", "uid": _uid("d"), "path_key": "'f' || n"},
    )
    _insert(
        Place,
        2000,
        {
            "id": "'p' || n",
            "label": "'City ' || n || ', State ' || (n % 100)",
            "city": "'City ' || n",
            "city_slug": "'city-' || n",
            "state_slug": "'state-' || (n % 100)",
            "state": "'State ' || (n % 100)",
            "country": _pick(countries, "n"),
        },
    )
    _insert(Cell, 20_000, {"id": "'c' || n", "place": "'p' || (1 + n % 2000)"})
    _insert(
        Label,
        600,
        {"id": "n", "uid": _uid("l"), "slug": _word(topics), "custom_slug": _word(topics), "name": _word(topics)},
    )
    _insert(Keyword, 50_000, {"id": "n", "keyword": _word([*topics, "italy", "germany", "red", "blue"])})


def _fill_photos(photos: int, columns: dict[str, str] | None = None) -> None:
    span = YEARS * 365 * 86_400
    # Seven of ten lie evenly, the others on every fortieth day: holidays and weddings of thousands of pictures.
    even = f"(n * 2654435761) % {span}"
    holiday = f"({even}) / (86400 * 40) * (86400 * 40) + n * 7919 % 40000"
    second = f"{FIRST_SECOND} + CASE WHEN n % 10 < 7 THEN {even} ELSE {holiday} END"
    taken = f"datetime({second}, 'unixepoch')"
    _insert(
        Photo,
        photos,
        {
            "id": "n",
            "uid": _uid("p"),
            "title": _title(),
            "name": "'IMG_' || n",
            "folder": "1 + n % 2000",
            "taken_at": taken,
            "taken_at_local": taken,
            "year": f"CAST(strftime('%Y', {second}, 'unixepoch') AS INTEGER)",
            "month": f"CAST(strftime('%m', {second}, 'unixepoch') AS INTEGER)",
            "day": f"CAST(strftime('%d', {second}, 'unixepoch') AS INTEGER)",
            "type": "CASE n % 20 WHEN 3 THEN 'video' WHEN 7 THEN 'raw' WHEN 8 THEN 'live' ELSE 'image' END",
            "place": "'p' || (1 + n * 31 % 2000)",
            "cell": "'c' || (1 + n * 31 % 20000)",
            "country": _pick(COUNTRIES.split(), "1 + n * 31 % 2000"),
            "lat": "(n % 1700) / 10.0 - 85",
            "lng": "(n % 3600) / 10.0 - 180",
            "camera": "1 + n * 7 % 30",
            "iso": "100 * (1 + n % 64)",
            "color": "n * 13 % 16",
            "f_number": "1.4 + n % 9",
            "focal_length": "14 + n * 11 % 190",
            "resolution": "1 + n % 48",
            "lens": "1",
            "altitude": "n * 3 % 2500",
            "faces": "n % 3 = 0",
            "rating": "CASE WHEN n % 10 = 0 THEN 1 + n / 10 % 5 END",
            "panorama": "n % 500 = 1",
            "scan": "n % 1000 = 1",
            "edited_at": f"CASE WHEN n % 30 = 0 THEN datetime({second} + 172800, 'unixepoch') END",
            "duration": "CASE WHEN n % 20 = 3 THEN 1000000 * (1 + n % 600) END",
            "quality": "CASE WHEN n % 50 = 11 THEN 2 ELSE 3 + n % 4 END",
            "private": "n % 100 = 13",
            "deleted_at": "CASE WHEN n % 100 = 17 THEN '2026-01-01 00:00:00' END",
            "created_at": f"datetime({second} + 86400, 'unixepoch')",
            **(columns or {}),
        },
    )
    _insert(
        File,
        photos,
        {
            "id": "n",
            "photo": "n",
            "uid": _uid("f"),
            "folder": "1 + n % 2000",
            "name": "(2004 + n % 20) || '/' || printf('%04d', 1 + n % 2000) || '/IMG_' || n || '.jpg'",
            "path_key": "printf('%040x', n * 2654435761)",
            "hash": "printf('%040x', n * 2654435761 + 12345)",
            "is_primary": "1",
            "width": "4000",
            "height": "3000",
            "aspect_ratio": "CASE WHEN n % 4 = 0 THEN 0.75 ELSE 1.333 END",
            "is_portrait": "n % 4 = 0",
            "chroma": "n % 100",
            "thumbhash": "randomblob(25)",
            "media_type": "'image'",
            "type": "'jpg'",
        },
    )


def _fill_links(photos: int, user: User) -> None:
    """Labels and keywords whose first are on a third of the photos and whose last are on a few.

    No photo has two of the first three labels: what is asked for both of them finds nothing among many.
    """
    unsure = {"uncertainty": "CASE WHEN n % 97 = 0 THEN 100 ELSE n % 61 END"}
    _insert(PhotoLabel, photos, {"photo": "n", "label": "1 + n % 3"})
    _insert(PhotoLabel, photos, {"photo": "n", "label": _falling("n * 17", 4, 300)})
    _insert(PhotoLabel, photos, {"photo": "n", "label": _falling("n * 31 + 7", 301, 500), **unsure})
    _insert(PhotoLabel, photos, {"photo": "n", "label": "501 + n * 7919 % 60", **unsure})
    _insert(PhotoLabel, photos, {"photo": "n", "label": "561 + n / 1000 % 40", **unsure})
    _insert(PhotoKeyword, photos, {"photo": "n", "keyword": "1 + n % 3"})
    _insert(PhotoKeyword, photos, {"photo": "n", "keyword": "4 + n % 16"})
    _insert(PhotoKeyword, photos, {"photo": "n", "keyword": "20 + n * 7919 % 19900"})
    _insert(PhotoKeyword, photos, {"photo": "n", "keyword": _falling("n * 13 + 1", 20_001, 21_000)})
    _insert(PhotoKeyword, photos, {"photo": "n", "keyword": _falling("n * 19 + 3", 21_001, 24_000)})
    _insert(PhotoKeyword, photos, {"photo": "n", "keyword": "24001 + n / 50 % 10000"})
    _insert(PhotoKeyword, photos, {"photo": "n", "keyword": "34001 + n * 104729 % 500"})
    _insert(PhotoKeyword, photos, {"photo": "n", "keyword": "35001 + n * 7907 % 15000"})
    _insert(Favorite, photos // 100, {"photo": "n * 100", "user": str(user.pk)})


def _fill_people(photos: int) -> None:
    """Three hundred people; the first on every tenth of the photos with faces, the last on a few."""
    names = PEOPLE.split()
    _insert(Subject, 300, {"id": "n", "uid": _uid("j"), "slug": _slug(names), "name": _person(names)})
    _insert(Face, 300, {"id": "printf('%032d', n)", "subject": "n"})
    _insert(
        Marker,
        photos // 3,
        {
            "id": "n",
            "uid": _uid("m"),
            "file": "n * 3",
            "subject": f"CASE WHEN n % 5 > 0 THEN {_falling('n * 23', 1, 300)} END",
            "face": f"CASE WHEN n % 5 > 0 THEN printf('%032d', {_falling('n * 23', 1, 300)}) END",
            "x": "0.1",
            "y": "0.1",
            "w": "0.2",
            "h": "0.2",
            "size": "200",
            "score": "50",
        },
    )


def _fill_albums(photos: int) -> None:
    """Five hundred albums, the first with hundreds of times as many photos as the last."""
    title = "'Album ' || n"
    _insert(Album, 500, {"id": "n", "uid": _uid("a"), "slug": "'album-' || n", "title": title})
    entry = {"photo": "n * 5", "album": _falling("n * 29", 1, 500), "hidden": "n % 200 = 0"}
    _insert(PhotoAlbum, photos // 5, entry)


def _insert(model: type[models.Model], rows: int, values: dict[str, str]) -> None:
    """One statement; `values` are SQL expressions over the row's number `n` from 1, other columns get their default."""
    columns, expressions, literals = [], [], []
    for field in model._meta.concrete_fields:
        if field.generated or (field.primary_key and field.name not in values):
            continue
        columns.append(connection.ops.quote_name(field.column))
        expressions.append(values.get(field.name, "%s"))
        if field.name not in values:
            literals.append(_default(field, model))
    series = f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows})"
    percent = [text if text == "%s" else text.replace("%", "%%") for text in expressions]
    statement = (
        f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) {series} SELECT {', '.join(percent)} FROM numbers"
    )
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size=-400000")
        cursor.execute(statement, literals)


def _default(field: Any, model: type[models.Model]) -> Any:
    return field.get_db_prep_save(field.pre_save(model(), add=True), connection)


def _uid(prefix: str) -> str:
    return f"'{prefix}' || printf('%015d', n)"


def _word(first: list[str]) -> str:
    """The given words for the first rows, made-up ones for the others."""
    cases = " ".join(f"WHEN {number} THEN '{word}'" for number, word in enumerate(first, start=1))
    return f"CASE n {cases} ELSE 'word' || n END"


def _pick(words: list[str], number: str) -> str:
    cases = " ".join(f"WHEN {at} THEN '{word}'" for at, word in enumerate(words))
    return f"CASE ({number}) % {len(words)} {cases} END"


def _falling(number: str, first: int, last: int) -> str:
    """A number from first to last, small ones far more often than large ones."""
    return f"{first} + (({number}) % 1000) * (({number}) % 1000) * {last - first} / 1000000"


def _title() -> str:
    """As PhotoPrism's titles: what, where, when."""
    return f"{_capital(TOPICS.split(), 'n * 7')} || ' / City ' || (1 + n * 31 % 2000) || ' / ' || (2004 + n % 20)"


def _capital(words: list[str], number: str) -> str:
    return _pick([word.title() for word in words], number)


def _person(names: list[str]) -> str:
    return f"({_pick(names, 'n - 1')}) || ' Smith' || CASE WHEN n > {len(names)} THEN ' ' || n ELSE '' END"


def _slug(names: list[str]) -> str:
    return f"lower({_pick(names, 'n - 1')}) || '-smith' || CASE WHEN n > {len(names)} THEN '-' || n ELSE '' END"
