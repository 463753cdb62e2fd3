"""Starts `./serve` once on a folder of three pictures, waits until they are indexed, and stops it as Ctrl-C does."""

# ruff: noqa: TID251, S310, S603 - it is a user of the product, not a part of it.

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PICTURES = 3
READY_SECONDS, INDEX_SECONDS = 180, 60


def main() -> int:
    with TemporaryDirectory() as name:
        folder = Path(name)
        make_pictures(folder / "pictures")
        port = free_port()
        site = start(folder, port)
        try:
            started = time.monotonic()
            wait_for(site, f"http://127.0.0.1:{port}/api/v1/status")
            sys.stdout.write(f"Ready after {time.monotonic() - started:.1f} s\n")
            answers = [check_status(port), check_login(port), check_photos(folder / "storage" / "index.db")]
        finally:
            site.send_signal(signal.SIGINT)
            code = site.wait(60)
            log = (folder / "log").read_text()
            sys.stdout.write(f"{log}./serve ended with {code}\n")
    return 0 if all(answers) and code == 0 and "Traceback" not in log else 1


def make_pictures(folder: Path) -> None:
    folder.mkdir()
    for number, colour in enumerate(["tomato", "seagreen", "royalblue"][:PICTURES]):
        Image.new("RGB", (640, 480), colour).save(folder / f"{number}.jpg")


def start(folder: Path, port: int) -> "subprocess.Popen[bytes]":
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PHOTOPRISM_")}
    options = ["--host", "127.0.0.1", "--port", str(port), "--storage", str(folder / "storage")]
    with (folder / "log").open("wb") as log:
        command = [ROOT / "serve", folder / "pictures", *options]
        return subprocess.Popen(command, env=environ, stdout=log, stderr=subprocess.STDOUT)


def wait_for(site: "subprocess.Popen[bytes]", url: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and site.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("./serve did not become ready.")


def check_status(port: int) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/status", timeout=30) as answer:
        return report("status", json.load(answer) == {"status": "operational"})


def check_login(port: int) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/library/login", timeout=30) as answer:
        return report("login page", answer.status == 200 and b"password" in answer.read())


def check_photos(database: Path) -> bool:
    deadline = time.monotonic() + INDEX_SECONDS
    while count_photos(database) < PICTURES and time.monotonic() < deadline:
        time.sleep(0.5)
    return report("photos", count_photos(database) == PICTURES)


def count_photos(database: Path) -> int:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM library_photo").fetchone()[0])


def report(name: str, is_right: bool) -> bool:  # noqa: FBT001 - the answer that is reported
    sys.stdout.write(f"{name}: {'right' if is_right else 'WRONG'}\n")
    return is_right


def free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
