"""How quick the map of a million photos is: the server's answers, their sizes, and long tasks in Chromium.

python tests/bench/map.py [--quick]

The browser's floor is the same map moved in the same way without photos on it: drawing it without a graphics card
holds up the page by itself. `country_score` is the share of the coordinates in tests/test_places whose country is
right. The last line is one JSON object.
"""

import argparse
import csv
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import Page, sync_playwright

from tests.bench.site import ROOT, environment, manage
from tests.test_browser.chromium import CHROMIUM, FLAGS, sign_in
from tests.test_site.uvicorn_process import uvicorn

ROWS, QUICK_ROWS = 1_000_000, 301_000  # more than a browser clusters by itself
RUNS = 7
HUBS = 60
MOVES, QUICK_MOVES = 6, 1
WINDOW = {"width": 1440, "height": 900}
PASSWORD = "a-long-and-good-passphrase"
OPTIONS = {"PHOTOPRISM_ADMIN_PASSWORD": PASSWORD, "PHOTOPRISM_WORKERS": "1"}
# West, south, east, north and zoom.
VIEWS = {"world": ("-180,-85,180,85", 1), "country": ("5,43,17,49", 5), "city": ("8.9,45.3,9.5,45.7", 10)}

LONG_TASKS = """async ([moves]) => {
  const tasks = [];
  const note = (list) => tasks.push(...list.getEntries().map(({ duration }) => duration));
  new PerformanceObserver(note).observe({ type: 'longtask' });
  const canvas = document.querySelector('.map-canvas canvas');
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  for (let move = 0; move < moves; move += 1) {
    document.querySelector(`[data-map=${move % 2 ? 'out' : 'in'}]`).click();
    await wait(700);
    const at = (x) => ({ clientX: left + x, clientY: top + height / 2, bubbles: true, buttons: 1, button: 0 });
    canvas.dispatchEvent(new MouseEvent('mousedown', at(width / 2)));
    for (let x = 0; x < 200; x += 10) {
      document.dispatchEvent(new MouseEvent('mousemove', at(width / 2 - x)));
      await wait(16);
    }
    document.dispatchEvent(new MouseEvent('mouseup', at(width / 2 - 200)));
    await wait(700);
  }
  return tasks;
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROWS:,} photos instead of {ROWS:,}")
    is_quick = parser.parse_args().quick
    rows, moves = (QUICK_ROWS, QUICK_MOVES) if is_quick else (ROWS, MOVES)
    folder = Path(tempfile.mkdtemp(prefix="map-"))
    try:
        make_library(folder, rows)
        figures = {"photos": rows, **measure(folder, moves), "country_score": country_score()}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(figures))


def make_library(folder: Path, rows: int) -> None:
    started = time.monotonic()
    environment(folder)
    manage(folder, "prepare", **OPTIONS)
    fill = f"from tests.bench.map import fill_library; fill_library({rows})"
    manage(folder, "shell", "--no-imports", "--command", fill, **OPTIONS)
    print(f"{rows:,} photos made in {time.monotonic() - started:.0f} s")


def fill_library(rows: int) -> None:
    """Runs inside of the site: photos around some sixty places, most of them around a few."""
    import numpy as np
    from django.db import connection

    from places.mapgrid import code_of
    from tests.bench.generated_library import fill_pictures

    random = np.random.default_rng(1)
    share = random.pareto(1.1, HUBS) + 0.05
    middle = np.column_stack([random.uniform(-50, 65, HUBS), random.uniform(-175, 175, HUBS)])
    middle[0] = (45.46, 9.19)
    share[0] = share.max() * 2
    hub = random.choice(HUBS, rows, p=share / share.sum())
    at = middle[hub] + random.normal(0, 1, (rows, 2)) * random.choice([0.01, 0.08, 1.0], (rows, 1))
    spots = ((pk, lat, lng, code_of(lat, lng)) for pk, (lat, lng) in enumerate(at.tolist(), start=1))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE spot (id INTEGER PRIMARY KEY, lat REAL, lng REAL, map_code INTEGER)")
        cursor.executemany("INSERT INTO spot VALUES (%s, %s, %s, %s)", spots)
    columns = {name: f"(SELECT spot.{name} FROM spot WHERE spot.id = n)" for name in ("lat", "lng", "map_code")}
    fill_pictures(rows, columns)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(folder: Path, moves: int) -> dict[str, Any]:
    with (
        uvicorn("photoprism_site.asgi:application", environment(folder, **OPTIONS)) as server,
        sync_playwright() as player,
    ):
        url = f"http://127.0.0.1:{server.port}"
        cookies = sign_in(url, "admin", PASSWORD)
        told = ask_server(url, {cookie["name"]: cookie["value"] for cookie in cookies})
        browser = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(base_url=url, viewport=WINDOW)  # type: ignore[arg-type]
        context.add_cookies(cookies)  # type: ignore[arg-type]
        told |= in_browser(context.new_page(), moves)
        browser.close()
        return told


def ask_server(url: str, cookies: dict[str, str]) -> dict[str, Any]:
    """Median times in ms and sizes in KB, as sent."""
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "Accept-Encoding": "gzip"}

    def get(path: str) -> bytes:
        with urlopen(Request(url + path, headers=headers), timeout=60) as answer:  # noqa: S310 - our own server
            content: bytes = answer.read()
            return content

    told: dict[str, Any] = {}
    counting, _ = timed(get, "/api/v1/map/points")
    for name, (box, zoom) in VIEWS.items():
        took, size = timed(get, f"/api/v1/map/clusters?box={box}&zoom={zoom}")
        told |= {f"clusters_{name}_ms": took, f"clusters_{name}_kb": size}
    some, size = timed(get, "/api/v1/map/points?q=year:2019")
    tile = json.loads(get("/api/v1/map/sources"))["sources"]["world"]["tiles"]
    drawn, _ = timed(get, tile.replace("{z}/{x}/{y}", "5/16/11"))
    first = {"first_clusters_ms": round(counting + told["clusters_world_ms"], 1), "count_ms": counting}
    return {**first, **told, "points_of_a_year_ms": some, "points_of_a_year_kb": size, "tile_ms": drawn}


def timed(get: Callable[[str], bytes], path: str) -> tuple[float, float]:
    times, size = [], 0
    for _ in range(RUNS):
        started = time.perf_counter()
        size = len(get(path))
        times.append(1000 * (time.perf_counter() - started))
    return round(statistics.median(times), 1), round(size / 1024, 1)


def in_browser(page: Page, moves: int) -> dict[str, Any]:
    """Long tasks (over 50 ms) while zooming and panning, beside those of a map without photos."""
    page.goto("/library/places?q=year:1700")
    page.locator("#map:not([aria-busy])").wait_for(timeout=60_000)
    floor = page.evaluate(LONG_TASKS, [moves])
    page.goto("/library/places")
    page.locator(".pinned").first.wait_for(timeout=60_000)
    shown = page.evaluate("() => performance.now()")
    tasks = page.evaluate(LONG_TASKS, [moves])
    return {
        "browser_first_clusters_ms": round(shown),
        "long_tasks": len(tasks),
        "long_task_max_ms": round(max(tasks, default=0)),
        "floor_long_tasks": len(floor),
        "floor_long_task_max_ms": round(max(floor, default=0)),
    }


def country_score() -> float:
    from places.locate import look_up

    with (ROOT / "tests/test_places/coordinates.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    right = sum(look_up(float(row["lat"]), float(row["lng"])).country == row["country"] for row in rows)
    print(f"{right} of {len(rows)} coordinates lie in the right country.")
    return round(right / len(rows), 4)


if __name__ == "__main__":
    main()
