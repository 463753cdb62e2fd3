"""Titles from file names, and which names were given by machines and make none."""

import re
from pathlib import PurePosixPath
from typing import Final

from library import uid
from library.meta import clean

MIN_LENGTH: Final = 3
MAX_LENGTH: Final = 115
WORDS_BEFORE_NUMBERS: Final = 3

_EXTENSION: Final = re.compile(r"(?:\.[A-Za-z][A-Za-z0-9]{1,4})+$")
_TOKEN: Final = re.compile(r"--+|[^\W_][\w'’:+&.!?,]*[!?,]*|(?<=\s)[&+](?=\s)", re.UNICODE)
_NUMBER: Final = re.compile(r"[\d.:,]+")

_ASCII_ID: Final = re.compile(r"(?=.*\d)[A-Z0-9_-]+")
_UNIQUE_NAME: Final = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:_\w+)?"  # UUID, also with the part number of a phone
    r"|[0-9a-f]{32,128}"  # a hash
    r"|\d{8}_\d{6}_[0-9A-Z]{8}"  # given at import
    r"|\d{8,12}_[0-9a-f]{10}(?:_\w{1,2})?",  # Flickr
    re.IGNORECASE,
)
_CAMERA_NAME: Final = re.compile(
    r"(?:.*[ _-])?(?:"
    r"_?(?:IMG|DSC|DSCN|DSCF|DSCI|MVI|MOV|VID|PXL|PANO|MVIMG|CIMG|GOPR|GOPRO|GX|GH|DJI|SAM|HPIM|KIMG|PICT|WP|BURST"
    r"|MG|IMAGE|SNAP|SDC|DCP|IM|CRW|CR|ST|EX|FILE|SCAN|P|S|L|R)"
    r"[ _-]?\d{3,}(?:[ _-]?\d+)*(?:[ _-](?:HDR|COVER|BURST|PORTRAIT|NIGHT))*"
    r"|(?:IMG|VID)-\d{8}-WA\d+"
    r")",
    re.IGNORECASE,
)


def title_from_names(file_name: str, original_name: str = "") -> str:
    """The first title a photo's names give: file, original name, its folder, folder of the file.

    Both are paths below their root; "" if every name was given by a machine.
    """
    names = [PurePosixPath(name) for name in (file_name, original_name) if name]
    candidates = [name.name for name in names] + [name.parent.name for name in reversed(names)]
    titles = (file_title(candidate) for candidate in candidates if not is_generated(candidate))
    return next((title for title in titles if title), "")


def file_title(name: str) -> str:
    """A title from a file name: "tim-robbins--tiff-2012_o.jpg" is "Tim Robbins / TIFF".

    Two dashes become a slash. Numbers in front are dropped, and the first number after three
    words ends the title; so do 115 characters.
    """
    stem = clean.strip_sequence(_EXTENSION.sub("", name.strip())).replace("_", " ")
    if len(stem) < MIN_LENGTH and stem.isascii():
        return ""
    title = clean.title_case(" ".join(_title_words(stem)))
    return title if len(title) >= MIN_LENGTH or not title.isascii() else ""


def is_generated(name: str) -> bool:
    """Whether a machine gave the name: a camera, a hash, an id, a number, an import."""
    stem = _EXTENSION.sub("", name)
    return is_ascii_id(stem) or is_unique_name(stem) or is_camera_name(stem) or uid.is_uid(stem)


def is_ascii_id(name: str) -> bool:
    """Whether a name is only capitals, digits, dashes: "IQVG4929", "123"."""
    return _ASCII_ID.fullmatch(name) is not None


def is_unique_name(name: str) -> bool:
    """Whether a name is a UUID, a hash, one given at import, or one of Flickr."""
    return _UNIQUE_NAME.fullmatch(_EXTENSION.sub("", name)) is not None


def is_camera_name(name: str) -> bool:
    """Whether a name is what cameras count with: "DSC10599", "IMG_20190721_095643"."""
    return _CAMERA_NAME.fullmatch(_EXTENSION.sub("", name)) is not None


def _title_words(stem: str) -> list[str]:
    words: list[str] = []
    length = 0
    for token in _TOKEN.findall(stem):
        word = "/" if token.startswith("--") else token.rstrip(".:+&") or token
        if _NUMBER.fullmatch(word) and len(words) >= WORDS_BEFORE_NUMBERS:
            break
        if not words and not _can_start(word):
            continue
        length += len(word) + 1
        if length - 1 > MAX_LENGTH:
            break
        words.append(word)
    while words and words[-1] in {"/", "&", "+"}:
        words.pop()
    return words


def _can_start(word: str) -> bool:
    return not _NUMBER.fullmatch(word) and (len(word) > 1 or not word.isascii())
