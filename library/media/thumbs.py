"""Renders thumbs of a picture into the cache folder, from one decode, each from the next larger one."""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyvips
from numpy.typing import NDArray

from library.media import geometry, phash, thumbhash
from library.media.formats import Format, by_code
from library.media.images import DEFAULT_MAX_PIXELS, Header, Picture, Target, read_header, read_picture, resized
from library.media.sizes import DEFAULT_QUALITY, SIZES, Size, quality_for, served_size, static_sizes

DEFAULT_LIMIT = 1920

_MIN_HASH = 4
_GOOD_SOURCE = 1.5
"""A thumb made from one less than this much larger is visibly softer than from the picture itself."""


class CacheNotWritable(OSError):
    """The thumbs folder takes no file now, of whatever picture: the disk is full, or the folder is closed."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What rendering learned about a picture.

    `width`, `height` are those of the original seen upright; `pixels` is its 3 x 3 version in 27
    bytes of sRGB, row by row, for `colors.measure`; `phash` finds near-duplicates; `damage` is a
    sentence if a part is missing; `duration` of an animation is in seconds.
    """

    width: int
    height: int
    pixels: bytes
    thumbhash: bytes
    phash: int
    has_alpha: bool
    frames: int
    duration: float
    damage: str = ""


def thumb_name(file_hash: str, size: Size) -> str:
    """Where a thumb lies below the thumbs folder: `a/b/c/<hash>_500x500_center.jpg`."""
    if len(file_hash) < _MIN_HASH:
        raise ValueError(f"The hash {file_hash!r} is too short.")
    folder = "/".join(file_hash[:3])
    return f"{folder}/{file_hash}_{size.width}x{size.height}_{size.method}.jpg"


def clear_name(file_hash: str, size: Size) -> str:
    """Where a thumb with transparency lies, beside the same one on white: only pictures that have some have it."""
    return f"{thumb_name(file_hash, size).removesuffix('.jpg')}.webp"


def render_thumbs(
    path: Path,
    file_format: Format,
    file_hash: str,
    out: Path,
    *,
    limit: int = DEFAULT_LIMIT,
    quality: int = DEFAULT_QUALITY,
    max_pixels: int = DEFAULT_MAX_PIXELS,
    sides: bool = False,
) -> Rendered:
    """Renders the static sizes up to `limit` pixels below the folder `out`, unless all are there.

    Raises Undecodable or TooLarge of `images`, CacheNotWritable, and the OSError of a file that cannot be read.
    """
    sizes = static_sizes(limit, sides=sides)
    if (out / thumb_name(file_hash, SIZES["fit_720"])).exists() and not _may_be_cut(path, file_format):
        header = read_header(path, file_format, max_pixels=max_pixels)
        if _is_complete(header, sizes, out, file_hash):
            return _rendered(header, out, file_hash)
    picture = read_picture(path, file_format, max_pixels=max_pixels, target=_covering(sizes))
    _write(picture, _wanted(sizes, picture.width, picture.height), out, file_hash, quality)
    return _rendered(picture, out, file_hash)


def render_one(
    path: Path,
    file_format: Format,
    file_hash: str,
    size: Size,
    out: Path,
    *,
    quality: int = DEFAULT_QUALITY,
    max_pixels: int = DEFAULT_MAX_PIXELS,
) -> Path:
    """The file of one thumb, rendered if it is not there; a smaller size if that shows every pixel.

    Raises like `render_thumbs`.
    """
    header = read_header(path, file_format, max_pixels=max_pixels)
    size = served_size(size, header.width, header.height)
    target = out / thumb_name(file_hash, size)
    if _is_there(target):
        return target
    source = out / thumb_name(file_hash, SIZES[size.source]) if size.source else target
    is_clear = size.source and _is_there(out / clear_name(file_hash, SIZES[size.source]))
    if _is_there(source) and not is_clear and _covers(source, size, header.width, header.height):
        path, file_format = source, by_code("jpg")
    picture = read_picture(path, file_format, max_pixels=max_pixels, target=_covering([size]))
    _write(picture, [size], out, file_hash, quality)
    return target


