"""Coarse outlines that are quick to ask, and the cutting of outlines into pieces."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

PIECE_VERTICES = 160
# Degrees: how coarse, and how near is near.
_COARSE, _NEAR = 0.004, 0.03


class Sketch:
    """Coarse outlines cut into pieces: quick to ask which of them holds a point, or is near it."""

    def __init__(self, outlines: Sequence[shapely.Polygon]) -> None:
        parts = [
            (number, piece)
            for number, outline in enumerate(outlines)
            for part in polygons(shapely.make_valid(shapely.simplify(outline, _COARSE)))
            for piece in split(part)
        ]
        self._numbers = np.array([number for number, _ in parts])
        self._tree = shapely.STRtree([piece for _, piece in parts])

    def holding(self, points: npt.NDArray[Any]) -> list[tuple[int, int]]:
        """Pairs of a point's number and an outline's."""
        asked, pieces = self._tree.query(points, predicate="intersects")
        return list(zip(asked.tolist(), self._numbers[pieces].tolist(), strict=True))

    def near(self, points: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        asked, pieces = self._tree.query(points, predicate="dwithin", distance=_NEAR)
        return asked, self._numbers[pieces]


def split(outline: shapely.Polygon) -> Iterator[shapely.Polygon]:
    """Halved across the longer side until a piece is small and has no holes."""
    if shapely.get_num_coordinates(outline) <= PIECE_VERTICES and not outline.interiors:
        yield outline
        return
    west, south, east, north = outline.bounds
    if east - west > north - south:
        middle = (west + east) / 2
        halves = [(west, south, middle, north), (middle, south, east, north)]
    else:
        middle = (south + north) / 2
        halves = [(west, south, east, middle), (west, middle, east, north)]
    for half in halves:
        for part in polygons(shapely.intersection(outline, shapely.box(*half))):
            yield from split(part)


def polygons(geometry: shapely.Geometry) -> list[shapely.Polygon]:
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if part.geom_type == "Polygon" and part.area > 1e-8]
