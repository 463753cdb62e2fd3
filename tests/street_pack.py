"""A street pack of a town that is nowhere, with every layer of the Protomaps schema and its kinds: write_town(path).

Tiles are Mapbox Vector Tiles 2.1, put together here; the layers and kinds are those of
docs.protomaps.com/basemaps/layers, of version 4, with `medium_road` and the layer `transit` of version 3.
"""

import gzip
import math
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Literal

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

LAT, LNG = 47.2, 11.9
NAME: Final = "Kleinhausen"
ZOOMS: Final = range(7, 16)
LAYERS: Final = [
    "boundaries",
    "buildings",
    "earth",
    "landcover",
    "landuse",
    "places",
    "pois",
    "roads",
    "transit",
    "water",
]
EXTENT: Final = 4096
BUFFER: Final = 128
HALF_KM: Final = 3.2

Kind = Literal[1, 2, 3]
POINT: Final = 1
LINE: Final = 2
POLYGON: Final = 3
Point = tuple[float, float]


@dataclass(frozen=True)
class Feature:
    """`points` in kilometres east and north of the middle; polygons are closed by themselves."""

    layer: str
    kind: Kind
    points: Sequence[Point]
    tags: dict[str, Any] = field(default_factory=dict)
    first_zoom: int = 7


def write_town(path: Path) -> Path:
    """An archive of the town, 7 km wide."""
    town = list(features())
    path.parent.mkdir(parents=True, exist_ok=True)
    west, south = place_of(-HALF_KM, -HALF_KM)
    east, north = place_of(HALF_KM, HALF_KM)
    with path.open("wb") as file:
        writer = Writer(file)
        for zoom, x, y in sorted(_tiles(west, south, east, north), key=lambda tile: zxy_to_tileid(*tile)):
            content = _tile(zoom, x, y, [one for one in town if one.first_zoom <= zoom])
            writer.write_tile(zxy_to_tileid(zoom, x, y), gzip.compress(content, mtime=0))
        header: dict[str, Any] = {
            "tile_type": TileType.MVT,
            "tile_compression": Compression.GZIP,
            "min_zoom": ZOOMS[0],
            "max_zoom": ZOOMS[-1],
            "min_lon_e7": round(west * 1e7),
            "min_lat_e7": round(south * 1e7),
            "max_lon_e7": round(east * 1e7),
            "max_lat_e7": round(north * 1e7),
            "center_zoom": 13,
            "center_lon_e7": round(LNG * 1e7),
            "center_lat_e7": round(LAT * 1e7),
        }
        described = {"attribution": "© OpenStreetMap", "vector_layers": [{"id": name} for name in LAYERS]}
        writer.finalize(header, described)
    return path


def place_of(east: float, north: float) -> Point:
    """Longitude and latitude."""
    return LNG + east / (111.32 * math.cos(math.radians(LAT))), LAT + north / 111.32


# ---------- the town ----------


def features() -> Iterator[Feature]:
    dice = random.Random(7)
    yield Feature("earth", POLYGON, _box(-HALF_KM, -HALF_KM, HALF_KM, HALF_KM), {"kind": "earth"})
    yield Feature("landcover", POLYGON, _blob(-2.2, 2.2, 1.2), {"kind": "forest"})
    yield Feature(
        "boundaries", LINE, [(-HALF_KM, 2.7), (0, 2.2), (HALF_KM, 2.8)], {"kind": "county", "min_admin_level": 6}
    )
    yield from _landuse()
    yield from _waters()
    yield from _streets()
    yield from _houses(dice)
    yield from _names()


def _landuse() -> Iterator[Feature]:
    areas: dict[str, tuple[float, float, float, float]] = {
        "residential": (-1.7, -1.6, 1.7, 1.5),
        "industrial": (1.8, -1.6, 2.8, -0.6),
        "commercial": (-0.4, -0.3, 0.4, 0.35),
        "school": (-1.2, 0.9, -0.85, 1.15),
        "hospital": (0.9, 0.85, 1.25, 1.15),
        "cemetery": (-1.6, -1.45, -1.2, -1.15),
        "aerodrome": (1.5, 1.9, 3.0, 2.5),
        "playground": (-0.7, 0.5, -0.6, 0.6),
        "pitch": (-1.2, 1.2, -1.05, 1.3),
        "beach": (-1.0, -2.35, -0.5, -2.3),
        "pedestrian": (-0.1, -0.08, 0.12, 0.08),
        "farmland": (-3.1, -3.1, -1.9, -1.8),
        "meadow": (1.9, 0.2, 2.8, 1.2),
        "vineyard": (2.2, -2.9, 3.0, -2.0),
    }
    for kind, area in areas.items():
        yield Feature("landuse", POLYGON, _box(*area), {"kind": kind}, 9)
    yield Feature("landuse", POLYGON, _blob(-2.4, 0.9, 0.9), {"kind": "wood"}, 8)
    yield Feature("landuse", POLYGON, _blob(0.75, -0.75, 0.33), {"kind": "park", "name": "Stadtpark"}, 9)
    yield Feature("landuse", POLYGON, _blob(2.3, 0.0, 0.5), {"kind": "nature_reserve"}, 9)


