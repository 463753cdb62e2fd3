"""Grant: who asks, and the scope (a query) that bounds what they may see."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from library.query import Node

ADMIN = "admin"

MEMBERS = frozenset([ADMIN, "user", "viewer", "client"])
"""Whose the library is; everyone else sees only what was shared with them."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What this request may do and see. Without a user and role it may see nothing."""

    user: Any = None
    role: str = ""
    permissions: frozenset[str] = field(default_factory=frozenset)
    scope: Node | None = None
    preview_token: str = ""
    download_token: str = ""
    hides_places: bool = False
    """Whether nothing may be told of where photos were taken."""
    lender: "Grant | None" = None
    """Of a visitor: what the account that shares may show; the scope is what it would find."""

    @property
    def user_id(self) -> int | None:
        return getattr(self.user, "pk", None)

    @property
    def owner_id(self) -> int | None:
        """Whose own photos are seen beside those of all: the account's, or those of the one that shares."""
        return self.lender.user_id if self.lender else self.user_id

    @property
    def sees_all(self) -> bool:
        """Administrators see every photo, whoever owns it."""
        return self.role == ADMIN

    @property
    def is_member(self) -> bool:
        """Whether the library is theirs, and no part of it that was shared with them."""
        return self.scope is None and self.role in MEMBERS

    @property
    def key(self) -> str:
        """The same text for grants that see the same: what one of them was shown may be kept for the other."""
        lender = self.lender.key if self.lender else ""
        seen = (self.role, self.user_id, sorted(self.permissions), self.scope, self.hides_places, lender)
        return hashlib.sha256(repr(seen).encode()).hexdigest()

    def may(self, permission: str) -> bool:
        """`grant.may("library.update_photo")`; the names are those of `sharing.acl`."""
        return permission in self.permissions


NOBODY = Grant()
