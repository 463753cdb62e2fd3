"""Pure: a position as people write it: decimal degrees, degrees and minutes, plus codes, addresses of map sites.

41.8902, 12.4922        geo:41.8902,12.4922        N 41.8902 E 12.4922
41°53'24.7"N 12°29'32"E    41 53.412 N, 12 29.533 E
8FHJVFRR+3V             https://maps.example.org/@41.8902,12.4922,15z      ...?mlat=41.8902&mlon=12.4922
"""

import re
from typing import Final

from openlocationcode import openlocationcode

Position = tuple[float, float]

LONGEST: Final = 500  # characters

_NUMBER: Final = r"[-+−]?\d{1,3}(?:\.\d{1,15})?"
_PAIR: Final = re.compile(rf"\s*(?:geo:)?({_NUMBER})\s*[,;\s]\s*({_NUMBER})\s*(?:[?;,].*)?")
_IN_ADDRESS: Final = (
    re.compile(rf"[@!]({_NUMBER}),({_NUMBER})"),
    re.compile(rf"!3d({_NUMBER})!4d({_NUMBER})"),
    re.compile(rf"[?&](?:m?lat)=({_NUMBER})&(?:m?lon|m?lng)=({_NUMBER})"),
    re.compile(rf"[?&](?:q|ll|query|center)=({_NUMBER})(?:,|%2C)({_NUMBER})"),
    re.compile(rf"#(?:map=)?[\d.]{{1,6}}/({_NUMBER})/({_NUMBER})"),
)
_PART: Final = (
    r"(\d{1,3}(?:\.\d{1,15})?)\s*°?\s*(?:(\d{1,2}(?:\.\d{1,15})?)\s*['′’]?\s*(?:(\d{1,2}(?:\.\d{1,15})?)\s*[\"″”]?)?)?"
)
_MARKED: Final = re.compile(
    rf"\s*([NS])?\s*{_PART}\s*([NS])?\s*[,;]?\s*([EWO])?\s*{_PART}\s*([EWO])?\s*", re.IGNORECASE
)


def read_position(text: str) -> Position | None:
    """Latitude and longitude in degrees, None if the text is no position."""
    text = text.strip()[:LONGEST]
    found = _plus_code(text) or _marked(text) or _pair(text) or _in_address(text)
    return found if found and abs(found[0]) <= 90 and abs(found[1]) <= 180 else None


def _pair(text: str) -> Position | None:
    found = _PAIR.fullmatch(text)
    return (_number(found[1]), _number(found[2])) if found else None


def _in_address(text: str) -> Position | None:
    if not re.match(r"https?://", text, re.IGNORECASE):
        return None
    found = next((match for pattern in _IN_ADDRESS if (match := pattern.search(text))), None)
    return (_number(found[1]), _number(found[2])) if found else None


def _marked(text: str) -> Position | None:
    """With the letters of the compass; O is west in French and Spanish, east in German: it is not understood."""
    found = _MARKED.fullmatch(text)
    if not found:
        return None
    before_lat, *lat, after_lat, before_lng = found.groups()[:6]
    *lng, after_lng = found.groups()[6:]
    north, east = (before_lat or after_lat or "").upper(), (before_lng or after_lng or "").upper()
    if north not in ("N", "S") or east not in ("E", "W"):
        return None
    latitude, longitude = _degrees(lat), _degrees(lng)
    return (-latitude if north == "S" else latitude), (-longitude if east == "W" else longitude)


def _plus_code(text: str) -> Position | None:
    code = text.upper()
    if not openlocationcode.isFull(code):
        return None
    area = openlocationcode.decode(code)
    return round(area.latitudeCenter, 6), round(area.longitudeCenter, 6)


def _degrees(parts: list[str | None]) -> float:
    degrees, minutes, seconds = (float(part) if part else 0.0 for part in parts)
    return degrees + minutes / 60 + seconds / 3600


def _number(text: str) -> float:
    return float(text.replace("−", "-"))
