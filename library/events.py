"""The topics, their payloads and publish(), which calls the wired listeners after the commit."""

from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, ClassVar

from django.db import transaction

from library.plugs import plugged


@dataclass(frozen=True, slots=True)
class Event:
    """What happened; `topic` is PhotoPrism's channel name. Fields hold UIDs, numbers and strings only."""

    topic: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class IndexProgress(Event):
    """A running index job, at most two a second; counts are files."""

    topic: ClassVar[str] = "index.indexing"
    job: str
    state: str
    done: int
    total: int
    added: int
    updated: int
    unchanged: int
    failed: int
    skipped: int
    rate: float
    remaining: float | None
    current: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class IndexCompleted(Event):
    topic: ClassVar[str] = "index.completed"
    job: str
    state: str
    files: int
    added: int
    updated: int
    failed: int
    seconds: float
    message: str


@dataclass(frozen=True, slots=True)
class PhotosCreated(Event):
    topic: ClassVar[str] = "photos.created"
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhotosUpdated(Event):
    topic: ClassVar[str] = "photos.updated"
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhotosArchived(Event):
    topic: ClassVar[str] = "photos.archived"
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhotosRestored(Event):
    topic: ClassVar[str] = "photos.restored"
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhotosDeleted(Event):
    """Photos that are gone for good, or have become part of another."""

    topic: ClassVar[str] = "photos.deleted"
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlbumsCreated(Event):
    """Albums that were made, or brought back."""

    topic: ClassVar[str] = "albums.created"
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlbumsUpdated(Event):
    topic: ClassVar[str] = "albums.updated"
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlbumsDeleted(Event):
    topic: ClassVar[str] = "albums.deleted"
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelsCreated(Event):
    """Labels that are shown again."""

    topic: ClassVar[str] = "labels.created"
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelsUpdated(Event):
    topic: ClassVar[str] = "labels.updated"
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelsDeleted(Event):
    """Labels that were hidden, or have become part of another."""

    topic: ClassVar[str] = "labels.deleted"
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubjectsUpdated(Event):
    topic: ClassVar[str] = "subjects.updated"
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountsUpdated(Event):
    topic: ClassVar[str] = "count.updated"


TOPICS: tuple[type[Event], ...] = (
    IndexProgress,
    IndexCompleted,
    PhotosCreated,
    PhotosUpdated,
    PhotosArchived,
    PhotosRestored,
    PhotosDeleted,
    AlbumsCreated,
    AlbumsUpdated,
    AlbumsDeleted,
    LabelsCreated,
    LabelsUpdated,
    LabelsDeleted,
    SubjectsUpdated,
    CountsUpdated,
)


def publish(event: Event) -> None:
    """Calls every listener once the transaction at hand is committed; a failing listener hurts no one."""
    for listener in plugged("EVENT_LISTENERS"):
        transaction.on_commit(partial(listener, event.topic, payload(event)), robust=True)


def payload(event: Event) -> dict[str, Any]:
    """The event's fields as JSON values."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(event).items()}
