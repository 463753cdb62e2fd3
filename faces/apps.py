"""The faces app."""

from django.apps import AppConfig


class FacesConfig(AppConfig):
    name = "faces"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"
