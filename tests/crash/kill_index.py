"""Kills an index run at random moments and checks that the next one reaches the same library as an undisturbed one.

python tests/crash/kill_index.py [--kills 20] [--photos 1600] [--seed N]

Exit code 0 if the two libraries are equal, the database is sound and every original is what it was.
"""

import argparse
import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.site import environment, manage, migrate

# What a library says, without numbers that depend on the order of inserts, random UIDs and clocks.
DIGEST = {
    "photos": "SELECT p.name, d.path, p.title, p.taken_at, p.taken_at_local, p.taken_src, p.time_zone, p.year, p.month,"
    " p.day, p.type, p.stack, p.uuid, p.quality, p.cell_id, p.place_id, p.country, c.slug, l.slug, p.iso, p.color,"
    " p.resolution FROM library_photo p JOIN library_folder d ON d.id = p.folder_id"
    " JOIN library_camera c ON c.id = p.camera_id JOIN library_lens l ON l.id = p.lens_id",
    "files": "SELECT f.name, f.hash, f.size, f.type, f.is_primary, f.unstacked, f.is_missing, f.width, f.height,"
    " f.main_color, f.colors, f.luminance, f.chroma, hex(f.thumbhash), p.name FROM library_file f JOIN library_photo p"
    " ON p.id = f.photo_id",
    "details": "SELECT p.name, t.keywords, t.artist FROM library_details t JOIN library_photo p ON p.id = t.photo_id",
    "keywords": "SELECT p.name, k.keyword FROM library_photokeyword j JOIN library_photo p ON p.id = j.photo_id"
    " JOIN library_keyword k ON k.id = j.keyword_id",
    "errors": "SELECT name, level, reason FROM library_errorlog",
    "duplicates": "SELECT name, hash FROM library_duplicate",
    "days": "SELECT day, owner_key, photos FROM library_daycount",
    "folders": "SELECT path, missing FROM library_folder",
    "places": "SELECT id, label FROM places_place",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--photos", type=int, default=1600)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed or time.time_ns())
    with tempfile.TemporaryDirectory(prefix="kill-index-") as name:
        folder = Path(name)
        originals = folder / "originals"
        make_originals(originals, chosen.photos)
        before = checksums(originals)
        expected = undisturbed(folder / "calm", originals)
        killed = disturbed(folder / "storm", originals, chosen.kills, chance)
        found = digest(folder / "storm")
        same = found == expected and thumbs(folder / "storm") == thumbs(folder / "calm")
        kept = checksums(originals) == before
        print(f"{killed} of {chosen.kills} runs killed while indexing {chosen.photos} photos and their oddities")
        for table, rows in expected.items():
            other = found[table]
            print(f"  {table:10} {len(rows):6} rows, {'same' if rows == other else differing(rows, other)}")
        print(f"  thumbs     {len(thumbs(folder / 'storm')):6} files, originals {'unchanged' if kept else 'CHANGED'}")
        print(json.dumps({"kills": killed, "same_library": same, "originals_unchanged": kept}))
        return 0 if same and kept and killed == chosen.kills else 1


def make_originals(folder: Path, count: int) -> None:
    """Small pictures, some of them twice, some broken, some that belong together, in a few folders."""
    import pyvips

    for number in range(count):
        path = folder / f"{2015 + number % 7}" / f"2015-06-{number % 28 + 1:02}_10-00-{number % 60:02} {number:04}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        image = pyvips.Image.gaussnoise(900, 600, sigma=30, mean=number % 200 + 20, seed=number).cast("uchar")
        image.bandjoin([image.rot180(), image.fliphor()]).copy(interpretation="srgb").write_to_file(str(path), Q=80)
        if number % 25 == 0:
            (folder / "copies").mkdir(exist_ok=True)
            (folder / "copies" / path.name).write_bytes(path.read_bytes())
        if number % 8 < 2:
            _mark(path, f"2fd4e1c6-7a2d-48ff-8a1a-{number // 8:012x}")
        if number % 15 == 0:
            image.rot180().write_to_file(str(path.with_suffix(".png")))
        if number % 40 == 0:
            (folder / f"broken {number}.jpg").write_bytes(path.read_bytes()[:300])


def _mark(path: Path, unique_id: str) -> None:
    """Neighbours with one id are stacked."""
    import pyexiv2

    with pyexiv2.Image(str(path)) as file:
        file.modify_xmp({"Xmp.xmpMM.DocumentID": unique_id})


def undisturbed(home: Path, originals: Path) -> dict[str, list[tuple[object, ...]]]:
    prepare(home, originals)
    manage(home, "index", "--workers", "2", PHOTOPRISM_ORIGINALS_PATH=str(originals))
    return digest(home)


def disturbed(home: Path, originals: Path, kills: int, chance: random.Random) -> int:
    """Kills that many runs, all processes of each at once, then lets one come to its end."""
    prepare(home, originals)
    killed = 0
    for _ in range(kills):
        command = [sys.executable, str(ROOT / "manage.py"), "index", "--workers", "2"]
        env = environment(home, PHOTOPRISM_ORIGINALS_PATH=str(originals))
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            process.wait(timeout=chance.uniform(0.6, 4.0))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
    # A later day's clean-up takes away what the killed were writing; everything else has to stay.
    for part in (home / "storage" / "cache").rglob(".*"):
        os.utime(part, (0, 0))
    manage(home, "index", "--workers", "2", "--cleanup", PHOTOPRISM_ORIGINALS_PATH=str(originals))
    return killed


def prepare(home: Path, originals: Path) -> None:
    environment(home)
    migrate(home)


def digest(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table as sorted tuples. Raises SystemExit if the database is damaged."""
    with sqlite3.connect(home / "storage" / "index.db") as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise SystemExit("The database is damaged.")
        return {name: sorted(connection.execute(sql).fetchall(), key=repr) for name, sql in DIGEST.items()}


def thumbs(home: Path) -> set[str]:
    cache = home / "storage" / "cache" / "thumbnails"
    return {str(path.relative_to(cache)) for path in cache.rglob("*") if path.is_file()}


def checksums(folder: Path) -> dict[str, str]:
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


def differing(rows: list[tuple[object, ...]], other: list[tuple[object, ...]]) -> str:
    only, more = set(rows) - set(other), set(other) - set(rows)
    return f"DIFFERENT: {len(only)} missing, {len(more)} too many, such as {next(iter(only or more), '')}"


if __name__ == "__main__":
    sys.exit(main())
