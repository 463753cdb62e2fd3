"""Who an address with a media token in it speaks for, asked through the settings as `sharing` lies above."""

from collections.abc import Callable
from functools import cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from library.access import Grant

FindGrant = Callable[[str], Grant | None]


def preview_grant(token: str) -> Grant | None:
    """Whose thumbs the token shows, or None."""
    return _finder(settings.PREVIEW_GRANT)(token)


def download_grant(token: str) -> Grant | None:
    """Whose originals the token hands out, or None: for nobody, and for who may look but not download."""
    grant = _finder(settings.DOWNLOAD_GRANT)(token)
    return grant if grant and grant.may("library.download_photo") else None


@cache
def _finder(path: str) -> FindGrant:
    return cast("FindGrant", import_string(path))
