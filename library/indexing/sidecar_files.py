"""The stage part that reads what lies beside a picture: XMP, Google's JSON, Apple's AAE, YAML; and our own backup."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from library import sources
from library.indexing.draft import Draft, FileDraft
from library.media.mediafile import NotAFile, open_regular
from library.media.sidecarpaths import sidecar_names
from library.meta import xmp
from library.meta.aae import NotAae, from_aae
from library.meta.backup import Backup, read_backup, to_metadata
from library.meta.data import Metadata
from library.meta.jsontext import NotJson
from library.meta.regions import upright
from library.meta.takeout import from_takeout
from library.meta.xmp import NotXmp, from_xmp
from library.meta.yamltext import NotYaml

MAX_BYTES: Final = 10_000_000  # what programs write is a hundredth of it
# In these the decoder turns the picture itself, so that what is stored is upright already.
_STORED_UPRIGHT: Final = frozenset({"heic", "heics", "avif", "avifs", "jxl"})
# In rising trust: what a picture says of itself stands between the two.
_BELOW, _ABOVE = "below", "above"


@dataclass(slots=True)
class Beside:
    """What the sidecars of a group say, in rising trust: `below` what the pictures say, and `above` it."""

    below: list[Metadata] = field(default_factory=list)
    above: list[Metadata] = field(default_factory=list)


def read_sidecars(draft: Draft) -> Beside:
    """Reads every sidecar of the group; one that is broken gets a warning and says nothing."""
    beside = Beside()
    for file in draft.files:
        reader = _READERS.get(file.format.name) if file.hash and file.format else None
        if reader is None:
            continue
        where, read = reader
        try:
            file.metadata = read(_content(draft.path(file)), file)
        except (OSError, NotAFile, NotXmp, NotJson, NotAae, NotYaml) as error:
            file.warning = str(error)
            continue
        if where:
            (beside.above if where == _ABOVE else beside.below).append(_turned(draft, file))
    # What Google knew counts more than a YAML file.
    beside.below.sort(key=lambda metadata: sources.priority(metadata.src))
    return beside


def with_upright_faces(file: FileDraft) -> Metadata:
    """A picture's metadata with its faces where they are seen."""
    name = file.format.name if file.format else ""
    return _with_faces(file.metadata, 1 if name in _STORED_UPRIGHT else file.metadata.orientation)


def read_backup_of(draft: Draft) -> None:
    """The YAML file that the storage keeps of this picture, if there is one."""
    for name in sidecar_names(draft.main.ref.name):
        try:
            draft.backup = read_backup(_content(draft.workshop.sidecars / name).decode("utf-8", "replace"))
        except (OSError, NotAFile, NotYaml):
            continue
        return


def _turned(draft: Draft, file: FileDraft) -> Metadata:
    """A sidecar's faces are drawn on the stored picture, whose side up it need not repeat."""
    name = draft.main.format.name if draft.main.format else ""
    orientation = draft.main.metadata.orientation or file.metadata.orientation
    return _with_faces(file.metadata, 1 if name in _STORED_UPRIGHT else orientation)


def _with_faces(metadata: Metadata, orientation: int) -> Metadata:
    if not metadata.regions or orientation < 2:
        return metadata
    return replace(metadata, regions=tuple(upright(region, orientation) for region in metadata.regions))


def _content(path: Path) -> bytes:
    with open_regular(path) as stream:
        return stream.read(MAX_BYTES)


def _read_xmp(content: bytes, _: FileDraft) -> Metadata:
    return from_xmp(xmp.decode(content))


def _read_json(content: bytes, _: FileDraft) -> Metadata:
    return from_takeout(content.decode("utf-8", "replace")) or Metadata()


def _read_aae(content: bytes, _: FileDraft) -> Metadata:
    """Which program adjusted the picture is kept with the file; the picture itself is as it was."""
    return Metadata(software=str(from_aae(content)))


def _read_yaml(content: bytes, _: FileDraft) -> Metadata:
    """One among the originals is a stranger's, whoever wrote it: texts, date and place, no rights."""
    backup: Backup = read_backup(content.decode("utf-8", "replace"))
    return to_metadata(backup)


_READERS: Final[dict[str, tuple[str, Callable[[bytes, FileDraft], Metadata]]]] = {
    "yml": (_BELOW, _read_yaml),
    "json": (_BELOW, _read_json),
    "xmp": (_ABOVE, _read_xmp),
    "aae": ("", _read_aae),
}
