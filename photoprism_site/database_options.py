"""Pure: the database options, from their parts or from one DSN."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from photoprism_site.option_rules import WrongOption, absolute


def with_database(values: dict[str, Any]) -> dict[str, Any]:
    """The values with the parts of the DSN in their places, and what a server is usually called."""
    if values["database_dsn"]:
        values = {**values, **_read_dsn(values["database_dsn"], values["database_driver"])}
    if values["database_driver"] == "sqlite":
        name = values["database_name"]
        return {**values, "database_name": str(absolute(values["storage_path"], Path(name))) if name else ""}
    usual = {"database_server": "localhost", "database_name": "photoprism", "database_user": "photoprism"}
    return {**values, **{key: text for key, text in usual.items() if not values[key]}}


def _read_dsn(dsn: str, driver: str) -> dict[str, str]:
    """The parts of a URL, of Go's `user:password@tcp(host)/name?...`, or of a SQLite file name."""
    if "://" in dsn:
        return _read_database_url(dsn)
    if driver == "sqlite" and _names_a_server(dsn):
        driver = "mysql"
    if driver == "sqlite":
        return {"database_name": dsn.removeprefix("file:").partition("?")[0]}
    found = re.fullmatch(r"([^:@/]*)(?::(.*))?@(?:tcp|unix)?\(?([^()/]*)\)?/([^?]*)(?:\?.*)?", dsn)
    if not found:
        raise _wrong_dsn(dsn)
    user, password, server, name = (part or "" for part in found.groups())
    return {
        "database_driver": driver,
        "database_server": server,
        "database_name": name,
        "database_user": user,
        "database_password": password,
    }


def _names_a_server(dsn: str) -> bool:
    """No file is meant by what only MySQL's drivers write, even if nobody said which database it is."""
    return re.search(r"@(?:tcp|unix)\(", dsn) is not None


def _read_database_url(dsn: str) -> dict[str, str]:
    drivers = {
        "postgres": "postgres",
        "postgresql": "postgres",
        "mysql": "mysql",
        "mariadb": "mysql",
        "sqlite": "sqlite",
    }
    try:
        parts = urlsplit(dsn)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise _wrong_dsn(dsn) from None
    if parts.scheme not in drivers:
        raise _wrong_dsn(dsn)
    return {
        "database_driver": drivers[parts.scheme],
        "database_server": (parts.hostname or "") + port,
        "database_name": unquote(parts.path.removeprefix("/")),
        "database_user": unquote(parts.username or ""),
        "database_password": unquote(parts.password or ""),
    }


def _wrong_dsn(dsn: str) -> WrongOption:
    allowed = "like postgres://user:password@host:5432/name or user:password@tcp(host:3306)/name"
    return WrongOption("PHOTOPRISM_DATABASE_DSN", dsn, allowed, is_secret=True)
