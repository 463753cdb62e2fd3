"""Grant: who asks, and the scope (a query) that bounds what they may see."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from library.query import Node

ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Grant:
    """What this request may do and see. Without a user and role it may see nothing."""

    user: Any = None
    role: str = ""
    permissions: frozenset[str] = field(default_factory=frozenset)
    scope: Node | None = None
    preview_token: str = ""
    download_token: str = ""

    @property
    def user_id(self) -> int | None:
        return getattr(self.user, "pk", None)

    @property
    def sees_all(self) -> bool:
        """Administrators see every photo, whoever owns it."""
        return self.role == ADMIN

    @property
    def key(self) -> str:
        """The same text for grants that see the same: what one of them was shown may be kept for the other."""
        seen = (self.role, self.user_id, sorted(self.permissions), self.scope)
        return hashlib.sha256(repr(seen).encode()).hexdigest()

    def may(self, permission: str) -> bool:
        """`grant.may("library.update_photo")`; the names are those of `sharing.acl`."""
        return permission in self.permissions


NOBODY = Grant()
