"""Log lines without the secrets that addresses carry: media tokens and sessions."""

import logging
import re
from typing import Final

_SECRETS: Final = re.compile(r"(/t/[^/\s]+/|/sessions?/|[?&]t=)[^/\s&\"']+")


class WithoutSecrets(logging.Filter):
    """For handlers: what reaches them has `***` in place of each secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if (redacted := without_secrets(message)) != message:
            record.msg, record.args = redacted, ()
        return True


def without_secrets(text: str) -> str:
    """`/api/v1/t/<hash>/***/tile_224` for the address of a thumb."""
    return _SECRETS.sub(r"\1***", text)
