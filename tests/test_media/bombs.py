"""Small files that ask for much memory or time, and files whose headers lie about what follows."""

import base64
import io
import struct
import zlib
from functools import cache
from typing import Final

from PIL import Image

from tests.test_media.pictures import png_claiming
from tests.test_media.samples import SVG, sample
from tests.test_meta.hostile_texts import laughs

_ZEROS: Final = 128 * 1024 * 1024  # bytes that a packed block grows to


def bombs() -> dict[str, bytes]:
    """Files under their names, the ending of which is that of their format; none takes long."""
    return {**_pictures(), **_tiffs(), **_containers(), **_drawings(), **_archives()}


def slow_bombs() -> dict[str, bytes]:
    """Drawings and pages that take half a minute each, or all the memory there is."""
    uses = "".join(f'<g id="g{n + 1}">{f"""<use href="#g{n}"/>""" * 10}</g>' for n in range(12))
    return {
        "noise.svg": _svg(
            '<filter id="f"><feTurbulence baseFrequency="9" numOctaves="999999"/><feGaussianBlur stdDeviation="1e9"/>'
            '<feMorphology radius="9999" operator="dilate"/></filter><rect width="40" height="30" filter="url(#f)"/>'
        ),
        "uses of uses.svg": _svg(f'<defs><rect id="g0" width="9" height="9"/>{uses}</defs><use href="#g12"/>'),
        "forms in forms.pdf": _pdf_of_forms(30),
        "one million points.svg": _svg(f'<path stroke="#000" d="M0 0{"l1 1-1-1" * 400_000}"/>'),
    }


def lies() -> dict[str, bytes]:
    """Sound files of which one number in the header is far too large."""
    return {
        "png of 60000 x 60000.png": png_claiming(60_000, 60_000),
        "png of 2 billion.png": png_claiming(2**31 - 1, 2**31 - 1),
        "jpeg of 65500 x 65500.jpg": _patched(sample("jpg"), b"\xff\xc0", 5, struct.pack(">HH", 65500, 65500)),
        "gif of 65535 x 65535.gif": sample("gif")[:6] + b"\xff\xff\xff\xff" + sample("gif")[10:],
        "bmp of 2 billion.bmp": _patched(sample("bmp"), b"BM", 18, struct.pack("<ii", 2**31 - 1, 2**31 - 1)),
        "bmp upside down.bmp": _patched(sample("bmp"), b"BM", 18, struct.pack("<ii", 90_000, -(2**31))),
        "psd of 300000 x 300000.psd": _patched(sample("psd"), b"8BPS", 14, struct.pack(">II", 300_000, 300_000)),
        "jp2 of 4 billion.jp2": _patched(sample("jp2"), b"\xff\x51", 6, struct.pack(">II", 2**32 - 1, 2**32 - 1)),
        "jp2 of tiny tiles.jp2": _jp2_of_tiny_tiles(),
        "heic of 65535 x 65535.heic": _patched(sample("heic"), b"ispe", 8, struct.pack(">II", 65535, 65535)),
        "heic of 0 x 90.heic": _patched(sample("heic"), b"ispe", 8, struct.pack(">II", 0, 90)),
        "avif of 65535 x 65535.avif": _patched(sample("avif"), b"ispe", 8, struct.pack(">II", 65535, 65535)),
        "avif of nothing.avif": _patched(sample("avif"), b"ispe", 8, struct.pack(">II", 0, 0)),
        "webp of 16384 x 16384.webp": _patched(sample("webp"), b"VP8X", 12, b"\xff\x3f\0\xff\x3f\0"),
        "dng of 60000 x 60000.dng": _dng_of(60_000),
        "tiff of 100000 x 100000.tif": _tiff([(256, 4, 1, 100_000), (257, 4, 1, 100_000), *_PIXEL[2:]]),
        "jxl of 1 billion.jxl": b"\xff\x0a" + _bits((0, 1), (3, 2), (2**30 - 2, 30), (0, 3), (3, 2), (2**30 - 2, 30)),
        "png of 0 x 0.png": png_claiming(0, 0),
        "psd of 0 x 0.psd": _patched(sample("psd"), b"8BPS", 14, bytes(8)),
        "bmp of 0 x 0.bmp": _patched(sample("bmp"), b"BM", 18, bytes(8)),
        "mp4 of 65535 x 65535.mp4": _patched(sample("mp4"), b"avc1\0\0\0\0", 28, b"\xff\xff\xff\xff"),
        "png with a chunk of 2 GB.png": sample("png")[:8] + b"\x7f\xff\xff\xff" + sample("png")[12:],
        "webp with a chunk of 4 GB.webp": sample("webp")[:16] + b"\xff\xff\xff\xff" + sample("webp")[20:],
        "heic with an endless box.heic": sample("heic")[:24] + b"\0\0\0\1meta" + b"\xff" * 8 + sample("heic")[40:],
        "exif of 65535 entries.jpg": _jpeg_with_exif(b"II*\0\x08\0\0\0\xff\xff" + b"\x0f\1\2\0\xff\xff\xff\xff" * 900),
        "profile of 4 billion tags.jpg": _jpeg_with(_segment(_profile(0xFFFFFFFF), b"\xff\xe2")),
        "exif that points to itself.jpg": _jpeg_with_exif(_ring_of_directories()),
    }


