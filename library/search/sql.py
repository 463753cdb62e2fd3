"""What the ORM cannot say: days as text, LIKE with wildcards, prefixes by index. One form per database."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import CharField, Func, Lookup, Model, Q, TextField

from library.query.values import Pattern

# The last character there is: every text with a prefix sorts before the prefix followed by it.
_LAST = "\U0010ffff"


class LocalDay(Func):
    """The day of a UTC time as text, "2024-05-30"; native everywhere, so that a million rows group quickly."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 1, 10)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_mysql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="DATE_FORMAT(%(expressions)s, '%%%%Y-%%%%m-%%%%d')", **context
        )


class Like(Lookup):
    r"""`title__like="lake%"`: SQL's LIKE with `\` as escape, upper and lower case alike."""

    lookup_name = "like"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        form = {
            "sqlite": "{} LIKE {} ESCAPE '\\'",
            "postgresql": "UPPER({}::text) LIKE UPPER({})",
        }.get(connection.vendor, "LOWER({}) LIKE LOWER({})")
        return form.format(left, right), (*left_values, *right_values)


CharField.register_lookup(Like)
TextField.register_lookup(Like)


def is_true(column: str) -> Q:
    """A switch that is on, compared so that SQLite may look it up in an index; Django writes the bare column."""
    return Q(**{f"{column}__in": [True]})


def is_false(column: str) -> Q:
    """A switch that is off, as above."""
    return Q(**{f"{column}__in": [False]})


def starts_with(column: str, prefix: str) -> Q:
    """A prefix in a form that the database answers from the column's index."""
    if connection.vendor == "sqlite":
        return Q(**{f"{column}__gte": prefix, f"{column}__lt": prefix + _LAST})
    return Q(**{f"{column}__startswith": prefix})


def like(column: str, pattern: Pattern) -> Q:
    """The pattern in a column of text, upper and lower case alike."""
    return Q(**{f"{column}__like": pattern.like()})


def equals(column: str, text: str) -> Q:
    """The whole text of a column, upper and lower case alike; MariaDB's `iexact` tells them apart."""
    return like(column, Pattern((text,)))


def contains(column: str, text: str) -> Q:
    """The text anywhere in a column, upper and lower case alike."""
    return like(column, Pattern(("", text, "")))


def upsert(model: type[Model], rows: Sequence[Any], *, unique: Sequence[str], columns: Sequence[str]) -> None:
    """Writes rows over those with the same values in the `unique` columns."""
    # MariaDB finds the conflicting key by itself and refuses to be told.
    target = unique if connection.features.supports_update_conflicts_with_target else None
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=target, update_fields=columns)


def refresh_statistics(model: type[Model]) -> None:
    """Has SQLite count its indexes anew (2 s for a million photos) once the table grew or shrank by a quarter.

    Without them it takes any index of a yes-or-no column for a short way. The other databases see to it themselves.
    """
    if connection.vendor != "sqlite":
        return
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX(id) FROM {table}")  # noqa: S608 - a name of our own
        rows = cursor.fetchone()[0] or 0
        if abs(rows - _counted_rows(cursor, model._meta.db_table)) * 4 > rows:
            cursor.execute("ANALYZE")


def _counted_rows(cursor: Any, table: str) -> int:
    """How many rows the table had when its indexes were last counted; 0 for never."""
    cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
    if cursor.fetchone() is None:
        return 0
    cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s LIMIT 1", [table])
    found = cursor.fetchone()
    return int(found[0].split()[0]) if found else 0
