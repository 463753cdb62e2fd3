"""Job: one run of background work as people see it; Lease: who may write the library now."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from library.models.fields import UIDField

STALE_AFTER = timedelta(seconds=90)
"""A running job reports twice a second; one that is silent for so long is none."""


class JobState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(models.Model):
    uid = UIDField(prefix="x")
    kind = models.CharField(max_length=32)
    state = models.CharField(max_length=16, choices=JobState.choices, default=JobState.QUEUED, db_index=True)
    arguments: Any = models.JSONField(default=dict, blank=True)
    progress: Any = models.JSONField(default=dict, blank=True)
    result = models.TextField(blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"

    @property
    def is_open(self) -> bool:
        return self.state in {JobState.QUEUED, JobState.RUNNING}

    def has_stalled(self, now: datetime) -> bool:
        """Whether nothing was heard of it for so long that its process must be gone."""
        return self.heartbeat_at is not None and now - self.heartbeat_at > STALE_AFTER

    def cancel(self) -> None:
        """Asks a running job to stop after the file at hand; a queued one ends at once."""
        self.cancel_requested = True
        if self.state == JobState.QUEUED:
            self.state = JobState.CANCELLED
            self.finished_at = timezone.now()
        self.save(update_fields=["cancel_requested", "state", "finished_at"])


class Lease(models.Model):
    """The right to write the library (index, import, purge): one holder, proven alive by its heartbeat."""

    name = models.CharField(max_length=32, primary_key=True)
    holder = models.CharField(max_length=64, blank=True, default="")
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"
