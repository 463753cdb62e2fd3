"""The single writer: saves prepared groups, many in one transaction, and tells what became of them."""

import logging
import time
from dataclasses import dataclass, field
from datetime import date

from django.db import InterfaceError, OperationalError, transaction

from library import counts
from library.events import PhotosCreated, PhotosUpdated, publish
from library.indexing import troubles
from library.indexing.draft import Draft, Outcome, Skip
from library.indexing.identity import record_duplicate
from library.indexing.pool import Failure, Prepared
from library.media.related import FileRef
from library.models.trouble import Level
from library.plugs import plugged
from library.progress import Progress

log = logging.getLogger(__name__)

GROUPS = 64  # in one transaction
SECONDS = 1.0  # and no longer than this, so that others may write as well


@dataclass(slots=True)
class Batch:
    """Collects prepared groups with the id of their folder and saves them when there are enough."""

    progress: Progress
    photos: int = 0
    touched: set[int] = field(default_factory=set)
    unlabelled: str = ""  # why the label model was of no use
    has_labels: bool = False  # whether it was
    _groups: list[tuple[Prepared, int]] = field(default_factory=list)
    _started: float = 0.0

    def add(self, prepared: Prepared, folder_id: int) -> None:
        if not self._groups:
            self._started = time.monotonic()
        self._groups.append((prepared, folder_id))
        if len(self._groups) >= GROUPS or time.monotonic() - self._started > SECONDS:
            self.save()

    def save(self) -> None:
        """Writes what was collected, then counts it as done."""
        groups, self._groups = self._groups, []
        if not groups:
            return
        with transaction.atomic():
            outcomes = [save_group(prepared, folder_id) for prepared, folder_id in groups]
            drafts = [prepared for prepared, _ in groups if isinstance(prepared, Draft)]
            counts.recount_days(_days(drafts))
            _tell(drafts)
        self.photos += outcomes.count(Outcome.ADDED)
        self.touched |= {draft.photo.pk for draft in drafts if draft.photo is not None}
        self.unlabelled = next((draft.unlabelled for draft in drafts if draft.unlabelled), self.unlabelled)
        self.has_labels = self.has_labels or any(draft.impression for draft in drafts)
        for (prepared, _), outcome in zip(groups, outcomes, strict=True):
            _count(self.progress, prepared, outcome)
        self.progress.tick()


def save_group(prepared: Prepared, folder_id: int) -> Outcome:
    """Runs the savers over one draft, or records why there is none."""
    if isinstance(prepared, Failure):
        log.warning("%s: %s", prepared.related.main.name, prepared.reason, exc_info=prepared.error)
        troubles.record(prepared.related.main, prepared.reason, Level.ERROR, folder_id)
        for ref in prepared.related.others:
            _record_left_over(ref, prepared.related.main.name, folder_id)
        return Outcome.FAILED
    prepared.folder_id = folder_id
    try:
        _run_savers(prepared)
    except (OperationalError, InterfaceError):
        # The database itself is in trouble (full disk, lost connection): that is not the file's fault.
        raise
    except Exception as error:
        log.exception("%s cannot be saved.", prepared.main.ref.name)
        prepared.outcome = Outcome.FAILED
        troubles.record(prepared.main.ref, f"Cannot be saved: {error or type(error).__name__}", Level.ERROR, folder_id)
    return prepared.outcome


def _run_savers(draft: Draft) -> None:
    try:
        if draft.skipped:
            raise Skip(draft.skipped)
        with transaction.atomic():
            for save in plugged("INDEX_SAVERS"):
                save(draft)
        troubles.save_troubles(draft)
    except Skip as skip:
        _skip(draft, str(skip))


def _skip(draft: Draft, reason: str) -> None:
    """No photo comes of it: said in the error list, for its sidecars too, so that they are known next time."""
    if draft.outcome is Outcome.DUPLICATE:
        record_duplicate(draft)
        troubles.forget(file.ref.name for file in draft.files)
        return
    draft.outcome = Outcome.FAILED
    draft.days.clear()
    draft.main.reason = draft.main.reason or reason
    for file in draft.files:
        if file is draft.main or file.reason:
            troubles.record(file.ref, file.reason, Level.ERROR, draft.folder_id)
        else:
            _record_left_over(file.ref, draft.main.ref.name, draft.folder_id)


def _record_left_over(ref: FileRef, main: str, folder_id: int) -> None:
    troubles.record(ref, f"Belongs to {main}, which cannot be shown.", Level.SKIPPED, folder_id)


def _days(drafts: list[Draft]) -> set[date]:
    return {day for draft in drafts for day in draft.days}


def _tell(drafts: list[Draft]) -> None:
    """One event for all photos that are new, one for those that changed."""
    new = tuple(draft.photo.uid for draft in drafts if draft.outcome is Outcome.ADDED)
    changed = tuple(draft.photo.uid for draft in drafts if draft.outcome in (Outcome.UPDATED, Outcome.STACKED))
    if new:
        publish(PhotosCreated(new))
    if changed:
        publish(PhotosUpdated(changed))


_COUNTED = {
    Outcome.ADDED: "added",
    Outcome.STACKED: "added",
    Outcome.UPDATED: "updated",
    Outcome.FAILED: "failed",
}


def _count(progress: Progress, prepared: Prepared, outcome: Outcome) -> None:
    related = prepared.related
    files = len(related.files)
    name = _COUNTED.get(outcome, "skipped")
    setattr(progress, name, getattr(progress, name) + files)
    progress.current = related.main.name
