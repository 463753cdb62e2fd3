"""Where uploads wait until they are imported: a folder for each account and batch, in the storage folder."""

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings
from django.utils.translation import gettext as _

from library.importing.names import safe_name
from library.importing.placing import write_new
from library.media.formats import HEAD_SIZE, by_name, detect
from library.media.related import FileRef

JOURNAL: Final = ".placed"
"""Which files of a batch have gone where, one JSON object a line."""
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CHUNK: Final = 1024 * 1024
_MOST_NAMESAKES: Final = 1000


class NotTaken(Exception):
    """A file that is not wanted; the text is the reason, in a sentence."""


class UnknownType(NotTaken):
    """Neither a picture nor a video, nor something that belongs to one."""


def is_token(text: str) -> bool:
    """Whether a batch may be called so: nothing that leads elsewhere as a folder."""
    return bool(_TOKEN.fullmatch(text))


def folder_of(owner: str, token: str) -> Path:
    """The folder of a batch; `owner` is the UID of an account."""
    if not is_token(owner) or not is_token(token):
        raise ValueError("No name of a batch.")
    return uploads_of(owner) / token


def uploads_of(owner: str) -> Path:
    """The folder of all batches of an account."""
    users: Path = settings.STORAGE_PATH / "users"
    return users / owner / "upload"


def owners() -> list[str]:
    """The UIDs of the accounts that have sent something which may still be here."""
    users = settings.STORAGE_PATH / "users"
    return sorted(folder.name for folder in users.iterdir()) if users.is_dir() else []


def stage(folder: Path, given: str, stream: BinaryIO, *, modified: float | None = None) -> str:
    """Keeps a file that was sent, on the disk when this returns; its name below the folder.

    The same file sent again is kept once; another of its name gets a folder of its own, so that names stay as they
    were. `modified` is the file's age in seconds since 1970. Raises UnknownType, OSError.
    """
    name = _name_for(given, stream)
    for number in range(_MOST_NAMESAKES):
        target = folder / (f"{number + 1}" if number else "") / name
        try:
            write_new(target, _chunks(stream))
        except FileExistsError:
            if _has_content(target, stream):
                return target.relative_to(folder).as_posix()
            continue
        if modified is not None:
            os.utime(target, (modified, modified))
        return target.relative_to(folder).as_posix()
    raise NotTaken(_("Too many files of this upload have the same name."))


def staged(folder: Path) -> Iterator[list[FileRef]]:
    """The files of a batch, those of each folder in it by themselves."""
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found = []
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(above) / name
            stat = path.stat()
            found.append(FileRef(path.relative_to(folder).as_posix(), stat.st_size, stat.st_mtime_ns))
        if found:
            yield found


def tidy(folder: Path) -> None:
    """Takes a batch away that was brought in, but nothing of what was sent to it meanwhile."""
    for made in (".thumbs", ".sidecars"):
        shutil.rmtree(folder / made, ignore_errors=True)
    (folder / JOURNAL).unlink(missing_ok=True)
    for above, _folders, _names in os.walk(folder, topdown=False):
        with suppress(OSError):  # something is in it
            Path(above).rmdir()


def _name_for(given: str, stream: BinaryIO) -> str:
    """The name to keep a file under; one without an extension gets that of its content. Raises UnknownType."""
    name = safe_name(given)
    stream.seek(0)
    found = by_name(name) or detect(stream.read(HEAD_SIZE))
    if not name or found is None:
        raise UnknownType(_("“%s” is neither a picture nor a video.") % (given[-100:] or "?"))
    return name if by_name(name) else f"{name}.{found.extensions[0]}"


def _chunks(stream: BinaryIO) -> Iterable[bytes]:
    stream.seek(0)
    return iter(lambda: stream.read(_CHUNK), b"")


def _has_content(path: Path, stream: BinaryIO) -> bool:
    stream.seek(0)
    with path.open("rb") as kept:
        return _digest(kept) == _digest(stream)


def _digest(stream: BinaryIO) -> bytes:
    digest = hashlib.sha256()
    for chunk in iter(lambda: stream.read(_CHUNK), b""):
        digest.update(chunk)
    return digest.digest()
