"""Apple's AAE sidecars: which program adjusted a picture, and when."""

import plistlib
from dataclasses import dataclass
from typing import Final
from xml.parsers.expat import ExpatError

from library.meta import values

MAX_LENGTH: Final = 4_000_000  # bytes; painted masks make them large


class NotAae(ValueError):
    """The file is not the list of adjustments it claims to be; says so in a sentence."""


@dataclass(frozen=True, slots=True)
class Adjustments:
    """What Apple wrote: the program, such as "com.apple.photo", the version of its format, and its editor."""

    program: str
    version: str
    editor: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.program, self.version) if part)


def from_aae(content: bytes) -> Adjustments:
    """The adjustments of an AAE file; raises NotAae. The edit itself is Apple's secret."""
    if len(content) > MAX_LENGTH:
        raise NotAae("The AAE file is too large.")
    try:
        found = plistlib.loads(content, fmt=plistlib.FMT_XML)
    except (
        ExpatError,
        ValueError,
        TypeError,
        AttributeError,
        LookupError,
        RecursionError,
        OverflowError,
    ) as error:
        raise NotAae("The file is not a list of adjustments.") from error
    if not isinstance(found, dict) or "adjustmentFormatIdentifier" not in found:
        raise NotAae("The file is not a list of adjustments.")
    texts = [
        values.text(found.get(f"adjustment{name}")) for name in ("FormatIdentifier", "FormatVersion", "EditorBundleID")
    ]
    return Adjustments(*(text[:64] for text in texts))
