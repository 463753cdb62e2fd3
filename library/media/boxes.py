"""Finds the movie box and the XMP packet in films of ISO base media boxes, without reading the film."""

from pathlib import Path
from typing import BinaryIO, Final

from library.media.isobmff import Box, boxes
from library.media.mediafile import open_regular
from library.meta.quicktime import Movie, read_movie

MAX_MOVIE: Final = 64 * 1024 * 1024  # bytes; the index of a film of hours takes ten
MAX_XMP: Final = 4_000_000  # bytes
_XMP_UUID: Final = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


def find_movie(path: Path) -> Movie | None:
    """What the movie box of a file says, and its XMP; None if the file has no such box.

    Reads the heads of the outermost boxes and these two, whatever the length of the file.
    """
    movie, packet = None, ""
    with open_regular(path) as stream:
        # As a list, since reading a box moves the stream under the walk.
        for box in list(boxes(stream)):
            if box.name == b"moov" and movie is None:
                movie = read_movie(_content(stream, box, MAX_MOVIE))
            elif box.name == b"uuid" and not packet:
                content = _content(stream, box, MAX_XMP)
                packet = content[16:].decode("utf-8", "replace") if content.startswith(_XMP_UUID) else ""
    if movie is not None:
        movie.xmp = movie.xmp or packet
    return movie


def _content(stream: BinaryIO, box: Box, limit: int) -> bytes:
    stream.seek(box.body)
    return stream.read(max(0, min(box.end - box.body, limit)))
