"""Puts a file under its final name: all of it or nothing, never over another, and on the disk when it is said to be."""

import errno
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final
from uuid import uuid4

_CHUNK: Final = 1024 * 1024
_NO_LINKS: Final = {errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS, errno.EACCES}


def move_to(source: Path, target: Path) -> None:
    """Moves a file; its times stay. Raises FileExistsError, and OSError with the source untouched.

    The source goes once the target is on the disk, so that at any moment one of them is whole.
    """
    make_folder(target.parent)
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _copy(source, target)
    sync(target)
    sync(target.parent)
    source.unlink()


def write_new(target: Path, chunks: Iterable[bytes]) -> None:
    """Writes a new file. Raises FileExistsError, and OSError with nothing left of it."""
    make_folder(target.parent)
    # Of its own: two requests may send files of one name.
    part = target.with_name(f".{uuid4().hex}.part")
    try:
        with part.open("wb") as stream:
            for chunk in chunks:
                stream.write(chunk)
            _flush(stream)
        settle(part, target)
    finally:
        part.unlink(missing_ok=True)


def settle(part: Path, target: Path) -> None:
    """Gives what was written its name, if nothing has it. Raises FileExistsError."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A file system without hard links: the name is taken first, then filled.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        part.replace(target)
    sync(target.parent)


def make_folder(folder: Path) -> None:
    """The folder with those above it, each on the disk before it is used."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync(folder.parent)


def sync(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems cannot do this for folders.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
            raise
    finally:
        os.close(descriptor)


def _copy(source: Path, target: Path) -> None:
    """To another file system, where only a copy gets."""
    part = _part_of(target)
    try:
        with source.open("rb") as reader, part.open("wb") as writer:
            shutil.copyfileobj(reader, writer, _CHUNK)
            _flush(writer)
        shutil.copystat(source, part)
        settle(part, target)
    finally:
        part.unlink(missing_ok=True)


def _part_of(target: Path) -> Path:
    """Hidden, so that nobody takes it for a picture; the same each time, so that none is left for ever."""
    return target.with_name(f".{target.name}.part")


def _flush(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())
