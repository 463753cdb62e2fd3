"""What the database watches: every table that says something of a photo has triggers, which note it as a Change."""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import CharField, Field, ForeignKey, Model, TextField

from library.models import File, Photo
from library.models.change import EVERY_PHOTO
from library.models.fields import SourceField, UIDField
from library.search.changes import forget_all_changes
from library.search.sql import Trigger, create_triggers, drop_triggers, known_triggers

log = logging.getLogger(__name__)

_PREFIX: Final = "search_"
_UPDATE: Final = "UPDATE"


def watch() -> None:
    """Makes the triggers that are missing and drops those of former versions."""
    known, wanted = known_triggers(_PREFIX), {trigger.name: trigger for trigger in _triggers()}
    drop_triggers({name: table for name, table in known.items() if name not in wanted})
    if create_triggers(trigger for name, trigger in wanted.items() if name not in known):
        forget_all_changes()


def unwatch() -> None:
    """Drops the triggers: SQLite cannot copy a table that they name."""
    drop_triggers(known_triggers(_PREFIX))


@dataclass(frozen=True, slots=True)
class Watched:
    """The tables whose changes are noted: photo by photo, or as names that many photos share."""

    photos: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        return self.photos | self.names


def watched_tables() -> Watched:
    """What is watched; nothing if any trigger is missing."""
    triggers = _triggers()
    if {trigger.name for trigger in triggers} - known_triggers(_PREFIX).keys():
        log.warning("Triggers of the search are missing, so that it is slow; `manage.py migrate` makes them.")
        return Watched()
    names = frozenset(trigger.table for trigger in triggers if trigger.keys == (str(EVERY_PHOTO),))
    return Watched(frozenset(trigger.table for trigger in triggers) - names, names)


@cache
def _triggers() -> tuple[Trigger, ...]:
    """For photos, what links to one or to its file, and the names that many photos share."""
    links = {model: _photo_keys(model) for model in apps.get_models() if not model._meta.proxy and _photo_keys(model)}
    named = _named_by(links)
    joining = [model for model in apps.get_models() if model not in links and _joins(model, named)]
    return (
        *chain.from_iterable(_of_photo(model, keys) for model, keys in links.items()),
        *(_of_name(model) for model in sorted(named, key=_table)),
        *chain.from_iterable(_of_photo(model, [str(EVERY_PHOTO)]) for model in joining),
    )


def _of_photo(model: type[Model], keys: list[str]) -> Iterator[Trigger]:
    old, new = ([key.format(row=row) for key in keys] for row in ("OLD", "NEW"))
    yield _trigger(model, "INSERT", new)
    # A link that moves concerns two photos; a photo keeps its id.
    yield _trigger(model, _UPDATE, new if model is Photo else [*old, *new])
    yield _trigger(model, "DELETE", old)


def _of_name(model: type[Model]) -> Trigger:
    """A new name has no photos yet, and one that goes takes its links along; only what it says can change."""
    columns = [str(field.column) for field in model._meta.concrete_fields if _is_said(field)]
    return _trigger(model, _UPDATE, [str(EVERY_PHOTO)], columns)


def _trigger(model: type[Model], event: str, keys: list[str], columns: list[str] | None = None) -> Trigger:
    """Named after what it does, so that another definition is another trigger."""
    table, unique = _table(model), tuple(dict.fromkeys(keys))
    digest = hashlib.sha256(repr((table, event, unique, columns)).encode()).hexdigest()[:8]
    return Trigger(f"{_PREFIX}{table[:35]}_{event[0].lower()}_{digest}", table, event, unique, tuple(columns or ()))


def _photo_keys(model: type[Model]) -> list[str]:
    """The expressions over a row that give the photos it belongs to."""
    if model is Photo:
        return ["{row}.id"]
    fields = [field for field in model._meta.local_concrete_fields if isinstance(field, ForeignKey)]
    direct = [f"{{row}}.{field.column}" for field in fields if field.related_model is Photo]
    by_file = [f"{{row}}.{field.column}" for field in fields if field.related_model is File and model is not File]
    return direct or [f"(SELECT photo_id FROM library_file WHERE id = {column})" for column in by_file]  # noqa: S608


def _named_by(links: dict[type[Model], list[str]]) -> set[type[Model]]:
    """The tables that photos and their links refer to, and those that these refer to."""
    found: set[type[Model]] = set()
    waiting = list(links)
    while waiting:
        for target in _targets(waiting.pop()):
            if target not in links and target not in found:
                found.add(target)
                waiting.append(target)
    return found


def _joins(model: type[Model], named: set[type[Model]]) -> bool:
    """A table of nothing but links between names, as from labels to those above them."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    return len(fields) > 1 and all(getattr(field, "related_model", None) in named for field in fields)


def _targets(model: type[Model]) -> set[type[Model]]:
    targets = {field.related_model for field in model._meta.local_concrete_fields if isinstance(field, ForeignKey)}
    accounts = settings.AUTH_USER_MODEL.partition(".")[0]
    return {target for target in targets if isinstance(target, type) and target._meta.app_label != accounts}


def _is_said(field: Field[Any, Any]) -> bool:
    """Texts, switches, choices, links, and whether it is there; counts, times and covers find no photo."""
    if field.name == "deleted_at":
        return True
    if field.primary_key or isinstance(field, (SourceField, UIDField)) or field.name.startswith("thumb"):
        return False
    return isinstance(field, (CharField, TextField, models.BooleanField, ForeignKey)) or bool(field.choices)


def _table(model: type[Model]) -> str:
    return model._meta.db_table
