"""Which photo a group of files belongs to: known by name, moved here, a copy, or new."""

from django.conf import settings

from library.events import PhotosDeleted, publish
from library.indexing.draft import Draft, FileDraft, Outcome, Skip
from library.media.related import base_prefix
from library.models import Duplicate, File, Photo
from library.models.folder import Root, path_key
from library.models.photo import Stack
from library.stacks.merging import merge


def find_photo(draft: Draft) -> None:
    """Sets `draft.photo` to the photo these files have had before, else leaves it empty.

    The order is that of PhotoPrism: the same name; the same content under a name that is gone (a rename, all
    metadata stays); the same folder and base name. The same content under a name that still exists is a duplicate.
    """
    key = path_key(Root.ORIGINALS, draft.main.ref.name)
    row = File.objects.filter(path_key=key).select_related("photo").first()
    if row is None:
        row = _twin(draft.main)
        if row and is_on_disk(row.name):
            draft.outcome = Outcome.DUPLICATE
            raise Skip(f"Has the same content as {row.name}.")
        if row:
            move(row, draft.main, draft.folder_id)
    _gather(draft, row.photo if row else None)
    draft.photo = draft.photo or _namesake(draft)
    draft.leads = _leads(draft)
    draft.outcome = Outcome.UPDATED if draft.photo else Outcome.ADDED
    Duplicate.objects.filter(path_key__in=[path_key(Root.ORIGINALS, file.ref.name) for file in draft.files]).delete()


def is_on_disk(name: str) -> bool:
    """Whether an original of this name exists now."""
    return (settings.ORIGINALS_PATH / name).exists()


def move(row: File, file: FileDraft, folder_id: int) -> None:
    """The row follows its file to the new name."""
    row.name, row.path_key, row.folder_id = file.ref.name, path_key(Root.ORIGINALS, file.ref.name), folder_id
    row.is_missing = False
    row.save(update_fields=["name", "path_key", "folder", "is_missing", "updated_at"])


def _gather(draft: Draft, photo: Photo | None) -> None:
    """The photo of the main file; what the other files were until they came to stand beside it becomes part of it."""
    draft.photo = photo
    others = [
        path_key(Root.ORIGINALS, file.ref.name) for file in draft.files if file.is_main and file is not draft.main
    ]
    if not others or (photo and photo.stack == Stack.UNSTACKED):
        return
    found = Photo.objects.filter(files__path_key__in=others).exclude(stack=Stack.UNSTACKED).distinct()
    photos = {row.pk: row for row in (*([photo] if photo else []), *found.order_by("pk"))}
    draft.photo = next(iter(photos.values()), None)
    if len(photos) > 1:
        merged = merge(photos.values())
        draft.photo = merged.photo
        draft.days |= merged.days
        publish(PhotosDeleted(tuple(merged.gone)))


def _leads(draft: Draft) -> bool:
    """Whether the photo is named after these files, or has no others: then what they say is what it says."""
    photo = draft.photo
    if photo is None or (photo.folder_id, photo.name) == (draft.folder_id, base_prefix(draft.main.ref.name)[:255]):
        return True
    own = [path_key(Root.ORIGINALS, file.ref.name) for file in draft.files]
    others = File.objects.filter(photo=photo, root=Root.ORIGINALS, is_sidecar=False, is_missing=False)
    return not any(is_on_disk(row.name) for row in others.exclude(path_key__in=own))


def _twin(main: FileDraft) -> File | None:
    twins = File.objects.filter(hash=main.hash, root=Root.ORIGINALS, is_sidecar=False).select_related("photo")
    return twins.order_by("is_missing", "id").first()


def _namesake(draft: Draft) -> Photo | None:
    photos = Photo.objects.filter(folder_id=draft.folder_id, name=base_prefix(draft.main.ref.name)[:255])
    return photos.exclude(stack=Stack.UNSTACKED).order_by("id").first()


def record_duplicate(draft: Draft) -> None:
    """Remembers the files of a group that is a copy, so that they are not read again."""
    keys = {path_key(Root.ORIGINALS, file.ref.name): file for file in draft.files}
    Duplicate.objects.filter(path_key__in=keys).delete()
    Duplicate.objects.bulk_create(
        Duplicate(
            name=file.ref.name,
            path_key=key,
            folder_id=draft.folder_id,
            hash=file.hash,
            size=file.ref.size,
            mod_time=file.ref.mtime_ns,
        )
        for key, file in keys.items()
    )
