"""The error list: a row for each file that cannot be shown, with its path and a sentence."""

from collections.abc import Iterable

from library.indexing.draft import Draft
from library.media.related import FileRef
from library.models import ErrorLog
from library.models.folder import Root, path_key
from library.models.trouble import Level


def save_troubles(draft: Draft) -> None:
    """Saver: each file's reason or warning; a file that is fine now leaves the list."""
    fine = [file.ref for file in draft.files if not file.reason and not file.warning]
    forget(ref.name for ref in fine)
    for file in draft.files:
        if file.reason:
            record(file.ref, file.reason, Level.ERROR, draft.folder_id)
        elif file.warning:
            record(file.ref, file.warning, Level.WARNING, draft.folder_id)


def record(ref: FileRef, reason: str, level: str, folder_id: int | None) -> None:
    """One row a file, written over by the next reason; kept in 1,024 characters."""
    name = storable(ref.name)
    key = path_key(Root.ORIGINALS, name)
    row = ErrorLog(
        name=name[-1024:],
        path_key=key,
        folder_id=folder_id,
        level=level,
        reason=storable(reason)[:1024],
        size=ref.size,
        mod_time=ref.mtime_ns,
    )
    known = ErrorLog.objects.filter(path_key=key).first()
    if known and _says_the_same(known, row):
        return
    ErrorLog.objects.filter(path_key=key).delete()
    row.save()


def forget(names: Iterable[str]) -> None:
    """Takes files off the list: they are fine now, or gone."""
    forget_keys([path_key(Root.ORIGINALS, storable(name)) for name in names])


def forget_keys(keys: list[str]) -> None:
    for start in range(0, len(keys), 500):
        ErrorLog.objects.filter(path_key__in=keys[start : start + 500]).delete()


def storable(text: str) -> str:
    """The text with bytes that are not UTF-8 written as \\xNN, and without NUL, so that every database takes it."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace").replace("\0", "\\x00")


def _says_the_same(old: ErrorLog, new: ErrorLog) -> bool:
    return all(
        getattr(old, name) == getattr(new, name) for name in ("level", "reason", "size", "mod_time", "folder_id")
    )
