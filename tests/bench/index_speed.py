"""How fast pictures of 12 MP are indexed, against libvips alone making the same thumbs of the same files.

python tests/bench/index_speed.py [--quick] [--count N]

The floor and the index are run in the same call, and of each the cost of starting (an empty folder, no file) is
taken off, so that the figures are those of a long run. The last line is one JSON object.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.site import ROOT, Cost, environment, make_originals, measured, migrate

FLOOR = """
import sys
from pathlib import Path
import pyvips
pyvips.cache_set_max(0)
out = Path(sys.argv[2])
for path in sorted(Path(sys.argv[1]).glob("*.jpg")):
    large = pyvips.Image.thumbnail(str(path), 1920, height=1200, size="down").copy_memory()
    large.jpegsave(str(out / f"{path.stem}_1920.jpg"), Q=83, strip=True)
    middle = large.thumbnail_image(1280, height=1024, size="down").copy_memory()
    middle.jpegsave(str(out / f"{path.stem}_1280.jpg"), Q=83, strip=True)
    small = middle.thumbnail_image(720, height=720, size="down").copy_memory()
    small.jpegsave(str(out / f"{path.stem}_720.jpg"), Q=83, strip=True)
    for source, side in ((large, 500), (small, 224), (small, 100), (small, 50)):
        tile = source.thumbnail_image(side, height=side, crop="centre")
        tile.jpegsave(str(out / f"{path.stem}_{side}.jpg"), Q=83, strip=True)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="40 pictures instead of 200")
    parser.add_argument("--count", type=int, default=0)
    chosen = parser.parse_args()
    count = chosen.count or (40 if chosen.quick else 200)
    with tempfile.TemporaryDirectory(prefix="index-speed-") as name:
        print(json.dumps(run(Path(name), count)))


def run(folder: Path, count: int) -> dict[str, float]:
    """The figures of one comparison."""
    originals = folder / "originals"
    print(f"Making {count} pictures of 12 MP ...")
    make_originals(originals, count)
    floor = _beyond_start(measured(_floor(folder, originals)), measured(_floor(folder, folder / "none")))
    site, empty = folder / "site", folder / "empty"
    for home in (site, empty):
        environment(home)
        migrate(home)
    (site / "originals").rmdir()
    originals.rename(site / "originals")
    index = [sys.executable, str(ROOT / "manage.py"), "index", "--workers", "2"]
    whole = measured(index, environment(site))
    cost = _beyond_start(whole, measured(index, environment(empty)))
    size = sum(path.stat().st_size for path in (site / "originals").iterdir()) / count / 1e6
    print(f"{count} JPEGs of 12 MP, {size:.1f} MB each")
    print(f"libvips alone   {floor.cpu / count * 1000:7.1f} ms CPU per photo")
    print(f"index           {cost.cpu / count * 1000:7.1f} ms CPU per photo, {count / cost.wall:.1f} photos/s")
    print(f"with start-up   {whole.cpu / count * 1000:7.1f} ms CPU per photo, {count / whole.wall:.1f} photos/s")
    return {
        "photos_per_s": round(count / cost.wall, 2),
        "cpu_ms_per_photo": round(cost.cpu / count * 1000, 1),
        "floor_ms_per_photo": round(floor.cpu / count * 1000, 1),
        "ratio_to_floor": round(cost.cpu / floor.cpu, 3),
        "peak_mb_per_worker": round(whole.peak_mb, 1),
    }


def _floor(folder: Path, originals: Path) -> list[str]:
    out = folder / "floor"
    out.mkdir(exist_ok=True)
    originals.mkdir(exist_ok=True)
    # One thread, as each worker of the index has one.
    return ["env", "VIPS_CONCURRENCY=1", sys.executable, "-c", FLOOR, str(originals), str(out)]


def _beyond_start(whole: Cost, start: Cost) -> Cost:
    return Cost(whole.cpu - start.cpu, whole.wall - start.wall, whole.peak_mb)


if __name__ == "__main__":
    main()
