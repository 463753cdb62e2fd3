"""Reads one file once: what it is, its SHA-1, size and time of change."""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from library.media.formats import HEAD_SIZE, Format, identify


class NotAFile(Exception):
    """A pipe, device, socket or folder stands where a file was expected."""


class StillChanging(Exception):
    """The file was written to while it was read; a later run will find it complete."""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file as it was found. `hash` is the SHA-1 of all its bytes in 40 hex digits.

    `format` is None where neither bytes nor name are known; `mismatch` says in a sentence that the
    name claims another format than the bytes.
    """

    hash: str
    size: int
    mtime_ns: int
    format: Format | None
    mismatch: str


def read_mediafile(path: Path) -> MediaFile:
    """Hashes and identifies a file in one pass, in constant memory.

    Raises NotAFile, StillChanging, or the OSError of a file that cannot be read.
    """
    with open_regular(path) as stream:
        before = os.fstat(stream.fileno())
        identity = identify(path.name, os.pread(stream.fileno(), HEAD_SIZE, 0))
        # Identity, not security: equal files have to be found.
        digest = hashlib.file_digest(stream, lambda: hashlib.sha1(usedforsecurity=False))
        after = os.fstat(stream.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise StillChanging(f"{path.name} changes while it is read.")
    return MediaFile(digest.hexdigest(), after.st_size, after.st_mtime_ns, identity.format, identity.mismatch)


@contextmanager
def open_regular(path: Path) -> Iterator[BufferedReader]:
    """Opens a file for reading, and only a regular one: opening a pipe would wait for ever."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotAFile(f"{path.name} is not a regular file.")
        yield stream
