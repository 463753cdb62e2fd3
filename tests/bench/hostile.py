"""What an index run over one folder with every class of hostile file costs, and whether it keeps to its rules.

python tests/bench/hostile.py [--quick] [--keep FOLDER]

The files are those of the tests of each class: damage, lies, bombs, two things at once, programs, playlists,
sidecars, names, links, pipes, devices, sparse files, rules of strangers, with a canary that they ask to be fetched,
read or run; `--quick` leaves out names and the damaged versions of every format. The rules: the run ends by itself,
each regular file is shown or has a reason, no original changes, the canary lives, and a second run tries nothing
again. What is broken is printed, and then the program ends with 1. The last line is one JSON object.
"""

import argparse
import json
import os
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.site import ROOT, Cost, environment, measured, migrate

if TYPE_CHECKING:
    from tests.canary import Canary

MEMORY_MB = 768  # PHOTOPRISM_INDEX_MEMORY
SECONDS = 20  # PHOTOPRISM_INDEX_TIMEOUT for each file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--keep", type=Path, help="make the site in this folder and leave it there")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        folder = chosen.keep or Path(name)
        options = {"PHOTOPRISM_INDEX_MEMORY": str(MEMORY_MB), "PHOTOPRISM_INDEX_TIMEOUT": str(SECONDS)}
        env = environment(folder, **options)
        os.environ.update({name: value for name, value in env.items() if name.startswith("PHOTOPRISM_")})
        os.environ["DJANGO_SETTINGS_MODULE"] = "photoprism_site.settings"
        migrate(folder)
        figures, broken = run(folder, env, is_quick=chosen.quick)
    for sentence in broken:
        print(f"Broken: {sentence}")
    print(json.dumps({**figures, "broken": len(broken)}))
    sys.exit(1 if broken else 0)


def run(folder: Path, env: dict[str, str], *, is_quick: bool) -> tuple[dict[str, Any], list[str]]:
    """The figures, and a sentence for each rule that was broken."""
    import django

    django.setup()
    from tests.canary import canary
    from tests.test_indexing.hostile import digests

    with canary() as bird:
        write(folder / "originals", bird, is_quick=is_quick)
        before = digests(folder / "originals")
        # What made the files looked at the canary itself.
        bird.harm()
        command = [sys.executable, str(ROOT / "manage.py"), "index", "--workers", "2"]
        started = time.perf_counter()
        cost = measured(command, env)
        seconds = time.perf_counter() - started
        told = _told(folder)
        again = measured(command, env)
        broken = [*_lost(folder, before), *bird.harm()]
    broken += [f"{name!a} changed." for name, digest in digests(folder / "originals").items() if before[name] != digest]
    if _told(folder) != told:
        broken.append("The second run tells something else.")
    return _figures(folder, before, cost, seconds, again), broken


def write(originals: Path, bird: "Canary", *, is_quick: bool) -> None:
    """The files of every class, each class in a folder of its own."""
    from tests.test_indexing import (
        test_hostile_bombs,
        test_hostile_formats,
        test_hostile_kinds,
        test_hostile_names,
        test_hostile_places,
        test_hostile_sidecars,
    )

    modules = [test_hostile_bombs, test_hostile_kinds, test_hostile_places, test_hostile_sidecars]
    modules += [] if is_quick else [test_hostile_names, test_hostile_formats]
    for module in modules:
        for name, case in sorted(vars(module).items()):
            if name.endswith("Test") and hasattr(case, "test_the_run_comes_to_its_end"):
                case.originals, case.bird = originals / name, bird
                case.originals.mkdir()
                case.write_hostile()


def _lost(folder: Path, before: dict[str, str]) -> list[str]:
    from library.media.ignore import is_hidden
    from tests.test_indexing.hostile import told_of

    shown = {name for (name,) in _rows(folder, "SELECT name FROM library_file WHERE photo_id IS NOT NULL")}
    shown |= {name for (name,) in _rows(folder, "SELECT name FROM library_duplicate")}
    told = {name for _, name, *_ in _told(folder)}
    return [
        f"{name!a} is lost."
        for name in before
        if not any(map(is_hidden, PurePosixPath(name).parts)) and name not in shown and not told_of(name) & told
    ]


def _figures(folder: Path, before: dict[str, str], cost: Cost, seconds: float, again: Cost) -> dict[str, Any]:
    shown = _rows(folder, "SELECT name FROM library_file WHERE is_primary AND photo_id IS NOT NULL")
    told, by_class = _told(folder), Counter(name.partition("/")[0] for name in before)
    counts = [
        Counter(name.partition("/")[0] for name in names) for names in ([n for (n,) in shown], [r[1] for r in told])
    ]
    print("files shown  told  class")
    for name, count in sorted(by_class.items()):
        print(f"{count:5} {counts[0][name]:5} {counts[1][name]:5}  {name}")
    return {
        "files": len(before),
        "shown": len(shown),
        "told": len(told),
        "crashes": sum("crashed" in reason for *_, reason in told),
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cost.cpu, 1),
        "again_seconds": round(again.wall, 1),
        "worst_peak_mb": round(cost.peak_mb),
    }


def _told(folder: Path) -> list[tuple[Any, ...]]:
    return _rows(folder, "SELECT id, name, level, reason FROM library_errorlog ORDER BY id")


def _rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "storage" / "index.db")) as database:
        return database.execute(sql).fetchall()


if __name__ == "__main__":
    main()
