"""Pure: which files and folders are not looked at: hidden ones, and what `.ppignore` files say."""

import fnmatch
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self

IGNORE_FILE = ".ppignore"
STORAGE_MARKER = ".ppstorage"
"""A folder that contains a file of this name belongs to an application's storage and is skipped."""

_HIDDEN = (".", "@", "_.", "__")


def is_hidden(name: str) -> bool:
    """Whether a file or folder is hidden by its name: `.git`, `@eaDir`, `_.tmp`, `__MACOSX`."""
    return name.rpartition("/")[2].startswith(_HIDDEN)


def parse_patterns(text: str) -> tuple[str, ...]:
    """The patterns of an ignore file, one a line, in lower case.

    A comment starts with a hash and a space, so that `#recycle` stays a pattern.
    """
    lines = (line for line in text.splitlines() if not line.startswith("# "))
    return tuple(pattern for line in lines if (pattern := line.strip("/ \t\r\n\0").lower()))


@dataclass(frozen=True, slots=True)
class IgnoreRules:
    """The patterns that hold in a folder and below. Start with `IgnoreRules()`; `within` adds a file's."""

    names: tuple[str, ...] = ()
    paths: tuple[tuple[str, ...], ...] = ()
    _any_name: tuple[re.Pattern[str], ...] = field(default=(), compare=False, repr=False)  # one of each file

    def within(self, folder: str, text: str) -> Self:
        """These rules and those of an ignore file with this `text` in `folder` (root-relative, "" the root).

        A pattern with a slash is matched on the path below its folder, any other on the bare name.
        """
        patterns = parse_patterns(text)
        above = tuple(_literal(part) for part in folder.strip("/").lower().split("/") if part)
        names = tuple(p for p in patterns if "/" not in p)
        paths = (*self.paths, *((*above, *p.split("/")) for p in patterns if "/" in p))
        return type(self)((*self.names, *names), paths, (*self._any_name, *_any_of(names)))

    def ignores(self, path: str) -> bool:
        """Whether a file or folder, given root-relative, is ignored; what lies below it then is too."""
        if not self.names and not self.paths:
            return False
        parts = path.lower().split("/")
        if any(names.match(parts[-1]) for names in self._any_name):
            return True
        return any(_matches(parts, pattern) for pattern in self.paths)


def _any_of(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    # Python's translation keeps a pattern of many stars from taking exponential time.
    return (re.compile("|".join(f"(?:{fnmatch.translate(_class(name))})" for name in names)),) if names else ()


def _matches(parts: list[str], pattern: tuple[str, ...]) -> bool:
    return len(parts) == len(pattern) and all(map(_matches_part, pattern, parts))


def _matches_part(wanted: str, part: str) -> bool:
    return _compiled(wanted).match(part) is not None


@lru_cache(maxsize=1 << 14)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(_class(pattern)))


def _class(pattern: str) -> str:
    """Both ways to write "none of these": `[^a]` as in shells, `[!a]` as Python wants it."""
    return pattern.replace("[^", "[!")


def _literal(part: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", part)
