"""Accounts, tokens and links: who may see what."""

from sharing.models.account import Account, Role
from sharing.models.attempt import FailedLogin
from sharing.models.link import Link
from sharing.models.token import AccessToken, TokenKind

__all__ = ["AccessToken", "Account", "FailedLogin", "Link", "Role", "TokenKind"]
