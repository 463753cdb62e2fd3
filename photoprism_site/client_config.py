"""GET /api/v1/config: what an app needs to start, composed from every app's counts and options."""

from functools import partial
from typing import Any, Final, cast

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Q
from django.templatetags.static import static
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from albums.models import Album, AlbumType
from faces.models import Subject
from library.access import Grant
from library.media.sizes import SIZES
from library.models import Camera, Label, Lens
from library.models.gear import Gear
from library.permissions import may
from library.search import find
from photoprism_site.context_processors import view_counts
from places.models import Country
from sharing.accounts import account_of
from sharing.acl import grants_of
from sharing.serializers import settings_json

VOCABULARY_AGE: Final = 60  # seconds


class Config(APIView):
    permission_classes = [may("sharing.view_config")]

    def get(self, request: Request) -> Response:
        return Response(client_config(cast("Grant", request.auth)))


class Settings(APIView):
    permission_classes = [may("sharing.view_config")]

    def get(self, request: Request) -> Response:
        return Response(_settings(cast("Grant", request.auth)))


class Status(APIView):
    """For load balancers: the web process answers."""

    authentication_classes = []
    permission_classes = [AllowAny]

    def get(self, request: Request) -> Response:
        return Response({"status": "operational"})


def client_config(grant: Grant) -> dict[str, Any]:
    """PhotoPrism's `config` object for this grant; lists hold only what its photos have."""
    options = settings.OPTIONS
    return {
        "mode": "public" if options.is_public else "user",
        "name": options.app_name,
        "about": options.app_name,
        "edition": "ce",
        "version": settings.VERSION,
        "flags": " ".join(_flags()),
        "baseUri": "",
        "staticUri": settings.STATIC_URL.rstrip("/"),
        "apiUri": "/api/v1",
        "contentUri": "/api/v1",
        "videoUri": "/api/v1",
        "loginUri": "/library/login",
        "siteUrl": options.base_url,
        "siteAuthor": options.site_author,
        "siteTitle": options.site_title,
        "siteCaption": options.site_caption,
        "siteDescription": options.site_description,
        "appName": options.app_name,
        "appIcon": static("img/logo.svg"),
        "debug": settings.DEBUG,
        "readonly": options.readonly,
        "public": options.is_public,
        "authMode": options.auth_mode,
        "previewToken": grant.preview_token,
        "downloadToken": grant.download_token,
        "disable": _disabled(),
        "count": _counts(grant),
        **_vocabulary(grant),
        "people": [],
        "albums": [],
        "thumbs": [{"size": size.name, "w": size.width, "h": size.height} for size in SIZES.values()],
        "settings": _settings(grant),
        "acl": grants_of(grant.role),
    }


def _flags() -> list[str]:
    options = settings.OPTIONS
    switches = {"public": options.is_public, "debug": settings.DEBUG, "readonly": options.readonly, "settings": True}
    return [name for name, is_on in switches.items() if is_on]


def _disabled() -> dict[str, bool]:
    """True for what this server does not do, by option or at all."""
    options = settings.OPTIONS
    return {
        "webdav": True,
        "settings": False,
        "places": options.disable_places,
        "exiftool": options.disable_exiftool,
        "backups": True,
        "faces": True,
        "classification": True,
        "ffmpeg": options.disable_ffmpeg,
        "raw": True,
    }


def _settings(grant: Grant) -> dict[str, Any]:
    """Some apps read the theme beside `ui` instead of in it."""
    chosen = settings_json(account_of(grant.user))
    options = settings.OPTIONS
    stack = {"uuid": options.stack_uuid, "meta": options.stack_meta, "name": options.stack_name}
    return {**chosen, "theme": chosen["ui"]["theme"], "stack": stack}


def _counts(grant: Grant) -> dict[str, int]:
    """The counts under PhotoPrism's names; apps read them without asking whether they are there."""
    counts = view_counts(grant)
    kinds = _album_counts(grant)
    return {
        "all": counts["all"],
        "photos": counts["all"] - counts["videos"],
        "videos": counts["videos"],
        "favorites": counts["favorites"],
        "review": counts["review"],
        "archived": counts["archive"],
        "private": counts["private"],
        "hidden": counts["errors"],
        "albums": kinds.get(AlbumType.ALBUM, 0),
        "folders": kinds.get(AlbumType.FOLDER, 0),
        "moments": kinds.get(AlbumType.MOMENT, 0),
        "months": kinds.get(AlbumType.MONTH, 0),
        "states": kinds.get(AlbumType.STATE, 0),
        "labels": Label.objects.filter(photo_count__gt=0).count() if grant.sees_all else 0,
        "people": Subject.objects.filter(photo_count__gt=0).count() if grant.sees_all else 0,
    }


def _album_counts(grant: Grant) -> dict[str, int]:
    if not grant.may("albums.search_album") or grant.scope is not None:
        return {}
    albums = Album.objects.filter(deleted_at__isnull=True)
    if not grant.sees_all:
        albums = albums.filter(Q(owner__isnull=True) | Q(owner=grant.user_id))
    return dict(albums.values_list("type").annotate(number=Count("pk")))


def _vocabulary(grant: Grant) -> dict[str, list[Any]]:
    """Years, cameras, lenses and countries of the photos on the timeline, at most VOCABULARY_AGE old."""
    key = f"vocabulary-{grant.key}"
    return cast("dict[str, list[Any]]", cache.get_or_set(key, partial(_read_vocabulary, grant), VOCABULARY_AGE))


def _read_vocabulary(grant: Grant) -> dict[str, list[Any]]:
    return {
        "years": sorted((year for year in _used(grant, "year") if year > 0), reverse=True),
        "cameras": _gear(Camera, _used(grant, "camera")),
        "lenses": _gear(Lens, _used(grant, "lens")),
        "countries": [
            {"ID": row.id, "Slug": row.slug, "Name": row.name}
            for row in Country.objects.filter(pk__in=_used(grant, "country")).order_by("name")
        ],
    }


def _used(grant: Grant, column: str) -> list[Any]:
    return list(find("", grant, reach="first").order_by().values_list(column, flat=True).distinct())


def _gear(kind: type[Gear], used: list[int]) -> list[dict[str, Any]]:
    rows = kind.objects.filter(pk__in=used)  # type: ignore[attr-defined] # Gear is abstract, its kinds are not
    return [{"ID": row.pk, "Slug": row.slug, "Name": str(row), "Make": row.make, "Model": row.model} for row in rows]
