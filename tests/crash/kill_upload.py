"""Kills the import of an upload at random moments and checks that no file is lost, cut off, changed or there twice.

python tests/crash/kill_upload.py [--kills 20] [--photos 300] [--seed N]

After each kill every picture that was sent is whole, in the batch or among the originals. Exit code 0 if in the end
each is among the originals once, has one photo with its former name, and lies in the album.
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
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.site import environment, manage

TOKEN, ALBUM = "batch", "Kept"
# What a start of the site does, and what its queue would.
RESUME = """
from library.jobs import close_stalled
from library.models import Job, Lease
from sharing.uploading import resume_uploads, run_upload
Lease.objects.update(holder="")
close_stalled()
resume_uploads()
for job in Job.objects.filter(kind="upload", state="queued"):
    run_upload(job.uid)
"""
SEND = """
import pathlib
from django.contrib.auth.models import User
from library.importing.staging import folder_of, stage
from sharing.accounts import account_of
from sharing.uploading import chosen_albums, start_upload
from sharing.grants import grant_for_account
account = account_of(User.objects.get(username="admin"))
for path in sorted(pathlib.Path({folder!r}).iterdir()):
    with path.open("rb") as stream:
        stage(folder_of(account.uid, {token!r}), path.name, stream)
start_upload(account, {token!r}, chosen_albums([{album!r}], grant_for_account(account)))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--photos", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed or time.time_ns())
    with tempfile.TemporaryDirectory(prefix="kill-upload-") as name:
        home = Path(name)
        sent = make_pictures(home / "camera", chosen.photos)
        there = write_picture(home / "originals/old/kept.jpg", 9999, "2001:01:01 00:00:00")
        before = sha(there)
        manage(home, "prepare", PHOTOPRISM_ADMIN_PASSWORD="a-long-and-good-passphrase")
        manage(home, "index")
        shell(home, SEND.format(folder=str(home / "camera"), token=TOKEN, album=ALBUM))
        killed, lost, cut = 0, 0, 0
        for _ in range(chosen.kills):
            killed += kill_once(home, chance)
            whole = contents(home)
            lost += len(set(sent) - set(whole))
            cut += len(set(contents(home, "originals")) - set(sent) - {before})
        shell(home, RESUME)
        kept = contents(home, "originals")
        result = {
            "kills": killed,
            "lost": lost,
            "cut_off": cut,
            "once": kept == Counter([*sent, before]),
            "photos": photos(home) == sorted(sent.values()),
            "in_album": albumed(home) == chosen.photos,
            "original_unchanged": sha(there) == before,
            "batch_is_gone": not list((home / "storage" / "users").glob("*/upload/*")),
        }
        print(json.dumps(result))
        good = not lost and not cut and all(value for key, value in result.items() if key not in ("lost", "cut_off"))
        return 0 if good else 1


def make_pictures(folder: Path, count: int) -> dict[str, str]:
    """Content to name without extension; every tenth with a date of its own, the others of one moment."""
    sent = {}
    for number in range(count):
        taken = f"2024:05:{number % 28 + 1:02} 10:30:00" if number % 10 == 0 else "2024:06:01 12:00:00"
        path = write_picture(folder / f"IMG_{number:04}.jpg", number, taken)
        sent[sha(path)] = path.stem
    return sent


def write_picture(path: Path, seed: int, taken: str) -> Path:
    """Coloured noise with a date."""
    import pyexiv2
    import pyvips

    path.parent.mkdir(parents=True, exist_ok=True)
    noise = pyvips.Image.gaussnoise(640, 480, sigma=20, mean=100, seed=seed).cast("uchar")
    noise.bandjoin([noise.rot180(), noise.fliphor()]).copy(interpretation="srgb").write_to_file(str(path))
    with pyexiv2.Image(str(path)) as file:
        file.modify_exif({"Exif.Photo.DateTimeOriginal": taken})
    return path


def kill_once(home: Path, chance: random.Random) -> bool:
    """Starts the work and kills all its processes; False if it came to its end before."""
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "--no-imports", "--command", RESUME]
    process = subprocess.Popen(command, env=environment(home), stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(timeout=chance.uniform(1.5, 9.0))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def shell(home: Path, code: str) -> None:
    manage(home, "shell", "--no-imports", "--command", code)


def contents(home: Path, *parts: str) -> Counter[str]:
    """How often each content is there, in the originals and in what waits, without what was being copied."""
    folders = [home / part for part in parts or ("originals", "storage/users")]
    paths = [path for folder in folders for path in folder.rglob("*.jpg") if "/." not in str(path.relative_to(home))]
    return Counter(sha(path) for path in paths)


def photos(home: Path) -> list[str]:
    return [
        row[0] for row in rows(home, "SELECT original_name FROM library_photo WHERE original_name <> '' ORDER BY 1")
    ]


def albumed(home: Path) -> int:
    return int(str(rows(home, "SELECT count(DISTINCT photo_id) FROM albums_photoalbum")[0][0]))


def rows(home: Path, sql: str) -> list[tuple[str, ...]]:
    with sqlite3.connect(home / "storage" / "index.db") as connection:
        return connection.execute(sql).fetchall()


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
