"""What the benchmarks share: a site of its own in a temporary folder, real pictures, processes and their cost."""

import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyvips

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "motorcycle_left.png", "hubble_deep_field.jpg")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command and its children took: seconds of CPU and of the clock, peak MB of the largest worker."""

    cpu: float
    wall: float
    peak_mb: float


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a site whose data lie in `folder`, and nothing of the machine's own site."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PHOTOPRISM_")}
    paths = {f"PHOTOPRISM_{name.upper()}_PATH": str(folder / name) for name in ("storage", "originals", "import")}
    for path in paths.values():
        Path(path).mkdir(parents=True, exist_ok=True)
    return {**kept, **paths, "PHOTOPRISM_LOG_LEVEL": "error", **more}


def manage(folder: Path, *arguments: str, **more: str) -> str:
    """Runs a management command of that site; its output. Raises CalledProcessError."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(command, env=environment(folder, **more), check=True, capture_output=True, text=True)
    return done.stdout


def migrate(folder: Path) -> None:
    manage(folder, "migrate", "--verbosity", "0")


def measured(command: list[str], env: dict[str, str] | None = None) -> Cost:
    """Runs a command to its end and tells its cost, children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    with _watched(process.pid) as watch:
        started = os.times().elapsed
        if process.wait() != 0:
            raise SystemExit(f"{' '.join(command)} failed with {process.returncode}.")
        wall = os.times().elapsed - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, wall, max(watch.values(), default=0.0))


def make_originals(folder: Path, count: int) -> None:
    """Writes `count` different JPEGs of 12 megapixels, with the noise and the Exif of a camera's."""
    import pyexiv2

    folder.mkdir(parents=True, exist_ok=True)
    tiles = [_picture(name) for name in PICTURES]
    noise = pyvips.Image.gaussnoise(4000, 3000, sigma=5).bandjoin([]).copy_memory()
    for number in range(count):
        image = _scene(tiles, number)
        path = folder / f"IMG_{number:04}.jpg"
        (image + noise).cast("uchar").write_to_file(str(path), Q=92)
        with pyexiv2.Image(str(path)) as file:
            file.modify_exif(_exif(number))


def _picture(name: str) -> pyvips.Image:
    import skimage

    image = pyvips.Image.new_from_file(str(Path(skimage.__file__).parent / "data" / name))
    return image.extract_band(0, n=3).colourspace("srgb").copy_memory()


def _scene(tiles: list[pyvips.Image], number: int) -> pyvips.Image:
    """Two by two pictures, another choice for every number."""
    random = np.random.default_rng(number)
    chosen = [tiles[i] for i in random.integers(0, len(tiles), 4)]
    parts = [tile.thumbnail_image(2000, height=1500, crop="centre", size="force") for tile in chosen]
    return pyvips.Image.arrayjoin(parts, across=2) + random.integers(-12, 12, 3).tolist()


def _exif(number: int) -> dict[str, str]:
    day = number % 28 + 1
    return {
        "Exif.Image.Make": "Canon",
        "Exif.Image.Model": "Canon EOS 6D",
        "Exif.Photo.DateTimeOriginal": f"2021:{number % 12 + 1:02}:{day:02} 10:{number % 60:02}:00",
        "Exif.Photo.ISOSpeedRatings": "200",
        "Exif.Photo.ExposureTime": "1/250",
        "Exif.Photo.FNumber": "56/10",
        "Exif.Photo.FocalLength": "35/1",
        "Exif.GPSInfo.GPSLatitudeRef": "N",
        "Exif.GPSInfo.GPSLatitude": f"48/1 {number % 60}/1 0/1",
        "Exif.GPSInfo.GPSLongitudeRef": "E",
        "Exif.GPSInfo.GPSLongitude": f"11/1 {number % 60}/1 0/1",
    }


@contextmanager
def _watched(pid: int) -> Iterator[dict[int, float]]:
    """Peak memory in MB of every child of that process that has a memory of its own, by pid."""
    peaks: dict[int, float] = {}
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(0.1):
            for child in _descendants(pid):
                peaks[child] = max(peaks.get(child, 0.0), _peak(child))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peaks
    finally:
        stop.set()
        thread.join()


def _descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in task.read_text().split()]
        except OSError:
            continue
        found += children
        for child in children:
            found += _descendants(child)
    return found


def _peak(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
