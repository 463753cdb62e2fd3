"""The file with the first administrator's made password: written once, gone when it is no longer true."""

import os
from pathlib import Path
from typing import Final

from django.conf import settings

FILE_NAME: Final = "credentials.txt"


def credentials_path() -> Path:
    path: Path = settings.STORAGE_PATH / FILE_NAME
    return path


def write_credentials(path: Path, *, url: str, name: str, password: str) -> None:
    """Mode 0600 from the first byte on, and under its name only when whole and on disk. Raises OSError."""
    made = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(f"URL: {url}\nUser: {name}\nPassword: {password}\n")
        file.flush()
        os.fsync(file.fileno())
    made.replace(path)


def forget_credentials(name: str) -> None:
    """Removes the file if it is about this account."""
    path = credentials_path()
    try:
        if f"User: {name}" in path.read_text(encoding="utf-8").splitlines():
            path.unlink()
    except OSError:
        return
