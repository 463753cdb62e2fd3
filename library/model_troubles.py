"""What is wrong with a model that comes beside the program; it stands in the list of problems until it is mended."""

import logging
from dataclasses import dataclass

from library.models import ErrorLog
from library.models.folder import Root, path_key
from library.models.trouble import Level

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelTrouble:
    """The line about one model; `name` is what the list calls it."""

    name: str

    def report(self, reason: str) -> None:
        """Puts the reason into the log and on top of the list of problems."""
        log.warning(reason)
        row = {"name": self.name, "root": Root.SIDECAR, "level": Level.WARNING, "reason": reason[:1024]}
        ErrorLog.objects.filter(path_key=self._key).delete()
        ErrorLog.objects.create(path_key=self._key, **row)

    def told(self) -> str:
        """What is wrong with the model as far as is known, "" if nothing is."""
        return ErrorLog.objects.filter(path_key=self._key).values_list("reason", flat=True).first() or ""

    def forget(self) -> None:
        ErrorLog.objects.filter(path_key=self._key).delete()

    @property
    def _key(self) -> str:
        return path_key(Root.SIDECAR, self.name)
