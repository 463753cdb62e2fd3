"""UIDs and tokens: PhotoPrism's 16-character ids and unguessable secrets."""

import re
import secrets
import time
from typing import Final

BASE36: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
UID_LENGTH: Final = 16
_TIME_LENGTH: Final = 6
_UID = re.compile(r"[a-z][0-9a-z]{15}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


def new_uid(prefix: str, *, at: float | None = None) -> str:
    """A new UID: type letter, creation time (unix seconds, 6 of base 36), 9 random characters."""
    seconds = int(time.time() if at is None else at)
    return prefix + _time_text(seconds) + new_token(UID_LENGTH - _TIME_LENGTH - len(prefix))


def is_uid(text: str, prefix: str = "") -> bool:
    """Whether `text` has the form of a UID, and of the type `prefix` if one is given."""
    return _UID.fullmatch(text) is not None and text.startswith(prefix)


def is_uuid(text: str) -> bool:
    """Whether `text` is a UUID with its four dashes."""
    return _UUID.fullmatch(text) is not None


def clean_uuid(text: str) -> str:
    """The UUID in `text` in lower case, without quotes or a scheme such as "xmp.did:", or ""."""
    last = text.rsplit(":", 1)[-1].strip(" \t\r\n\"'{}").lower()
    return last if is_uuid(last) else ""


def new_token(length: int = 10) -> str:
    """A random base 36 text of `length` characters for links, previews and downloads."""
    return "".join(secrets.choice(BASE36) for _ in range(length))


def new_access_token() -> str:
    """A random access token: 48 hexadecimal digits."""
    return secrets.token_hex(24)


def _time_text(seconds: int) -> str:
    digits = ""
    for _ in range(_TIME_LENGTH):
        seconds, digit = divmod(seconds, 36)
        digits = BASE36[digit] + digits
    return digits
