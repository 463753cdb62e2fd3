"""ZIP files of originals: stored, not compressed, made while they are sent, their size known before."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from zipstream import ZipStream

MISSING_NAME = "missing files.txt"
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Member:
    """A file to put in, under a name that need not be unique or safe."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Zip:
    """`size` bytes, which come as `pieces`; reading them opens one file after the other."""

    size: int
    pieces: Iterator[bytes]


def make_zip(members: Iterable[Member]) -> Zip:
    """A ZIP of the files; those that are not there any more are named in a text inside it.

    A file that changes its length while it is sent ends the stream with RuntimeError: a broken download beats a
    ZIP that looks whole.
    """
    stream, missing = ZipStream(sized=True), []
    for member, name in zip(members := list(members), unique_names(m.name for m in members), strict=True):
        if member.path.is_file():
            stream.add_path(str(member.path), name, recurse=False)
        else:
            missing.append(name)
    if missing:
        stream.add("\n".join(missing) + "\n", MISSING_NAME)
    return Zip(len(stream), iter(stream))


def unique_names(names: Iterable[str]) -> Iterator[str]:
    """Names that every file system can hold side by side, upper and lower case being the same.

    >>> list(unique_names(["a/1.jpg", "b/1.JPG"]))
    ['1.jpg', '1 (2).JPG']
    """
    taken: dict[str, int] = {MISSING_NAME: 1}
    for name in map(safe_name, names):
        parts, candidate = PurePosixPath(name), name
        while (key := candidate.casefold()) in taken:
            taken[name.casefold()] += 1
            candidate = f"{parts.stem} ({taken[name.casefold()]}){parts.suffix}"
        taken[key] = 1
        yield candidate


def safe_name(name: str) -> str:
    """The last part of a path without what Windows, a shell or a terminal could stumble over."""
    base = _SURROGATE.sub("_", name.rpartition("/")[2])
    return _FORBIDDEN.sub("_", base).rstrip(". ") or "file"
