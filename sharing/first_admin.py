"""The first administrator: made before anything listens, with a given password or one written to a file."""

import secrets
from pathlib import Path
from typing import Final

from django.contrib.auth.models import User

from sharing.accounts import add_account, clean_name
from sharing.acl import ADMIN
from sharing.credentials import write_credentials

# No signs that look alike; 16 of 31 are 79 bits.
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def ensure_admin(*, name: str, password: str, url: str, credentials: Path) -> bool:
    """Makes the administrator if the library has none. Returns whether it did.

    Without a `password` one is made and written to the file `credentials`, which only this system account can read.
    An administrator who exists keeps their password, whatever the options say now. Raises NameTaken, OSError.
    """
    if User.objects.filter(account__role=ADMIN, is_active=True).exists():
        return False
    name = clean_name(name)
    chosen = password or _make_password()
    if not password:
        # Before the account: stopped in between, the next start makes both anew.
        write_credentials(credentials, url=url, name=name, password=chosen)
    add_account(name, chosen, role=ADMIN)
    return True


def _make_password() -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
