"""Pure: what files are called on their way in: as they were given, and in their place among the originals."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from library.media.related import FileRef, base_prefix

LONGEST: Final = 200
"""Bytes of a name: below what any file system takes, with room for what is put behind it."""
LONGEST_EXTENSION: Final = 16
_EDITED: Final = "-edited"


def safe_name(given: str) -> str:
    """The name of a file that comes from elsewhere as one of a file here, "" if nothing of it is left.

    >>> safe_name("../../etc/IMG 1.JPG"), safe_name(".htaccess"), safe_name("C:\\\\photos\\\\a.png")
    ('IMG 1.JPG', 'htaccess', 'a.png')
    """
    base = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    plain = "".join(letter for letter in base if letter.isprintable()).strip()
    # What begins so is hidden, and would not be indexed.
    plain = plain.lstrip("._@ ") if plain.startswith((".", "@", "_.", "__")) else plain
    stem, dot, extension = plain.rpartition(".")
    if not stem or len(extension) > LONGEST_EXTENSION:
        return _clipped(plain, LONGEST)
    return _clipped(stem, LONGEST - len(extension.encode()) - 1) + dot + extension


def safe_folder(given: str) -> str:
    """A folder below the originals that leads nowhere else, "" for the originals themselves.

    >>> safe_folder("/phones/alice/"), safe_folder("../../etc"), safe_folder("a/.hidden")
    ('phones/alice', 'etc', 'a/hidden')
    """
    return "/".join(filter(None, map(safe_name, given.split("/"))))


def place_by_date(taken: datetime, content: str, folder: str = "") -> str:
    """Where a picture belongs, below the originals and without an extension.

    PhotoPrism's pattern, in which the first eight digits of the SHA-1 stand for its CRC.

    >>> place_by_date(datetime(2024, 5, 17, 10, 30), "1a2b3c4d5e", "phone")
    'phone/2024/05/20240517_103000_1A2B3C4D'
    """
    named = f"{taken:%Y/%m/%Y%m%d_%H%M%S}_{content[:8].upper()}"
    return f"{folder}/{named}" if folder else named


def names_at(place: str, files: Iterable[FileRef]) -> dict[str, str]:
    """The names of the files of one picture once it is at `place`, by those that they have; the main file is first.

    They share the base name and keep what stands behind it, so that they belong together there as well.

    >>> names_at("2024/X", [FileRef("IMG_1.JPG", 1, 1), FileRef("IMG_1.JPG.xmp", 1, 1), FileRef("IMG_E1.JPG", 1, 1)])
    {'IMG_1.JPG': '2024/X.jpg', 'IMG_1.JPG.xmp': '2024/X.jpg.xmp', 'IMG_E1.JPG': '2024/X-edited.jpg'}
    """
    names: dict[str, str] = {}
    own = ""
    for file in files:
        prefix = base_prefix(file.base)
        own = own or prefix
        begins_so = file.base.startswith(own) and not file.base[len(own) : len(own) + 1].isalnum()
        rest = file.base[len(own if begins_so else prefix) :].lower()
        base = place if begins_so else place + _EDITED
        name, number = base + rest, 1
        while name in names.values():
            number += 1
            name = f"{base}({number}){rest}"
        names[file.name] = name
    return names


def numbered(place: str, number: int) -> str:
    """Another place of the same time and digits: `…_1A2B3C4D.00001`."""
    return f"{place}.{number:05}" if number else place


def _clipped(text: str, most: int) -> str:
    """At most so many bytes, and no part of a letter."""
    return text.encode()[:most].decode(errors="ignore").strip()
