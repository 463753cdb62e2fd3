"""System checks: folders that can be used, and an access table that knows every role and permission."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Doubt

from sharing import acl
from sharing.models import Role


def check_paths(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Folders that do not exist yet are made by `prepare`; here the ones that exist are looked at."""
    return [*_unreadable_originals(), *_unwritable_folders(), *_nested_folders()]


def check_table(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A role without a single right, or a permission for a resource that the table lacks, is a slip of the pen."""
    silent = [role for role in Role.values if not acl.permissions_of(role)]
    unknown = [name for name, need in acl.PERMISSIONS.items() if need.resource not in acl.RULES]
    return [
        *(Error(f"sharing.acl gives the role “{role}” nothing.", id="photoprism_site.E001") for role in silent),
        *(Error(f"“{name}” needs a resource that sharing.acl lacks.", id="photoprism_site.E002") for name in unknown),
    ]


def _unreadable_originals() -> Iterator[CheckMessage]:
    path = Path(settings.ORIGINALS_PATH)
    if path.exists() and not (path.is_dir() and os.access(path, os.R_OK | os.X_OK)):
        yield Error(f"The originals folder {path} cannot be read.", id="photoprism_site.E003")


def _unwritable_folders() -> Iterator[CheckMessage]:
    for path in (settings.STORAGE_PATH, settings.CACHE_PATH, settings.OPTIONS.sidecar_path):
        if path.exists() and not os.access(path, os.W_OK | os.X_OK):
            yield Error(f"The folder {path} cannot be written.", id="photoprism_site.E004")


def _nested_folders() -> Iterator[CheckMessage]:
    """Indexing would take what is made for an original, and find its own thumbs."""
    originals, storage = Path(settings.ORIGINALS_PATH), Path(settings.STORAGE_PATH)
    if storage.is_relative_to(originals):
        yield Doubt(
            f"The storage folder {storage} lies within the originals; indexing passes over it.",
            id="photoprism_site.W001",
        )
