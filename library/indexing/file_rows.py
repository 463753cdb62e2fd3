"""The savers of files: one row per file of the group, and one of them primary."""

from typing import Any, Final

from library.indexing.draft import Draft, FileDraft
from library.indexing.identity import is_on_disk, move
from library.indexing.rows import save_changes, set_fields
from library.models import File
from library.models.folder import Root, path_key
from library.stacks.primaries import settle_primary
from library.uid import new_uid

LONGEST_NAME: Final = 755  # of a file before it was imported: the end says most


def save_files(draft: Draft) -> None:
    """Writes each file's row and settles which one is primary."""
    known = {file.path_key: file for file in File.objects.filter(photo=draft.photo)} if draft.photo.pk else {}
    rows = [_save_file(draft, file, known) for file in draft.files if file.hash]
    settle_primary([*rows, *(row for row in known.values() if row not in rows)])


def _save_file(draft: Draft, file: FileDraft, known: dict[str, File]) -> File:
    key = path_key(Root.ORIGINALS, file.ref.name)
    row = known.get(key) or _stray(key) or _moved(draft, file, known) or File(path_key=key, uid=new_uid("f"))
    values = _values(draft, file)
    save_changes(row, set_fields(row, values))
    return row


def _stray(key: str) -> File | None:
    """A row of this name that hangs on another photo or on none."""
    return File.objects.filter(path_key=key).first()


def _moved(draft: Draft, file: FileDraft, known: dict[str, File]) -> File | None:
    """A file of the same photo and content whose name is gone has been renamed with its main file."""
    for row in known.values():
        if row.hash == file.hash and row.root == Root.ORIGINALS and not is_on_disk(row.name):
            move(row, file, draft.folder_id)
            return row
    return None


def _values(draft: Draft, file: FileDraft) -> dict[str, Any]:
    """The columns of one file; pictures have more to say than sidecars."""
    metadata = file.metadata
    values: dict[str, Any] = {
        "photo_id": draft.photo.pk,
        "folder_id": draft.folder_id,
        "name": file.ref.name,
        "hash": file.hash,
        "size": file.ref.size,
        "mod_time": file.ref.mtime_ns,
        "type": file.format.name if file.format else "",
        "media_type": file.media_type,
        "mime": file.format.mime if file.format else "",
        "is_sidecar": not file.is_main,
        "is_missing": False,
        "is_video": file.media_type == "video",
        "error": file.reason[:512],
        "software": metadata.software[:64],
    }
    if file.original_name:
        values["original_name"] = file.original_name[-LONGEST_NAME:]
    if not file.is_main:
        return values
    return values | {
        "width": file.width,
        "height": file.height,
        "is_portrait": file.height > file.width > 0,
        "aspect_ratio": round(file.width / file.height, 3) if file.height else 0.0,
        "frames": file.video.frames if file.video else file.frames,
        "duration": file.duration,
        "video_offset": file.clip.offset if file.clip else 0,
        "video_length": file.clip.length if file.clip else 0,
        "video_codec": file.clip.codec if file.clip else "",
        "codec": (file.video.codec if file.video else metadata.codec)[:32],
        "fps": file.video.fps if file.video else 0,
        "is_streamable": file.video.is_streamable if file.video else False,
        "orientation": metadata.orientation or 1,
        "projection": metadata.projection[:64],
        "color_profile": metadata.color_profile[:64],
        "instance_id": metadata.instance_id[:64],
        "hdr": metadata.hdr,
        "thumbhash": file.thumbhash,
        "phash": file.phash,
        **_colors(file),
    }


def _colors(file: FileDraft) -> dict[str, Any]:
    if file.colors is None:
        return {}
    colors = file.colors
    return {
        "main_color": colors.main_color,
        "colors": colors.colors,
        "luminance": colors.luminance,
        "chroma": colors.chroma,
        "diff": colors.diff,
    }
