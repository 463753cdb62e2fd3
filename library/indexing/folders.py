"""Rows of folders, made as the scan meets them."""

from library.meta import clean
from library.models import Folder
from library.models.folder import Root, path_key


def ensure(path: str) -> Folder:
    """The row of a folder of originals, made when it is new; a missing one is there again."""
    folder, _ = Folder.objects.get_or_create(
        path_key=path_key(Root.ORIGINALS, path),
        defaults={"root": Root.ORIGINALS, "path": path, "title": clean.title(path.rpartition("/")[2])[:200]},
    )
    if folder.missing:
        folder.missing = False
        folder.save(update_fields=["missing", "updated_at"])
    return folder


def below(start: str) -> list[tuple[int, str]]:
    """Id and path of every known folder of originals at or below `start`."""
    folders = Folder.objects.filter(root=Root.ORIGINALS, missing=False)
    if start:
        folders = folders.filter(path=start) | folders.filter(path__startswith=f"{start}/")
    return list(folders.values_list("pk", "path"))
