"""Reads what a file says about itself: exiv2 in process, or ExifTool with a deadline."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pillow_heif
import pyexiv2

from library.media import apng, boxes, formats, packets
from library.media.jxl import codestream, read_header
from library.media.mediafile import open_regular
from library.media.run import run
from library.meta import icc, xmp
from library.meta.data import Metadata, Region
from library.meta.exiftool import from_exiftool
from library.meta.exiv2 import from_exiv2

EXIFTOOL_DEADLINE: Final = 15.0  # seconds; a sound file takes a fifth of one
# The first keeps it from running the code of a configuration that lies in the folder it is started in.
_EXIFTOOL_OPTIONS: Final = ("-config", "", "-j", "-n", "-G1", "-charset", "filename=utf8", "-api", "largefilesupport=1")
_HEIF: Final = frozenset({"heic", "heics"})
# What pillow_heif makes of libheif's refusals.
_HEIF_ERRORS: Final = (SyntaxError, ValueError, LookupError, EOFError, RuntimeError, MemoryError)
_UNDECODABLE: Final = (RuntimeError, ValueError, AttributeError, TypeError)
_LATIN: Final = "latin-1"

# exiv2 writes to stderr about every unusual tag; the reader decides what matters.
pyexiv2.set_log_level(4)


class Unreadable(Exception):
    """No metadata can be read from the file; says in a sentence why."""


@dataclass(slots=True)
class _Found:
    """What was read from a file, in exiv2's keys."""

    exif: Mapping[str, object] = field(default_factory=dict)
    iptc: Mapping[str, object] = field(default_factory=dict)
    xmp: Mapping[str, object] = field(default_factory=dict)
    comment: str = ""
    profile: bytes = b""
    size: tuple[int, int] = (0, 0)
    packet: str = ""  # the XMP as it stands in the file
    movie: Mapping[str, object] | None = None


def read_metadata(path: Path, *, exiftool: Path | None = None) -> Metadata:
    """Everything a file says about itself.

    `exiftool` is the program to ask instead of exiv2. Raises Unreadable for a file that
    neither understands, an OSError for one that cannot be opened, and ToolFailed when ExifTool
    fails or exceeds its deadline. One thread at a time only: exiv2's XMP reader is not safe
    for several.
    """
    if exiftool is not None:
        return from_exiftool(_ask_exiftool(exiftool, path))
    found = _read(path)
    return from_exiv2(
        found.exif,
        found.iptc,
        found.xmp,
        comment=found.comment,
        color_profile=icc.profile_name(found.profile),
        size=found.size,
        regions=_faces(found.packet),
        created_in_utc=found.movie is not None,
        more=found.movie,
    )


def _read(path: Path) -> _Found:
    with open_regular(path) as file:
        known = formats.detect(file.read(formats.HEAD_SIZE))
        if known and known.name == "png" and apng.has_endless_chunks(file):
            raise Unreadable("The file has too many parts.")
    if known and known.name == "jxl":
        return _read_jxl(path)
    if known and known.media_type == "video" and (movie := boxes.find_movie(path)):
        return _Found(movie=movie.tags, xmp=_properties(movie.xmp), packet=movie.xmp)
    try:
        image = pyexiv2.Image(str(path))
    except (RuntimeError, UnicodeEncodeError) as error:
        return _read_without_exiv2(path, error)
    try:
        return _blocks(image, path, known.name if known else "")
    finally:
        image.close()


def _read_jxl(path: Path) -> _Found:
    """exiv2 reads the boxes of JPEG XL, but knows neither its size nor a codestream without boxes."""
    size = _jxl_size(path)
    try:
        image = pyexiv2.Image(str(path))
    except RuntimeError:
        return _Found(size=size)
    try:
        found = _blocks(image, path, "jxl")
    finally:
        image.close()
    found.size = size
    return found


def _jxl_size(path: Path) -> tuple[int, int]:
    try:
        with open_regular(path) as stream:
            header = read_header(codestream(stream))
    except EOFError:
        return 0, 0
    return header.width, header.height


def _read_without_exiv2(path: Path, error: Exception) -> _Found:
    """What libheif and a search for EXIF and XMP find in a file exiv2 refuses."""
    found = _Found()
    with path.open("rb") as file:
        is_heif = file.read(12)[4:8] == b"ftyp"
    if is_heif:
        _add_heif(found, path)
    if not any((found.exif, found.xmp, found.size[0])):
        found.exif = _exif_block(packets.find_exif(path))
        _add_packet(found, path)
    if not any((found.exif, found.xmp, found.size[0])):
        raise Unreadable("The metadata of this file cannot be read.") from error
    return found


def _blocks(image: pyexiv2.Image, path: Path, kind: str) -> _Found:
    found = _Found(
        iptc=_decoded(image.read_iptc),
        comment=_comment(image),
        profile=image.read_icc() or b"",
        size=(image.get_pixel_width(), image.get_pixel_height()),
    )
    if kind in _HEIF:
        _add_heif(found, path)
    found.exif = found.exif or _decoded(image.read_exif)
    found.packet = found.packet or _packet(image)
    found.xmp = found.xmp or _decoded(image.read_xmp)
    if kind == "gif" and not found.xmp:
        _add_packet(found, path)
    return found