def _may_be_cut(path: Path, file_format: Format) -> bool:
    """Whether a JPEG lacks its end mark; then only decoding it again tells how much is missing."""
    if file_format.name != "jpg":
        return False
    with path.open("rb") as stream:
        stream.seek(-min(2, path.stat().st_size), os.SEEK_END)
        return stream.read() != b"\xff\xd9"


def _is_complete(header: Header, sizes: Sequence[Size], out: Path, file_hash: str) -> bool:
    wanted = _wanted(sizes, header.width, header.height)
    return all(_is_there(out / thumb_name(file_hash, size)) for size in wanted)


def _rendered(seen: Header | Picture, out: Path, file_hash: str) -> Rendered:
    """What the picture and its smallest whole thumb tell: the same whether it was rendered now or before."""
    small = _small_pixels(out / thumb_name(file_hash, SIZES["fit_720"]))
    return Rendered(
        width=seen.width,
        height=seen.height,
        pixels=_nine_pixels(small),
        thumbhash=thumbhash.encode(small),
        phash=phash.encode(small),
        has_alpha=seen.has_alpha,
        frames=seen.frames,
        duration=seen.duration,
        damage=seen.damage,
    )


def _wanted(sizes: Sequence[Size], width: int, height: int) -> list[Size]:
    """Without the fit sizes that a smaller one serves, without side crops of a square."""
    return [
        size for size in sizes if served_size(size, width, height) is size and not (size.non_square and width == height)
    ]


def _is_there(path: Path) -> bool:
    # After a power cut a renamed file may be empty.
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False


def _covering(sizes: Sequence[Size]) -> Target:
    """The smallest version of a picture from which all `sizes` can be made without enlarging.

    A panorama has to be larger for its tiles than for its fit sizes.
    """

    def target(width: int, height: int) -> tuple[int, int]:
        scale = max(_scale(size, width, height) for size in sizes)
        return max(1, round(width * scale)), max(1, round(height * scale))

    return target


def _scale(size: Size, width: int, height: int) -> float:
    across, down = size.width / width, size.height / height
    return min(1.0, min(across, down) if size.is_fit else max(across, down))


def _covers(source: Path, size: Size, width: int, height: int) -> bool:
    thumb = read_header(source, by_code("jpg"))
    wide, high = _covering([size])(width, height)
    return thumb.width >= wide and thumb.height >= high


def _write(picture: Picture, sizes: Sequence[Size], out: Path, file_hash: str, quality: int) -> None:
    """Writes the thumbs; those with transparency first, as a JPEG tells that all of its size are there."""
    _make_folder((out / thumb_name(file_hash, sizes[0])).parent)
    if picture.clear:
        for size, image in _renditions(picture.clear, sizes):
            write_webp(image, out / clear_name(file_hash, size), quality_for(size.width, size.height, quality))
    for size, image in _renditions(picture.image, sizes):
        write_jpeg(image, out / thumb_name(file_hash, size), quality_for(size.width, size.height, quality))


def _renditions(picture: pyvips.Image, sizes: Sequence[Size]) -> Iterator[tuple[Size, pyvips.Image]]:
    """The sizes, largest first, each from the smallest picture before it that is good enough."""
    whole, tiles = [picture], [picture]
    for size in sizes:
        if size.is_fit:
            image = _fitted(whole, size)
            whole.append(image)
        elif size.method == "center":
            image = _filled([*whole, *tiles[1:]], size)
            tiles.append(image)
        else:
            image = _filled(whole, size)
        yield size, image


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CacheNotWritable(f"Thumbs cannot be written to {folder}: {error.strerror}.") from error


