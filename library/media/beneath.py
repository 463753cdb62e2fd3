"""Files below a folder, and none that a link leads out of it: originals lie where others may write, too."""

import os
from pathlib import Path

_FOLDER = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC | getattr(os, "O_PATH", os.O_RDONLY)
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class LeadsOut(FileNotFoundError):
    """A link leads out of the folder: for whoever asks, there is no such file."""

    def __str__(self) -> str:
        return "The link leads out of the originals"


def resolve_beneath(folder: Path, path: Path) -> Path:
    """The path without links. Raises LeadsOut; links that stay below the folder are as good as files."""
    # Not Path.resolve, which raises RuntimeError for a link that leads to itself.
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(os.path.realpath(folder)):
        raise LeadsOut(str(path))
    return real


def open_beneath(folder: Path, path: Path) -> int:
    """A descriptor for reading that does not wait for a pipe; the file need not be a regular one.

    Step by step from the folder on, without following any link: one that is put in the way after the path was
    resolved leads nowhere. Raises LeadsOut, or the OSError of a file that cannot be opened.
    """
    top = Path(os.path.realpath(folder))
    *folders, name = resolve_beneath(folder, path).relative_to(top).parts or (".",)
    descriptor = os.open(top, _FOLDER)
    for part in folders:
        descriptor = _step(descriptor, part, _FOLDER)
    return _step(descriptor, name, _FILE)


def _step(descriptor: int, name: str, flags: int) -> int:
    """Opens a name in the folder of the descriptor, which is closed."""
    try:
        return os.open(name, flags, dir_fd=descriptor)
    finally:
        os.close(descriptor)
