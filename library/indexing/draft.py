"""Draft: what the stages find out about related files, before any row exists; Skip ends one early."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from library.classify.seeing import Impression
from library.media.colors import Colors
from library.media.formats import Format
from library.media.motion import Clip
from library.media.related import FileRef, RelatedFiles
from library.media.video import Video
from library.meta.backup import Backup
from library.meta.data import Metadata
from library.nudity.detector import Nudity
from places.locate import Location


class Skip(Exception):
    """Raised by a stage that does not want these files; the text is the reason shown to people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What every stage needs to know; crosses the process border once per worker."""

    originals: Path
    thumbs: Path
    sidecars: Path
    thumb_size: int
    jpeg_quality: int
    max_pixels: int
    max_bytes: int
    exiftool: Path | None
    default_zone: str
    has_places: bool
    models: Path | None  # None = nothing is looked for in pictures
    checks_nudity: bool
    now: datetime


@dataclass(slots=True)
class FileDraft:
    """One file of the group. `reason` says in a sentence why it cannot be shown."""

    ref: FileRef
    original_name: str = ""  # what it was called before it was imported, if it was
    hash: str = ""
    format: Format | None = None
    metadata: Metadata = field(default_factory=Metadata)
    width: int = 0
    height: int = 0
    frames: int = 0
    clip: Clip | None = None
    video: Video | None = None
    thumbhash: bytes = b""
    pixels: bytes = b""
    phash: int | None = None
    colors: Colors | None = None
    reason: str = ""
    warning: str = ""

    @property
    def media_type(self) -> str:
        return self.format.media_type if self.format else "sidecar"

    @property
    def is_main(self) -> bool:
        return self.format is not None and self.format.is_main

    @property
    def duration(self) -> timedelta | None:
        """How long it plays: the video that it is, that is inside of it, or what it says of itself."""
        moving = self.video or self.clip
        return (moving.duration if moving else None) or self.metadata.duration

    @property
    def is_shown(self) -> bool:
        """True once a picture of it could be made."""
        return self.width > 0 and not self.reason


class Outcome(Enum):
    """What became of a group."""

    ADDED = "added"
    UPDATED = "updated"
    STACKED = "stacked"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(slots=True)
class Draft:
    """The group under work. Stages add plain values, as it crosses the border between processes; the
    fields from `folder_id` on are the savers' and are empty until then."""

    related: RelatedFiles
    workshop: Workshop
    files: list[FileDraft]
    preview: FileDraft | None = None
    metadata: Metadata = field(default_factory=Metadata)
    location: Location | None = None
    backup: Backup | None = None
    written_zone: str = ""  # what the files name; the metadata has the place's once that is known
    impression: Impression | None = None
    nudity: Nudity | None = None
    unlabelled: str = ""  # why the model could not look at it, where that is not the picture's fault
    skipped: str = ""

    folder_id: int = 0
    photo: Any = None
    leads: bool = True  # whether the photo takes its own values from these files, and not from others of its stack
    outcome: Outcome = Outcome.UPDATED
    days: set[date] = field(default_factory=set)

    @classmethod
    def of(cls, related: RelatedFiles, workshop: Workshop) -> "Draft":
        return cls(related, workshop, [FileDraft(ref) for ref in related.files])

    @property
    def main(self) -> FileDraft:
        return self.files[0]

    @property
    def shown(self) -> list[FileDraft]:
        return [file for file in self.files if file.is_shown]

    def path(self, file: FileDraft) -> Path:
        """Where the file is on this machine."""
        return self.workshop.originals / file.ref.name
