"""GET /api/v1/config: what an app needs to start, composed from every app's counts and options."""

from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.templatetags.static import static
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.access import Grant
from library.documented import documented
from library.media.sizes import SIZES
from library.permissions import may
from photoprism_site.client_counts import album_categories, album_choices, counts, vocabulary
from photoprism_site.client_settings import settings_of
from photoprism_site.client_shapes import ConfigJson, StatusJson
from sharing.acl import VISITOR, grants_of


class Config(APIView):
    permission_classes = [may("sharing.view_config")]

    @documented(gives=ConfigJson)
    def get(self, request: Request) -> Response:
        """What an app needs to start: tokens, counts and what there is to choose from, of what the account sees."""
        return Response(client_config(cast("Grant", request.auth)))


class Status(APIView):
    authentication_classes = []
    permission_classes = [AllowAny]

    @documented(gives=StatusJson)
    def get(self, request: Request) -> Response:
        """For load balancers: the web process answers."""
        return Response({"status": "operational"})


def client_config(grant: Grant) -> ConfigJson:
    """PhotoPrism's `config` object for this grant; lists hold only what its photos have."""
    options = settings.OPTIONS
    words = vocabulary(grant)
    return {
        "mode": _mode(grant),
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
        "siteDomain": urlsplit(options.base_url).hostname or "",
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
        "passwordLength": _shortest_password(),
        "previewToken": grant.preview_token,
        "downloadToken": grant.download_token,
        "disable": _disabled(),
        "count": counts(grant),
        **words,
        "albums": album_choices(grant),
        "albumCategories": album_categories(grant),
        "thumbs": [{"size": size.name, "w": size.width, "h": size.height} for size in SIZES.values()],
        "settings": settings_of(grant),
        "acl": grants_of(grant.role),
    }


def _mode(grant: Grant) -> str:
    if grant.role == VISITOR:
        return "share"
    return "public" if settings.OPTIONS.is_public else "user"


def _flags() -> list[str]:
    options = settings.OPTIONS
    switches = {"public": options.is_public, "debug": settings.DEBUG, "readonly": options.readonly, "settings": True}
    return [name for name, is_on in switches.items() if is_on]


def _shortest_password() -> int:
    """Characters."""
    options = [cast("dict[str, Any]", rule).get("OPTIONS", {}) for rule in settings.AUTH_PASSWORD_VALIDATORS]
    return max((int(one.get("min_length", 0)) for one in options), default=0)


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
        "classification": options.disable_classification,
        "ffmpeg": options.disable_ffmpeg,
        "raw": True,
    }
