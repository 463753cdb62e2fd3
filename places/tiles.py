"""Pure: map tiles out of PMTiles archives, which are mapped into memory and never read whole."""

import gzip
import json
import mmap
import zlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from pmtiles.tile import (
    Compression,
    Entry,
    HeaderDict,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

HEADER_BYTES: Final = 127
MOST_LEVELS: Final = 4  # of directories within each other; the format's own limit
MOST_BYTES: Final = 8 * 1024 * 1024  # of one directory or of the description
KEPT_DIRECTORIES: Final = 64

CONTENT_TYPES: Final = {
    TileType.MVT: "application/vnd.mapbox-vector-tile",
    TileType.PNG: "image/png",
    TileType.JPEG: "image/jpeg",
    TileType.WEBP: "image/webp",
    TileType.AVIF: "image/avif",
}


class NotAnArchive(ValueError):
    """The file holds no tiles that can be served; its text is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile as it lies in the archive; `encoding` is that of HTTP, "" or "gzip"."""

    content: bytes
    content_type: str
    encoding: str


class Archive:
    """A PMTiles file of version 3. Raises NotAnArchive for what is none, OSError for what cannot be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self.version = f"{file.seek(0, 2):x}-{path.stat().st_mtime_ns // 10**9:x}"
            try:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                self.header: HeaderDict = deserialize_header(self._bytes[:HEADER_BYTES])
            except (ValueError, IndexError, MagicNumberNotFound, SpecVersionUnsupported):
                raise NotAnArchive(f"{path.name} is not a PMTiles file of version 3.") from None
        self._check()
        self._directory = lru_cache(maxsize=KEPT_DIRECTORIES)(self._read_directory)

    @cached_property
    def description(self) -> dict[str, Any]:
        """What the archive says of itself: name, attribution, vector_layers."""
        packed = self._slice(self.header["metadata_offset"], self.header["metadata_length"])
        try:
            text = gzip.decompress(packed) if self.header["internal_compression"] == Compression.GZIP else packed
            found = json.loads(text)
        except (OSError, EOFError, ValueError, RecursionError, zlib.error):
            raise NotAnArchive(f"The description of {self.path.name} cannot be read.") from None
        return found if isinstance(found, dict) else {}

    @property
    def layers(self) -> frozenset[str]:
        """The names of its vector layers; none in an archive of pictures."""
        layers = self.description.get("vector_layers")
        named = [layer.get("id") for layer in layers if isinstance(layer, dict)] if isinstance(layers, list) else []
        return frozenset(str(name) for name in named if name)

    @property
    def zooms(self) -> tuple[int, int]:
        """The first and last zoom with tiles."""
        return self.header["min_zoom"], self.header["max_zoom"]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        header = self.header
        return (
            header["min_lon_e7"] / 1e7,
            header["min_lat_e7"] / 1e7,
            header["max_lon_e7"] / 1e7,
            header["max_lat_e7"] / 1e7,
        )

    def tile(self, zoom: int, x: int, y: int) -> Tile | None:
        """The tile with this address, None where the archive has none."""
        low, high = self.zooms
        if not (low <= zoom <= high and 0 <= x < 1 << zoom and 0 <= y < 1 << zoom):
            return None
        entry = self._entry(zxy_to_tileid(zoom, x, y))
        if entry is None:
            return None
        content = self._slice(self.header["tile_data_offset"] + entry.offset, entry.length)
        return Tile(content, self._content_type, self._encoding) if content else None

    def _entry(self, number: int) -> Entry | None:
        offset, length = self.header["root_offset"], self.header["root_length"]
        for _ in range(MOST_LEVELS):
            entry = find_tile(self._directory(offset, length), number)
            if entry is None or entry.run_length:
                return entry
            offset, length = self.header["leaf_directory_offset"] + entry.offset, entry.length
        return None

    def _read_directory(self, offset: int, length: int) -> list[Entry]:
        try:
            return deserialize_directory(self._slice(offset, length))
        except (OSError, EOFError, ValueError, IndexError, zlib.error):
            return []

    def _slice(self, offset: int, length: int) -> bytes:
        return self._bytes[offset : offset + min(length, MOST_BYTES)]

    def _check(self) -> None:
        if self.header["tile_type"] not in CONTENT_TYPES:
            raise NotAnArchive(f"{self.path.name} holds tiles of a kind that is not known here.")
        if self.header["tile_compression"] not in (Compression.NONE, Compression.GZIP):
            raise NotAnArchive(f"The tiles of {self.path.name} are not packed with gzip.")
        if self.header["internal_compression"] != Compression.GZIP:
            raise NotAnArchive(f"The directories of {self.path.name} are not packed with gzip.")

    @property
    def _content_type(self) -> str:
        return CONTENT_TYPES[self.header["tile_type"]]

    @property
    def _encoding(self) -> str:
        return "gzip" if self.header["tile_compression"] == Compression.GZIP else ""
