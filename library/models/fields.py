"""Column types that several tables share: UIDs and sources."""

from functools import partial
from typing import Any

from django.db import models

from library.uid import new_uid


class UIDField(models.CharField[str, str]):
    """A PhotoPrism UID of 16 characters, made on first save: `UIDField(prefix="p")`."""

    def __init__(self, *args: Any, prefix: str, **kwargs: Any) -> None:
        self.prefix = prefix
        kwargs.update(max_length=16, unique=True, editable=False, default=partial(new_uid, prefix))
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for derived in ("max_length", "unique", "editable", "default"):
            kwargs.pop(derived, None)
        kwargs["prefix"] = self.prefix
        return name, path, args, kwargs


class SourceField(models.CharField[str, str]):
    """Where the neighbouring value came from: a name of `library.sources`, "" = automatic."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_length=8, blank=True, default="")
        super().__init__(*args, **kwargs)
