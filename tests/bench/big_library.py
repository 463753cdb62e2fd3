"""How quick a library of a million photos is to browse, to search, and to add to.

python tests/bench/big_library.py [--quick] [--database FILE] [--queries]

The rows are generated. Indexing 100 new files is measured beside the same in a library of a hundredth of the size.
With --database the generated library is kept in FILE, and used again if it is there. The last line is one JSON object.
"""

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.site import environment, migrate

FULL, QUICK = 1_000_000, 100_000
SMALL = 10_000
NEW_FILES = 100
RUNS = 5
INDEX_RUNS = 4
OPTIONS = {"PHOTOPRISM_WORKERS": "1", "PHOTOPRISM_ADMIN_PASSWORD": "a-good-passphrase"}

COUNTED = "timeline of a search"

# What is measured beside the timeline; the words are those of generated_library.
SEARCHES = (
    "label:cat",
    "label:word250",
    "mountain",
    "word999",
    "2019 italy",
    "country:it year:2019",
    'city:"City 77"',
    "type:video",
    "iso:>3200 color:red",
    "camera:canon-eos-5",
    "taken:2019-05",
    "path:2019/0015",
    "favorite:yes",
    "-label:cat",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} photos")
    parser.add_argument("--database", type=Path, help="keep the generated library in this file")
    parser.add_argument("--queries", action="store_true", help="do not index")
    chosen = parser.parse_args()
    photos = QUICK if chosen.quick else FULL
    with tempfile.TemporaryDirectory(prefix="big-library-") as name:
        print(json.dumps(run(Path(name), photos, chosen.database, indexing=not chosen.queries)))


def run(folder: Path, photos: int, kept: Path | None, *, indexing: bool) -> dict[str, Any]:
    """The figures of a library of that many photos."""
    big = make_site(folder / "big", photos, kept)
    times = json.loads(python(big, "from tests.bench.big_library import measure; measure()").splitlines()[-1])
    for name, milliseconds in times.items():
        print(f"{milliseconds:8.1f} ms  {name}")
    # To count each day of what a search finds, all of it has to be read: this grows with what is found.
    apart = {name: value for name, value in times.items() if name.startswith(COUNTED)}
    asked = {name: value for name, value in times.items() if name not in apart}
    worst, slowest = max(asked, key=asked.__getitem__), max(apart, key=apart.__getitem__)
    result: dict[str, Any] = {
        "worst_query_ms": times[worst],
        "worst_query": worst,
        "worst_search_timeline_ms": times[slowest],
        "worst_search_timeline": slowest,
        "photos": photos,
    }
    return result | (compare_indexing(folder, big, photos) if indexing else {})


def compare_indexing(folder: Path, big: Path, photos: int) -> dict[str, Any]:
    """100 new files in the small and in the large library, in turns; the best of each counts."""
    small = make_site(folder / "small", SMALL, None)
    best: dict[Path, float] = {}
    for number in range(INDEX_RUNS if photos == FULL else 2):
        for site in (small, big):
            seconds = time_indexing(site, number)
            best[site] = min(seconds, best.get(site, seconds))
            print(f"{seconds:8.2f} s   {NEW_FILES} new files, library of {photos if site == big else SMALL:,}")
    return {"index_ratio_1m_to_10k": round(best[big] / best[small], 2)}


def make_site(folder: Path, photos: int, kept: Path | None) -> Path:
    """A site with a generated library."""
    folder.mkdir()
    if kept and kept.exists():
        environment(folder)
        shutil.copy(kept, folder / "storage" / "index.db")
        return folder
    migrate(folder)
    started = time.perf_counter()
    python(folder, f"from tests.bench.generated_library import make; make({photos})")
    print(f"{photos:,} photos generated in {time.perf_counter() - started:.0f} s")
    if kept:
        shutil.copy(folder / "storage" / "index.db", kept)
    return folder


def python(folder: Path, program: str) -> str:
    """Runs a program in a process of its own, with Django set up for that site; its output."""
    start = "import django; django.setup(); "
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    more = {**OPTIONS, "DJANGO_SETTINGS_MODULE": "photoprism_site.settings", "PYTHONPATH": path}
    command = [sys.executable, "-c", start + program]
    done = subprocess.run(command, env=environment(folder, **more), check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def measure() -> None:
    """Prints the median milliseconds of each request, as the administrator's browser makes it."""
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(headers={"Accept-Encoding": "gzip"})
    client.force_login(User.objects.get(username="admin"))
    buckets = json.loads(gzip.decompress(client.get("/api/v1/timeline/buckets").content))["buckets"]
    keys = [key for key, _ in buckets]
    fullest = max(buckets, key=lambda bucket: bucket[1])[0]
    urls = {
        "timeline: list of buckets": "/api/v1/timeline/buckets",
        "timeline: first bucket": f"/api/v1/timeline/bucket/{keys[0]}",
        "timeline: fullest bucket": f"/api/v1/timeline/bucket/{fullest}",
        "timeline: last bucket": f"/api/v1/timeline/bucket/{keys[-1]}",
        "API: first page": "/api/v1/photos?count=120",
        "API: page in the middle": "/api/v1/photos?count=120&offset=50000",
        **{f"view: {view}": f"/api/v1/timeline/buckets?view={view}" for view in ("favorites", "videos", "review")},
        **{f"search: {query}": f"/api/v1/photos?count=60&order=timeline&q={query}" for query in SEARCHES},
        **{f"{COUNTED}: {query}": f"/api/v1/timeline/buckets?q={query}" for query in SEARCHES},
    }
    print(json.dumps({name: round(_timed(client, url), 1) for name, url in urls.items()}))


def time_indexing(site: Path, number: int) -> float:
    """Seconds in which a run indexes new files in a folder of their own."""
    folder = site / "originals" / f"new-{number}"
    folder.mkdir(parents=True)
    _make_pictures(folder, number)
    seconds: float = json.loads(
        python(site, f"from tests.bench.big_library import index_new; index_new('{folder.name}')")
    )
    return seconds


def index_new(path: str) -> None:
    """Prints how long the run took."""
    from library.indexing.runner import IndexOptions
    from library.jobs import index_in_job
    from library.models import Job

    started = time.perf_counter()
    result = index_in_job(Job.objects.create(kind="index"), IndexOptions(path=path))
    if result.added != NEW_FILES:
        raise SystemExit(f"{result.added} files were added instead of {NEW_FILES}: {result}")
    print(time.perf_counter() - started)


def _timed(client: Any, url: str) -> float:
    def once() -> float:
        started = time.perf_counter()
        answer = client.get(url)
        if answer.status_code != 200:
            raise SystemExit(f"{url} answered {answer.status_code}: {answer.content[:200]!r}")
        return (time.perf_counter() - started) * 1000

    once()
    return statistics.median(once() for _ in range(RUNS))


def _make_pictures(folder: Path, seed: int) -> None:
    """Small JPEGs, each another: what is measured is the database, not the decoder."""
    import numpy as np
    import pyvips

    random = np.random.default_rng(seed)
    for number in range(NEW_FILES):
        pixels = random.integers(0, 255, (12, 16, 3), dtype=np.uint8)
        picture = pyvips.Image.new_from_array(pixels).resize(20)
        picture.write_to_file(str(folder / f"IMG_{seed}{number:04}.jpg"))


if __name__ == "__main__":
    main()
