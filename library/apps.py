"""The library app; connects its checks and nothing else."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "library"
    verbose_name = "Photos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from library import checks  # noqa: F401 - importing registers them