# --- pictures ---


def _pictures() -> dict[str, bytes]:
    return {
        "ztxt.png": _png_with(b"zTXt", b"Comment\0\0" + _packed_zeros()),
        "itxt.png": _png_with(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + _packed_zeros()),
        "raw profile.png": _png_with(b"zTXt", b"Raw profile type exif\0\0" + _packed_zeros()),
        "iccp.png": _png_with(b"iCCP", b"profile\0\0" + _packed_zeros()),
        "all white 12000 x 12000.png": _white_png(12_000, 12_000),
        "all white 30000 x 30000.png": _white_png(30_000, 30_000, bits=1),
        "chunks without end.png": _png_with_chunks(200_000),
        "more frames without end.png": _apng(20_000),
        "10000 frames.gif": _gif(10_000),
        "frames without end.webp": _webp(3000),
        "scans without end.jpg": _jpeg_of_scans(4000),
        "segments without end.jpg": _jpeg_with(b"\xff\xfe\0\x02" * 200_000),
        "thumbnail in a thumbnail.jpg": _jpeg_with_exif(_nested_thumbnails(40)),
        "ftyp without end.jpg": sample("jpg") + b"\0\0\0\x14ftypisom\0\0\0\0isom" * 50_000,
        "xmp of laughs.jpg": _jpeg_with(_segment(b"http://ns.adobe.com/xap/1.0/\0" + laughs())),
    }


@cache
def _packed_zeros() -> bytes:
    packer = zlib.compressobj(6)
    block = bytes(1 << 20)
    return b"".join([*(packer.compress(block) for _ in range(_ZEROS >> 20)), packer.flush()])


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png_with(kind: bytes, body: bytes) -> bytes:
    """A sound PNG with one more chunk after its header."""
    content = sample("png")
    return content[:33] + _chunk(kind, body) + content[33:]


def _png_with_chunks(count: int) -> bytes:
    content = sample("png")
    return content[:33] + _chunk(b"tEXt", b"a\0b") * count + content[33:]


@cache
def _white_png(width: int, height: int, *, bits: int = 8) -> bytes:
    packer = zlib.compressobj(6)
    row = b"\0" + b"\xff" * (width * bits // 8)
    pixels = b"".join([*(packer.compress(row) for _ in range(height)), packer.flush()])
    head = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _apng(frames: int) -> bytes:
    pixel = zlib.compress(b"\0\0")
    control = struct.pack(">IIIIHHBB", 1, 1, 0, 0, 1, 100, 0, 0)
    parts = [
        _chunk(b"IHDR", struct.pack(">IIBBBBB", 4000, 4000, 8, 0, 0, 0, 0)),
        _chunk(b"acTL", struct.pack(">II", frames, 0)),
    ]
    parts.append(_chunk(b"IDAT", zlib.compress(bytes(4001 * 4000))))
    for number in range(frames):
        parts += [_chunk(b"fcTL", struct.pack(">I", 2 * number) + control)]
        parts += [_chunk(b"fdAT", struct.pack(">I", 2 * number + 1) + pixel)]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + _chunk(b"IEND", b"")


def _gif(frames: int) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 8000, 8000, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x21\xf9\4\4\1\0\0\0" + b"\x2c\0\0\0\0\1\0\1\0\0" + b"\2\2\x4c\1\0"
    return head + frame * frames + b";"


def _webp(frames: int) -> bytes:
    """A canvas as large as WebP knows, and many frames of one pixel."""
    buffer = io.BytesIO()
    Image.new("RGB", (1, 1), "teal").save(buffer, "WEBP", lossless=True)
    pixel = buffer.getvalue()[12:]
    frame = bytes(6) + bytes(6) + b"\1\0\0\0" + pixel
    frame = b"ANMF" + struct.pack("<I", len(frame)) + frame
    body = b"VP8X\x0a\0\0\0\2\0\0\0\xff\x3f\0\xff\x3f\0" + b"ANIM\6\0\0\0" + bytes(6) + frame * frames
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _jpeg_of_scans(count: int) -> bytes:
    """A progressive JPEG of 9 MP whose last scan comes again and again."""
    buffer = io.BytesIO()
    Image.new("L", (3000, 3000)).save(buffer, "JPEG", progressive=True)
    content = buffer.getvalue()
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * count + b"\xff\xd9"


def _segment(body: bytes, kind: bytes = b"\xff\xe1") -> bytes:
    return kind + struct.pack(">H", len(body) + 2) + body


def _jpeg_with(segments: bytes) -> bytes:
    content = sample("jpg")
    return content[:2] + segments + content[2:]


def _jpeg_with_exif(tiff: bytes) -> bytes:
    return _jpeg_with(_segment(b"Exif\0\0" + tiff))


def _profile(tags: int) -> bytes:
    """A colour profile that claims to be of 4 GB and of so many tags, which all lie at its very end."""
    head = b"\xff\xff\xff\xfflcms\4\0\0\0mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(88)
    entries = b"".join(name + b"\xff\xff\xff\xf0\xff\xff\xff\xff" for name in (b"desc", b"rTRC", b"rXYZ", b"wtpt")) * 99
    return b"ICC_PROFILE\0\1\1" + head + struct.pack(">I", tags) + entries


def _ring_of_directories() -> bytes:
    """The next directory, the EXIF and the GPS directory: all are the first one."""
    return _tiff([(34665, 4, 1, 8), (34853, 4, 1, 8), (330, 4, 1, 8)], following=8)


def _nested_thumbnails(depth: int) -> bytes:
    inner = b"\xff\xd8\xff\xd9"
    for _ in range(depth):
        tiff = _tiff([], following=14) + struct.pack("<H", 2)
        tiff += struct.pack("<HHII", 513, 4, 1, 44) + struct.pack("<HHII", 514, 4, 1, len(inner)) + b"\0\0\0\0" + inner
        inner = b"\xff\xd8" + _segment((b"Exif\0\0" + tiff)[:65533]) + b"\xff\xd9"
    return tiff


# --- TIFF ---

Entry = tuple[int, int, int, int]
_PIXEL: Final[list[Entry]] = [
    (256, 4, 1, 8), (257, 4, 1, 8), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8), (279, 4, 1, 64)
]  # fmt: skip


