"""What the movie box of MOV, MP4, 3GP and their kin says: dates, place, camera, texts, size, side up."""

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from library.meta import values

MAX_BOXES: Final = 20_000
_EPOCH: Final = datetime(1904, 1, 1, tzinfo=UTC)
_PARENTS: Final = frozenset({b"trak", b"mdia", b"minf", b"stbl", b"udta"})
_APPLE: Final = "com.apple.quicktime."
_UTF8, _UTF16 = 1, 2

# Of Apple's and Android's keys, iTunes' and QuickTime's texts, and the names that FFmpeg gives them.
KEYS: Final[dict[str, str]] = {
    f"{_APPLE}creationdate": "CreationDate",
    f"{_APPLE}location.iso6709": "Position",
    f"{_APPLE}location.name": "LocationName",
    f"{_APPLE}direction.facing": "GPSImgDirection",
    f"{_APPLE}make": "Make",
    f"{_APPLE}model": "Model",
    f"{_APPLE}software": "Software",
    f"{_APPLE}camera.lens_model": "LensModel",
    f"{_APPLE}content.identifier": "ContentIdentifier",
    f"{_APPLE}title": "Title",
    f"{_APPLE}displayname": "Title",
    f"{_APPLE}description": "Description",
    f"{_APPLE}comment": "Comment",
    f"{_APPLE}author": "Artist",
    f"{_APPLE}artist": "Artist",
    f"{_APPLE}copyright": "Copyright",
    f"{_APPLE}keywords": "Keywords",
    f"{_APPLE}rating.user": "Rating",
    "com.android.manufacturer": "Make",
    "com.android.model": "Model",
    "creation_time": "CreateDate",
    "date": "ContentCreateDate",
    "date_recorded": "DateTimeOriginal",
    "date_digitized": "DateTimeDigitized",
    "modification_date": "ModifyDate",
    "maker": "Make",
    "software": "Software",
    "location": "Position",
    "make": "Make",
    "model": "Model",
    "title": "Title",
    "description": "Description",
    "synopsis": "Description",
    "comment": "Comment",
    "artist": "Artist",
    "copyright": "Copyright",
    "keywords": "Keywords",
    "\u00a9day": "ContentCreateDate",
    "\u00a9xyz": "Position",
    "\u00a9mak": "Make",
    "\u00a9mod": "Model",
    "\u00a9swr": "Software",
    "\u00a9too": "Software",
    "\u00a9nam": "Title",
    "\u00a9des": "Description",
    "desc": "Description",
    "dscp": "Description",
    "titl": "Title",
    "\u00a9cmt": "Comment",
    "\u00a9aut": "Artist",
    "\u00a9ART": "Artist",
    "auth": "Artist",
    "\u00a9cpy": "Copyright",
    "cprt": "Copyright",
    "\u00a9key": "Keywords",
    "keyw": "Keywords",
    "manu": "Make",
    "modl": "Model",
}
_THREE_GPP: Final = frozenset({"titl", "dscp", "auth", "cprt"})
_POSITION = re.compile(r"(?P<lat>[+-]\d{1,2}(?:\.\d+)?)(?P<lng>[+-]\d{1,3}(?:\.\d+)?)(?P<alt>[+-]\d+(?:\.\d+)?)?")

# ISO/IEC 14496-12 6.2.2: the matrix turns the stored picture; these are the turns that players know.
_TURNS: Final = {
    (1, 0, 0, 1): 1,
    (-1, 0, 0, 1): 2,
    (-1, 0, 0, -1): 3,
    (1, 0, 0, -1): 4,
    (0, 1, 1, 0): 5,
    (0, 1, -1, 0): 6,
    (0, -1, -1, 0): 7,
    (0, -1, 1, 0): 8,
}


@dataclass(slots=True)
class Movie:
    """What a movie box holds: tags as ExifTool names them, and the text of its XMP packet."""

    tags: dict[str, object] = field(default_factory=dict)
    xmp: str = ""
    _left: int = MAX_BOXES

    def add(self, tag: str, value: object) -> None:
        """Keeps the first value of each tag."""
        if value not in ("", None, 0):
            self.tags.setdefault(tag, value)


def read_movie(content: bytes) -> Movie:
    """The facts in the content of a `moov` box; what is broken or cut off is left out."""
    movie = Movie()
    _walk(movie, content)
    _drop_vague_date(movie)
    return movie


def renamed(tags: Mapping[str, str]) -> dict[str, object]:
    """The texts of a container, under the names of FFmpeg or of the keys, by ExifTool's tags."""
    movie = Movie()
    for key, text in tags.items():
        _enter(movie, key, text)
    _drop_vague_date(movie)
    return movie.tags


def _drop_vague_date(movie: Movie) -> None:
    """A year, a month or a day says less than the moment of creation, unless it is another: that of an old tape."""
    vague, exact = (_digits(movie.tags.get(tag)) for tag in ("ContentCreateDate", "CreateDate"))
    if len(vague) <= _DAY_DIGITS and exact and _is_same_day(vague, exact):
        del movie.tags["ContentCreateDate"]


_DAY_DIGITS = 8


