"""What the ORM cannot say: days as text, LIKE with wildcards, columns read whole, triggers. One form per database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    BigAutoField,
    BigIntegerField,
    CharField,
    DurationField,
    F,
    Func,
    Lookup,
    Model,
    Q,
    QuerySet,
    TextField,
)
from django.db.models.fields.related import ForeignObject
from numpy.typing import NDArray

from library.query.values import Pattern
from places.mapgrid import DEPTH, Square

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


class Microseconds(Func):
    """A UTC time as microseconds since 1970, or a duration in them; for `read_columns`, as SQLite has a text."""

    output_field = BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "%(expressions)s" if self._is_span else "substr(%(expressions)s || '.000000', 1, 26)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_mysql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "%(expressions)s" if self._is_span else "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', %(expressions)s)"
        return self.as_sql(compiler, connection, template=template, **context)

    @property
    def _is_span(self) -> bool:
        return isinstance(self.source_expressions[0].output_field, DurationField)


class Shuffled(Func):
    """A number of its own for every id, in another order for every seed: the same on every database.

    Cubes modulo a prime that is 2 modulo 3 never meet, and nothing here leaves the range of 64 bits.
    """

    output_field = BigIntegerField()
    PRIME: Final = 2_147_483_579

    def __init__(self, column: str, seed: int) -> None:
        self.seed = seed % self.PRIME
        super().__init__(F(column))

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # type: ignore[override]
        column, values = compiler.compile(self.source_expressions[0])
        once = self._cube(f"({column} + {self.seed})")
        return self._cube(f"({once} + {self.seed * 7 % self.PRIME})"), values

    def numbers(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The same for ids that are at hand."""
        once = self._cubes(ids + self.seed)
        return self._cubes(once + self.seed * 7 % self.PRIME)

    def _cube(self, number: str) -> str:
        reduced = f"({number} %% {self.PRIME})"
        return f"({reduced} * {reduced} %% {self.PRIME} * {reduced} %% {self.PRIME})"

    def _cubes(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        reduced = numbers % self.PRIME
        return reduced * reduced % self.PRIME * reduced % self.PRIME


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


class Among(Lookup):
    """`pk__among=[3, 5]`: as `in`, of thousands of whole numbers, each of which Django would look at many times."""

    lookup_name = "among"

    def get_prep_lookup(self) -> str:
        return ", ".join(str(int(number)) for number in self.rhs) or "NULL"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        left, values = self.process_lhs(compiler, connection)
        return f"{left} IN ({self.rhs})", values


BigAutoField.register_lookup(Among)
ForeignObject.register_lookup(Among)
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


def insert_from(model: type[Model], fields: Sequence[str], rows: QuerySet[Any]) -> None:
    """Adds what a query selects as rows with these fields, without a way through Python."""
    quote = connection.ops.quote_name
    named = {field.name: str(field.column) for field in model._meta.concrete_fields}
    columns = ", ".join(quote(named[name]) for name in fields)
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) {sql}", values)


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


