"""How quick suggestions come while somebody types, in a library of a million photos with a hundred thousand names.

python tests/bench/suggest_speed.py [--quick] [--database FILE] [--names N]

Labels, keywords and places are each filled up to N names. Every text is a request as the administrator's browser makes
it; its time is the least median of some rounds, as other work on the machine only ever adds to it. "first" is the first
time in a process. With --database the generated library is kept in FILE without these names, and used again if it is
there. The last line is one JSON object.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.big_library import FULL, OPTIONS, QUICK, make_site
from tests.bench.site import environment, manage

NAMES = 100_000
ROUNDS, RUNS = 5, 3

# Letter by letter, names of one word and of several, their later words, filters and their values, and nothing at all.
TEXTS = (
    *("", "2024 ", "a", "an", "ann", "anna", "s", "sm", "smi", "smith", "m", "mo", "mou", "mount"),
    *("c", "ca", "cat", "city", "city 7", "2024 city 7", "state 9", "new york wa", "wa", "water", "re", "2", "20"),
    *("label:", "label:c", "label:wa", "person:", "person:a", "city:", "city:wa", "country:", "country:i", "place:wa"),
    *("camera:", "camera:c", "color:r", "type:", "month:", "year:2", "taken:la", "-ann", "zzz"),
)

# Made of these, words begin as those of a language do: some beginnings are frequent, most are not.
_SYLLABLES = "wa ter sea mon berg vil ton ka lo mi ren to sa vel dor an bri cho stu ra pu li re"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} photos")
    parser.add_argument("--database", type=Path, help="keep the generated library in this file")
    parser.add_argument("--names", type=int, default=NAMES, help="labels, keywords and places, each")
    chosen = parser.parse_args()
    photos = QUICK if chosen.quick else FULL
    with tempfile.TemporaryDirectory(prefix="suggest-speed-") as name:
        site = make_site(Path(name) / "site", photos, chosen.database)
        manage(site, "migrate", "--verbosity", "0")
        python(site, f"from tests.bench.suggest_speed import fill_names; fill_names({chosen.names})")
        print(json.dumps(summary(measure_in(site), photos, chosen.names)))


def measure_in(site: Path) -> dict[str, dict[str, float]]:
    """Milliseconds of each text, measured in a process of its own."""
    times: dict[str, dict[str, float]] = json.loads(
        python(site, "from tests.bench.suggest_speed import measure; measure()").splitlines()[-1]
    )
    for text, found in times.items():
        print(f"{found['first']:8.1f} {found['usual']:8.1f} ms  {text!r}")
    return times


def summary(times: dict[str, dict[str, float]], photos: int, names: int) -> dict[str, Any]:
    usual = {text: found["usual"] for text, found in times.items()}
    worst = max(usual, key=usual.__getitem__)
    return {
        "p95_ms": statistics.quantiles(usual.values(), n=20)[-1],
        "worst_ms": usual[worst],
        "worst_text": worst,
        "worst_first_ms": max(found["first"] for found in times.values()),
        "photos": photos,
        "names": names,
    }


def measure() -> None:
    """Prints the times as JSON."""
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get(username="admin"))
    client.get("/api/v1/status")
    first = {text: _once(client, text) for text in TEXTS}
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        for text in TEXTS:
            median = statistics.median(_once(client, text) for _ in range(RUNS))
            best[text] = min(median, best.get(text, median))
    print(json.dumps({text: {"first": round(first[text], 1), "usual": round(best[text], 1)} for text in TEXTS}))


def fill_names(names: int) -> None:
    """Fills labels, keywords and places up to so many names, each of them on some photos."""
    from django.db import connection, transaction

    from library.models import Keyword, Label, Photo, PhotoKeyword, PhotoLabel
    from places.models import Place
    from tests.bench import generated_library as library

    photos = Photo.objects.count()
    syllables = _SYLLABLES.split()
    word, other = (
        " || ".join(library._pick(syllables, f"n * {first} / {second}") for first, second in pairs)
        for pairs in (((1, 1), (7, 23), (1, 529)), ((11, 3), (5, 41)))
    )
    name, slug = f"{word} || ' ' || {other} || n", f"{word} || '-' || {other} || n"
    labels, keywords, places = (max(0, names - model.objects.count()) for model in (Label, Keyword, Place))
    with transaction.atomic():
        columns = {
            "id": "1000 + n",
            "uid": "'l9' || printf('%014d', n)",
            "slug": slug,
            "custom_slug": slug,
            "name": name,
        }
        library._insert(Label, labels, {**columns, "photo_count": "3"})
        library._insert(PhotoLabel, 3 * labels, {"photo": f"1 + n * 7919 % {photos}", "label": "1001 + (n - 1) / 3"})
        library._insert(Keyword, keywords, {"id": "1000000 + n", "keyword": f"{word} || {other} || n"})
        library._insert(PhotoKeyword, keywords, {"photo": f"1 + n * 7919 % {photos}", "keyword": "1000000 + n"})
        columns = {"id": "'q' || n", "label": name, "city": name, "city_slug": slug, "photo_count": "1 + n % 9"}
        state = {"state": "'Region ' || (n % 2000)", "state_slug": "'region-' || (n % 2000)"}
        country = {"country": library._pick(library.COUNTRIES.split(), "n")}
        library._insert(Place, places, {**columns, **state, **country})
        with connection.cursor() as cursor:
            share = max(1, photos // max(1, places))
            moved = f"id % {share} = 0 AND id / {share} BETWEEN 1 AND {places}"
            cursor.execute(f"UPDATE library_photo SET place_id = 'q' || (id / {share}) WHERE {moved}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def python(site: Path, program: str) -> str:
    """Runs a program in a process of its own, with Django set up for that site; its output."""
    start = "import django; django.setup(); "
    more = {**OPTIONS, "DJANGO_SETTINGS_MODULE": "photoprism_site.settings", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", start + program]
    done = subprocess.run(command, env=environment(site, **more), check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def _once(client: Any, text: str) -> float:
    started = time.perf_counter()
    answer = client.get(f"/api/v1/search/suggest?{urlencode({'q': text})}")
    if answer.status_code != 200:
        raise SystemExit(f"{text!r} answered {answer.status_code}: {answer.content[:200]!r}")
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