def _waters() -> Iterator[Feature]:
    middle = [(-HALF_KM + step * 0.1, _river(-HALF_KM + step * 0.1)) for step in range(65)]
    banks = [(x, y + 0.07) for x, y in middle] + [(x, y - 0.07) for x, y in reversed(middle)]
    yield Feature("water", POLYGON, banks, {"kind": "river"}, 8)
    yield Feature("water", LINE, middle, {"kind": "river", "name": "Hausach"}, 9)
    yield Feature("water", LINE, [(-2.6, 2.9), (-1.9, 1.6), (-1.8, 0.6), (-1.9, _river(-1.9))], {"kind": "stream"}, 11)
    yield Feature("water", POLYGON, _blob(-0.4, -2.7, 0.55), {"kind": "lake"}, 8)
    yield Feature("water", POINT, [(-0.4, -2.7)], {"kind": "lake", "name": "Hausener See"}, 10)


def _streets() -> Iterator[Feature]:
    for step in range(-7, 8):
        at = step * 0.2
        if step:
            named = {"kind": "minor_road", "kind_detail": "residential", "name": f"{abs(step)}. Gasse"}
            yield Feature("roads", LINE, [(at, -1.5), (at + 0.04, 0), (at, 1.4)], named, 12)
            yield Feature(
                "roads", LINE, [(-1.6, at), (0, at + 0.03), (1.6, at)], {**named, "name": f"{abs(step)}. Weg"}, 12
            )
    major = {"kind": "major_road", "kind_detail": "primary"}
    yield Feature(
        "roads", LINE, [(0, -1.9), (0, 1.9), (0.6, HALF_KM)], {**major, "name": "Hauptstraße", "ref": "12"}, 8
    )
    yield Feature("roads", LINE, [(-HALF_KM, 0.1), (0, 0), (HALF_KM, 0.25)], {**major, "name": "Landstraße"}, 8)
    ring = [(1.75 * math.cos(turn / 12 * math.pi), 1.6 * math.sin(turn / 12 * math.pi)) for turn in range(25)]
    yield Feature("roads", LINE, ring, {"kind": "medium_road", "kind_detail": "tertiary", "name": "Ringstraße"}, 10)
    highway = {"kind": "highway", "kind_detail": "motorway", "ref": "A 9"}
    yield Feature("roads", LINE, [(-HALF_KM, -2.0), (0.2, -1.85), (HALF_KM, -2.3)], highway, 7)
    link = {"kind": "highway", "kind_detail": "motorway_link", "is_link": True}
    yield Feature("roads", LINE, [(0, -1.6), (0.25, -1.7), (0.7, -1.9)], link, 12)
    tunnel = {"kind": "major_road", "kind_detail": "secondary", "is_tunnel": True, "name": "Bergtunnel"}
    yield Feature("roads", LINE, [(-1.75, 0.9), (-3.0, 1.8)], tunnel, 10)
    bridge = {"kind": "minor_road", "is_bridge": True, "name": "Alte Brücke"}
    yield Feature("roads", LINE, [(-0.6, _river(-0.6) - 0.16), (-0.6, _river(-0.6) + 0.16)], bridge, 12)
    yield Feature(
        "roads", LINE, [(0.5, -0.9), (0.75, -0.7), (1.0, -0.85)], {"kind": "path", "kind_detail": "footway"}, 13
    )
    yield Feature("roads", LINE, [(-2.9, 0.6), (-2.2, 1.2), (-1.8, 2.4)], {"kind": "path", "name": "Höhenweg"}, 12)
    yield Feature("roads", LINE, [(1.9, -1.5), (2.7, -0.7)], {"kind": "other", "kind_detail": "service"}, 13)
    yield Feature("roads", LINE, [(-0.1, -2.2), (-0.2, -2.35)], {"kind": "path", "kind_detail": "pier"}, 13)
    yield Feature("roads", LINE, [(-0.2, -2.35), (-0.7, -2.95)], {"kind": "ferry"}, 12)
    yield Feature("roads", LINE, [(1.6, 2.2), (2.9, 2.25)], {"kind": "aeroway", "kind_detail": "runway"}, 10)
    yield Feature("roads", LINE, [(-2.9, 0.2), (-2.6, 2.4)], {"kind": "aerialway", "kind_detail": "gondola"}, 12)
    rails = [(-HALF_KM, -1.2), (-0.9, -1.05), (0.9, -1.15), (HALF_KM, -0.9)]
    yield Feature("roads", LINE, rails, {"kind": "rail", "kind_detail": "rail"}, 9)
    yield Feature("transit", LINE, [(-1.6, 0.35), (0, 0.4), (1.6, 0.5)], {"kind": "rail", "kind_detail": "tram"}, 12)


