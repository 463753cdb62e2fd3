"""DATABASES from the options: SQLite, MariaDB/MySQL or PostgreSQL, and SQLite for the channel layer."""

from typing import Any

from photoprism_site.env import Options

# Write-ahead log; NORMAL can lose the last commits on power loss but never corrupts. FULL is not worth a disk
# flush per batch: an index run repeats what is missing.
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
    " PRAGMA mmap_size=134217728; PRAGMA cache_size=-16384; PRAGMA journal_size_limit=67108864;"
)
CHANNELS = "channels"


# The server's request threads are used again and again; each keeps its connection for a while.
KEPT = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def database_settings(options: Options) -> dict[str, Any]:
    """Django's DATABASES; with Redis the channel layer needs none of its own."""
    databases = {"default": {**_default(options), **KEPT}}
    if not options.redis_url:
        databases[CHANNELS] = _sqlite(str(options.storage_path / "channels.db"), options.database_timeout)
    return databases


class ChannelRouter:
    """Keeps the channel layer's tables in their own file, away from the library's writes."""

    app_label = "channels_lite"

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return CHANNELS if model._meta.app_label == self.app_label else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        if db == CHANNELS or app_label == self.app_label:
            return db == CHANNELS and app_label == self.app_label
        return None


def _default(options: Options) -> dict[str, Any]:
    if options.database_driver == "sqlite":
        name = options.database_name or str(options.storage_path / "index.db")
        return _sqlite(name, options.database_timeout)
    host, _, port = options.database_server.partition(":")
    server = {
        "NAME": options.database_name,
        "USER": options.database_user,
        "PASSWORD": options.database_password,
        "HOST": host,
        "PORT": port,
    }
    if options.database_driver == "postgres":
        return {"ENGINE": "django.db.backends.postgresql", **server}
    return {
        "ENGINE": "django.db.backends.mysql",
        **server,
        # The binary collation makes names compare as on the other databases: case matters.
        "OPTIONS": {"charset": "utf8mb4", "init_command": "SET sql_mode='STRICT_TRANS_TABLES'"},
        "TEST": {"CHARSET": "utf8mb4", "COLLATION": "utf8mb4_bin"},
    }


def _sqlite(name: str, timeout: int) -> dict[str, Any]:
    """IMMEDIATE: a transaction that reads and then writes waits its turn instead of failing at once."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {"timeout": timeout, "transaction_mode": "IMMEDIATE", "init_command": PRAGMAS},
    }
