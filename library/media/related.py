"""Groups the files of a folder into pictures: a main file and all that belongs to it."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from library.media.formats import Format, by_name, extension
from library.media.takeout import Pictures, original_stem


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file below a root. `name` is relative, with slashes; undecodable bytes are kept as surrogates."""

    name: str
    size: int
    mtime_ns: int

    @property
    def base(self) -> str:
        """The name without its folder."""
        return self.name.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class RelatedFiles:
    """The files of one picture: the main one, and the others by name."""

    main: FileRef
    others: tuple[FileRef, ...] = ()

    @property
    def files(self) -> tuple[FileRef, ...]:
        """All of them, the main one first."""
        return (self.main, *self.others)


def group(
    files: Iterable[FileRef], *, sequential: bool = False, apart: Collection[str] = frozenset()
) -> list[RelatedFiles]:
    """The pictures among the files of ONE folder, ordered by the name of their main file.

    Files belong together by name: `IMG_1.jpg`, `IMG_1.dng`, `IMG_1.jpg.xmp`; edits that Apple names
    `IMG_E1234` or `IMG_1234_HEVC`, and Google `IMG_1-edited`, join their original. With `sequential` also
    numbered copies such as `IMG_1 (2)`. The files `apart`, by base name, are pictures of their own whatever
    stands beside them. A file that belongs to no picture is left out. Takes time linear in the files.
    """
    pictures, attachments = _split(files)
    groups: dict[str, list[FileRef]] = {}
    for file in pictures:
        # A slash is in no base name, so that nothing else comes to this group by its own.
        key = f"/{file.base}" if file.base in apart else base_prefix(file.base, sequential=sequential)
        groups.setdefault(key, []).append(file)
    _join_edits(groups)
    owners = {file.base: members for members in groups.values() for file in members}
    takeout = Pictures(owners if any(extension(file.base) == "json" for file in attachments) else ())
    for file in attachments:
        members = owners.get(takeout.owner_of(file.base)) or _owner(file.base, owners, groups, sequential=sequential)
        if members is not None:
            members.append(file)
    return sorted((relate(members) for members in groups.values()), key=lambda found: found.main.name)


def base_prefix(name: str, *, sequential: bool = False) -> str:
    """The part of a file name that the files of one picture share.

    >>> base_prefix("IMG_1.jpg.xmp"), base_prefix("Test copy 3.jpg", sequential=True)
    ('IMG_1', 'Test')
    """
    base = name.rpartition("/")[2]
    if extension(base):
        base = base.rpartition(".")[0]
    while by_name(base):
        base = base.rpartition(".")[0]
    return _without_copy_number(base) if sequential else base


# The word is that of Windows and macOS in some languages: "IMG - Kopie (2)".
_COPY = re.compile(r"(?:\.\d{5,}| ?\(.*|(?: -)? (?:copy|(?:kopie|copie|copia)\b).*)$", re.DOTALL | re.IGNORECASE)
# O is the list of adjustments that Apple keeps beside an edit.
_EDIT = re.compile(r"(IMG_)[EO](\d{4,})")
_MARKED = re.compile(r"(.*\d)_[A-Z]{4}")


def _without_copy_number(base: str) -> str:
    """Without `.00001`, ` (2)` or ` copy 3` at the end; unchanged if nothing else were left."""
    return _COPY.sub("", base, count=1).strip() or base


def _split(files: Iterable[FileRef]) -> tuple[list[FileRef], list[FileRef]]:
    """Files that can be a picture of their own, and files that cannot."""
    pictures: list[FileRef] = []
    attachments: list[FileRef] = []
    for file in files:
        known = by_name(file.base)
        (pictures if known and known.is_main else attachments).append(file)
    return pictures, attachments


def _join_edits(groups: dict[str, list[FileRef]]) -> None:
    for prefix in list(groups):
        original = _original_of(prefix)
        if original in groups:
            groups[original].extend(groups.pop(prefix))


def _original_of(prefix: str) -> str:
    """The prefix that an edit belongs to, or an empty text.

    Only four capitals after a number count as a mark: else `DSC.jpg` would swallow every `DSC_0001.jpg`
    beside it, and `party.jpg` also `party_pool.jpg`.
    """
    edit = _EDIT.fullmatch(prefix)
    if edit:
        return edit[1] + edit[2]
    marked = _MARKED.fullmatch(prefix)
    return marked[1] if marked else original_stem(prefix)


def _owner(
    base: str, owners: dict[str, list[FileRef]], groups: dict[str, list[FileRef]], *, sequential: bool
) -> list[FileRef] | None:
    """The group of an attachment: that of the longest beginning of its name, up to a dot.

    So `IMG_1.jpg.supplemental-metadata.json` finds `IMG_1.jpg`.
    """
    stem, dot, _ = base.rpartition(".")
    if not dot:
        return None
    while stem:
        found = owners.get(stem) or groups.get(stem)
        if found is not None:
            return found
        stem = stem.rpartition(".")[0]
    prefix = base_prefix(base, sequential=sequential)
    return groups.get(prefix) or groups.get(_original_of(prefix))


def relate(members: Collection[FileRef]) -> RelatedFiles:
    """The files of one picture with the main one in front."""
    main = min(members, key=_rank)
    others = sorted((file for file in members if file is not main), key=lambda file: file.name)
    return RelatedFiles(main, tuple(others))


def _rank(file: FileRef) -> tuple[int, int, str]:
    """The order in which files are chosen as main: what holds most of the picture, then the shortest name."""
    found = by_name(file.base)
    return _importance(found) if found else _LAST, len(file.name), file.name


_LAST = 9


def _importance(found: Format) -> int:
    if found.name in {"heic", "heics"}:
        return 2
    if found.media_type == "image":
        return 5 if found.name in {"jpg", "png"} else 3
    return {"raw": 0, "vector": 1, "video": 4, "document": 6, "audio": 6}.get(found.media_type, _LAST)
