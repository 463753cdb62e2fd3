"""Pure: which files and folders are not looked at: hidden ones, and what `.ppignore` files say."""

import fnmatch
import re
from dataclasses import dataclass, field
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
    _any_name: re.Pattern[str] | None = field(default=None, compare=False, repr=False)

    def within(self, folder: str, text: str) -> Self:
        """These rules and those of an ignore file with this `text` in `folder` (root-relative, "" the root).

        A pattern with a slash is matched on the path below its folder, any other on the bare name.
        """
        patterns = parse_patterns(text)
        above = tuple(_literal(part) for part in folder.strip("/").lower().split("/") if part)
        names = (*self.names, *(p for p in patterns if "/" not in p))
        paths = (*self.paths, *((*above, *p.split("/")) for p in patterns if "/" in p))
        return type(self)(names, paths, _any_of(names))

    def ignores(self, path: str) -> bool:
        """Whether a file or folder, given root-relative, is ignored; what lies below it then is too."""
        if not self.names and not self.paths:
            return False
        parts = path.lower().split("/")
        if self._any_name is not None and self._any_name.match(parts[-1]):
            return True
        return any(_matches(parts, pattern) for pattern in self.paths)


def _any_of(names: tuple[str, ...]) -> re.Pattern[str] | None:
    # Python's translation keeps a pattern of many stars from taking exponential time.
    return re.compile("|".join(f"(?:{fnmatch.translate(_class(name))})" for name in names)) if names else None


def _matches(parts: list[str], pattern: tuple[str, ...]) -> bool:
    if len(parts) != len(pattern):
        return False
    return all(fnmatch.fnmatchcase(part, _class(wanted)) for part, wanted in zip(parts, pattern, strict=True))


def _class(pattern: str) -> str:
    """Both ways to write "none of these": `[^a]` as in shells, `[!a]` as Python wants it."""
    return pattern.replace("[^", "[!")


def _literal(part: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", part)
