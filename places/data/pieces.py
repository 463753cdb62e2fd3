"""From whole areas to small polygons: fine along borders, coarse along coasts, without holes."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from places.data.areas import Area
from places.data.sketch import Sketch, polygons, split

# Degrees. A line that parts countries is kept within 110 m, one that parts states within 330 m; a
# coast may be 1.7 km off, because the geocoder gives a point near it to the nearest unit anyway.
BORDER, STATE_LINE, COAST = 0.001, 0.003, 0.015


def pieces(areas: Sequence[Area]) -> list[Area]:
    """The pieces of smaller areas come first: where two overlap, the first holds the ground."""
    simplified = simplify(areas)
    simplified.sort(key=lambda area: area.outline.area)
    return [Area(area.unit, part) for area in simplified for part in split(area.outline)]


def simplify(areas: Sequence[Area]) -> list[Area]:
    """Fine where another unit is near, coarse along the coast."""
    sketch = Sketch([area.outline for area in areas])
    units, codes = numbered([a.unit for a in areas]), numbered([a.unit.country for a in areas])
    result = []
    for area, unit, code in zip(areas, units, codes, strict=True):
        rings = [
            simplify_ring(shapely.get_coordinates(ring), [units != unit, codes != code], sketch)
            for ring in (area.outline.exterior, *area.outline.interiors)
        ]
        rings = [ring for ring in rings if len(ring) > 3]
        if rings:
            outline = shapely.make_valid(shapely.Polygon(rings[0], rings[1:]))
            result += [Area(area.unit, part) for part in polygons(outline)]
    return result


def numbered(values: Sequence[object]) -> npt.NDArray[Any]:
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return np.array([numbers[value] for value in values])


def simplify_ring(ring: npt.NDArray[Any], others: Sequence[npt.NDArray[Any]], sketch: Sketch) -> npt.NDArray[Any]:
    """`others` marks the areas of other states, and those of other countries."""
    ring = simplify_run(ring, BORDER)
    asked, found = sketch.near(np.asarray(shapely.points(ring)))
    tolerances = np.full(len(ring), COAST)
    for marked, tolerance in zip(others, (STATE_LINE, BORDER), strict=True):
        tolerances[asked[marked[found]]] = tolerance
    turns = [0, *(np.flatnonzero(np.diff(tolerances)) + 1), len(ring) - 1]
    runs = [simplify_run(ring[start : end + 1], tolerances[start]) for start, end in pairwise(turns) if end > start]
    return np.vstack([*(run[:-1] for run in runs), ring[-1:]])


def simplify_run(run: npt.NDArray[Any], tolerance: float) -> npt.NDArray[Any]:
    narrow = np.array([max(math.cos(math.radians(run[:, 1].mean())), 0.05), 1])
    if len(run) < 3:
        return run
    # A closed run would shrink to its one end.
    if (run[0] == run[-1]).all():
        half = len(run) // 2
        return np.vstack([simplify_run(run[: half + 1], tolerance)[:-1], simplify_run(run[half:], tolerance)])
    line = shapely.simplify(shapely.LineString(run * narrow), tolerance, preserve_topology=False)
    return np.asarray(shapely.get_coordinates(line) / narrow)
