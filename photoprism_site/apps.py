"""Registers the project's own checks and commands."""

from django.apps import AppConfig
from django.core import checks


class SiteConfig(AppConfig):
    name = "photoprism_site"
    verbose_name = "Site"

    def ready(self) -> None:
        from photoprism_site.checks import check_paths, check_table

        checks.register(check_paths)
        checks.register(check_table)