def _fitted(sources: Sequence[pyvips.Image], size: Size) -> pyvips.Image:
    """The whole picture inside the box of a size, from the smallest source that is good enough."""
    width, height = geometry.fit(sources[0].width, sources[0].height, size.width, size.height)
    return _resized(_source(sources, width, height), width, height)


def _filled(sources: Sequence[pyvips.Image], size: Size) -> pyvips.Image:
    """The part of the picture that fills the area of a size; smaller where the picture is."""
    image = _source(sources, size.width, size.height)
    box = geometry.fill(image.width, image.height, size.width, size.height, size.method)
    part = image.crop(box.x, box.y, box.width, box.height)
    return _resized(part, *geometry.fit(box.width, box.height, size.width, size.height))


def _source(sources: Sequence[pyvips.Image], width: int, height: int) -> pyvips.Image:
    wide, high = width * _GOOD_SOURCE, height * _GOOD_SOURCE
    good = [image for image in sources if image.width >= wide and image.height >= high]
    return min(good, key=lambda image: image.width * image.height, default=sources[0])


def _resized(image: pyvips.Image, width: int, height: int) -> pyvips.Image:
    if (image.width, image.height) == (width, height):
        return image
    return resized(image, width, height).copy_memory()


def write_jpeg(image: pyvips.Image, path: Path, quality: int) -> None:
    """Under its final name only when complete, so that a reader never sees half a file.

    Neither progressive nor with optimised tables: that would take five times as long for 5 % of the
    bytes. No profile: what carries none is sRGB.
    """
    _write_whole(path, lambda part: image.jpegsave(part, Q=quality, keep="none"))


def write_webp(image: pyvips.Image, path: Path, quality: int) -> None:
    """Like `write_jpeg`, with the alpha channel."""
    _write_whole(path, lambda part: image.webpsave(part, Q=quality, keep="none", effort=2))


def _write_whole(path: Path, save: Callable[[bytes], object]) -> None:
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        save(os.fsencode(part))
        part.replace(path)
    except pyvips.Error as error:
        _try_to_write(part)
        raise OSError(f"The thumb {path.name} cannot be made: {error.detail.strip()}") from error
    finally:
        part.unlink(missing_ok=True)


def _try_to_write(path: Path) -> None:
    """Tells a folder that takes nothing from a picture that cannot be encoded: libvips has one error for both."""
    try:
        path.write_bytes(b"\xff" * _LARGE_THUMB)
    except OSError as error:
        raise CacheNotWritable(f"Thumbs cannot be written to {path.parent}: {error.strerror}.") from error


_LARGE_THUMB = 4_000_000  # bytes


def phash_of(thumb: Path) -> int:
    """The perceptual hash of a picture from its thumb `fit_720`, as rendering tells it. Raises OSError."""
    try:
        return phash.encode(_small_pixels(thumb))
    except pyvips.Error as error:
        raise OSError(f"The thumb {thumb.name} cannot be read: {error.detail.strip()}") from error


def _small_pixels(thumb: Path) -> NDArray[np.uint8]:
    """A thumb at no more than `thumbhash.MAX_EDGE` pixels, as height x width x 3."""
    edge = thumbhash.MAX_EDGE
    pixels: NDArray[np.uint8] = pyvips.Image.thumbnail(os.fsencode(thumb), edge, height=edge, size="down").numpy()
    return pixels


def _nine_pixels(small: NDArray[np.uint8]) -> bytes:
    """The mean colours of the nine fields of a picture; a field without a pixel takes its neighbour's."""
    rows = [_third(small, row, 0).mean(axis=0) for row in range(3)]
    cells = [_third(line, column, 0).mean(axis=0) for line in rows for column in range(3)]
    return bytes(np.rint(np.array(cells)).astype(np.uint8))


def _third(pixels: NDArray[np.generic], index: int, axis: int) -> NDArray[np.float64]:
    length = pixels.shape[axis]
    start, stop = index * length // 3, (index + 1) * length // 3
    start = min(start, length - 1)
    return pixels[start : max(stop, start + 1)].astype(np.float64)
