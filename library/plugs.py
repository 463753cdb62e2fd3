"""Resolves the lists of photoprism_site/wiring.py, each path once."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

LISTS = (
    "INDEX_STAGES",
    "INDEX_SAVERS",
    "SEARCH_FILTERS",
    "SEARCH_NAMES",
    "PHOTO_SECTIONS",
    "FILE_SECTIONS",
    "SIDECAR_SECTIONS",
    "PHOTO_PEOPLE",
    "EVENT_LISTENERS",
)


def plugged(name: str) -> list[Callable[..., Any]]:
    """The functions of one list, in its order. Raises ImportError with the path that does not import."""
    return _resolve(tuple(getattr(settings, name)))


def plugged_modules(name: str) -> list[Any]:
    """The modules of one list, imported, in its order."""
    return [import_module(path) for path in getattr(settings, name)]


@cache
def _resolve(paths: tuple[str, ...]) -> list[Callable[..., Any]]:
    return [import_string(path) for path in paths]