def count_new_indexes() -> None:
    """Has SQLite count the indexes that were added to counted tables: it prefers an uncounted one to all others."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if cursor.fetchone() is None:
            return
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name IN (SELECT tbl FROM sqlite_stat1)"
            " EXCEPT SELECT idx FROM sqlite_stat1"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"ANALYZE {connection.ops.quote_name(name)}")


def _counted_rows(cursor: Any, table: str) -> int:
    """How many rows the table had when its indexes were last counted; 0 for never."""
    cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
    if cursor.fetchone() is None:
        return 0
    cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s LIMIT 1", [table])
    found = cursor.fetchone()
    return int(found[0].split()[0]) if found else 0


def count_in_squares(square: Square, level: int, owner: int | None) -> list[tuple[int, int]]:
    """How many listed photos lie in each square of this level within a larger one, and the id of one in its middle.

    Steps from one occupied square to the next over the index `photo_map`, and counts inside it alone: 50 ms for a
    million photos, where grouping them takes half a second. Photos of other owners than this one (0 for nobody) and
    the shared library are left out; with None all count.
    """
    shift = 2 * (DEPTH - level)
    if shift < 0 or level < square.level:
        return []
    size = 1 << shift
    whose = "" if owner is None else "AND (owner_id IS NULL OR owner_id = %(owner)s)"
    rows = f"FROM {connection.ops.quote_name('library_photo')} WHERE listed = {_TRUE[connection.vendor]} {whose}"
    inside = f"{rows} AND map_code >= code AND map_code < code + {size}"
    begin = f"(SELECT map_code {rows} AND map_code >= %(first)s AND map_code < %(last)s ORDER BY map_code LIMIT 1)"
    step = f"(SELECT map_code {rows} AND map_code >= code + {size} AND map_code < %(last)s ORDER BY map_code LIMIT 1)"
    middle = f"(SELECT id {inside} AND map_code >= code + {size // 2} ORDER BY map_code LIMIT 1)"
    first = f"(SELECT id {inside} ORDER BY map_code LIMIT 1)"
    query = (
        f"WITH RECURSIVE steps(code) AS (SELECT ({begin} >> {shift}) << {shift}"  # noqa: S608
        f" UNION ALL SELECT ({step} >> {shift}) << {shift} FROM steps WHERE code IS NOT NULL)"
        f" SELECT (SELECT COUNT(*) {inside}), COALESCE({middle}, {first}) FROM steps WHERE code IS NOT NULL"
    )
    if connection.vendor == "mysql":
        query = f"SET STATEMENT max_recursive_iterations = 1000000 FOR {query}"
    with connection.cursor() as cursor:
        cursor.execute(query, {"first": square.first, "last": square.last, "owner": owner})
        return [(int(count), int(pk)) for count, pk in cursor.fetchall()]


_TRUE = {"sqlite": "1", "mysql": "1", "postgresql": "TRUE"}


def in_transaction() -> bool:
    """Whether what is read now may yet be undone."""
    return bool(connection.in_atomic_block)


def close_connection() -> None:
    """Of a thread that ends."""
    connection.close()


def read_columns(rows: QuerySet[Any], *columns: Any) -> tuple[NDArray[np.int64], ...]:
    """Columns of numbers of all rows, each as one array in the same order; none of them may be null.

    The database writes each into one value: a million rows one by one take Python four times as long.
    """
    chosen = _Chosen.of(rows, *columns)
    if not chosen.sql:
        return tuple(np.empty(0, np.int64) for _ in columns)
    if connection.vendor == "postgresql":
        joined = chosen.joined(*(f"string_agg(int8send(({name})::int8), '')" for name in chosen.names))
        return tuple(np.frombuffer(found or b"", ">i8").astype(np.int64) for found in joined[0])
    parts = chosen.joined(*map(_listed, chosen.names)) or [("",) * len(columns)]
    read = [[_numbers_in(text or "") for text in part] for part in parts]
    return tuple(np.concatenate([np.empty(0, np.int64), *column]) for column in zip(*read, strict=True))


def read_in_order(rows: QuerySet[Any]) -> NDArray[np.int64]:
    """The ids of sorted rows."""
    chosen = rows.values_list("pk")
    if connection.vendor == "mysql":
        return np.fromiter((pk for (pk,) in chosen), np.int64)
    with connection.cursor() as cursor:
        sql, values = chosen.query.sql_with_params()
        cursor.execute(f"SELECT {_listed('pk')} FROM ({sql}) AS found", values)  # noqa: S608 - names of our own
        return _numbers_in(cursor.fetchone()[0] or "")


def read_texts(rows: QuerySet[Any], key: Any, text: Any) -> tuple[NDArray[np.int64], str]:
    """The numbers of all rows, and in the same order their texts, each with a line's end after it."""
    chosen = _Chosen.of(rows, key, text)
    number, line = chosen.names
    plain = f"replace({line}, {_LINE_END[connection.vendor]}, ' ')"
    lines = _listed(plain, _LINE_END[connection.vendor])
    parts = chosen.joined(_listed(number), lines, grouped=_GROUPED_TEXTS) if chosen.sql else []
    texts = "".join(f"{written}\n" for numbers, written in parts if numbers)
    return np.concatenate([np.empty(0, np.int64), *(_numbers_in(numbers or "") for numbers, _ in parts)]), texts


def read_groups(rows: QuerySet[Any], name: Any, key: Any) -> list[tuple[str, NDArray[np.int64]]]:
    """Each name in the order of the database, with the numbers of its rows."""
    chosen = _Chosen.of(rows, name, key)
    group, number = chosen.names
    parts = f", {number} DIV {_GROUPED}" if connection.vendor == "mysql" else ""
    rest = f"GROUP BY {group}{parts} ORDER BY {group}"
    found = chosen.joined(group, _listed(number), rest=rest) if chosen.sql else []
    return [
        (text, np.concatenate([_numbers_in(numbers) for _, numbers in some]))
        for text, some in groupby(found, key=itemgetter(0))
    ]


