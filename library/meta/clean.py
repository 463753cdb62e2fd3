"""Cleaning rules for what people and cameras write: titles, captions, names, slugs."""

import re
import unicodedata
from typing import Final

MAX_TITLE: Final = 200
MAX_CAPTION: Final = 4096
MAX_NAME: Final = 160
MAX_SLUG: Final = 80

# What cameras and programs write into title and description by themselves.
CAMERA_JUNK: Final = frozenset(
    {
        "asus_zenfone",
        "created with gimp",
        "created by imagemagick",
        "dav",
        "dcim",
        "default",
        "description",
        "digital camera",
        "edf",
        "exif_jpeg_picture",
        "hdrpl",
        "image",
        "image description",
        "image-description",
        "img",
        "jpeg",
        "kodak digital still camera",
        "konica minolta digital camera",
        "maker note",
        "mde",
        "minolta digital camera",
        "nortel",
        "oly digital camera",
        "olympus digital camera",
        "oznor",
        "oznorco",
        "oznorwo",
        "pentax digital camera",
        "rpsmd",
        "samsung",
        "samsung camera pictures",
        "samsung digital camera",
        "sony dsc",
        "titel",
        "title",
        "untitled",
        "unknown",
        "user comments",
    }
)
_JUNK_FORM: Final = re.compile(
    r"(?:camera|exif|img|dsc[nf]?|_mg|image)[ _-]?\d*(?:\.jpe?g)?"  # a counter
    r"|(?:hdr|ptr|btf|sdr|cof|fbt|bty|rptnb|sdf)(?:hdr)?(?:_hdr|_vivid)?"  # the mode of a phone's camera
    r"|(?:file written by|creator: gd-jpeg|lead technologies|applemark|padbytes|ashampoo|file source:).*"
    r"|<[^>]*>|[\W_]*",
    re.IGNORECASE | re.DOTALL,
)

# Words that stay small inside a title, in the languages of Europe.
_SMALL: Final = """
    a an and as at aux but by da de dei del della den des di do el en et for from für gesehen im in into la las le
    les los mit nor oben oder of off on onto or out over per so the to um und up van vom von with y zu zum zur
"""
SMALL_WORDS: Final = frozenset(_SMALL.split())
# Spellings that capitals alone do not give.
_SPELLED: Final = """
    PhotoPrism eBay TikTok YouTube iPhone iPad iPod iMac macOS McDonald's LinkedIn WhatsApp GitHub ARD ZDF NYC NY
    UK USA UAE EU UN BER LAX JFK SFO TIFF NASA ESA BMW VW DJ TV HDR DIY BBQ MoMA II III IV VI VII
"""
SPELLINGS: Final[dict[str, str]] = {spelling.lower(): spelling for spelling in _SPELLED.split()}

_SPACES: Final = re.compile(r"\s+")
_NOT_SLUG: Final = re.compile(r"[\W_]+", re.UNICODE)
_QUOTES: Final = str.maketrans("", "", "\"'`’‘“”")
_NAME_JUNK: Final = re.compile(r"[\"\\<>`~^{}|*%]")
_SEQUENCE: Final = re.compile(r"\(.*| copy.*|\.\d{5,}", re.IGNORECASE | re.DOTALL)


def title(written: str) -> str:
    """A title on one line of at most 200 characters; "" for what cameras write by themselves."""
    return "" if is_camera_junk(written) else shorten(_SPACES.sub(" ", unicode(written)).strip(), MAX_TITLE)


def caption(written: str) -> str:
    """A caption of at most 4096 characters; "" for what cameras write by themselves."""
    return "" if is_camera_junk(written) else unicode(written).strip()[:MAX_CAPTION]


def is_camera_junk(written: str) -> bool:
    """Whether a text was written by a camera or program rather than a person."""
    plain = _SPACES.sub(" ", written).strip().lower().rstrip(".,;:")
    return plain in CAMERA_JUNK or _JUNK_FORM.fullmatch(plain) is not None


def unicode(written: str) -> str:
    """Text in composed form without control characters and replacement marks."""
    composed = unicodedata.normalize("NFC", written)
    return "".join(char for char in composed if char in "\n\t" or (char.isprintable() and char != "\ufffd"))


def shorten(written: str, length: int, mark: str = "…") -> str:
    """At most `length` characters, cut between words where possible and ended with `mark`."""
    if len(written) <= max(0, length):
        return written
    room = max(0, length - len(mark))
    head = written[:room]
    at_word = head if written[room : room + 1].isspace() else head.rpartition(" ")[0]
    return (at_word or head).rstrip() + mark


def clip(written: str, length: int) -> str:
    """The first `length` characters without surrounding space."""
    return written.strip()[:length].strip()


def name(written: str) -> str:
    """A person's or album's name: without quotes and markup, each word starting large."""
    plain = _SPACES.sub(" ", _NAME_JUNK.sub("", unicode(written))).strip()
    return clip(" ".join(upper_first(word) for word in plain.split(" ")), MAX_NAME)


def slug(written: str) -> str:
    """A name for URLs: small ASCII letters and digits joined by dashes, at most 80."""
    plain = unicodedata.normalize("NFKD", written.translate(_QUOTES)).encode("ascii", "ignore").decode()
    dashed = _NOT_SLUG.sub("-", plain.lower()).strip("-")
    # Scripts without ASCII keep their letters, so that their slugs are neither empty nor equal.
    return (dashed or _NOT_SLUG.sub("-", written.lower()).strip("-"))[:MAX_SLUG].strip("-")


def title_case(written: str) -> str:
    """A title in headline capitals: "ducs de la force" is "Ducs de la Force"."""
    words = _SPACES.sub(" ", written).strip().split(" ")
    cased = [_cased(word, is_first=position == 0) for position, word in enumerate(words)]
    return " ".join(cased)


def upper_first(word: str) -> str:
    """The word with a large first letter, the rest untouched."""
    return word[:1].upper() + word[1:]


def strip_sequence(stem: str) -> str:
    """A file's base name without the mark of a copy: "IMG (2)", "IMG copy 3", "IMG.00001"."""
    return _SEQUENCE.sub("", stem).strip() or stem


def _cased(word: str, *, is_first: bool) -> str:
    stripped = word.strip(".,;:!?()-").lower()
    if stripped in SPELLINGS and (word.islower() or word.istitle() or word.isupper()):
        return word.lower().replace(stripped, SPELLINGS[stripped])
    if not is_first and stripped in SMALL_WORDS:
        return word
    first, *others = word.split("-")
    return "-".join([_large(first), *(part if part in SMALL_WORDS else _large(part) for part in others)])


def _large(part: str) -> str:
    """A large first letter, but not for the short article in "d'Honneur"."""
    return part if part[1:2] in {"'", "’"} else re.sub(r"(^|\+)(\w)", lambda match: match[0].upper(), part)