def _tiffs() -> dict[str, bytes]:
    return {
        "directory after itself.tif": _tiff(_PIXEL, following=8),
        "directory in itself.tif": _tiff([*_PIXEL, (330, 4, 1, 8), (34665, 4, 1, 8)]),
        "20000 directories.tif": _chain(20_000),
        "20000 raw directories.dng": _chain(20_000) + b"\0",
        "strip of zeros.tif": _tiff_of_zeros(),
    }


def _tiff(entries: list[Entry], *, following: int = 0, data: bytes = b"") -> bytes:
    """A TIFF of `data` and a directory of tag, kind, count and value; `following` is where the next is said to be."""
    lines = b"".join(struct.pack("<HHII", *entry) for entry in sorted(entries))
    directory = struct.pack("<H", len(entries)) + lines + struct.pack("<I", following)
    return b"II*\0" + struct.pack("<I", 8 + len(data)) + data + directory


def _chain(count: int) -> bytes:
    """Directories of one pixel, one after the other."""
    parts, length = [b"II*\0\x08\0\0\0"], len(_tiff(_PIXEL)) - 8
    for number in range(1, count + 1):
        parts.append(_tiff(_PIXEL, following=8 + number * length if number < count else 0)[8:])
    return b"".join(parts)


def _tiff_of_zeros() -> bytes:
    """16,000 pixels wide in one strip, packed."""
    packed = _packed_zeros()
    packed += bytes(len(packed) % 2)
    sides: list[Entry] = [(256, 4, 1, 16_000), (257, 4, 1, 8_000), (278, 4, 1, 8_000), (277, 3, 1, 1)]
    how: list[Entry] = [(258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 8), (279, 4, 1, len(packed))]
    return _tiff([*sides, *how], data=packed)


# --- HEIF, PDF ---


def _containers() -> dict[str, bytes]:
    return {
        "grid of itself.heic": _grid_of_itself(),
        "boxes in boxes.heic": _nested_boxes(b"meta", sample("heic")[:24]),
        "boxes in boxes.mp4": _nested_boxes(b"moov", b"\0\0\0\x14ftypisom\0\0\0\0isom"),
        "boxes in boxes.jxl": _nested_boxes(b"jxlc", b"\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14ftypjxl \0\0\0\0jxl "),
        "picture of a gigabyte.pdf": _pdf_of_picture(),
        "pages in pages.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000000000>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    }


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def _grid_of_itself() -> bytes:
    """A picture that is put together of 256 x 256 pictures, each of which is itself."""
    grid = b"\0\0\xff\xff" + struct.pack(">HH", 4096, 4096)
    meta = _box(
        b"meta",
        bytes(4),
        _box(b"hdlr", bytes(8), b"pict", bytes(13)),
        _box(b"pitm", bytes(4), b"\0\1"),
        _box(b"iinf", bytes(4), b"\0\1", _box(b"infe", b"\2\0\0\0", b"\0\1\0\0", b"grid\0")),
        _box(b"iref", bytes(4), _box(b"dimg", b"\0\1", b"\xff\xff", b"\0\1" * 65535)),
        _box(b"iprp", _box(b"ipco", _box(b"ispe", bytes(4), struct.pack(">II", 4096, 4096))),
             _box(b"ipma", bytes(4), b"\0\0\0\1\0\1\1\x81")),
        _box(b"iloc", b"\1\0\0\0", b"\x44\0", b"\0\1", b"\0\1\0\1\0\0\0\1", struct.pack(">II", 0, len(grid))),
        _box(b"idat", grid),
    )  # fmt: skip
    return _box(b"ftyp", b"heic\0\0\0\0mif1heic") + meta


def _nested_boxes(kind: bytes, head: bytes) -> bytes:
    inner = b""
    for _ in range(5000):
        inner = _box(kind, inner)
    return head + inner


_ONE_PAGE: Final = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
_FORM: Final = b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]"


