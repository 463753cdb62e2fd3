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
    Row("api/v1/config", get(GUEST)),
    Row("api/v1/settings", get(GUEST)),
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
)
LIBRARY_PAGES = (
    Row("library/browse", get(GUEST)),
    Row("library/<slug:name>", get(GUEST), {"name": "favorites"}),
    Row("library/photo/<slug:uid>", get(VIEWER), PHOTO),
    Row("library/index", get(ADMIN)),
    Row("library/errors", get(ADMIN)),
)
LIBRARY_API = (
    Row("api/v1/photos", get(GUEST), query="count=10"),
    Row("api/v1/photos/<slug:uid>", {**get(VIEWER), **put(USER, {"Title": "New"})}, PHOTO),
    Row("api/v1/photos/<slug:uid>/like", {**post(VIEWER), **delete(VIEWER)}, PHOTO),
    Row("api/v1/photos/<slug:uid>/approve", post(USER), PHOTO),
    Row("api/v1/photos/<slug:uid>/dl", get(VIEWER, refused=BY_TOKEN), PHOTO, "t={download}"),
    Row("api/v1/photos/<slug:uid>/files/<slug:file_uid>/primary", post(USER), STACKED),
    Row("api/v1/photos/<slug:uid>/files/<slug:file_uid>/unstack", post(USER, None, 400), STACKED),
    Row("api/v1/batch/photos/stack", post(USER, SELECTION, 400)),
    Row("api/v1/batch/photos/archive", post(USER, SELECTION)),
    Row("api/v1/batch/photos/restore", post(USER, SELECTION)),
    Row("api/v1/batch/photos/private", post(ADMIN, SELECTION)),
    Row("api/v1/batch/photos/approve", post(USER, SELECTION)),
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
    Row("api/v1/index", {**get(ADMIN), **post(ADMIN, {}), **delete(ADMIN)}),
    Row("api/v1/errors", {**get(ADMIN), **delete(ADMIN)}),
)
ROUTES = (*SITE, *SESSIONS, *ACCOUNTS, *LIBRARY_PAGES, *LIBRARY_API)
