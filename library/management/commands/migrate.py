"""`manage.py migrate`: Django's, with the triggers of the search out of the way and new indexes counted."""

from typing import Any

from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from library.search.sql import count_new_indexes
from library.search.watching import unwatch, watch


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        is_change = options["database"] == DEFAULT_DB_ALIAS and not (options["plan"] or options["check_unapplied"])
        if is_change and (options["app_label"] or _has_pending()):
            unwatch()
        super().handle(*args, **options)
        if is_change:
            self._watch()
            count_new_indexes()

    def _watch(self) -> None:
        """Without triggers everything works, and large libraries are searched more slowly."""
        try:
            watch()
        except DatabaseError as refusal:
            self.stderr.write(f"The database account may not create triggers, so that searches are slower: {refusal}")


def _has_pending() -> bool:
    """Whether there is anything to migrate: without triggers changes are not noted, if only for a moment."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
