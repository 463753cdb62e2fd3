"""Pure: what an option's value may be, and how its text is read."""

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones


class WrongOption(ValueError):
    """An option has a value that it cannot have; the text names it, the value and what is allowed."""

    def __init__(self, name: str, given: str, allowed: str, *, is_secret: bool = False) -> None:
        self.name = name
        shown = "has a value that is not allowed" if is_secret else f"is “{given}”, which is not allowed"
        super().__init__(f"{name} {shown}; it must be {allowed}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a row of the table says about a value besides its type and default."""

    help: str
    section: str
    lowest: int | None = None
    highest: int | None = None
    spellings: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    is_secret: bool = False
    within: str = ""
    default_text: str = ""
    allowed: str = ""
    accepts: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One row of the table, ready to be shown."""

    name: str
    field: str
    kind: type
    choices: tuple[str, ...]
    default: Any
    rule: Rule

    @property
    def default_text(self) -> str:
        return self.rule.default_text or shown(self.default)

    @property
    def allowed(self) -> str:
        """What is allowed, as the end of "it must be ..."."""
        if self.rule.allowed:
            return self.rule.allowed
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if self.kind is bool:
            return "true or false"
        if self.kind is int:
            return f"a whole number from {self.rule.lowest} to {self.rule.highest}"
        return "the name of a folder" if self.kind is Path else "a text"


def read_value(option: Option, text: str, name: str, root: Path) -> object:
    """The value that the text given under this name means; a relative path starts at `root`. Raises WrongOption."""
    rule = option.rule
    wrong = WrongOption(name, text, option.allowed, is_secret=rule.is_secret)
    if option.kind is bool:
        return _read_switch(text, wrong)
    if option.kind is int:
        return _read_number(text, rule, wrong)
    if option.kind is Path:
        return absolute(root, Path(text))
    if option.choices:
        text = rule.spellings.get(text.lower(), text.lower())
        if text not in option.choices:
            raise wrong
    if rule.accepts and not rule.accepts(text):
        raise wrong
    return text


def _read_switch(text: str, wrong: WrongOption) -> bool:
    switch = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    if text.lower() not in switch:
        raise wrong
    return switch[text.lower()]


def _read_number(text: str, rule: Rule, wrong: WrongOption) -> int:
    if not re.fullmatch(r"-?[0-9]{1,12}", text):
        raise wrong
    number = int(text)
    if number < (rule.lowest or 0) or (rule.highest is not None and number > rule.highest):
        raise wrong
    return number


def shown(value: object) -> str:
    """A value as one would write it in the environment."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def has_password_size(text: str) -> bool:
    return 8 <= len(text.encode()) <= 72


def is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def is_redis_url(text: str) -> bool:
    return text.startswith(("redis://", "rediss://", "unix://"))


def are_networks(text: str) -> bool:
    try:
        return all(ipaddress.ip_network(part.strip(), strict=False) for part in text.split(","))
    except ValueError:
        return False


def is_zone(text: str) -> bool:
    try:
        return bool(ZoneInfo(text))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # A machine without the zone files cannot tell; the pinned tzdata package decides later.
        return not available_timezones()


def is_locale(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z]{2,4})?", text))


def absolute(start: Path, path: Path) -> Path:
    return Path(os.path.abspath(start / path.expanduser()))  # noqa: PTH100 - resolve() would follow links
