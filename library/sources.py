"""Where a value came from, and which source wins over which."""

from typing import Final

AUTO: Final = ""
DEFAULT: Final = "default"
ESTIMATE: Final = "estimate"
PEOPLE: Final = "people"
NAME: Final = "name"
YAML: Final = "yaml"
OIDC: Final = "oidc"
LDAP: Final = "ldap"
LOCATION: Final = "location"
MARKER: Final = "marker"
IMAGE: Final = "image"
OLLAMA: Final = "ollama"
TITLE: Final = "title"
CAPTION: Final = "caption"
SUBJECT: Final = "subject"
KEYWORD: Final = "keyword"
META: Final = "meta"
XMP: Final = "xmp"
BATCH: Final = "batch"
MANUAL: Final = "manual"
ADMIN: Final = "admin"

PRIORITY: Final[dict[str, int]] = {
    AUTO: 1,
    DEFAULT: 1,
    PEOPLE: 1,
    ESTIMATE: 2,
    NAME: 4,
    YAML: 8,
    OIDC: 8,
    LDAP: 8,
    LOCATION: 8,
    MARKER: 8,
    IMAGE: 8,
    OLLAMA: 8,
    TITLE: 16,
    CAPTION: 16,
    SUBJECT: 16,
    KEYWORD: 16,
    META: 16,
    XMP: 32,
    BATCH: 64,
    MANUAL: 64,
    ADMIN: 128,
}


def priority(source: str) -> int:
    """The rank of a source; 0 for one that is not known, so that it never wins."""
    return PRIORITY.get(source, 0)


def better(new: str, old: str) -> bool:
    """Whether a value from `new` may replace a non-empty value from `old`.

    Equal sources replace each other: a second reading of the same file brings its changes.
    """
    return priority(new) >= priority(old)


def is_trusted_date(source: str) -> bool:
    """Whether a date is known rather than guessed from neighbours or the file's age."""
    return priority(source) > priority(ESTIMATE)