def _pdf(*objects: bytes) -> bytes:
    body = b"".join(b"%d 0 obj%sendobj\n" % (number, content) for number, content in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream " % (entries, len(content), content)


def _pdf_of_forms(depth: int) -> bytes:
    """Each form draws the next one ten times."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"
    forms = [
        _stream(
            b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</F %d 0 R>>>>" % (6 + number),
            b"/F Do " * 10,
        )
        for number in range(depth)
    ]
    last = _stream(b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]", b"0 0 9 9 re f")
    return _pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        _stream(b"", b"/F Do"),
        *forms,
        last,
    )


def _pdf_of_picture() -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
    kind = b"/Type/XObject/Subtype/Image/Width 32000/Height 32000/ColorSpace/DeviceGray/BitsPerComponent 8"
    picture = _stream(kind + b"/Filter/FlateDecode", _packed_zeros())
    return _pdf(*_ONE_PAGE, page, _stream(b"", b"99 0 0 99 0 0 cm /I Do"), picture)


# --- SVG ---


def _drawings() -> dict[str, bytes]:
    picture = base64.b64encode(_white_png(30_000, 30_000, bits=1)).decode()
    return {
        "groups in groups.svg": _svg("<g>" * 100_000 + "</g>" * 100_000),
        "pattern of itself.svg": _svg(
            '<pattern id="p" width="1" height="1"><rect width="9" height="9" fill="url(#p)"/></pattern>'
            '<rect width="40" height="30" fill="url(#p)"/>'
        ),
        "picture inside.svg": _svg(f'<image href="data:image/png;base64,{picture}" width="40" height="30"/>'),
        "elements without end.svg": _svg("<a/>" * 900_000),
    }


def _svg(inside: str) -> bytes:
    return SVG.partition(b">")[0] + b">" + inside.encode() + b"</svg>"


# --- archives ---


def _archives() -> dict[str, bytes]:
    """What grows to gigabytes when unpacked, under the names of pictures and sidecars."""
    content = archive(100)
    return {f"zip.{ending}": content + ending.encode() for ending in ("jpg", "png", "heic", "tif", "cr2", "svg", "mp4")}


def archive(count: int) -> bytes:
    """An archive of so many pictures, each 128 MB of zeros, that share their packed bytes."""
    packed, name = _packed_zeros()[2:-4], b"picture.jpg"
    crc = zlib.crc32(bytes(_ZEROS))
    facts = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, crc, len(packed), _ZEROS, len(name), 0)
    entry = b"PK\1\2\x14\0" + facts + bytes(14) + name
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(entry) * count, 30 + len(name) + len(packed), 0)
    return b"PK\3\4" + facts + name + packed + entry * count + b"PK\5\6" + end


# --- single numbers ---


def _patched(content: bytes, mark: bytes, offset: int, value: bytes) -> bytes:
    """With other bytes at so many from the first mark."""
    at = content.index(mark) + offset
    return content[:at] + value + content[at + len(value) :]


def _jp2_of_tiny_tiles() -> bytes:
    content = _patched(sample("jp2"), b"\xff\x51", 6, struct.pack(">II", 12_000, 12_000))
    return _patched(content, b"\xff\x51", 22, struct.pack(">II", 1, 1))


def _dng_of(side: int) -> bytes:
    content = sample("dng")
    for tag, was in ((256, 120), (257, 90), (278, 90)):
        content = content.replace(struct.pack("<HHII", tag, 4, 1, was), struct.pack("<HHII", tag, 4, 1, side))
    return content


def _bits(*numbers: tuple[int, int]) -> bytes:
    """Numbers of so many bits each, lowest first."""
    whole, at = 0, 0
    for value, width in numbers:
        whole |= value << at
        at += width
    return whole.to_bytes(64, "little")
