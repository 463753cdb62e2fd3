"""One small sound file of every format in the table, made on the spot; for tests that damage or disguise them."""

import io
import plistlib
import tempfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pillow_heif
import pillow_jxl  # noqa: F401 - teaches Pillow to write JPEG XL
from PIL import Image

from tests.test_media.rare_pictures import save_dng, save_psd
from tests.test_media.videos import ffmpeg

Writer = Callable[[Image.Image], bytes]

SVG: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><rect width="40" height="30" fill="#c84"/>'
    b'<circle cx="20" cy="15" r="9" fill="#28c"/></svg>'
)
XMP: Final = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag><rdf:li>lake</rdf:li>'
    b"</rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"
)
AAE: Final = plistlib.dumps({"adjustmentFormatIdentifier": "com.apple.photo", "adjustmentFormatVersion": "1.4"})
JSON: Final = b'{"title": "lake.jpg", "photoTakenTime": {"timestamp": "1500000000"}, "description": "At the lake"}'
YAML: Final = b"Title: At the lake\nTakenAt: 2019-05-06T07:08:09Z\n"
POSTSCRIPT: Final = b"%!PS-Adobe-3.0\n%%BoundingBox: 0 0 9 9\n0 0 9 9 rectfill showpage\n"
SIZE: Final = (120, 90)  # pixels


@cache
def sample(name: str) -> bytes:
    """The bytes of a sound file of the format with this name in the table; no two are alike. KeyError if unknown."""
    if name in _TEXTS:
        return _TEXTS[name]
    return _film(name) if name in _FILMS else _WRITERS[name](_picture(name))


def _picture(name: str) -> Image.Image:
    """Grain, which does not compress, so that every part of the file matters."""
    grain = np.random.default_rng(_seed(name)).integers(0, 255, (SIZE[1], SIZE[0], 3), np.uint8)
    return Image.fromarray(grain)


def _seed(name: str) -> int:
    return zlib.crc32(name.encode())


def _by_pillow(kind: str, *, animated: bool = False, **options: object) -> Writer:
    def write(picture: Image.Image) -> bytes:
        buffer = io.BytesIO()
        more = {"save_all": True, "append_images": [picture.rotate(180)]} if animated else {}
        picture.save(buffer, kind, **more, **options)
        return buffer.getvalue()

    return write


def _heic(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(picture).save(buffer, quality=60, enc_params={"preset": "ultrafast"})
    return buffer.getvalue()


def _dng(picture: Image.Image) -> bytes:
    return _written(lambda path: save_dng(path, np.asarray(picture)))


def _psd(picture: Image.Image) -> bytes:
    planes = [np.asarray(channel) for channel in picture.split()]
    return _written(lambda path: save_psd(path, planes, 3, packed=True))


def _written(write: Callable[[Path], object]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample"
        write(path)
        return path.read_bytes()


_WRITERS: Final[dict[str, Writer]] = {
    "jpg": _by_pillow("JPEG", quality=80),
    "mpo": _by_pillow("MPO", animated=True),
    "thm": _by_pillow("JPEG", quality=50),
    "png": _by_pillow("PNG", animated=True, duration=100),
    "gif": _by_pillow("GIF", animated=True, duration=100),
    "webp": _by_pillow("WEBP", animated=True, duration=100),
    "avif": _by_pillow("AVIF", quality=60, speed=10),
    "avifs": _by_pillow("AVIF", animated=True, duration=100, quality=60, speed=10),
    "heic": _heic,
    "heics": _heic,
    "bmp": _by_pillow("BMP"),
    "jxl": _by_pillow("JXL", quality=80, effort=1),
    "jp2": _by_pillow("JPEG2000", quality_mode="rates", quality_layers=[10]),
    "psd": _psd,
    "raw": _dng,
    "dng": _dng,
    "tiff": _by_pillow("TIFF", compression="tiff_lzw"),
    "pdf": _by_pillow("PDF"),
    "ai": _by_pillow("PDF"),
}
_TEXTS: Final = {
    "svg": SVG,
    "ps": POSTSCRIPT,
    "eps": POSTSCRIPT.replace(b"3.0", b"3.0 EPSF-3.0"),
    "xmp": XMP,
    "aae": AAE,
    "json": JSON,
    "yml": YAML,
    "xml": b'<?xml version="1.0"?><notes><note>At the lake</note></notes>',
    "txt": b"At the lake\n",
    "nfo": b"At the lake, again\n",
    "md": b"# At the lake\n",
}
# The coded pictures and the container that FFmpeg writes, by its names.
_H264: Final = ("-c:v", "libx264", "-preset", "ultrafast")
_MPEG2: Final = ("-c:v", "mpeg2video")
_FILMS: Final = {
    "mov": (*_H264, "-f", "mov"),
    "mp4": (*_H264, "-f", "mp4"),
    "m4v": (*_H264, "-f", "ipod"),
    "avc": (*_H264, "-f", "h264"),
    "hevc": ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-f", "hevc"),
    "vvc": ("-c:v", "libvvenc", "-preset", "faster", "-f", "vvc"),
    # Nobody here codes EVC; it comes in the same container.
    "evc": (*_H264, "-f", "mp4"),
    "av1": ("-c:v", "libaom-av1", "-cpu-used", "8", "-f", "obu"),
    "3gp": (*_H264, "-f", "3gp"),
    "3g2": (*_H264, "-f", "3g2"),
    "avi": ("-c:v", "mpeg4", "-f", "avi"),
    "mpg": (*_MPEG2, "-f", "mpeg"),
    "mjpg": ("-c:v", "mjpeg", "-f", "mjpeg"),
    "mp2": (*_MPEG2, "-f", "mpeg2video"),
    "mxf": (*_MPEG2, "-f", "mxf"),
    "flv": ("-c:v", "flv1", "-f", "flv"),
    "f4v": (*_H264, "-f", "f4v"),
    "mkv": (*_H264, "-f", "matroska"),
    "webm": ("-c:v", "libvpx", "-deadline", "realtime", "-f", "webm"),
    "mts": (*_H264, "-f", "mpegts"),
    "m2ts": (*_H264, "-f", "mpegts", "-mpegts_m2ts_mode", "1"),
    "ogv": ("-c:v", "libtheora", "-f", "ogg"),
    "asf": ("-c:v", "wmv2", "-f", "asf"),
    "wmv": ("-c:v", "wmv2", "-f", "asf"),
    "dv": ("-c:v", "dvvideo", "-s", "720x576", "-f", "dv"),
}


def _film(name: str) -> bytes:
    """Eight pictures, whose colours tell the films apart."""
    source = f"testsrc2=size=96x64:rate=25,hue=h={_seed(name) % 360}"
    how = ("-f", "lavfi", "-i", source, "-t", "0.32", "-pix_fmt", "yuv420p", *_FILMS[name])
    return _written(lambda path: ffmpeg(*how, str(path)))
