"""A real path for tools that need one, also where the storage is not a local disk."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.core.files.storage import FileSystemStorage, Storage


@contextmanager
def local_path(storage: Storage, name: str) -> Iterator[Path]:
    """The path of a stored file for the time of a `with` block.

    A remote file is copied to a temporary one with the same ending, which is deleted afterwards.
    """
    if isinstance(storage, FileSystemStorage):
        yield Path(storage.path(name))
        return
    with _downloaded(storage, name) as copy:
        yield copy


@contextmanager
def _downloaded(storage: Storage, name: str) -> Iterator[Path]:
    with tempfile.NamedTemporaryFile(suffix=PurePosixPath(name).suffix) as copy:
        with storage.open(name, "rb") as original:
            shutil.copyfileobj(original, copy)
        copy.flush()
        yield Path(copy.name)
