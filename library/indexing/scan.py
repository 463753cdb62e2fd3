"""Walks the originals folder by folder and yields what is new or changed."""

import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG

from library.indexing.known import KnownFiles, Stat, known_files
from library.indexing.troubles import storable
from library.media.beneath import resolve_beneath
from library.media.ignore import IGNORE_FILE, STORAGE_MARKER, IgnoreRules, is_hidden
from library.media.mediafile import NotAFile, open_regular
from library.media.related import FileRef, RelatedFiles, group

MAX_NAME = 1024
MAX_RULES = 20_000  # bytes of an ignore file; more takes seconds in every folder


@dataclass(slots=True)
class FolderScan:
    """One folder: what is to be done in it. Names in `gone` and `strays` are relative to the originals."""

    path: str
    known: KnownFiles
    changed: list[RelatedFiles] = field(default_factory=list)
    strays: list[FileRef] = field(default_factory=list)
    problems: list[tuple[FileRef, str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    files: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class _Listing:
    files: dict[str, Stat] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    problems: list[tuple[FileRef, str]] = field(default_factory=list)


def scan(
    root: Path, start: str = "", *, rescan: bool = False, sequential: bool = False, is_deep: bool = True
) -> Iterator[FolderScan]:
    """Yields every folder below `start` (relative, "" = all), parents first, names in order; if not `is_deep`, only it.

    Symbolic links are followed as long as they stay inside the originals, and each folder is visited once: by
    its own name where it has one here, so that a new link does not rename what it leads to. A folder that cannot
    be listed is a problem of its own: nothing below it counts as gone. With `sequential` numbered copies belong
    to one picture.
    """
    visited: set[tuple[int, int]] = set()
    pending, linked = [(start, _rules_above(root, start))], deque[tuple[str, IgnoreRules]]()
    while pending or linked:
        path, rules = pending.pop() if pending else linked.popleft()
        folder = root / path
        if not _first_visit(folder, visited):
            continue
        rules = _with_rules_of(root, path, rules)
        try:
            listing = _list(root, path, rules)
        except OSError as error:
            yield FolderScan(path, KnownFiles(), problems=[(FileRef(path, 0, 0), _cannot_read(error))])
            continue
        if listing is None:
            continue
        yield _compare(path, listing, rescan=rescan, sequential=sequential)
        if not is_deep:
            return
        pending.extend((name, rules) for name in sorted(listing.folders, reverse=True))
        linked.extend((name, rules) for name in sorted(listing.linked))


def count_files(root: Path, start: str = "") -> int:
    """A quick count for the progress bar; links and ignore rules are not looked at."""
    total = 0
    for _, folders, names in os.walk(root / start):
        folders[:] = [name for name in folders if not is_hidden(name)]
        total += sum(not is_hidden(name) for name in names)
    return total


def _rules_above(root: Path, start: str) -> IgnoreRules:
    rules, path = IgnoreRules(), Path()
    for part in Path(start).parts:
        rules = _with_rules_of(root, "" if path == Path() else path.as_posix(), rules)
        path /= part
    return rules


def _with_rules_of(root: Path, path: str, rules: IgnoreRules) -> IgnoreRules:
    try:
        with open_regular(resolve_beneath(root, root / path / IGNORE_FILE)) as stream:
            text = stream.read(MAX_RULES).decode("utf-8", "replace")
    except (OSError, NotAFile):
        return rules
    return rules.within(path, text)


def _first_visit(folder: Path, visited: set[tuple[int, int]]) -> bool:
    try:
        stat = folder.stat()
    except OSError:
        return False
    key = (stat.st_dev, stat.st_ino)
    if key in visited:
        return False
    visited.add(key)
    return True


def _list(root: Path, path: str, rules: IgnoreRules) -> _Listing | None:
    """None if the folder holds this program's own storage."""
    listing = _Listing()
    prefix = f"{path}/" if path else ""
    with os.scandir(resolve_beneath(root, root / path)) as entries:
        for entry in entries:
            if entry.name == STORAGE_MARKER:
                return None
            if not is_hidden(entry.name) and not rules.ignores(prefix + entry.name):
                _add(listing, entry, prefix, root)
    return listing


def _add(listing: _Listing, entry: os.DirEntry[str], prefix: str, root: Path) -> None:
    name = prefix + entry.name
    try:
        if reason := _unusable_name(name) or _leads_out(entry, root):
            listing.problems.append((FileRef(name, 0, 0), reason))
        elif entry.is_dir():
            (listing.linked if entry.is_symlink() else listing.folders).append(name)
        elif S_ISREG((stat := entry.stat()).st_mode):
            listing.files[entry.name] = (stat.st_size, stat.st_mtime_ns)
        else:
            listing.problems.append((FileRef(name, 0, 0), "Neither a file nor a folder, but a pipe, socket or device."))
    except OSError as error:
        listing.problems.append((FileRef(name, 0, 0), _cannot_read(error)))


def _unusable_name(name: str) -> str:
    if len(name) > MAX_NAME:
        return f"The name is longer than {MAX_NAME} characters."
    try:
        name.encode()
    except UnicodeEncodeError:
        return "The name is not valid UTF-8."
    return ""


def _leads_out(entry: os.DirEntry[str], root: Path) -> str:
    # Path.resolve raises RuntimeError for a link that leads to itself; such a one fails when it is read.
    if entry.is_symlink() and not Path(os.path.realpath(entry.path)).is_relative_to(root.resolve()):
        return "The link leads out of the originals."
    return ""


def _compare(path: str, listing: _Listing, *, rescan: bool, sequential: bool) -> FolderScan:
    known = known_files(path)
    prefix = f"{path}/" if path else ""
    found = FolderScan(path, known, files=len(listing.files), problems=listing.problems)
    there = listing.files.keys() | {storable(ref.base) for ref, _ in listing.problems}
    # What the folder itself was told of stands under its own path, without a name in it.
    names = (name for known_names in (known.rows, known.trouble) for name in known_names if name not in there)
    found.gone = [prefix + name if name else path for name in names]
    if not rescan and all(map(known.is_unchanged, listing.files, listing.files.values())):
        found.unchanged = len(listing.files)
        return found
    refs = [FileRef(prefix + name, size, time) for name, (size, time) in sorted(listing.files.items())]
    grouped: set[FileRef] = set()
    for related in group(refs, sequential=sequential, apart=known.apart):
        grouped.update(related.files)
        if rescan or not all(_is_unchanged(known, ref) for ref in related.files):
            found.changed.append(related)
        else:
            found.unchanged += len(related.files)
    for ref in refs:
        if ref in grouped:
            continue
        if rescan or not _is_unchanged(known, ref):
            found.strays.append(ref)
        else:
            found.unchanged += 1
    return found


def _is_unchanged(known: KnownFiles, ref: FileRef) -> bool:
    return known.is_unchanged(ref.base, (ref.size, ref.mtime_ns))


def _cannot_read(error: OSError) -> str:
    return f"Cannot be read: {error.strerror or error}."
