"""Pure: the map's archives, those that come with the site and the street packs that an operator put beside them."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from places.tiles import Archive, NotAnArchive

logger = logging.getLogger(__name__)

BUNDLED: Final = Path(__file__).resolve().parent / "data" / "map"
GLYPHS: Final = BUNDLED / "glyphs"
# Credits that must stay visible, see data/map/SOURCES.md.
CREDITS: Final = {
    "world": "© GeoNames (CC BY) · Natural Earth · GSHHG",
    "dem": "ETOPO5 (NOAA)",
    "relief": "Natural Earth",
    "satellite": "NASA Blue Marble",
}
# What tells an archive of the Protomaps schema from any other.
STREET_LAYERS: Final = frozenset(["earth", "water", "roads"])
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_RANGE: Final = re.compile(r"[0-9]{1,5}-[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Pack:
    """An archive of the operator's, or why it cannot be used."""

    path: Path
    archive: Archive | None = None
    problem: str = ""

    @property
    def name(self) -> str:
        return self.path.stem


@dataclass
class Maps:
    """All archives; what lies in `folder` is looked at again whenever a file there changes."""

    folder: Path | None = None
    _bundled: Mapping[str, Archive] = field(default_factory=dict)
    _packs: dict[str, tuple[tuple[int, int], Pack]] = field(default_factory=dict)

    def bundled(self) -> Mapping[str, Archive]:
        """world, dem, relief and satellite, by name."""
        if not self._bundled:
            self._bundled = {path.stem: Archive(path) for path in sorted(BUNDLED.glob("*.pmtiles"))}
        return self._bundled

    def packs(self) -> list[Pack]:
        """The operator's street packs, by name."""
        files = sorted(self.folder.glob("*.pmtiles")) if self.folder and self.folder.is_dir() else []
        found = [self._pack(path) for path in files]
        self._packs = {str(pack.path): self._packs[str(pack.path)] for pack in found}
        return found

    def archive(self, name: str) -> Archive | None:
        """The archive with this name; a pack cannot hide one that comes with the site."""
        if bundled := self.bundled().get(name):
            return bundled
        return next((pack.archive for pack in self.packs() if pack.name == name), None)

    def _pack(self, path: Path) -> Pack:
        mark = _mark(path)
        known = self._packs.get(str(path))
        if known is None or known[0] != mark:
            known = self._packs[str(path)] = (mark, _open_pack(path, self.bundled()))
        return known[1]


def _mark(path: Path) -> tuple[int, int]:
    """What changes with the file; (0, 0) for one that cannot be looked at, such as a link that leads nowhere."""
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_size, stat.st_mtime_ns


def credits_of(name: str, archive: Archive) -> str:
    """Whom to name on a map that shows the archive, as plain text."""
    return CREDITS.get(name) or str(archive.description.get("attribution", ""))


def glyphs(font: str, span: str) -> bytes | None:
    """The shapes of 256 characters, `("Noto Sans Bold", "0-255")`; None for what is not there."""
    if not _RANGE.fullmatch(span) or font not in {path.name for path in GLYPHS.iterdir()}:
        return None
    path = GLYPHS / font / f"{span}.pbf"
    return path.read_bytes() if path.is_file() else None


def _open_pack(path: Path, bundled: Mapping[str, Archive]) -> Pack:
    try:
        pack = Pack(path, _streets(path, bundled))
    except (NotAnArchive, OSError) as error:
        pack = Pack(path, problem=str(error) if isinstance(error, NotAnArchive) else f"{path.name} cannot be read.")
    if pack.problem:
        logger.warning("A map pack is not used. %s", pack.problem)
    return pack


def _streets(path: Path, bundled: Mapping[str, Archive]) -> Archive:
    if not _NAME.fullmatch(path.stem) or path.stem in bundled:
        raise NotAnArchive(f"{path.name} needs another name: letters, digits, - and _, and not one of the site's own.")
    archive = Archive(path)
    if not archive.layers >= STREET_LAYERS:
        raise NotAnArchive(f"{path.name} has no layers of the Protomaps schema (earth, water, roads).")
    return archive
