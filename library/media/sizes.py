"""Pure: the table of thumb sizes, which of them are rendered ahead, and the JPEG quality scale."""

from dataclasses import dataclass
from typing import Literal

Method = Literal["center", "left", "right", "fit", "resize"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """One rendition. `source` names the smallest size that is always good enough to make it from."""

    name: str
    width: int
    height: int
    method: Method
    source: str = ""
    optional: bool = False
    non_square: bool = False
    public: bool = False

    @property
    def is_fit(self) -> bool:
        """Whether the whole picture is shown, at most this large; otherwise the area is filled."""
        return self.method == "fit"


def _fit(name: str, width: int, height: int, source: str = "", *, optional: bool = False, public: bool = False) -> Size:
    return Size(name=name, width=width, height=height, method="fit", source=source, optional=optional, public=public)


def _tile(edge: int, source: str, *, optional: bool = False) -> Size:
    return Size(name=f"tile_{edge}", width=edge, height=edge, method="center", source=source, optional=optional)


def _side(method: Literal["left", "right"], edge: int, *, optional: bool = False) -> Size:
    name = f"{method}_{edge}"
    return Size(name=name, width=edge, height=edge, method=method, source="fit_720", optional=optional, non_square=True)


# In the order of the table that clients of the API know.
_TABLE = (
    Size(name="colors", width=3, height=3, method="resize", source="fit_720"),
    _tile(50, "fit_720"),
    _tile(100, "fit_720"),
    _side("left", 224),
    _side("right", 224),
    _tile(224, "fit_720"),
    _side("left", 384, optional=True),
    _side("right", 384, optional=True),
    _tile(384, "fit_720", optional=True),
    _side("left", 480, optional=True),
    _side("right", 480, optional=True),
    _tile(480, "fit_1280", optional=True),
    _tile(500, "fit_1920"),
    _tile(1080, "fit_1920", optional=True),
    _fit("fit_720", 720, 720, public=True),
    _fit("fit_1280", 1280, 1024, "fit_1920", public=True),
    _fit("fit_1600", 1600, 900, "fit_1920", optional=True),
    _fit("fit_1920", 1920, 1200, public=True),
    _fit("fit_2048", 2048, 2048, "fit_4096", optional=True),
    _fit("fit_2560", 2560, 1600, "fit_4096", public=True),
    _fit("fit_3840", 3840, 2400, "fit_4096", optional=True),
    _fit("fit_4096", 4096, 4096, public=True),
    _fit("fit_5120", 5120, 5120, optional=True),
    _fit("fit_7680", 7680, 4320, public=True),
)
SIZES: dict[str, Size] = {size.name: size for size in _TABLE}
PUBLIC_SIZES = tuple(size for size in _TABLE if size.public)
MAX_SIZE = max(size.width for size in _TABLE)
"""The widest edge in pixels that a thumb can have."""


def size_for(name: str) -> Size | None:
    """The size of this name, or None."""
    return SIZES.get(name)


def static_sizes(limit: int, *, sides: bool = False) -> tuple[Size, ...]:
    """The sizes rendered when a file is indexed: all that are not optional, up to `limit` pixels wide.

    Largest first, so that each can be made from one before it. `sides` adds the left and right crops
    that some classifiers want. "colors" is measured, never stored, and so not among them.
    """
    chosen = [size for size in _TABLE if not size.optional and size.method != "resize" and size.width <= limit]
    if not sides:
        chosen = [size for size in chosen if not size.non_square]
    return tuple(sorted(chosen, key=lambda size: (-size.width, size.name)))


def public_size(limit: int) -> Size | None:
    """The largest size shown to clients that is at most `limit` pixels wide, or None."""
    return max((size for size in PUBLIC_SIZES if size.width <= limit), key=lambda size: size.width, default=None)


def served_size(size: Size, width: int, height: int) -> Size:
    """The size that shows a picture of `width` x `height` pixels where `size` is asked for.

    A fit size larger than the picture is not made if a smaller public one already shows every pixel.
    """
    if not size.is_fit:
        return size
    whole = (fit for fit in PUBLIC_SIZES if width <= fit.width and height <= fit.height)
    smallest = min(whole, key=lambda fit: fit.width, default=size)
    return smallest if smallest.width < size.width else size


DEFAULT_QUALITY = 83
_MIN_QUALITY, _MAX_QUALITY = 25, 100
_QUALITY_NAMES = {
    70: ("min", "lowest", "0", "1"),
    79: ("low", "2"),
    83: ("medium", "default", "normal", "3"),
    87: ("high", "good", "4", "5"),
    91: ("max", "best", "ultra", "6", "7"),
}
_QUALITIES = {name: quality for quality, names in _QUALITY_NAMES.items() for name in names}
_SMALL_EDGE = 150


def parse_quality(text: str) -> int:
    """A JPEG quality from a name, a level 0-7 or a number 25-100; the default for anything else."""
    word = text.strip().lower()
    if word in _QUALITIES:
        return _QUALITIES[word]
    number = int(word) if word.isascii() and word.isdigit() else 0
    return number if _MIN_QUALITY <= number <= _MAX_QUALITY else DEFAULT_QUALITY


def quality_for(width: int, height: int, quality: int) -> int:
    """The JPEG quality of a thumb of this size: tiny ones look the same with five less."""
    return quality - 5 if max(width, height) <= _SMALL_EDGE else quality
