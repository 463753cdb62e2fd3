"""Single metadata values: text, numbers, angles; what cannot be read becomes unknown."""

import math
import re
from collections.abc import Iterator
from typing import Final

MAX_TEXT: Final = 4096
# Half of a surrogate pair can be written nowhere.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffd\ud800-\udfff]")
_CHARSET = re.compile(r'\s*charset="?\w+"?\s*', re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_EMPTY = frozenset({"", "-", "*", "%", "0", "-1", "z", "null", "nil", "none", "nan", "unknown", "n/a"})


def text(value: object) -> str:
    """The first non-empty text in a value, without control characters, at most 4096 long."""
    return next(texts(value), "")


def texts(value: object) -> Iterator[str]:
    """Every non-empty text in a string, a list, or a map of languages (default first)."""
    if isinstance(value, dict):
        default_first = sorted(value.items(), key=lambda item: "x-default" not in str(item[0]))
        value = [entry for _, entry in default_first]
    if isinstance(value, list | tuple):
        for entry in value:
            yield from texts(entry)
    elif value is not None and (cleaned := _clean(str(value))):
        yield cleaned


def is_empty(value: str) -> bool:
    """Whether a text only says that there is nothing, such as "-", "null" or a zero date."""
    lowered = value.strip().lower()
    return lowered in _EMPTY or not lowered.strip("0-:/ .")


def number(value: object) -> float | None:
    """A finite number from 5, "5.6", "1/250", "100 0" or a list; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _finite(value)
    return _fraction(text(value).replace(",", " ").split(" ")[0])


def whole(value: object) -> int:
    """A number rounded to an int; 0 if there is none."""
    found = number(value)
    return round(found) if found is not None else 0


def degrees(value: object, reference: str = "") -> float | None:
    """Decimal degrees from "41/1 13/1 1308/100", "41,13.218N" or 41.22; south and west negative."""
    written = text(value)
    reference = written[-1:].upper() if written[-1:].upper() in {*"NSEW"} else reference.upper()
    parts = [_fraction(part) for part in re.split(r"[\s,;]+", written.rstrip("NSEWnsew ")) if part]
    angle = _sexagesimal(parts)
    if angle is None or abs(angle) > 180:
        return None
    return -abs(angle) if reference[:1] in {"S", "W"} else angle


def _clean(value: str) -> str:
    without_charset = _CHARSET.sub("", value[:MAX_TEXT], count=1) if "charset=" in value[:20] else value
    return _CONTROL.sub("", without_charset[:MAX_TEXT]).strip()


def _fraction(written: str) -> float | None:
    top, _, bottom = written.partition("/")
    if not _NUMBER.fullmatch(top) or (bottom and not _NUMBER.fullmatch(bottom)):
        return None
    divisor = float(bottom) if bottom else 1.0
    return _finite(float(top) / divisor) if divisor else None


def _sexagesimal(parts: list[float | None]) -> float | None:
    """Degrees from degrees, minutes and seconds; a missing or broken last part counts as 0."""
    if not 1 <= len(parts) <= 3 or parts[0] is None:
        return None
    minutes, seconds = ([*parts[1:], 0.0, 0.0])[:2]
    rest = (minutes or 0.0) / 60 + (seconds or 0.0) / 3600
    return parts[0] + math.copysign(rest, parts[0])


def _finite(value: float) -> float | None:
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) and abs(found) < 1e15 else None