def _add_packet(found: _Found, path: Path) -> None:
    found.packet = packets.find_xmp(path)
    found.xmp = _properties(found.packet)


def _packet(image: pyexiv2.Image) -> str:
    try:
        return str(image.read_raw_xmp(encoding=_LATIN).encode(_LATIN).decode("utf-8", "replace"))
    except _UNDECODABLE:
        return ""


def _faces(packet: str) -> tuple[Region, ...]:
    """Only packets that speak of regions are parsed once more."""
    if "RegionList" not in packet and "RegionInfo" not in packet:
        return ()
    try:
        return xmp.faces(packet)
    except xmp.NotXmp:
        return ()


def _decoded(read: Callable[..., Mapping[str, object]]) -> Mapping[str, object]:
    """One block of tags; where a value cannot be decoded each is read in its own encoding."""
    try:
        return read()
    except _UNDECODABLE:
        return _decoded_one_by_one(read)


def _decoded_one_by_one(read: Callable[..., Mapping[str, object]]) -> Mapping[str, object]:
    with _windows_tags_left_alone() as windows_tags:
        try:
            found = read(encoding=_LATIN)
        except _UNDECODABLE:
            return {}
    return {key: _windows_text(value) if key in windows_tags else _best_text(value) for key, value in found.items()}


@contextmanager
def _windows_tags_left_alone() -> Iterator[frozenset[str]]:
    """Keeps pyexiv2 from decoding Windows' tags, where one odd byte costs the whole block."""
    listed: list[str] = pyexiv2.convert.EXIF_TAGS_ENCODED_IN_UCS2
    kept = list(listed)
    listed.clear()
    try:
        yield frozenset(kept)
    finally:
        listed[:] = kept


def _windows_text(value: object) -> str:
    """UTF-16 that exiv2 prints as numbers, "77 0 111 0"; "" if broken."""
    try:
        return bytes(int(number) for number in str(value).split()).decode("utf-16-le", "replace")
    except ValueError:
        return ""


def _comment(image: pyexiv2.Image) -> str:
    try:
        return str(_best_text(image.read_comment(encoding=_LATIN)))
    except RuntimeError:
        return ""


def _best_text(value: object) -> object:
    """Text that was read as Latin-1, in the encoding it really has."""
    if isinstance(value, list):
        return [_best_text(entry) for entry in value]
    if not isinstance(value, str):
        return value
    for encoding in ("utf-8", "cp1252"):
        try:
            return value.encode(_LATIN).decode(encoding)
        except UnicodeError:
            continue
    return value


def _add_heif(found: _Found, path: Path) -> None:
    """The blocks of the primary picture, which exiv2 does not tell from its companions."""
    if movie := boxes.find_movie(path):
        # A burst is a film of pictures, which knows when it was made.
        found.movie = {tag: value for tag, value in movie.tags.items() if tag == "CreateDate"}
    try:
        heif = pillow_heif.open_heif(path)
        blocks = heif.info
    except _HEIF_ERRORS:
        return
    found.exif = _exif_block(blocks.get("exif") or b"")
    found.packet = (blocks.get("xmp") or b"").decode("utf-8", "replace")
    found.xmp = _properties(found.packet)
    found.profile = blocks.get("icc_profile") or found.profile
    # libheif gives the size after rotation, exiv2 before it but perhaps of another picture.
    if sorted(found.size) != sorted(heif.size):
        found.size = heif.size


def _exif_block(block: bytes) -> Mapping[str, object]:
    """The tags of an EXIF block, which is a TIFF file behind a short mark."""
    tiff = block.removeprefix(b"Exif\0\0")
    if not tiff:
        return {}
    try:
        image = pyexiv2.ImageData(tiff)
    except RuntimeError:
        return {}
    try:
        return _decoded(image.read_exif)
    finally:
        image.close()


def _properties(text: str) -> Mapping[str, object]:
    try:
        return xmp.properties(text) if text else {}
    except xmp.NotXmp:
        return {}


def _ask_exiftool(exiftool: Path, path: Path) -> Mapping[str, object]:
    if path.name.endswith("|"):
        # Old versions take what stands before it for a command.
        raise Unreadable("ExifTool is not asked about a file of this name.")
    # An absolute name cannot be taken for an option.
    answer = run([exiftool, *_EXIFTOOL_OPTIONS, path.absolute()], timeout=EXIFTOOL_DEADLINE)
    try:
        # As text, since ExifTool writes the text "1.00" as a number.
        (record,) = json.loads(answer.decode("utf-8", "replace"), parse_float=str, parse_int=str)
    except ValueError as error:
        raise Unreadable("ExifTool cannot read the metadata of this file.") from error
    return dict(record)