def _houses(dice: random.Random) -> Iterator[Feature]:
    for column in range(-8, 8):
        for row in range(-7, 7):
            for _ in range(5):
                x, y = column * 0.2 + 0.04 + dice.random() * 0.1, row * 0.2 + 0.04 + dice.random() * 0.1
                if abs(y - _river(x)) > 0.12 and math.hypot(x - 0.75, y + 0.75) > 0.4:
                    wide, deep = 0.012 + dice.random() * 0.02, 0.012 + dice.random() * 0.016
                    yield Feature(
                        "buildings", POLYGON, _box(x, y, x + wide, y + deep), {"kind": "building", "height": 9}, 13
                    )
    for number in range(6):
        x = 1.9 + number % 3 * 0.3
        hall = _box(x, -1.5 + number // 3 * 0.4, x + 0.2, -1.3 + number // 3 * 0.4)
        yield Feature("buildings", POLYGON, hall, {"kind": "building", "height": 14}, 13)


def _names() -> Iterator[Feature]:
    town = {"kind": "locality", "kind_detail": "town", "name": NAME, "population": 18_000, "population_rank": 8}
    yield Feature("places", POINT, [(0, 0)], town, 7)
    for name, x, y in (("Altstadt", 0.2, 0.25), ("Nordend", -0.5, 1.1), ("Seeviertel", -0.7, -1.3)):
        yield Feature("places", POINT, [(x, y)], {"kind": "neighbourhood", "name": name, "population_rank": 2}, 12)
    spots = {
        "station": ("Kleinhausen Bahnhof", 0.0, -1.1, 12),
        "museum": ("Stadtmuseum", 0.13, 0.12, 14),
        "hospital": ("Klinikum", 1.07, 1.0, 13),
        "school": ("Gymnasium", -1.02, 1.02, 14),
        "cafe": ("Café am Markt", -0.06, 0.06, 15),
        "restaurant": ("Zur Post", 0.07, -0.11, 15),
        "park": ("Stadtpark", 0.75, -0.75, 13),
        "peak": ("Hausberg", -2.75, 2.45, 11),
        "bus_stop": ("Markt", 0.02, 0.02, 15),
        "aerodrome": ("Flugplatz", 2.2, 2.35, 11),
        "viewpoint": ("Seeblick", -0.95, -2.2, 14),
    }
    for kind, (name, x, y, zoom) in spots.items():
        yield Feature("pois", POINT, [(x, y)], {"kind": kind, "name": name, "min_zoom": zoom}, zoom)


def _river(x: float) -> float:
    return -0.45 + 0.22 * math.sin(1.6 * x) + 0.06 * x


def _box(west: float, south: float, east: float, north: float) -> list[Point]:
    return [(west, south), (east, south), (east, north), (west, north)]


def _blob(x: float, y: float, radius: float) -> list[Point]:
    turns = [turn / 20 * math.pi for turn in range(40)]
    return [
        (x + radius * (1 + 0.12 * math.sin(3 * turn)) * math.cos(turn), y + radius * 0.85 * math.sin(turn))
        for turn in turns
    ]


# ---------- tiles ----------


def _tiles(west: float, south: float, east: float, north: float) -> Iterator[tuple[int, int, int]]:
    for zoom in ZOOMS:
        first, last = _mercator(west, north), _mercator(east, south)
        for x in range(int(first[0] * 2**zoom), int(last[0] * 2**zoom) + 1):
            for y in range(int(first[1] * 2**zoom), int(last[1] * 2**zoom) + 1):
                yield zoom, x, y


def _mercator(lng: float, lat: float) -> Point:
    return (lng + 180) / 360, (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2


def _tile(zoom: int, x: int, y: int, town: Iterable[Feature]) -> bytes:
    layers: dict[str, list[tuple[Kind, list[list[tuple[int, int]]], dict[str, Any]]]] = {}
    for one in town:
        placed = [_mercator(*place_of(*point)) for point in one.points]
        scaled = [((px * 2**zoom - x) * EXTENT, (py * 2**zoom - y) * EXTENT) for px, py in placed]
        if parts := _clipped(one.kind, scaled):
            whole = [[(round(px), round(py)) for px, py in part] for part in parts]
            layers.setdefault(one.layer, []).append((one.kind, whole, one.tags))
    return b"".join(_bytes(3, _layer(name, rows)) for name, rows in layers.items())


def _clipped(kind: Kind, points: list[Point]) -> list[list[Point]]:
    low, high = -BUFFER, EXTENT + BUFFER
    if kind == POINT:
        return [[point] for point in points if all(0 <= value < EXTENT for value in point)]
    if kind == LINE:
        return _clipped_line(points, low, high)
    for axis in (0, 1):
        points = _cut(points, axis, low, 1)
        points = _cut(points, axis, high, -1)
    return [points] if len(points) > 2 else []


def _cut(points: list[Point], axis: int, edge: float, sign: int) -> list[Point]:
    """Sutherland and Hodgman, for one edge."""
    kept: list[Point] = []
    for before, point in zip([*points[-1:], *points[:-1]], points, strict=True):
        was, now = (before[axis] - edge) * sign >= 0, (point[axis] - edge) * sign >= 0
        if was != now:
            share = (edge - before[axis]) / (point[axis] - before[axis])
            kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
        if now:
            kept.append(point)
    return kept


def _clipped_line(points: list[Point], low: float, high: float) -> list[list[Point]]:
    parts: list[list[Point]] = []
    for start, end in pairwise(points):
        first, last = 0.0, 1.0
        for axis in (0, 1):
            step = end[axis] - start[axis]
            if not step:
                first, last = (first, last) if low <= start[axis] <= high else (1.0, 0.0)
                continue
            near, far = sorted(((low - start[axis]) / step, (high - start[axis]) / step))
            first, last = max(first, near), min(last, far)
        if first < last:
            one, other = (
                (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
                for share in (first, last)
            )
            if parts and parts[-1][-1] == one:
                parts[-1].append(other)
            else:
                parts.append([one, other])
    return parts


# ---------- Mapbox Vector Tile 2.1 ----------


def _layer(name: str, rows: Sequence[tuple[Kind, list[list[tuple[int, int]]], dict[str, Any]]]) -> bytes:
    keys: dict[str, int] = {}
    values: dict[tuple[type, Any], int] = {}
    written = []
    for kind, parts, tags in rows:
        pairs = []
        for key, value in tags.items():
            pairs += [keys.setdefault(key, len(keys)), values.setdefault((type(value), value), len(values))]
        packed = b"".join(map(_varint, pairs))
        written.append(_bytes(2, packed) + _number(3, kind) + _bytes(4, _geometry(kind, parts)))
    body = _bytes(1, name.encode()) + b"".join(_bytes(2, row) for row in written)
    body += b"".join(_bytes(3, key.encode()) for key in keys)
    body += b"".join(_bytes(4, _value(value)) for _, value in values)
    return body + _number(5, EXTENT) + _number(15, 2)


def _geometry(kind: Kind, parts: Iterable[list[tuple[int, int]]]) -> bytes:
    written: list[int] = []
    at = (0, 0)
    for part in parts:
        if kind == POLYGON and _area(part) < 0:
            part = part[::-1]
        for number, point in enumerate(part):
            if number == 0:
                written.append(1 | 1 << 3)
            elif number == 1:
                written.append(2 | (len(part) - 1) << 3)
            written += [_zigzag(point[0] - at[0]), _zigzag(point[1] - at[1])]
            at = point
        if kind == POLYGON:
            written.append(7 | 1 << 3)
    return b"".join(map(_varint, written))


def _area(ring: list[tuple[int, int]]) -> int:
    """Twice the area; the outer ring of a polygon has a positive one."""
    return sum(one[0] * two[1] - two[0] * one[1] for one, two in zip(ring, [*ring[1:], ring[0]], strict=True))


def _value(value: Any) -> bytes:
    if isinstance(value, bool):
        return _number(7, int(value))
    return _number(5, value) if isinstance(value, int) else _bytes(1, str(value).encode())


def _zigzag(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)


def _bytes(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


if __name__ == "__main__":
    write_town(Path(sys.argv[1]))
