"""Every URL of the site, its methods, and the least role that may use each. A URL that is missing here fails a test.

A row is `Row(route as the resolver spells it, {method: who}, ...)`. Roles are steps: who may do what a viewer may, user
and admin may too. `ok` says what the allowed get where that is not 200, `body` what is sent, `query` and `arguments`
what the address needs; `{preview}`, `{download}`, `{uid}`, `{session}` stand for those of the person who asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ANYONE, GUEST, VIEWER, USER, ADMIN = STEPS = ("anyone", "guest", "viewer", "user", "admin")


@dataclass(frozen=True, kw_only=True)
class Use:
    """`who` may; the allowed get one of `ok`, nobody's request one of `refused`."""

    who: str
    ok: tuple[int, ...] = (200,)
    body: Any = None
    refused: tuple[int, ...] = (401, 302)


@dataclass(frozen=True)
class Row:
    route: str
    methods: Mapping[str, Use]
    arguments: Mapping[str, str] = field(default_factory=dict)
    query: str = ""


def get(who: str, *ok: int, refused: tuple[int, ...] = (401, 302)) -> dict[str, Use]:
    return {"GET": Use(who=who, ok=ok or (200,), refused=refused)}


def post(who: str, body: Any = None, *ok: int) -> dict[str, Use]:
    return {"POST": Use(who=who, body=body, ok=ok or (200,))}


def put(who: str, body: Any = None, *ok: int) -> dict[str, Use]:
    return {"PUT": Use(who=who, body=body, ok=ok or (200,))}


def delete(who: str, *ok: int) -> dict[str, Use]:
    return {"DELETE": Use(who=who, ok=ok or (200,))}


PHOTO = {"uid": "{photo}"}
STACKED = {"uid": "{photo}", "file_uid": "{file}"}  # the only file of its photo
SELECTION = {"photos": ["{photo}"]}
GROUP = {"keep": "{photo}", "photos": ["{photo}"]}  # of one photo alone
ALBUM = {"uid": "{album}"}
ALBUMS = {"albums": ["{album}"]}
NOBODY = {"uid": "jqu0xs11qekk9jx8"}
LABEL = {"uid": "{label}"}
LABELS = {"labels": ["{label}"]}
SHARED = {"token": "{link_token}", "name": "shared"}
VIDEO = {"file_hash": "{hash}", "token": "{preview}", "codec": "avc"}  # of a photo that is none
BY_TOKEN = (403,)  # addresses with a media token tell nobody to sign in

