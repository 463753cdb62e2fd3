"""How fast and how large the offline geocoder is: `python tests/bench/places_speed.py [--quick]`."""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a tenth of the coordinates")
    count = 1_000 if options.parse_args().quick else 10_000
    before = _resident_mb()
    started = time.perf_counter()
    from places.locate import look_up

    look_up(52.52, 13.405)
    load_ms = 1000 * (time.perf_counter() - started)
    resident_mb = _resident_mb() - before
    seconds = {kind: _seconds(look_up, points) for kind, points in _points(count).items()}
    for kind, took in seconds.items():
        print(f"{count} {kind}: {took:.2f} s")
    figures = {
        "coordinates_per_s": round(2 * count / sum(seconds.values())),
        "load_ms": round(load_ms),
        "resident_mb": round(resident_mb, 1),
    }
    print(json.dumps(figures))


def _points(count: int) -> dict[str, list[tuple[float, float]]]:
    from places import towns

    dice, all_towns = random.Random(1), towns.load()
    numbers = [dice.randrange(len(all_towns.lat)) for _ in range(count)]
    return {
        "points anywhere": [(dice.uniform(-90, 90), dice.uniform(-180, 180)) for _ in range(count)],
        "points near towns": [
            (float(all_towns.lat[i]) + dice.gauss(0, 0.03), float(all_towns.lng[i])) for i in numbers
        ],
    }


def _seconds(look_up: Callable[[float, float], object], points: list[tuple[float, float]]) -> float:
    started = time.perf_counter()
    for lat, lng in points:
        look_up(lat, lng)
    return time.perf_counter() - started


def _resident_mb() -> float:
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


if __name__ == "__main__":
    main()
