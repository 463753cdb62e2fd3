"""`python -m places.data.worldmap`: the small world map on which visited countries are coloured, as paths for SVG.

Equal Earth projection (Šavrič, Patterson and Jenny, 2018), which keeps areas. The file holds for each country its path
and a point inside its largest part, on a sheet 1,000 wide; islands smaller than a pixel are left out, not countries.
"""

import json
import math
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from places import outlines
from places.countries import UNKNOWN, names
from places.outlines import regions

TARGET: Final = Path(__file__).parents[2] / "static" / "map" / "world.json"
WIDTH: Final = 1000.0
SOUTHERNMOST: Final = -58.0  # Antarctica would take a quarter of the sheet
_A: Final = (1.340264, -0.081106, 0.000893, 0.003796)
_SCALE: Final = WIDTH / (2 * 2.7066300)
_TOLERANCE: Final = 0.4  # of the sheet's units
_SMALLEST: Final = 0.8  # their square
_DIGITS: Final = 1
# Steps along which a border follows the curves of the projection, in degrees.
_STEP: Final = 2.0
_HAIR: Final = 0.003  # degrees


def write(target: Path) -> None:
    """All countries by their codes, and the size of the sheet."""
    land = {code: _joined(pieces) for code, pieces in sorted(_pieces().items())}
    flat = {code: _flat(area) for code, area in land.items()}
    top = max(shape.bounds[3] for shape in flat.values())
    bottom = min(shape.bounds[1] for shape in flat.values())
    countries = {code: _drawn(shape, top) for code, shape in flat.items()}
    sheet = {"width": WIDTH, "height": math.ceil(top - bottom), "countries": countries}
    target.write_text(json.dumps(sheet, separators=(",", ":")), encoding="utf-8")


def _pieces() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for layer in (outlines.countries(), outlines.states()):
        whole = set(found)
        for piece, number in zip(layer._pieces, layer._numbers, strict=True):
            region = regions()[int(number)]
            if region.country not in whole and region.country != "aq":
                # Land of which no country has all is drawn, and nobody's.
                found[region.country if region.country in names() else UNKNOWN].append(piece)
    return found


def _joined(pieces: list[Any]) -> Any:
    """Pieces overlap by a hair's breadth, or rounding would leave gaps."""
    land = shapely.union_all(shapely.buffer(shapely.make_valid(pieces), _HAIR, quad_segs=1))
    return shapely.intersection(land, shapely.box(-180, SOUTHERNMOST, 180, 84))


def _flat(land: Any) -> Any:
    """Drawn flat and simplified; the largest part is always kept."""
    flat = shapely.transform(shapely.segmentize(land, _STEP), _projected)
    parts = sorted(shapely.get_parts(flat), key=lambda part: -part.area)
    kept = [part for number, part in enumerate(parts) if number == 0 or part.area >= _SMALLEST]
    simple = shapely.simplify(shapely.MultiPolygon(kept), _TOLERANCE)
    return simple if not simple.is_empty else shapely.MultiPolygon(kept)


def _projected(degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    lng, lat = np.radians(degrees).T
    theta = np.arcsin(math.sqrt(3) / 2 * np.sin(lat))
    square = theta**2
    sixth = square**3
    y = theta * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))
    bend = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    x = 2 / math.sqrt(3) * lng * np.cos(theta) / bend
    return np.column_stack([x, y]) * _SCALE


def _drawn(shape: Any, top: float) -> list[Any]:
    """The path, and the point where a dot stands for the country."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    middle = shapely.point_on_surface(max(parts, key=lambda part: part.area))
    path = "".join(_ring(np.asarray(ring.coords), top) for ring in rings)
    return [path, *_on_sheet(middle.x, middle.y, top)]


def _ring(corners: npt.NDArray[np.float64], top: float) -> str:
    points = [_on_sheet(x, y, top) for x, y in corners[:-1]]
    steps = [(f"{x - a:.{_DIGITS}f}", f"{y - b:.{_DIGITS}f}") for (a, b), (x, y) in pairwise(points)]
    drawn = "".join(f"{_short(x)} {_short(y)} " for x, y in steps if (x, y) != ("0.0", "0.0"))
    return f"M{points[0][0]:g} {points[0][1]:g}l{drawn.strip()}z" if drawn else ""


def _short(number: str) -> str:
    return f"{float(number):g}"


def _on_sheet(x: float, y: float, top: float) -> tuple[float, float]:
    return round(x + WIDTH / 2, _DIGITS), round(top - y, _DIGITS)


if __name__ == "__main__":
    write(TARGET)
    sys.stdout.write(f"{TARGET}: {TARGET.stat().st_size:,} bytes\n")