def newest_numbers() -> tuple[int, int, int]:
    """The first and the last number of a change that is kept, and the highest id of a photo; 0 for none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT MIN(id) FROM library_change), (SELECT MAX(id) FROM library_change),"
            " (SELECT MAX(id) FROM library_photo)"
        )
        first, last, photo = cursor.fetchone()
    return first or 0, last or 0, photo or 0


def commits_in_turn() -> bool:
    """Whether transactions end in the order in which they took their numbers: SQLite has one writer at a time."""
    return connection.vendor == "sqlite"


@dataclass(frozen=True, slots=True)
class Trigger:
    """After each INSERT, UPDATE or DELETE of a row of the table, a Change for each of the keys.

    `keys` are expressions over `NEW` and `OLD`; with `columns` only an update that changes one of them counts.
    """

    name: str
    table: str
    event: str
    keys: tuple[str, ...]
    columns: tuple[str, ...] = ()

    @property
    def statements(self) -> list[str]:
        keys = ", ".join(f"(COALESCE({key}, -1))" for key in self.keys)
        insert = f"INSERT INTO library_change (photo_key) VALUES {keys};"  # noqa: S608 - names of our own
        after = f"AFTER {self.event} ON {self.table} FOR EACH ROW"
        match connection.vendor:
            case "sqlite":
                when = self._when("OLD.{0} IS NOT NEW.{0}")
                return [f"CREATE TRIGGER {self.name} {after} {when} BEGIN {insert} END"]
            case "postgresql":
                function = f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$"
                when = self._when("OLD.{0} IS DISTINCT FROM NEW.{0}")
                return [
                    f"{function} BEGIN {insert} RETURN NULL; END $$",
                    f"CREATE TRIGGER {self.name} {after} {when} EXECUTE FUNCTION {self.name}()",
                ]
            case _:
                when = self._when("NOT (OLD.{0} <=> NEW.{0})").replace("WHEN", "IF")
                body = f"{when} THEN {insert} END IF" if when else insert.rstrip(";")
                return [f"CREATE TRIGGER {self.name} {after} {body}"]

    def _when(self, differs: str) -> str:
        names = map(connection.ops.quote_name, self.columns)
        return f"WHEN ({' OR '.join(map(differs.format, names))})" if self.columns else ""


def known_triggers(prefix: str) -> dict[str, str]:
    """The triggers whose names begin so, and their tables."""
    asked = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgenabled = 'O'",
    }.get(
        connection.vendor,
        "SELECT trigger_name, event_object_table FROM information_schema.triggers WHERE trigger_schema = DATABASE()",
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {name: table for name, table in cursor.fetchall() if name.startswith(prefix)}


_CHANGES: Final = "library_change"


def create_triggers(triggers: Iterable[Trigger]) -> bool:
    """Those whose tables exist: an app may be migrated before another has its own; whether there are any.

    Raises DatabaseError.
    """
    tables = set(connection.introspection.table_names())
    statements = [
        statement
        for trigger in (triggers if _CHANGES in tables else ())
        if trigger.table in tables
        for statement in trigger.statements
    ]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    return bool(statements)


def drop_triggers(known: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        for name, table in known.items():
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER {name} ON {table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")
            else:
                cursor.execute(f"DROP TRIGGER {name}")


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Columns of rows under names of their own; no `sql` where it is known that there are no rows."""

    sql: str
    values: Any
    names: tuple[str, ...]

    @classmethod
    def of(cls, rows: QuerySet[Any], *columns: Any) -> "_Chosen":
        names = tuple(f"read_{number}" for number, _ in enumerate(columns))
        chosen = rows.order_by().annotate(**dict(zip(names, columns, strict=True))).values_list(*names)
        try:
            sql, values = chosen.query.sql_with_params()
        except EmptyResultSet:
            return cls("", (), names)
        return cls(sql, values, names)

    def joined(self, *columns: str, rest: str = "", grouped: int = 0) -> list[tuple[Any, ...]]:
        """Aggregates over the rows; MariaDB gives them in parts, as its values have a length."""
        if connection.vendor == "mysql" and not rest:
            rest = f"GROUP BY {self.names[0]} DIV {grouped or _GROUPED}"
        with connection.cursor() as cursor:
            if connection.vendor == "mysql":
                cursor.execute("SET SESSION group_concat_max_len = %s", [_LONGEST])
            statement = f"SELECT {', '.join(columns)} FROM ({self.sql}) AS found {rest}"  # noqa: S608 - names of our own
            cursor.execute(statement, self.values)
            return list(cursor.fetchall())


_GROUPED: Final = 20_000  # rows in one of MariaDB's values
_GROUPED_TEXTS: Final = 1_000  # the same of texts, the longest of which take 16 KB
_LONGEST: Final = 16 * 1024 * 1024  # bytes of such a value, and of a packet
_LINE_END: Final = {"sqlite": "char(10)", "postgresql": "chr(10)", "mysql": "'\\n'"}


def _listed(column: str, separator: str = "','") -> str:
    """The aggregate that writes all values of a column into one text."""
    match connection.vendor:
        case "sqlite":
            return f"group_concat({column}, {separator})"
        case "postgresql":
            return f"string_agg(({column})::text, {separator})"
        case _:
            return f"GROUP_CONCAT({column} SEPARATOR {separator})"


def _numbers_in(text: str) -> NDArray[np.int64]:
    """The numbers or times of a list with commas."""
    if text[4:5] == "-" and text[10:11] == " ":
        return _microseconds_in(text)
    return np.fromstring(text, np.int64, sep=",")


def _microseconds_in(text: str) -> NDArray[np.int64]:
    """The times of a list such as "2024-05-30 12:00:00.000000,...", a column of digits at a time."""
    digits = np.frombuffer(f"{text},".encode(), np.uint8).reshape(-1, 27)[:, :26]

    def number(start: int, stop: int) -> NDArray[np.int64]:
        read = np.zeros(len(digits), np.int64)
        for place in range(start, stop):
            read = read * 10 + digits[:, place] - ord("0")
        return read

    months = (number(0, 4) - 1970) * 12 + number(5, 7) - 1
    days = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + number(8, 10) - 1
    seconds = ((days * 24 + number(11, 13)) * 60 + number(14, 16)) * 60 + number(17, 19)
    return seconds * 1_000_000 + number(20, 26)
