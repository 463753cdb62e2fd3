"""System checks: every path in the six lists imports, and where it takes arguments takes the right number."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from library.plugs import LISTS

ARGUMENTS = {
    "INDEX_STAGES": 1,
    "INDEX_SAVERS": 1,
    "PHOTO_SECTIONS": 1,
    "SIDECAR_SECTIONS": 1,
    "EVENT_LISTENERS": 2,
}


@register
def check_wiring(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """An error for each path that does not lead to what its list needs."""
    return [error for name in LISTS for path in getattr(settings, name) for error in _problems(name, path)]


def _problems(name: str, path: str) -> Iterator[Error]:
    try:
        found = import_string(path) if name in ARGUMENTS else import_module(path)
    except ImportError as error:
        yield Error(f"{name}: {path} cannot be imported: {error}", id="library.E001")
        return
    if name in ARGUMENTS and not _takes(found, ARGUMENTS[name]):
        yield Error(f"{name}: {path} has to be a function of {ARGUMENTS[name]} arguments.", id="library.E002")


def _takes(found: Any, count: int) -> bool:
    if not callable(found):
        return False
    try:
        inspect.signature(found).bind(*range(count))
    except TypeError:
        return False
    return True
