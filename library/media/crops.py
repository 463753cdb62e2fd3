"""Cuts an area, such as a face, out of a thumb that is already there."""

from pathlib import Path

import pyvips

from library.media.formats import by_code
from library.media.geometry import Area, fill
from library.media.images import read_picture
from library.media.sizes import DEFAULT_QUALITY, PUBLIC_SIZES, Size, quality_for
from library.media.thumbs import thumb_name, write_jpeg

# Clients know these names; 160 and 320 exist for crops only.
CROP_SIZES: dict[str, Size] = {
    f"tile_{edge}": Size(name=f"tile_{edge}", width=edge, height=edge, method="center")
    for edge in (50, 100, 160, 224, 320, 500)
}


def crop_name(file_hash: str, area: Area, size: Size) -> str:
    """Where a crop lies below the thumbs folder: `a/b/c/<hash>_160x160_crop_3360a7064042.jpg`."""
    return f"{'/'.join(file_hash[:3])}/{file_hash}_{size.width}x{size.height}_crop_{area.code}.jpg"


def render_crop(file_hash: str, area: Area, size: Size, out: Path, *, quality: int = DEFAULT_QUALITY) -> Path:
    """The file of a crop, made from the smallest thumb that has enough pixels in the area, else from the largest.

    Raises FileNotFoundError if the picture has no thumbs yet, and Undecodable if one is damaged.
    """
    target = out / crop_name(file_hash, area, size)
    image = _source(file_hash, area, size, out)
    box = area.box(image.width, image.height)
    part = image.crop(box.x, box.y, box.width, box.height)
    inner = fill(part.width, part.height, size.width, size.height)
    part = part.crop(inner.x, inner.y, inner.width, inner.height)
    write_jpeg(part.resize(min(1.0, size.width / part.width)), target, quality_for(size.width, size.height, quality))
    return target


def _source(file_hash: str, area: Area, size: Size, out: Path) -> pyvips.Image:
    found = None
    for fit in PUBLIC_SIZES:
        path = out / thumb_name(file_hash, fit)
        if not path.exists():
            continue
        found = read_picture(path, by_code("jpg")).image
        if found.width * area.w >= size.width and found.height * area.h >= size.height:
            break
    if found is None:
        raise FileNotFoundError(f"{file_hash} has no thumbs.")
    return found
