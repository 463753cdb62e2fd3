"""Joins what several sources say about one file; the more trusted one wins field by field."""

from dataclasses import fields, replace
from typing import Final

from library import sources
from library.meta.data import Metadata

# Values that only make sense together come from the same source.
TOGETHER: Final = (
    ("taken_at", "taken_at_local", "time_zone", "taken_src"),
    ("lat", "lng", "altitude", "direction"),
    ("width", "height"),
)
_ZERO_IS_KNOWN: Final = frozenset({"lat", "rating", "direction"})
_LEADERS: Final = {names[0]: names for names in TOGETHER}
# Not joined on their own: what follows a leader, and where the values come from.
_FOLLOWERS: Final = frozenset({"src", "srcs", *(name for names in TOGETHER for name in names[1:])})


def merge(*metadatas: Metadata) -> Metadata:
    """One Metadata from several in rising priority: a later known value replaces an earlier one.

    Unknown values never replace known ones. Keywords are united. A date comes with its zone, a
    position with its height and a width with its height from one source; a date gives way only
    to one of a source at least as good. Each value keeps its source.
    """
    merged = Metadata(src=sources.AUTO)
    for metadata in metadatas:
        merged = _with(merged, metadata)
    return merged


def _with(old: Metadata, new: Metadata) -> Metadata:
    changes: dict[str, object] = {}
    srcs = dict(old.srcs)
    for field in fields(Metadata):
        if field.name not in _FOLLOWERS:
            for name in _taken_over(old, new, field.name):
                changes[name] = getattr(new, name)
                srcs[name] = new.source_of(name)
    changes["keywords"] = _united(old.keywords, new.keywords)
    return replace(old, **changes, srcs=srcs)  # type: ignore[arg-type]


def _taken_over(old: Metadata, new: Metadata, name: str) -> tuple[str, ...]:
    """The fields `new` sets when it speaks about the field `name`."""
    if not _is_known(new, name):
        return ()
    if name == "taken_at" and old.taken_at and not sources.better(new.taken_src, old.taken_src):
        return ()
    return _LEADERS.get(name, (name,))


def _is_known(metadata: Metadata, name: str) -> bool:
    value = getattr(metadata, name)
    if name in _ZERO_IS_KNOWN:
        return value is not None
    return bool(value)


def _united(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    known = {word.casefold() for word in old}
    return old + tuple(word for word in new if word.casefold() not in known)
