"""Copies a generated library from its SQLite file into the database that Django is set up for."""

from __future__ import annotations

import sqlite3
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

from library.search.watching import unwatch, watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

APPS: Final = ("auth", "places", "library", "faces", "albums", "sharing")
NOT_COPIED: Final = frozenset(["auth_permission", "auth_group", "library_change"])
AT_ONCE: Final = 5_000  # rows in one statement

_UNCHECKED: Final = {"postgresql": "SET session_replication_role = replica", "mysql": "SET foreign_key_checks = 0"}
_CHECKED: Final = {"postgresql": "SET session_replication_role = DEFAULT", "mysql": "SET foreign_key_checks = 1"}


def copy_library(file: str) -> None:
    """Replaces all rows of an emptily migrated database by those of the file. Needs a database's superuser."""
    copied = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    copied = [model for model in copied if model._meta.db_table not in NOT_COPIED]
    source = sqlite3.connect(file)
    unwatch()
    with connection.cursor() as cursor:
        cursor.execute(_UNCHECKED[connection.vendor])
        for model in copied:
            _copy(model, source, cursor)
        for statement in connection.ops.sequence_reset_sql(no_style(), copied):
            cursor.execute(statement)
        cursor.execute(_CHECKED[connection.vendor])
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else _analyze(copied))
        cursor.fetchall() if connection.vendor == "mysql" else None
    watch()


def _copy(model: type[models.Model], source: sqlite3.Connection, cursor: Any) -> None:
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    chosen = ", ".join(f'"{field.column}"' for field in fields)
    rows = source.execute(f'SELECT {chosen} FROM "{model._meta.db_table}"')
    read = [_reader(field) for field in fields]
    values = ([given if given is None else of(given) for of, given in zip(read, row, strict=True)] for row in rows)
    cursor.execute(f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)
        return
    marks = ", ".join(["%s"] * len(fields))
    for some in _portions(values):
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", some)


def _reader(field: Any) -> Any:
    """How a value of SQLite is written for the other database."""
    postgres = connection.vendor == "postgresql"
    match field.get_internal_type():
        case "BooleanField":
            return bool
        case "DurationField" if postgres:
            return "{} microseconds".format
        case "BinaryField":
            return bytes
        case _:
            return lambda value: value


def _portions(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(rows)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _analyze(copied: list[Any]) -> str:
    return "ANALYZE TABLE " + ", ".join(connection.ops.quote_name(model._meta.db_table) for model in copied)