def _is_same_day(vague: str, exact: str) -> bool:
    """Within a day of each other, as the one may be of the place and the other of UTC."""
    if len(vague) < _DAY_DIGITS:
        return bool(vague) and exact.startswith(vague)
    try:
        days = (datetime.strptime(digits[:_DAY_DIGITS], "%Y%m%d").replace(tzinfo=UTC) for digits in (vague, exact))
        return abs(next(days) - next(days)) <= timedelta(days=1)
    except ValueError:
        return False


def _digits(written: object) -> str:
    return re.sub(r"\D", "", str(written or ""))


def boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Type and content of each box that lies wholly in `content`, in its order."""
    at = 0
    while at + 8 <= len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        head = 8
        if size == 1 and at + 16 <= len(content):
            (size,), head = struct.unpack_from(">Q", content, at + 8), 16
        elif size == 0:
            size = len(content) - at
        if size < head or at + size > len(content):
            return
        yield kind, content[at + head : at + size]
        at += size


def _walk(movie: Movie, content: bytes, *, depth: int = 0) -> None:
    track = dict[str, object]()
    for kind, body in boxes(content):
        movie._left -= 1
        if movie._left < 0 or depth > 6:
            return
        if kind in _PARENTS:
            _walk(movie, body, depth=depth + 1)
        elif kind == b"mvhd":
            _enter_times(movie, body)
        elif kind == b"tkhd":
            track = _track(body)
        elif kind == b"meta":
            _enter_meta(movie, body)
        elif kind == b"XMP_":
            movie.xmp = movie.xmp or body.decode("utf-8", "replace")
        else:
            _enter(movie, kind.decode("latin-1"), _user_text(kind.decode("latin-1"), body))
    if track.get("ImageWidth"):
        for tag, value in track.items():
            movie.add(tag, value)


def _enter_times(movie: Movie, body: bytes) -> None:
    """Creation, and the length from its time scale; seconds since 1904, version 1 has 64 bits."""
    form = ">QQIQ" if body[:1] == b"\1" else ">IIII"
    if len(body) < 4 + struct.calcsize(form):
        return
    created, _, scale, duration = struct.unpack_from(form, body, 4)
    movie.add("CreateDate", _moment(created))
    if scale and duration not in (2**32 - 1, 2**64 - 1):
        movie.add("Duration", duration / scale)


def _moment(seconds: int) -> str:
    """Some write the years since 1970; what lies before the first digital video is that."""
    if not 0 < seconds < 2**33:
        return ""
    moment = _EPOCH + timedelta(seconds=seconds)
    if moment.year < 1970:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return moment.strftime("%Y:%m:%d %H:%M:%S")


def _track(body: bytes) -> dict[str, object]:
    """Size and side up of a track; sound has no size."""
    at = 52 if body[:1] == b"\1" else 40
    if len(body) < at + 44:
        return {}
    a, b, _, c, d, _, _, _, _, width, height = struct.unpack_from(">9iII", body, at)
    turn = _TURNS.get((_sign(a), _sign(b), _sign(c), _sign(d)), 1)
    return {"ImageWidth": width >> 16, "ImageHeight": height >> 16, "Orientation": turn}


def _sign(number: int) -> int:
    """Of a 16.16 number; what is nearly nothing is nothing."""
    return (number > 1 << 14) - (number < -(1 << 14))


def _enter_meta(movie: Movie, body: bytes) -> None:
    """Keys with values (Apple, Android) or iTunes' list; ISO's box has four bytes before its first child."""
    content = body if body[4:8] == b"hdlr" else body[4:]
    found = dict(boxes(content))
    names = _key_names(found.get(b"keys", b""))
    for kind, entry in boxes(found.get(b"ilst", b"")):
        number = int.from_bytes(kind, "big")
        name = names[number - 1] if 0 < number <= len(names) else kind.decode("latin-1")
        _enter(movie, name, next((_data(value) for child, value in boxes(entry) if child == b"data"), ""))


def _key_names(body: bytes) -> list[str]:
    return [name.decode("utf-8", "replace") for _, name in boxes(body[8:])]


def _data(body: bytes) -> str:
    kind = int.from_bytes(body[:4], "big")
    if kind == _UTF16:
        return body[8:].decode("utf-16-be", "replace")
    return body[8:].decode("utf-8", "replace") if kind in (0, _UTF8) else ""


def _user_text(name: str, body: bytes) -> str:
    """A text of the user data: QuickTime's behind size and language, 3GP's behind flags and language."""
    if name.startswith("\u00a9") and len(body) >= 4:
        if body[8:12] == b"data" or body[4:8] == b"data":
            return next((_data(value) for child, value in boxes(body) if child == b"data"), "")
        return body[4 : 4 + int.from_bytes(body[:2], "big")].decode("utf-8", "replace")
    if name in _THREE_GPP and len(body) > 6:
        return body[6:].decode("utf-16" if body[6:8] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    return ""


def _enter(movie: Movie, name: str, text: str) -> None:
    key = name if name in KEYS else name.lower()
    cleaned = values.text(text)
    tag = KEYS.get(key, "")
    if tag == "Position":
        _enter_position(movie, cleaned)
    elif tag and cleaned:
        movie.add(tag, cleaned)


def _enter_position(movie: Movie, written: str) -> None:
    """ISO 6709 as "+37.7749-122.4194+010.000/"."""
    if match := _POSITION.match(written):
        movie.add("GPSLatitude", match["lat"])
        movie.add("GPSLongitude", match["lng"])
        movie.add("GPSAltitude", match["alt"] or "")
