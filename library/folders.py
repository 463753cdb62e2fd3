"""What lies in the folders of originals: the folders below one, and the files in it, as a grant may see them."""

from dataclasses import dataclass

from django.db.models import Q

from library.access import Grant
from library.models import File, Folder
from library.models.folder import path_key
from library.search import visible_files


@dataclass(frozen=True, slots=True)
class Inside:
    """A folder of a root, "" for the root itself; `is_deep` takes the folders at every depth below it."""

    root: str
    path: str
    is_deep: bool = False


def find_folders(inside: Inside, condition: Q, grant: Grant) -> list[Folder] | None:
    """The folders in a folder that meet the condition, by their paths; None if it is not there for the grant.

    Who does not see every photo is told only of folders on the way to one that is seen.
    """
    below = Folder.objects.filter(root=inside.root, missing=False).exclude(path="")
    if inside.path:
        below = below.filter(path__startswith=f"{inside.path}/")
    seen = None if grant.sees_all else _on_the_way(inside, grant)
    is_there = not inside.path or (
        bool(seen) if seen is not None else Folder.objects.filter(path_key=path_key(inside.root, inside.path)).exists()
    )
    if not is_there:
        return None
    depth = inside.path.count("/") + 1 if inside.path else 0
    return [
        folder
        for folder in below.filter(condition).order_by("path")
        if (inside.is_deep or folder.path.count("/") == depth) and (seen is None or folder.path in seen)
    ]


def look_inside(inside: Inside, grant: Grant, *, public: bool, count: int, offset: int) -> list[File]:
    """The files of a folder that the grant may see, by their names; of public photos alone if asked for."""
    files = visible_files(grant).filter(folder__path_key=path_key(inside.root, inside.path), is_missing=False)
    if public:
        files = files.filter(photo__private=False)
    return list(files.select_related("photo").order_by("name")[offset : offset + count])


def _on_the_way(inside: Inside, grant: Grant) -> set[str]:
    """The paths of the folders at or below one that hold a file which is seen, with those above them."""
    files = visible_files(grant).filter(root=inside.root)
    if inside.path:
        files = files.filter(Q(folder__path=inside.path) | Q(folder__path__startswith=f"{inside.path}/"))
    seen = set[str]()
    for path in files.order_by().values_list("folder__path", flat=True).distinct():
        while path and path not in seen:
            seen.add(path)
            path = path.rpartition("/")[0]
    return seen
