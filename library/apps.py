"""The library app."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "library"
    verbose_name = "Photos"
    default_auto_field = "django.db.models.BigAutoField"
