"""How smoothly the timeline scrolls: a real server, a million rows, Chromium; last line JSON. `--quick`: 100,000 rows.

Thumbs of generated rows do not exist; their files carry the hashes of a few real pictures instead.
"""

import argparse
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pyvips
from playwright.sync_api import Page, sync_playwright

from tests.bench.site import environment, manage
from tests.test_browser.chromium import CHROMIUM, FLAGS, sign_in
from tests.test_site.uvicorn_process import uvicorn

ROWS, QUICK_ROWS = 1_000_000, 100_000
PICTURES = 24
SPEED = 3000  # px per second
SECONDS = 6
JUMPS = 12
WINDOW = {"width": 1440, "height": 900}
PASSWORD = "a-long-and-good-passphrase"
OPTIONS = {"PHOTOPRISM_ADMIN_PASSWORD": PASSWORD, "PHOTOPRISM_WORKERS": "1"}

# What runs inside of the page. Frames are the times between two animation frames.
SCROLL = """async ([speed, seconds]) => {
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  const frames = [];
  let most = 0;
  const start = performance.now();
  let last = start;
  await new Promise((done) => {
    const step = (now) => {
      frames.push(now - last);
      last = now;
      most = Math.max(most, document.querySelectorAll('.cell').length);
      scrollTo(0, scrollY + speed * frames.at(-1) / 1000);
      if (now - start < seconds * 1000) requestAnimationFrame(step);
      else done();
    };
    requestAnimationFrame(step);
  });
  return { frames: frames.slice(1), tasks, cells: most, nodes: document.querySelectorAll('*').length };
}"""
FIRST_PAINTED = "() => [...document.querySelectorAll('.cell img')].slice(0, 12).every(({ complete }) => complete)"
JUMP = """async (share) => {
  const slider = document.getElementById('scrubber');
  const { top, height } = slider.getBoundingClientRect();
  const at = { clientX: 5, clientY: top + height * share, bubbles: true, pointerId: 1, button: 0 };
  const isThere = ({ left, right, top, bottom }) => bottom > 0 && top < innerHeight && right > left;
  const before = slider.getAttribute('aria-valuetext');
  const start = performance.now();
  slider.dispatchEvent(new PointerEvent('pointerdown', at));
  slider.dispatchEvent(new PointerEvent('pointerup', at));
  for (;;) {
    await new Promise(requestAnimationFrame);
    const seen = [...document.querySelectorAll('.cell img')].filter((img) => isThere(img.getBoundingClientRect()));
    const painted = seen.filter(({ complete, naturalWidth }) => complete && naturalWidth);
    const isNew = slider.getAttribute('aria-valuetext') !== before;
    if (isNew && seen.length && painted.length >= seen.length * 0.9) return performance.now() - start;
    if (performance.now() - start > 20000) return 20000;
  }
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROWS} rows instead of {ROWS}")
    rows = QUICK_ROWS if parser.parse_args().quick else ROWS
    folder = Path(tempfile.mkdtemp(prefix="timeline-fps-"))
    try:
        make_library(folder, rows)
        print(json.dumps({"rows": rows, **measure(folder)}))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_library(folder: Path, rows: int) -> None:
    started = time.monotonic()
    environment(folder)
    write_pictures(folder / "originals")
    manage(folder, "prepare", **OPTIONS)
    fill = f"from tests.bench.timeline_fps import fill_library; fill_library({rows})"
    manage(folder, "shell", "--no-imports", "--command", fill, **OPTIONS)
    print(f"{rows} rows made in {time.monotonic() - started:.0f} s")


def write_pictures(folder: Path) -> None:
    for number in range(PICTURES):
        width, height = (1200, 1600) if number % 4 == 0 else (1600, 1200)
        noise = pyvips.Image.gaussnoise(width, height, sigma=20, mean=60 + 5 * number, seed=number)
        bands = noise.bandjoin([noise.rot180(), noise.fliphor()]).cast("uchar")
        bands.copy(interpretation="srgb").write_to_file(str(folder / f"{number}.jpg"))


def fill_library(rows: int) -> None:
    """Runs inside of the site; every file row gets the hash and the stand-in of a real picture of its shape."""
    from django.contrib.auth.models import User
    from django.db import connection

    from tests.bench.generated_library import fill

    fill(rows, user=User.objects.get(username="admin"))
    with connection.cursor() as cursor:
        for is_portrait, pictures in render_pictures().items():
            hashes = " ".join(f"WHEN {at} THEN '{file_hash}'" for at, (file_hash, _) in enumerate(pictures))
            stands = " ".join(f"WHEN {at} THEN x'{stand.hex()}'" for at, (_, stand) in enumerate(pictures))
            case = f"CASE (id / 4) %% {len(pictures)}"
            cursor.execute(
                f"UPDATE library_file SET hash = {case} {hashes} END, thumbhash = {case} {stands} END"
                " WHERE is_portrait = %s",
                [is_portrait],
            )


def render_pictures() -> dict[bool, list[tuple[str, bytes]]]:
    """Renders the real pictures; hash and stand-in of the upright ones (true) and of the others."""
    from django.conf import settings

    from library.media.formats import by_code
    from library.media.thumbs import render_thumbs

    made: dict[bool, list[tuple[str, bytes]]] = {True: [], False: []}
    for path in sorted(settings.ORIGINALS_PATH.glob("*.jpg")):
        file_hash = hashlib.sha1(path.read_bytes()).hexdigest()  # noqa: S324 - names a file
        rendered = render_thumbs(path, by_code("jpg"), file_hash, settings.CACHE_PATH / "thumbnails")
        made[rendered.height > rendered.width].append((file_hash, rendered.thumbhash))
    return made


def measure(folder: Path) -> dict[str, Any]:
    with (
        uvicorn("photoprism_site.asgi:application", environment(folder, **OPTIONS)) as server,
        sync_playwright() as player,
    ):
        url = f"http://127.0.0.1:{server.port}"
        cookies = sign_in(url, "admin", PASSWORD)
        browser = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(base_url=url, viewport=WINDOW)  # type: ignore[arg-type]
        context.add_cookies(cookies)  # type: ignore[arg-type]
        page = context.new_page()
        told = {**first_view(page), **scrolling(page), **jumping(page), **the_end(page)}
        browser.close()
        return told


def first_view(page: Page) -> dict[str, Any]:
    """Times in ms after the request; the second visit, with modules and thumbs in the browser's cache."""
    for _ in range(2):
        page.goto("/library/browse")
        page.wait_for_function("() => document.querySelectorAll('.cell img').length > 5")
        page.wait_for_function(FIRST_PAINTED)
        ready = page.evaluate("() => performance.now()")
    paint = page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    total = page.locator(".cell").first.get_attribute("aria-setsize")
    return {"photos": int(total or 0), "first_paint_ms": round(paint), "first_view_ms": round(ready)}


