"""FailedLogin: a wrong password, kept for the limit that holds across processes."""

from django.db import models


class FailedLogin(models.Model):
    key = models.CharField(max_length=200, help_text="Address or account name, with its kind in front.")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "created_at"], name="failed_login_key")]

    def __str__(self) -> str:
        return f"{self.key} at {self.created_at}"