SITE = (
    Row("", get(ANYONE, 302)),
    Row("library", get(ANYONE, 302)),
    Row("library/", get(ANYONE, 302)),
    Row("robots.txt", get(ANYONE)),
    Row("favicon.ico", get(ANYONE, 302)),
    Row("admin", get(ANYONE, 302)),
    Row("api/v1/status", get(ANYONE)),
    Row("api/v1/openapi.json", get(GUEST)),
    Row("api/v1/docs", get(GUEST)),
    Row("api/v1/config", get(GUEST)),
    Row("api/v1/settings", {**get(GUEST), **post(GUEST, {"ui": {"theme": "dark"}})}),
)
SESSIONS = tuple(
    row
    for name in ("session", "sessions")
    for row in (
        Row(
            f"api/v1/{name}",
            {**post(ANYONE, {"username": "alice", "password": "{password}"}), **get(GUEST), **delete(GUEST)},
        ),
        Row(f"api/v1/{name}/<str:session_id>", {**get(GUEST), **delete(GUEST)}, {"session_id": "{session}"}),
    )
)
ACCOUNTS = (
    Row("library/login", {**get(ANYONE, 200, 302), **post(ANYONE, None, 200, 302)}),
    Row("library/logout", post(ANYONE, None, 302)),
    Row("library/settings", {**get(GUEST), **post(GUEST, None, 422)}),
    Row("library/settings/password", post(GUEST, None, 422)),
    Row("api/v1/users/<str:uid>", put(GUEST, {}), {"uid": "{uid}"}),
    Row("api/v1/users/<str:uid>/password", put(GUEST, {"old": "wrong"}, 400), {"uid": "{uid}"}),
    Row(
        "api/v1/users/<str:uid>/upload/<str:token>",
        {**get(USER), **post(USER, {}, 415), **put(USER, {"wait": False})},
        {"uid": "{uid}", "token": "batch"},
    ),
)
LIBRARY_PAGES = (
    Row("library/browse", get(GUEST)),
    Row("library/<slug:name>", get(GUEST), {"name": "favorites"}),
    Row("library/places", get(GUEST)),
    Row("library/labels", get(VIEWER)),
    Row("library/labels/<slug:uid>", get(VIEWER), LABEL),
    Row("library/labels/<slug:uid>/<str:name>", get(VIEWER), {**LABEL, "name": "view"}),
    Row("library/duplicates", get(USER)),
    Row("library/photo/<slug:uid>", get(VIEWER), PHOTO),
    Row("library/index", get(ADMIN)),
    Row("library/errors", get(ADMIN)),
)
LIBRARY_API = (
    Row("api/v1/photos", get(GUEST), query="count=10"),
    Row("api/v1/photos/view", get(GUEST), query="count=10"),
    Row("api/v1/photos/<slug:uid>", {**get(VIEWER), **put(USER, {"Title": "New"})}, PHOTO),
    Row("api/v1/photos/<slug:uid>/like", {**post(VIEWER), **delete(VIEWER)}, PHOTO),
    Row("api/v1/photos/<slug:uid>/yaml", get(ADMIN), PHOTO),
    Row("api/v1/photos/<slug:uid>/text", get(VIEWER), PHOTO),
    Row("api/v1/photos/<slug:uid>/approve", post(USER), PHOTO),
    Row("api/v1/photos/<slug:uid>/label", post(USER, {"Name": "Cat"}), PHOTO),
    Row(
        "api/v1/photos/<slug:uid>/label/<int:label_id>",
        {**put(USER, {"Uncertainty": 0}, 404), **delete(USER, 404)},
        {**PHOTO, "label_id": "4711"},
    ),
    Row("api/v1/photos/<slug:uid>/dl", get(VIEWER, refused=BY_TOKEN), PHOTO, "t={download}"),
    Row("api/v1/photos/<slug:uid>/files/<slug:file_uid>/primary", post(USER), STACKED),
    Row("api/v1/photos/<slug:uid>/files/<slug:file_uid>/unstack", post(USER, None, 400), STACKED),
    Row("api/v1/duplicates", {**get(USER), **post(USER, {})}),
    Row("api/v1/duplicates/archive", post(USER, {"groups": [GROUP]}, 409)),
    Row("api/v1/duplicates/stack", post(USER, {"groups": [GROUP]}, 409)),
    Row("api/v1/duplicates/apart", post(USER, SELECTION, 409)),
    Row("api/v1/duplicates/undo", post(USER, {"undo": ["unknown"]}, 409)),
    Row("api/v1/batch/photos/stack", post(USER, SELECTION, 400)),
    Row("api/v1/batch/photos/stack/undo", post(USER, {"undo": "unknown"}, 400)),
    Row("api/v1/batch/photos/archive", post(USER, SELECTION)),
    Row("api/v1/batch/photos/restore", post(USER, SELECTION)),
    Row("api/v1/batch/photos/private", post(ADMIN, SELECTION)),
    Row("api/v1/batch/photos/approve", post(USER, SELECTION)),
    Row("api/v1/geo", get(GUEST)),
    Row("api/v1/geo/geojson", get(GUEST)),
    Row("api/v1/geo/view", get(GUEST)),
    Row("api/v1/files/<slug:file_hash>", get(VIEWER), {"file_hash": "{hash}"}),
    Row(
        "api/v1/labels/<slug:uid>/t/<str:token>/<slug:size>",
        get(GUEST, refused=BY_TOKEN),
        {"uid": "lqu0xs11qekk9jx8", "token": "{preview}", "size": "tile_224"},
    ),
    Row("api/v1/folders/originals", get(ADMIN), query="files=true"),
    Row("api/v1/folders/originals/<path:path>", get(ADMIN), {"path": "2024/05"}),
    Row("api/v1/folders/import", get(ADMIN)),
    Row("api/v1/folders/import/<path:path>", get(ADMIN, 404), {"path": "2024"}),
    Row("api/v1/labels", get(VIEWER), query="count=10"),
    Row("api/v1/labels/<slug:uid>", put(USER, {"Name": "New"}), LABEL),
    Row("api/v1/labels/<slug:uid>/like", {**post(USER), **delete(USER)}, LABEL),
    Row("api/v1/labels/<slug:uid>/merge", {**post(USER, {"Into": "{label}"}, 400), **delete(USER, 400)}, LABEL),
    Row("api/v1/batch/labels/delete", post(USER, LABELS)),
    Row("api/v1/batch/labels/restore", post(USER, LABELS)),
    Row("api/v1/search/understand", get(GUEST), query="q=2024"),
    Row("api/v1/search/suggest", get(GUEST), query="q=20"),
    Row("api/v1/search/reasons", get(GUEST), query="q=2024&uids={photo}"),
    Row("api/v1/search/choices", get(GUEST)),
    Row("api/v1/timeline/buckets", get(GUEST)),
    Row("api/v1/timeline/bucket/<str:key>", get(GUEST), {"key": "2024-05"}),
    Row(
        "api/v1/t/<slug:name>/<str:token>/<slug:size>",
        get(GUEST, refused=BY_TOKEN),
        {"name": "{hash}", "token": "{preview}", "size": "tile_224"},
    ),
    Row("api/v1/videos/<slug:file_hash>/<str:token>/<slug:codec>", get(GUEST, 404, refused=BY_TOKEN), VIDEO),
    Row(
        "api/v1/videos/<slug:file_hash>/<str:token>/<slug:codec>/status",
        dict.fromkeys(("GET", "POST", "DELETE"), Use(who=GUEST, ok=(404,), refused=BY_TOKEN)),
        VIDEO,
    ),
    Row(
        "api/v1/videos/<slug:file_hash>/<str:token>/hls/<str:name>",
        get(GUEST, 404, refused=BY_TOKEN),
        {**VIDEO, "name": "index.m3u8"},
    ),
    Row("api/v1/dl/<slug:file_hash>", get(VIEWER, refused=BY_TOKEN), {"file_hash": "{hash}"}, "t={download}"),
    Row("api/v1/zip", post(VIEWER, SELECTION)),
    Row("api/v1/zip/<str:filename>", get(GUEST, 404, refused=BY_TOKEN), {"filename": "gone.zip"}, "t={download}"),
    Row("api/v1/batch/photos/place", post(USER, {**SELECTION, "Lat": 1, "Lng": 2})),
    Row("api/v1/places/search", get(GUEST), query="q=rome"),
    Row("api/v1/places/reverse", get(GUEST), query="lat=1&lng=2"),
    Row("api/v1/places/track", post(USER, {}, 400)),
    Row("api/v1/homes", {**get(USER), **post(USER, {"Lat": 1, "Lng": 2})}),
    Row("api/v1/homes/<int:number>", {**put(USER, {}, 404), **delete(USER, 404)}, {"number": "1000000"}),
    Row("api/v1/map/sources", get(GUEST)),
    Row("api/v1/map/points", get(GUEST)),
    Row("api/v1/map/clusters", get(GUEST), query="box=-10,-10,10,10&zoom=3"),
    Row("api/v1/map/covers", get(GUEST), query="ids=1"),
    Row("api/v1/map/glyphs/<str:font>/<slug:span>", get(GUEST), {"font": "Noto Sans Bold", "span": "0-255"}),
    Row(
        "api/v1/map/<slug:name>/<slug:version>/<int:zoom>/<int:x>/<int:y>",
        get(GUEST, 404),
        {"name": "world", "version": "old", "zoom": "0", "x": "0", "y": "0"},
    ),
    Row("api/v1/index", {**get(ADMIN), **post(ADMIN, {}), **delete(ADMIN)}),
    Row("api/v1/errors", {**get(ADMIN), **delete(ADMIN)}),
)
ALBUM_PAGES = (
    Row("library/albums", get(GUEST)),
    Row("library/albums/<slug:uid>", get(VIEWER), ALBUM),
    Row("library/albums/<slug:uid>/<str:name>", get(VIEWER), {**ALBUM, "name": "view"}),
    Row("library/calendar", get(GUEST, 302)),
    Row("library/moments", get(GUEST, 302)),
    Row("library/folders", get(GUEST, 302)),
    Row("library/states", get(GUEST, 302)),
    Row("library/countries", get(GUEST)),
    Row("library/countries/<slug:code>", get(GUEST, 404), {"code": "zz"}),
    Row("library/trips", get(GUEST)),
)
ALBUM_API = (
    Row("api/v1/albums", {**get(GUEST), **post(USER, {"Title": "New"})}, query="count=10"),
    Row("api/v1/albums/<slug:uid>", {**get(VIEWER), **put(USER, {"Title": "New"}), **delete(USER)}, ALBUM),
    Row("api/v1/albums/<slug:uid>/like", {**post(USER), **delete(USER)}, ALBUM),
    Row("api/v1/albums/<slug:uid>/clone", post(USER, ALBUMS), ALBUM),
    Row("api/v1/albums/<slug:uid>/photos", {**post(USER, SELECTION), "DELETE": Use(who=USER, body=SELECTION)}, ALBUM),
    Row("api/v1/albums/<slug:uid>/dl", get(VIEWER, refused=BY_TOKEN), ALBUM, "t={download}"),
    Row(
        "api/v1/albums/<slug:uid>/t/<str:token>/<slug:size>",
        get(GUEST, refused=BY_TOKEN),
        {**ALBUM, "token": "{preview}", "size": "tile_224"},
    ),
    Row("api/v1/trips", get(GUEST)),
    Row("api/v1/trips/home", {**get(GUEST), **put(USER, {"Lat": 52.5, "Lng": 13.4}), **delete(USER)}),
    Row("api/v1/batch/albums/delete", post(USER, ALBUMS)),
    Row("api/v1/batch/albums/restore", post(USER, ALBUMS)),
    Row("api/v1/albums/<slug:uid>/links", {**get(USER), **post(USER, {})}, ALBUM),
    Row(
        "api/v1/albums/<slug:uid>/links/<slug:link_uid>",
        {**put(USER, {}), **delete(USER)},
        {**ALBUM, "link_uid": "{link}"},
    ),
)
SHARES = (
    Row("s/<str:token>", {**get(ANYONE), **post(ANYONE, None, 302)}, {"token": "{link_token}"}),
    Row("s/<str:token>/", {**get(ANYONE), **post(ANYONE, None, 302)}, {"token": "{link_token}"}),
    Row("s/<str:token>/<str:name>", {**get(ANYONE), **post(ANYONE, None, 302)}, SHARED),
    Row("s/<str:token>/<str:name>/preview", get(ANYONE), SHARED),
)
FACES_API = (
    Row("api/v1/subjects", get(VIEWER), query="count=10"),
    Row("api/v1/subjects/<slug:uid>", {**get(VIEWER, 404), **put(USER, {"Name": "Anna"}, 404)}, NOBODY),
    Row("api/v1/subjects/<slug:uid>/like", {**post(USER, None, 404), **delete(USER, 404)}, NOBODY),
    Row("api/v1/faces", get(VIEWER), query="count=10"),
    Row(
        "api/v1/faces/<slug:face_id>",
        {**get(VIEWER, 404), **put(USER, {"Hidden": True}, 404)},
        {"face_id": "PN6QO5INYTUSAATOFL43LL2ABAV5ACZK"},
    ),
)
ROUTES = (*ALBUM_PAGES, *ALBUM_API, *SHARES, *FACES_API, *SITE, *SESSIONS, *ACCOUNTS, *LIBRARY_PAGES, *LIBRARY_API)