def scrolling(page: Page) -> dict[str, Any]:
    run = page.evaluate(SCROLL, [SPEED, SECONDS])
    frames = sorted(run["frames"])
    return {
        "fps": round(1000 * len(frames) / sum(frames), 1),
        "frame_p95_ms": round(frames[int(len(frames) * 0.95)], 1),
        "frame_max_ms": round(frames[-1], 1),
        "long_tasks": len(run["tasks"]),
        "long_task_max_ms": round(max(run["tasks"], default=0)),
        "most_cells": run["cells"],
        "dom_nodes": run["nodes"],
    }


def jumping(page: Page) -> dict[str, Any]:
    """From a press on the date scrubber to nine of ten visible photos painted."""
    times = sorted(page.evaluate(JUMP, (number * 0.37 + 0.11) % 0.9 + 0.05) for number in range(JUMPS))
    return {"jump_p50_ms": round(times[JUMPS // 2]), "jump_p95_ms": round(times[-1])}


def the_end(page: Page) -> dict[str, Any]:
    """Whether the End key reaches the oldest photo."""
    page.locator(".cell a").first.focus()
    page.keyboard.press("End")
    total = page.locator(".cell").first.get_attribute("aria-setsize")
    page.locator(f'.cell[aria-posinset="{total}"]').wait_for()
    return {"end_reached": page.locator(f'.cell[aria-posinset="{total}"] a:focus').count() == 1}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "photoprism_site.settings")
    main()
