"""How quick a fixed mix of 60 searches is, and what they cost in memory, on libraries of 10,000 to 1,000,000 photos.

python tests/bench/search_speed.py [--database sqlite|mariadb|postgres] [--photos N ...] [--keep FOLDER] [--quick]

Every search is a request as the administrator's browser makes it, from the view to the JSON. Each time is the least of
some rounds' medians, as other work on the machine only ever adds to it; "first" is the very first time a process
answers it after it has read ahead as it does when it starts. The last line is one JSON object, of the largest library.

With --keep the libraries are generated once into that folder and used again. PostgreSQL and MariaDB then keep databases
named photoprism_bench_N; where they are and who signs in say PHOTOPRISM_DATABASE_SERVER, _USER and _PASSWORD.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Thread
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.big_library import OPTIONS, make_site
from tests.bench.site import environment, manage

SIZES = (10_000, 100_000, 1_000_000)
QUICK_SIZES = (10_000, 30_000)
ROUNDS, RUNS = 3, 5
EXPLAINED = 3
SERVERS = {"postgres": ("127.0.0.1", "postgres"), "mariadb": ("127.0.0.1", "root")}
DRIVERS = {"sqlite": "sqlite", "postgres": "postgres", "mariadb": "mysql"}


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds of one search: the first time, and the least median."""

    name: str
    first: float
    usual: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=DRIVERS, default="sqlite")
    parser.add_argument("--photos", type=int, nargs="+", help=f"sizes of the libraries, {SIZES} if not given")
    parser.add_argument("--keep", type=Path, help="keep the generated libraries in this folder")
    parser.add_argument("--quick", action="store_true", help=f"libraries of {QUICK_SIZES} photos, one round")
    chosen = parser.parse_args()
    sizes = sorted(chosen.photos or (QUICK_SIZES if chosen.quick else SIZES))
    rounds = 1 if chosen.quick else ROUNDS
    tables: dict[int, dict[str, Any]] = {}
    for size in sizes:
        with site_of(chosen.database, size, chosen.keep) as (folder, options):
            tables[size] = run(folder, options, rounds)
    print_tables(tables)
    print_plans(tables[sizes[-1]])
    print(json.dumps(summary(tables[sizes[-1]], chosen.database, sizes[-1])))


@contextmanager
def site_of(database: str, photos: int, kept: Path | None) -> Iterator[tuple[Path, dict[str, str]]]:
    """A site with a library of that many photos, and the options that name its database."""
    with tempfile.TemporaryDirectory(prefix="search-speed-", dir=kept) as name:
        folder = Path(name) / "site"
        if database == "sqlite":
            yield make_site(folder, photos, _kept_file(kept, photos)), {}
            return
        options = _server_options(database, f"{photos}" if kept else f"{photos}_{os.getpid()}")
        is_new = _create_database(options)
        try:
            folder.mkdir()
            manage(folder, "migrate", "--verbosity", "0", **options)
            if is_new or not kept:
                _copy_from_sqlite(Path(name), photos, kept, folder, options)
            yield folder, options
        finally:
            if not kept:
                _drop_database(options)


def run(folder: Path, options: dict[str, str], rounds: int) -> dict[str, Any]:
    """The figures of one library, measured in a process of its own."""
    if not options:
        manage(folder, "migrate", "--verbosity", "0")
    started = time.perf_counter()
    figures: dict[str, Any] = json.loads(
        _python(folder, options, f"from tests.bench.search_speed import measure; measure({rounds})").splitlines()[-1]
    )
    print(f"{figures['photos']:,} photos measured in {time.perf_counter() - started:.0f} s", flush=True)
    return figures


