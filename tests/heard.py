"""What listeners hear: a list of topics with their data."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock


@contextmanager
def heard() -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """The events that are published, in their order, in place of the wired listeners."""
    events: list[tuple[str, dict[str, Any]]] = []
    with mock.patch("library.events.plugged", return_value=[lambda topic, data: events.append((topic, data))]):
        yield events
