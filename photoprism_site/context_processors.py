"""What every template may use: names, the Grant, counts, theme, language, and the page's settings for JavaScript."""

from functools import partial
from typing import Any, Final, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi

from albums.contents import visible_albums
from albums.models import AlbumType
from library.access import Grant
from library.counts import count_views
from library.duplicates.review import count_groups
from library.media.formats import FORMATS
from library.permissions import page_grant
from library.search.labels import count_labels
from library.views import SEARCH_ICONS
from sharing.accounts import account_of

COUNTS_AGE: Final = 5  # seconds
_MAP_CSS: Final = "vendor/maplibre-gl-6.17.0/maplibre-gl.css"
_MAP_WORKER: Final = "vendor/maplibre-gl-6.17.0/maplibre-gl-worker.mjs"


def site(request: HttpRequest) -> dict[str, Any]:
    """`counts`, `theme`, `zone` and `page_config` cost their queries only in templates that use them."""
    grant = page_grant(request)
    return {
        "app_name": settings.OPTIONS.app_name,
        "app_version": settings.VERSION,
        "site_title": settings.OPTIONS.site_title,
        "grant": grant,
        "counts": SimpleLazyObject(partial(view_counts, grant)),
        "theme": SimpleLazyObject(partial(_theme, grant)),
        "zone": partial(_zone, grant),
        "language": get_language() or settings.LANGUAGE_CODE,
        "dir": "rtl" if get_language_bidi() else "ltr",
        "public_mode": settings.OPTIONS.is_public,
        "may_upload": may_upload(grant),
        "search_icons": SEARCH_ICONS,
        "page_config": partial(_page_config, request, grant),
    }


def view_counts(grant: Grant) -> dict[str, int]:
    """Photos per view, albums, labels and open problems, at most COUNTS_AGE old."""
    if not grant.role:
        return {}
    key = f"view-counts-{grant.key}"
    return cast("dict[str, int]", cache.get_or_set(key, partial(_count, grant), COUNTS_AGE))


def _count(grant: Grant) -> dict[str, int]:
    is_listed = grant.may("albums.search_album") and grant.scope is None
    albums = visible_albums(grant).filter(type=AlbumType.ALBUM).count() if is_listed else 0
    duplicates = count_groups(grant) if grant.may("library.archive_photo") else 0
    return {**count_views(grant), "albums": albums, "labels": count_labels(grant), "duplicates": duplicates}


def _theme(grant: Grant) -> str:
    return account_of(grant.user).theme if grant.user_id else settings.OPTIONS.default_theme


def _zone(grant: Grant) -> str:
    """The zone in which pages write the times of jobs and problems; photos have zones of their own."""
    chosen = account_of(grant.user).time_zone if grant.user_id else ""
    return chosen or settings.OPTIONS.default_timezone


def _page_config(request: HttpRequest, grant: Grant) -> dict[str, Any]:
    """What the modules in static/js read as `config`; secrets here are the account's own."""
    return {
        "appName": settings.OPTIONS.app_name,
        "csrfToken": get_token(request),
        "previewToken": grant.preview_token,
        "downloadToken": grant.download_token,
        "public": settings.OPTIONS.is_public,
        "permissions": sorted(grant.permissions),
        "user": _user(grant),
        **upload_config(grant),
        "map": {"css": static(_MAP_CSS), "worker": static(_MAP_WORKER), "countries": static("map/countries.geojson")},
    }


def may_upload(grant: Grant) -> bool:
    """Whether pages offer to add photos; in public mode everybody acts as the administrator."""
    return grant.may("library.upload_photo") and grant.user_id is not None and not settings.OPTIONS.readonly


def upload_config(grant: Grant) -> dict[str, Any]:
    """Where the account sends files to (below /api/v1/), how large one may be in bytes, and the extensions taken."""
    if not may_upload(grant):
        return {"uploadUrl": ""}
    return {
        "uploadUrl": f"users/{account_of(grant.user).uid}/upload",
        "uploadLimit": settings.OPTIONS.largest_upload_bytes,
        "uploadTypes": sorted(ext for row in FORMATS for ext in row.extensions),
    }


def _user(grant: Grant) -> dict[str, str]:
    if not grant.user_id:
        return {"uid": "", "name": "", "role": grant.role}
    account = account_of(grant.user)
    return {"uid": account.uid, "name": str(account), "role": grant.role}
