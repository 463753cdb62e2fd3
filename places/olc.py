"""Pure: Open Location Codes (plus codes) from positions and back."""

from openlocationcode import openlocationcode

from places import s2
from places.distance import Box

# Eight digits name an area of about 275 metres.
LENGTH = 8
_PAIRED_DIGITS = 10


def encode(lat: float, lng: float, length: int = LENGTH) -> str:
    """The plus code of a position in degrees, such as "8FWCHX7W+"; empty off the globe.

    Up to ten digits come in pairs, so an odd length is rounded up.
    """
    if not (-90 <= lat <= 90 and -180 <= lng <= 180):
        return ""
    paired = length + length % 2 if length < _PAIRED_DIGITS else length
    return str(openlocationcode.encode(lat, lng, max(paired, 2)))


def decode(code: str) -> tuple[float, float] | None:
    """Latitude and longitude of the middle of a full code's area; None for any other text."""
    if not openlocationcode.isFull(code):
        return None
    area = openlocationcode.decode(code)
    return area.latitudeCenter, area.longitudeCenter


def area(code: str) -> Box | None:
    """The area that a full code names; None for any other text."""
    if not openlocationcode.isFull(code):
        return None
    found = openlocationcode.decode(code)
    return Box(found.latitudeLo, found.longitudeLo, found.latitudeHi, found.longitudeHi)


def cell_id(code: str) -> str:
    """The S2 token of the middle of a code's area; empty for what is not a full code."""
    middle = decode(code)
    return s2.cell_id(*middle) if middle else ""