def measure(rounds: int) -> None:
    """Prints the times, the memory of this process and the plans of the slowest as JSON."""
    from django.contrib.auth.models import User
    from django.test import Client

    from library.models import Photo
    from library.search.warming import warm_up
    from tests.bench.search_mix import SEARCHES

    # What is streamed is meant for another kind of server.
    warnings.simplefilter("ignore")
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.force_login(User.objects.get(username="admin"))
    client.get("/api/v1/status")
    before = _memory()
    # As the server does when it starts, beside its first requests.
    started = time.perf_counter()
    warming = Thread(target=warm_up)
    warming.start()
    warming.join()
    warm_ms = (time.perf_counter() - started) * 1000
    addresses, first, best = {}, {}, {}
    for search in SEARCHES:
        total = _total(client, search.query) if search.skip else 0
        address = _address(search, client, total)
        addresses[search.name], first[search.name] = address, _once(client, address)
    for _ in range(rounds):
        for name, address in addresses.items():
            median = statistics.median(_once(client, address) for _ in range(RUNS))
            best[name] = min(median, best.get(name, median))
    slowest = sorted(best, key=best.__getitem__, reverse=True)[:EXPLAINED]
    print(
        json.dumps(
            {
                "photos": Photo.objects.count(),
                "warm_ms": round(warm_ms),
                "times": [asdict(Timed(name, round(first[name], 1), round(best[name], 1))) for name in addresses],
                "memory": {"before_mb": before["VmRSS"], "after_mb": _memory()["VmRSS"], "peak_mb": _memory()["VmHWM"]},
                "plans": {name: _plans(client, addresses[name]) for name in slowest},
            }
        )
    )


def print_tables(tables: dict[int, dict[str, Any]]) -> None:
    """Milliseconds of each search: at every size, and the first time in the largest library."""
    sizes = list(tables)
    rows = {size: {row["name"]: row for row in tables[size]["times"]} for size in sizes}
    print(" ".join(f"{size:>9,}" for size in sizes), "    first  ms", sep="")
    for name, last in rows[sizes[-1]].items():
        print(" ".join(f"{rows[size][name]['usual']:9.1f}" for size in sizes), f"{last['first']:9.1f}  {name}")
    for size in sizes:
        found = summary(tables[size], "", size)
        print(f"{size:>9,} photos: p95 {found['p95_ms']} ms, worst {found['worst_ms']} ms, {tables[size]['memory']}")


def print_plans(figures: dict[str, Any]) -> None:
    """How the database goes about the slowest searches."""
    for name, statements in figures["plans"].items():
        print(f"\n{name}")
        for statement in statements:
            print(f"  {statement['ms']:.1f} ms  {statement['sql']}")
            for line in statement["plan"]:
                print(f"      {line}")
    print()


def summary(figures: dict[str, Any], database: str, size: int) -> dict[str, Any]:
    usual = sorted((row["usual"], row["name"]) for row in figures["times"])
    times = [milliseconds for milliseconds, _ in usual]
    worst, name = usual[-1]
    return {
        "p95_ms": round(statistics.quantiles(times, n=20, method="inclusive")[-1], 1),
        "median_ms": round(statistics.median(times), 1),
        "worst_ms": worst,
        "worst_query": name,
        "worst_first_ms": max(row["first"] for row in figures["times"]),
        "warm_ms": figures["warm_ms"],
        "searches": len(times),
        "memory_mb": figures["memory"]["after_mb"],
        "photos": size,
        "database": database,
    }


def _once(client: Any, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)
    if answer.streaming:
        list(answer)
    milliseconds = (time.perf_counter() - started) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}: {answer.content[:200]!r}")
    return milliseconds


def _address(search: Any, client: Any, total: int) -> str:
    from tests.bench.search_mix import address_of

    return address_of(search, client, total)


def _total(client: Any, query: str) -> int:
    from django.contrib.auth.models import User

    from library.search.buckets import bucket_list
    from sharing.accounts import account_of
    from sharing.grants import grant_for_account

    return bucket_list(query, grant_for_account(account_of(User.objects.get(username="admin")))).total


