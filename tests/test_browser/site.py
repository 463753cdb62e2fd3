"""A site of its own for the browser: pictures, accounts that are signed in, a server, and the way back to the start."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from library.classify.packing import pack
from tests.base import PASSWORD
from tests.bench.site import ROOT, environment, manage
from tests.originals import BERLIN, write_picture
from tests.test_browser.chromium import PATIENCE, sign_in
from tests.test_site.uvicorn_process import uvicorn

ROLES = {"alice": "user", "bob": "viewer", "guest": "guest"}
CAMERA = {
    "Exif.Image.Make": "Canon",
    "Exif.Image.Model": "Canon EOS 6D",
    "Exif.Photo.ISOSpeedRatings": "200",
    "Exif.Photo.ExposureTime": "1/250",
    "Exif.Photo.FNumber": "56/10",
}

# What the library holds: twelve photos of a day in Berlin, six of another summer, seven that wait in review.
BERLIN_DAY, SUMMER_DAY = "2011:05:17", "2010:08:02"
PHOTOS, IN_REVIEW = 20, 7
# What is written in the large picture: a line across its upper half, and one that goes down on its right.
TEXT = (
    ("BUS STOP", (0.25, 0.25, 0.75, 0.25, 0.75, 0.375, 0.25, 0.375)),
    ("Platform 12", (0.9, 0.5, 0.9, 1.0, 0.8, 1.0, 0.8, 0.5)),
)


@dataclass(frozen=True)
class Site:
    """A server with its data; `cookies` are those of each account, signed in."""

    folder: Path
    url: str
    cookies: dict[str, list[dict[str, Any]]]

    @property
    def originals(self) -> Path:
        return self.folder / "originals"

    def keep(self) -> None:
        """Every row as it is now is what is restored."""
        _copy(_database(self.folder), self.folder / "new.db")

    def restore(self) -> None:
        """Every row as it was when the site was new; in one transaction, under the running server."""
        _copy(self.folder / "new.db", _database(self.folder))

    def show(self, name: str, classes: dict[int, float]) -> None:
        """Has the label model have seen these classes of ImageNet in the picture of this name."""
        probabilities = np.zeros(1000, np.float32)
        probabilities[list(classes)] = list(classes.values())
        with closing(sqlite3.connect(_database(self.folder), timeout=PATIENCE)) as rows, rows:
            rows.execute(
                "UPDATE library_classification SET classes = ?"
                " WHERE photo_id = (SELECT photo_id FROM library_file WHERE name = ?)",
                (pack(probabilities), name),
            )


@contextmanager
def running_site(folder: Path, *, write: Callable[[Path], None] | None = None) -> Iterator[Site]:
    """Makes, indexes and serves the library, or one that `write` fills, until the block ends."""
    (write or _write_originals)(folder / "originals")
    options = {"PHOTOPRISM_ADMIN_PASSWORD": PASSWORD, "PHOTOPRISM_WORKERS": "1"}
    manage(folder, "prepare", **options)
    manage(folder, "shell", "--no-imports", "--command", _filling(), **options)
    with uvicorn("photoprism_site.asgi:application", environment(folder, **options)) as server:
        url = f"http://127.0.0.1:{server.port}"
        site = Site(folder, url, {name: sign_in(url, name, PASSWORD) for name in ("admin", *ROLES)})
        _copy(_database(folder), folder / "new.db")
        yield site


@contextmanager
def running_worker(site: Site) -> Iterator[None]:
    """The process that does what the pages ask for in the background."""
    command = [sys.executable, str(ROOT / "manage.py"), "qcluster"]
    process = subprocess.Popen(command, env=environment(site.folder, PHOTOPRISM_WORKERS="1"))
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def photo_of_berlin(path: Path, *, seed: int, time: str = "10:00:00", **picture: Any) -> Path:
    """A picture good enough to be shown at once: dated, placed, from a camera."""
    exif = {**CAMERA, **BERLIN, "Exif.Photo.DateTimeOriginal": f"{BERLIN_DAY} {time}"}
    return write_picture(path, seed=seed, **{"size": (320, 240), **picture}, **exif)


def _write_originals(folder: Path) -> None:
    for number in range(12):
        size = (240, 320) if number % 4 == 1 else (320, 240)
        photo_of_berlin(folder / f"berlin/IMG_{number:02}.jpg", seed=number, time=f"10:{number:02}:00", size=size)
    photo_of_berlin(folder / "berlin/large.jpg", seed=50, time="11:00:00", size=(2400, 1600))
    for number in range(6):
        dated = {"Exif.Photo.DateTimeOriginal": f"{SUMMER_DAY} 12:{number:02}:00"}
        write_picture(folder / f"summer/IMG_{number:02}.jpg", seed=100 + number, **CAMERA, **BERLIN, **dated)
    for number in range(IN_REVIEW):
        write_picture(folder / f"scans/scan{number}.png", seed=200 + number)
    _write_animation(folder / "berlin/jump.gif")
    cut_short = (folder / "berlin/large.jpg").read_bytes()[:900]
    (folder / "berlin/broken.jpg").write_bytes(cut_short)
    (folder / "berlin/notes.txt").write_text("Not a picture.", encoding="utf-8")


def _write_animation(path: Path) -> None:
    from PIL import Image

    frames = [Image.new("RGB", (320, 240), colour) for colour in ("teal", "gold", "crimson")]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=200, loop=0)


def _filling() -> str:
    """The code that adds the cast beside the administrator, and indexes."""
    added = [f"add_account({name!r}, {PASSWORD!r}, role={role!r})" for name, role in ROLES.items()]
    imported = "from django.core.management import call_command; from sharing.accounts import add_account"
    return "; ".join([imported, *added, "call_command('index')", *_reading()])


def _reading() -> list[str]:
    """The code that keeps the text of the large picture, if there is one, as if it had been read."""
    return [
        "from django.utils.timezone import now",
        "from library.models import File",
        "from library.ocr.recognizer import Line",
        "from library.seen_texts import save_lines",
        f"lines = [Line(text, 99, box) for text, box in {TEXT!r}]",
        "[save_lines(file.photo, file.hash, lines, now()) for file in File.objects.filter(name='berlin/large.jpg')]",
    ]


def _database(folder: Path) -> Path:
    return folder / "storage" / "index.db"


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=PATIENCE)) as new:
        old.backup(new)
