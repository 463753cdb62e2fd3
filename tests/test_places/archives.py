"""PMTiles archives that tests make: a few tiles, with the layers one wants."""

import gzip
from pathlib import Path
from typing import Any

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

STREETS = ("earth", "water", "roads", "places")


def write_archive(
    path: Path,
    tiles: dict[tuple[int, int, int], bytes],
    *,
    layers: tuple[str, ...] = STREETS,
    kind: TileType = TileType.MVT,
    packed: bool = True,
) -> Path:
    """An archive with these tiles by zoom, x and y."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        writer = Writer(file)
        for place, content in sorted(tiles.items(), key=lambda item: zxy_to_tileid(*item[0])):
            writer.write_tile(zxy_to_tileid(*place), gzip.compress(content, mtime=0) if packed else content)
        header: dict[str, Any] = {
            "tile_type": kind,
            "tile_compression": Compression.GZIP if packed else Compression.NONE,
            "min_zoom": min(place[0] for place in tiles),
            "max_zoom": max(place[0] for place in tiles),
            "min_lon_e7": 110000000,
            "min_lat_e7": 450000000,
            "max_lon_e7": 130000000,
            "max_lat_e7": 460000000,
            "center_zoom": 0,
            "center_lon_e7": 0,
            "center_lat_e7": 0,
        }
        described = {"attribution": "© <b>OpenStreetMap</b>", "vector_layers": [{"id": name} for name in layers]}
        writer.finalize(header, described)
    return path
