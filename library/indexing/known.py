"""What the database knows of a folder's files, read once per folder, so that unchanged files cost a comparison."""

from dataclasses import dataclass, field

from library.models import Duplicate, ErrorLog, File, Folder
from library.models.folder import Root, path_key

Stat = tuple[int, int]  # size in bytes, modification time in nanoseconds


@dataclass(slots=True)
class KnownFiles:
    """Base name -> size and time. `rows` are files with a row that are not missing; the rest is remembered trouble."""

    folder: Folder | None = None
    rows: dict[str, Stat] = field(default_factory=dict)
    trouble: dict[str, Stat] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()  # taken out of their stack by hand

    def is_unchanged(self, name: str, stat: Stat) -> bool:
        return self.trouble.get(name) == stat if name in self.trouble else self.rows.get(name) == stat


def known_files(path: str) -> KnownFiles:
    """Everything known of the folder, not of those below it. Three queries."""
    folder = Folder.objects.filter(path_key=path_key(Root.ORIGINALS, path)).first()
    if folder is None:
        return KnownFiles()
    columns = ("name", "size", "mod_time")
    prefix = len(path) + 1 if path else 0
    files = File.objects.filter(folder=folder, root=Root.ORIGINALS, is_missing=False).values_list(*columns, "unstacked")
    errors = ErrorLog.objects.filter(folder=folder).values_list(*columns)
    duplicates = Duplicate.objects.filter(folder=folder).values_list(*columns)
    known = KnownFiles(folder)
    apart: list[str] = []
    for name, size, time, is_apart in files.iterator(chunk_size=5000):
        known.rows[name[prefix:]] = (size, time)
        if is_apart:
            apart.append(name[prefix:])
    known.trouble = {name[prefix:]: (size, time) for rows in (errors, duplicates) for name, size, time in rows}
    known.apart = frozenset(apart)
    return known
