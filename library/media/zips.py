"""ZIP files of originals: stored, not compressed, made while they are sent, their size known before."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from zipstream import ZipStream

from library.media.beneath import resolve_beneath
from library.media.mediafile import open_regular
from library.media.unplaced import Blank, CannotUnplace, blanked, blanks_of

_STEP = 1 << 17  # bytes
MISSING_NAME = "missing files.txt"
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Member:
    """A file to put in, under a name that need not be unique or safe; no link may lead out of the folder `within`."""

    path: Path
    name: str
    within: Path | None = None
    unplaced: bool = False
    """Whether it must not say where it was taken; one that cannot be sent so counts as missing."""


@dataclass(frozen=True, slots=True)
class Zip:
    """`size` bytes, which come as `pieces`; reading them opens one file after the other."""

    size: int
    pieces: Iterator[bytes]


def make_zip(members: Iterable[Member]) -> Zip:
    """A ZIP of the files; those that are not there any more are named in a text inside it.

    A file that changes its length or goes away while it is sent ends the stream with an exception: a broken download
    beats a ZIP that looks whole.
    """
    stream, there, missing = ZipStream(sized=True), [], []
    for member, name in zip(members := list(members), unique_names(m.name for m in members), strict=True):
        if _is_there(member):
            _add(stream, member, name)
            there.append(member)
        else:
            missing.append(name)
    if missing:
        stream.add("\n".join(missing) + "\n", MISSING_NAME)
    return Zip(len(stream), _pieces(stream, there))


def _pieces(stream: ZipStream, members: Iterable[Member]) -> Iterator[bytes]:
    """Looks at each file again when its turn comes, which may be an hour later: a pipe would be waited for."""
    for member in members:
        if not _is_there(member):
            raise FileNotFoundError(member.path)
        yield from stream.file()
    yield from stream.finalize()


def _is_there(member: Member) -> bool:
    try:
        path = resolve_beneath(member.within, member.path) if member.within else member.path
    except FileNotFoundError:
        return False
    return path.is_file() and (not member.unplaced or _blanks(path) is not None)


def _add(stream: ZipStream, member: Member, name: str) -> None:
    if member.unplaced:
        stream.add(_unplaced(member.path), name, size=member.path.stat().st_size)
    else:
        stream.add_path(str(member.path), name, recurse=False)


def _unplaced(path: Path) -> Iterator[bytes]:
    blanks = _blanks(path)
    if blanks is None:
        raise FileNotFoundError(path)
    with open_regular(path) as file:
        file.seek(at := 0)
        while content := file.read(_STEP):
            yield blanked(content, at, blanks)
            at += len(content)


def _blanks(path: Path) -> tuple[Blank, ...] | None:
    try:
        with open_regular(path) as file:
            return blanks_of(file)
    except CannotUnplace:
        return None


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
