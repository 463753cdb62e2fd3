"""Pure: how pictures fit, fill and turn, and the codes of crop areas."""

import re
from dataclasses import dataclass

THOUSAND = 1000
_AREA_CODE = re.compile(r"[0-9a-f]{12}")
_CROP_NAME = re.compile(r"(?:([0-9a-f]{40})-)?([0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of whole pixels; `x`, `y` is its top left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle as shares (0 to 1) of the width and height of a picture."""

    x: float
    y: float
    w: float
    h: float

    @property
    def code(self) -> str:
        """Four groups of three hex digits, thousandths rounded down; empty for an empty area.

        >>> Area(0.822059, 0.167969, 0.1, 0.0664062).code
        '3360a7064042'
        """
        parts = [_thousandths(share) for share in (self.x, self.y, self.w, self.h)]
        return "".join(f"{part:03x}" for part in parts) if any(parts) else ""

    def crop_name(self, file_hash: str) -> str:
        """The name of this crop in thumb URLs: hash, dash, code; only the code if the hash is none."""
        return f"{file_hash}-{self.code}" if re.fullmatch(r"[0-9a-f]{40}", file_hash) else self.code

    def surface(self) -> float:
        """The share of the picture that the area covers."""
        return self.w * self.h

    def overlap(self, other: "Area") -> float:
        """The share of the picture that lies in both areas."""
        width = min(self.x + self.w, other.x + other.w) - max(self.x, other.x)
        height = min(self.y + self.h, other.y + other.h) - max(self.y, other.y)
        return max(width, 0.0) * max(height, 0.0)

    def overlap_percent(self, other: "Area") -> int:
        """How much of `other` lies in this area, in percent."""
        return round(100 * self.overlap(other) / other.surface()) if other.surface() else 0

    def box(self, width: int, height: int) -> Box:
        """The pixels of this area in a picture of `width` x `height`; at least one pixel, never outside."""
        x, y = min(int(self.x * width), width - 1), min(int(self.y * height), height - 1)
        return Box(x, y, max(1, min(round(self.w * width), width - x)), max(1, min(round(self.h * height), height - y)))


def area_from_code(code: str) -> Area | None:
    """The area of a code of twelve hex digits, or None."""
    if not _AREA_CODE.fullmatch(code):
        return None
    x, y, w, h = (int(code[at : at + 3], 16) / THOUSAND for at in (0, 3, 6, 9))
    return Area(x, y, w, h)


def split_crop_name(name: str) -> tuple[str, Area | None]:
    """The file hash and the area of a thumb name; either may be missing."""
    match = _CROP_NAME.fullmatch(name)
    return (match[1] or "", area_from_code(match[2])) if match else (name.rstrip("-"), None)


def fit(width: int, height: int, max_width: int, max_height: int) -> tuple[int, int]:
    """The size of the whole picture inside a box; never larger than the picture, at least one pixel."""
    scale = min(max_width / width, max_height / height, 1.0)
    return max(1, round(width * scale)), max(1, round(height * scale))


def fits(width: int, height: int, max_width: int, max_height: int) -> bool:
    """Whether a picture needs no shrinking for a box."""
    return width <= max_width and height <= max_height


def fill(width: int, height: int, to_width: int, to_height: int, method: str = "center") -> Box:
    """The largest part of a picture with the proportions of a target.

    `method` says which part: "left" the top left, "right" the bottom right, else the middle.
    """
    scale = min(width / to_width, height / to_height)
    w, h = max(1, min(width, round(to_width * scale))), max(1, min(height, round(to_height * scale)))
    at = {"left": 0.0, "right": 1.0}.get(method, 0.5)
    return Box(int((width - w) * at), int((height - h) * at), w, h)


def upright(width: int, height: int, orientation: int) -> tuple[int, int]:
    """Width and height as seen, given those stored and the EXIF orientation (5 to 8 lie on their side)."""
    return (height, width) if orientation in (5, 6, 7, 8) else (width, height)


def _thousandths(share: float) -> int:
    return int(min(max(share, 0.0), 1.0) * THOUSAND + 1e-9)
