"""`manage.py prepare`: folders, tables, first administrator and static files, before anything listens."""

import errno
import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.models import Session
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from redis import Redis, RedisError

from library.jobs import close_stalled
from library.search.watching import watch
from photoprism_site import __version__
from sharing.accounts import AccountProblem
from sharing.credentials import credentials_path
from sharing.first_admin import ensure_admin
from sharing.uploading import resume_uploads

_STORAGE_MARKER: Final = ".ppstorage"
_LOCK: Final = "prepare.lock"
_STATIC_STAMP: Final = "static.stamp"
_TEMP_SECONDS: Final = 24 * 60 * 60  # longer than any request takes


class Command(BaseCommand):
    help = "Prepares folders, tables, the first administrator and static files; does nothing where nothing is to do."
    # What it prepares is what the checks look for.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with _alone():
                self._prepare()
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used: {_first_line(error)}") from None
        except RedisError as error:
            raise CommandError(f"Redis cannot be used: {_first_line(error)}") from None
        except AccountProblem as problem:
            raise CommandError(f"The administrator cannot be made: {problem}") from None
        except OSError as error:
            raise CommandError(_sentence(error)) from None

    def _prepare(self) -> None:
        make_folders()
        ask_redis()
        guard_databases()
        for alias in migrate_databases():
            self.stdout.write(f"Tables made or brought up to date ({alias}).")
        if make_admin():
            self.stdout.write(f"Administrator “{settings.OPTIONS.admin_user}” made.")
        if stalled := close_stalled():
            self.stdout.write(f"Jobs closed whose process is gone: {stalled}.")
        clear_temp()
        if resumed := resume_uploads():
            self.stdout.write(f"Uploads that go on: {resumed}.")
        Session.objects.filter(expire_date__lt=timezone.now()).delete()
        if collect_static():
            self.stdout.write("Static files collected.")


def make_folders() -> None:
    """The folders of the options, the originals' too if they are not there; others may not look into the storage."""
    options = settings.OPTIONS
    options.storage_path.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in (options.sidecar_path, options.backup_path, options.temp_path):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    # nginx, which sends thumbs as an account of its own, has to look into the cache.
    options.cache_path.mkdir(mode=0o755 if options.accel_redirect else 0o700, parents=True, exist_ok=True)
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if not options.readonly:
        for path in (options.originals_path, options.import_path):
            path.mkdir(parents=True, exist_ok=True)
    # Says to any scan that nothing here is an original.
    (options.storage_path / _STORAGE_MARKER).touch()


def clear_temp() -> None:
    """Removes bodies of requests that a server which was killed has left."""
    long_ago = timezone.now().timestamp() - _TEMP_SECONDS
    for path in settings.OPTIONS.temp_path.iterdir():
        if path.is_file() and path.stat().st_mtime < long_ago:
            path.unlink(missing_ok=True)


def ask_redis() -> None:
    """Raises RedisError if there is to be one and it does not answer."""
    if settings.OPTIONS.redis_url:
        with Redis.from_url(settings.OPTIONS.redis_url, socket_connect_timeout=5) as redis:
            redis.ping()


def guard_databases() -> None:
    """SQLite's files hold sessions and tokens: for this system account alone, whoever made the storage folder."""
    for database in settings.DATABASES.values():
        if not database["ENGINE"].endswith("sqlite3"):
            continue
        # SQLite gives its journals the mode of the file.
        for path in (Path(database["NAME"] + ending) for ending in ("", "-wal", "-shm")):
            if not path.name.endswith(("-wal", "-shm")):
                path.touch(mode=0o600)
            with suppress(FileNotFoundError, PermissionError):
                path.chmod(0o600)


def migrate_databases() -> list[str]:
    """Runs what is missing of the migrations; the names of the databases that lacked any."""
    changed = []
    for alias in connections:
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            _use_binary_collation(alias)
            call_command("migrate", database=alias, verbosity=0, interactive=False)
            changed.append(alias)
    watch()
    return changed


def make_admin() -> bool:
    options = settings.OPTIONS
    return ensure_admin(
        name=options.admin_user,
        password=options.admin_password,
        url=options.base_url,
        credentials=credentials_path(),
    )


def collect_static() -> bool:
    """Collects the static files if any is new, gone or changed since the last time."""
    stamp = settings.STORAGE_PATH / _STATIC_STAMP
    wanted = _static_state()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    # Old names stay: pages that are open still ask for them.
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(wanted)
    return True


@contextmanager
def _alone() -> Iterator[None]:
    """Several processes may start at once; one prepares and the others wait."""
    settings.STORAGE_PATH.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings.STORAGE_PATH / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _use_binary_collation(alias: str) -> None:
    """On MySQL names differ by case as on the other databases; it has to be said before the first table is made."""
    connection = connections[alias]
    if connection.vendor != "mysql" or connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
        cursor.execute(f"ALTER DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")


def _static_state() -> str:
    digest = hashlib.sha256(f"{__version__} {settings.STATIC_ROOT}".encode())
    for path, storage in (found for finder in get_finders() for found in finder.list([])):
        facts = Path(storage.path(path)).stat()
        digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _sentence(error: OSError) -> str:
    name = error.filename or settings.STORAGE_PATH
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full: {name} cannot be written."
    return f"{name} cannot be used: {error.strerror or error}."


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
