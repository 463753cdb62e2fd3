"""Camera and lens names as people say them: one spelling per maker, no maker twice."""

import re
from typing import Final

# Left: the maker as cameras write it, in capitals and without legal form.
MAKES: Final[dict[str, str]] = {
    "ACER": "Acer",
    "AGFAPHOTO": "AgfaPhoto",
    "APPLE": "Apple",
    "ASUS": "ASUS",
    "BLACKBERRY": "BlackBerry",
    "CANON": "Canon",
    "CASIO": "CASIO",
    "CONCORD": "Concord",
    "DJI": "DJI",
    "EASTMAN KODAK": "Kodak",
    "FUJI PHOTO FILM": "FUJIFILM",
    "FUJIFILM": "FUJIFILM",
    "GOOGLE": "Google",
    "GOPRO": "GoPro",
    "HASSELBLAD": "Hasselblad",
    "HEWLETT-PACKARD": "HP",
    "HONOR": "HONOR",
    "HUAWEI": "HUAWEI",
    "KODAK": "Kodak",
    "KONICA MINOLTA": "Konica Minolta",
    "KONICA MINOLTA CAMERA": "Konica Minolta",
    "KYOCERA": "Kyocera",
    "LEICA": "Leica",
    "LEICA CAMERA": "Leica",
    "LG ELECTRONICS": "LG",
    "LGE": "LG",
    "MINOLTA": "Minolta",
    "MOTOROLA": "Motorola",
    "NIKON": "NIKON",
    "NOKIA": "Nokia",
    "NOTHING": "Nothing",
    "OLYMPUS": "Olympus",
    "OLYMPUS IMAGING": "Olympus",
    "OLYMPUS OPTICAL": "Olympus",
    "OM DIGITAL SOLUTIONS": "OM System",
    "ONEPLUS": "OnePlus",
    "OPPO": "OPPO",
    "PANASONIC": "Panasonic",
    "PENTAX": "PENTAX",
    "PENTAX RICOH IMAGING": "PENTAX",
    "PHASE ONE": "Phase One",
    "POLAROID": "Polaroid",
    "REALME": "realme",
    "RICOH": "RICOH",
    "RICOH IMAGING": "RICOH",
    "SAMSUNG": "Samsung",
    "SAMSUNG ELECTRONICS": "Samsung",
    "SAMSUNG TECHWIN": "Samsung",
    "SANYO": "SANYO",
    "SANYO ELECTRIC": "SANYO",
    "SEIKO EPSON": "Epson",
    "SHARP": "SHARP",
    "SIGMA": "SIGMA",
    "SONY": "SONY",
    "SONY ERICSSON": "Sony Ericsson",
    "TOSHIBA": "Toshiba",
    "VIVO": "vivo",
    "XIAOMI": "Xiaomi",
}

_LEGAL_FORM = re.compile(
    r"[\s,.]+(?:CO(?:RP(?:ORATION)?|MPANY)?|INC|LTD|LIMITED|GMBH|AG|LLC|CORP|OPTICAL CO|TECHNOLOGIES)\.?(?=[\s,.]|$)",
    re.IGNORECASE,
)
_JUNK: Final = frozenset(
    {"", "UNKNOWN", "NONE", "N/A", "NOT AVAILABLE", "MODEL", "MAKE", "----", "NULL", "DIGITAL CAMERA"}
)
# Also the codes of maker notes, "63 48 2B 44", and bare numbers.
_LENS_JUNK = re.compile(r"(?:0(?:\.0)?\s*mm.*|[-–. /0]*|unknown.*|none|manual lens.*|n/?a|[\dA-F. ]+)", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def camera_make(written: str) -> str:
    """The maker: "NIKON CORPORATION" is "NIKON", "OLYMPUS OPTICAL CO.,LTD" is "Olympus"."""
    plain = _plain(written)
    if plain.upper() in _JUNK:
        return ""
    short = _LEGAL_FORM.sub("", plain).strip(" ,.")
    return MAKES.get(short.upper(), short)


def camera_model(written: str, make: str) -> str:
    """The model without its maker: "Canon EOS R5" of Canon is "EOS R5"."""
    plain = _plain(written)
    if plain.upper() in _JUNK:
        return ""
    for spelling in _spellings(make):
        if plain.upper().startswith(spelling + " "):
            return plain[len(spelling) :].strip(" -,.")
    return plain


def lens_model(written: str) -> str:
    """The lens, or "" where a camera only says that it does not know."""
    plain = _plain(written)
    return "" if _LENS_JUNK.fullmatch(plain) else plain


def camera_name(make: str, model: str) -> str:
    """Maker and model in one name, "Apple iPhone 7"; "Unknown" if neither is known."""
    return " ".join(part for part in (make, model) if part) or "Unknown"


def _spellings(make: str) -> list[str]:
    """Every way the maker may be written in front of a model, longest first."""
    known = {spelling for spelling, name in MAKES.items() if make and name == make}
    return sorted({*known, make.upper(), f"{make.upper()} CORPORATION"} - {"", " CORPORATION"}, key=len, reverse=True)


def _plain(written: str) -> str:
    return _SPACES.sub(" ", written.replace("\x00", " ")).strip(" \t\r\n\"'")
