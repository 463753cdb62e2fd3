"""Faces marked in XMP: the regions of the Metadata Working Group and of Microsoft, and turning them upright."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from library.meta import clean, values
from library.meta.data import Region

MAX_REGIONS: Final = 200
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_MWG: Final = "{http://www.metadataworkinggroup.com/schemas/regions/}"
_AREA: Final = "{http://ns.adobe.com/xmp/sType/Area#}"
_SIZE: Final = "{http://ns.adobe.com/xap/1.0/sType/Dimensions#}"
_MS: Final = "{http://ns.microsoft.com/photo/1.2/t/Region#}"
_MS_INFO: Final = "{http://ns.microsoft.com/photo/1.2/t/RegionInfo#}"
_FACES: Final = frozenset({"", "face"})


def from_xmp_tree(root: Element) -> tuple[Region, ...]:
    """The faces in an XMP tree, relative to the stored pixels; broken ones are left out.

    MWG Guidelines 2.0, section 5.9; Microsoft's schema MP (People Tagging Overview). A picture
    that says both is believed in the first.
    """
    found = list(_mwg(root)) or list(_microsoft(root))
    return tuple(found[:MAX_REGIONS])


def upright(region: Region, orientation: int) -> Region:
    """A region of the stored picture as it lies once the picture stands upright (EXIF 1 to 8)."""
    x, y, w, h = region.x, region.y, region.w, region.h
    if orientation in {5, 6, 7, 8}:
        x, y, w, h = y, x, h, w
    if orientation in {2, 3, 6, 7}:
        x = 1 - x
    if orientation in {3, 4, 7, 8}:
        y = 1 - y
    return replace(region, x=x, y=y, w=w, h=h)


def _mwg(root: Element) -> Iterator[Region]:
    for regions in root.iter(f"{_MWG}Regions"):
        size = _applied_to(regions)
        for entry in _entries(regions, f"{_MWG}RegionList"):
            facts = dict(_facts(entry))
            if facts.get(f"{_MWG}Type", "").lower() in _FACES and (region := _mwg_region(facts, size)):
                yield region


def _mwg_region(facts: dict[str, str], size: tuple[float, float]) -> Region | None:
    """`x`, `y` are the middle of the area; its unit is the share of the picture unless pixels are said."""
    numbers = [values.number(facts.get(_AREA + name)) for name in ("x", "y", "w", "h")]
    if diameter := values.number(facts.get(f"{_AREA}d")):
        numbers[2:] = [diameter, diameter]
    if any(number is None for number in numbers):
        return None
    x, y, w, h = (number or 0.0 for number in numbers)
    if facts.get(f"{_AREA}unit", "").lower() == "pixel":
        width, height = size
        if not width or not height:
            return None
        x, y, w, h = x / width, y / height, w / width, h / height
    return _region(facts.get(f"{_MWG}Name", ""), x, y, w, h)


def _microsoft(root: Element) -> Iterator[Region]:
    """Rectangles such as "0.25, 0.1, 0.2, 0.3": the top left corner and the size as shares."""
    for entry in _entries(root, f"{_MS_INFO}Regions"):
        facts = dict(_facts(entry))
        numbers = [values.number(part) for part in facts.get(f"{_MS}Rectangle", "").split(",")]
        if len(numbers) != 4 or any(number is None for number in numbers):
            continue
        x, y, w, h = (number or 0.0 for number in numbers)
        if region := _region(facts.get(f"{_MS}PersonDisplayName", ""), x + w / 2, y + h / 2, w, h):
            yield region


def _region(name: str, x: float, y: float, w: float, h: float) -> Region | None:
    """A region whose middle lies in the picture, cut at its borders; None for anything else."""
    if not all(math.isfinite(number) for number in (x, y, w, h)) or not (0 <= x <= 1 and 0 <= y <= 1):
        return None
    if not (0 < w <= 2 and 0 < h <= 2):
        return None
    left, right = max(0.0, x - w / 2), min(1.0, x + w / 2)
    top, bottom = max(0.0, y - h / 2), min(1.0, y + h / 2)
    middle = ((left + right) / 2, (top + bottom) / 2)
    return Region(name=clean.name(values.text(name)), x=middle[0], y=middle[1], w=right - left, h=bottom - top)


def _applied_to(regions: Element) -> tuple[float, float]:
    """The size in pixels of the picture the regions were drawn on; zeros if it is not said."""
    for element in regions.iter(f"{_MWG}AppliedToDimensions"):
        facts = dict(_facts(element))
        width, height = (values.number(facts.get(_SIZE + name)) for name in ("w", "h"))
        return width or 0.0, height or 0.0
    return 0.0, 0.0


def _entries(element: Element, name: str) -> Iterator[Element]:
    for parent in element.iter(name):
        yield from parent.iter(f"{_RDF}li")


def _facts(element: Element) -> Iterator[tuple[str, str]]:
    """Every property below an entry, whether written as attributes or as elements."""
    for part in element.iter():
        yield from part.attrib.items()
        if part.text and part.text.strip():
            yield part.tag, part.text.strip()