def _plans(client: Any, address: str) -> list[dict[str, Any]]:
    """The statements behind an address that take a fifth of its time or more, with their plans."""
    from django.db import connection

    asked: list[tuple[str, Any, float]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        result = execute(sql, params, many, context)
        asked.append((sql, params, (time.perf_counter() - started) * 1000))
        return result

    with connection.execute_wrapper(listen):
        least = _once(client, address) / 5
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    plans = []
    for sql, params, milliseconds in asked:
        if milliseconds < least or not sql.startswith("SELECT"):
            continue
        with connection.cursor() as cursor:
            cursor.execute(explain + sql, params)
            plan = [" ".join(str(part) for part in row)[:200] for row in cursor.fetchall()]
        plans.append({"sql": sql[:600], "ms": round(milliseconds, 1), "plan": plan})
    return plans


def _memory() -> dict[str, int]:
    """MB of this process, now (VmRSS) and at most (VmHWM)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return {line.split(":")[0]: int(line.split()[1]) // 1024 for line in lines if line.startswith(("VmRSS", "VmHWM"))}


def _kept_file(kept: Path | None, photos: int) -> Path | None:
    return kept / f"{photos}.db" if kept else None


def _server_options(database: str, name: str) -> dict[str, str]:
    server, user = SERVERS[database]
    return {
        "PHOTOPRISM_DATABASE_DRIVER": DRIVERS[database],
        "PHOTOPRISM_DATABASE_SERVER": os.environ.get("PHOTOPRISM_DATABASE_SERVER", server),
        "PHOTOPRISM_DATABASE_USER": os.environ.get("PHOTOPRISM_DATABASE_USER", user),
        "PHOTOPRISM_DATABASE_PASSWORD": os.environ.get("PHOTOPRISM_DATABASE_PASSWORD", ""),
        "PHOTOPRISM_DATABASE_NAME": f"photoprism_bench_{name}",
    }


def _create_database(options: dict[str, str]) -> bool:
    """Whether it had to be created."""
    name = options["PHOTOPRISM_DATABASE_NAME"]
    with _server_cursor(options) as cursor:
        if options["PHOTOPRISM_DATABASE_DRIVER"] == "mysql":
            return bool(cursor.execute(f"CREATE DATABASE IF NOT EXISTS {name} CHARACTER SET utf8mb4"))
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return False
        cursor.execute(f"CREATE DATABASE {name}")
        return True


def _drop_database(options: dict[str, str]) -> None:
    with _server_cursor(options) as cursor:
        cursor.execute(f"DROP DATABASE {options['PHOTOPRISM_DATABASE_NAME']}")


@contextmanager
def _server_cursor(options: dict[str, str]) -> Iterator[Any]:
    host, _, port = options["PHOTOPRISM_DATABASE_SERVER"].partition(":")
    user, password = options["PHOTOPRISM_DATABASE_USER"], options["PHOTOPRISM_DATABASE_PASSWORD"]
    if options["PHOTOPRISM_DATABASE_DRIVER"] == "mysql":
        import MySQLdb

        server = MySQLdb.connect(host=host, port=int(port or 3306), user=user, password=password)
    else:
        import psycopg

        server = psycopg.connect(host=host, port=port or None, user=user, password=password, autocommit=True)
    try:
        yield server.cursor()
    finally:
        server.close()


def _copy_from_sqlite(work: Path, photos: int, kept: Path | None, folder: Path, options: dict[str, str]) -> None:
    generated = make_site(work / "generated", photos, _kept_file(kept, photos))
    manage(generated, "migrate", "--verbosity", "0")
    file = generated / "storage" / "index.db"
    started = time.perf_counter()
    _python(folder, options, f"from tests.bench.copied_library import copy_library; copy_library({str(file)!r})")
    print(f"{photos:,} photos copied in {time.perf_counter() - started:.0f} s", flush=True)
    shutil.rmtree(generated)


def _python(folder: Path, options: dict[str, str], program: str) -> str:
    """Runs a program in a process of its own, with Django set up for that site; its output."""
    start = "import django; django.setup(); "
    more = {**OPTIONS, **options, "DJANGO_SETTINGS_MODULE": "photoprism_site.settings", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", start + program]
    done = subprocess.run(command, env=environment(folder, **more), check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


if __name__ == "__main__":
    main()
