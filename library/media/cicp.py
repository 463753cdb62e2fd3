"""Pure: how colours are meant by the code points of ISO/IEC 23091-2, from ICC profiles, PNG and ISO base media."""

from dataclasses import dataclass
from typing import Final

PQ: Final = 16
HLG: Final = 18
BT2020: Final = 9
DISPLAY_P3: Final = frozenset({11, 12})


@dataclass(frozen=True, slots=True)
class Cicp:
    """Colour primaries and transfer function, each by its number; 1 and 13 are those of sRGB."""

    primaries: int = 1
    transfer: int = 13

    @property
    def is_hdr(self) -> bool:
        """Whether white is far below the brightest value."""
        return self.transfer in (PQ, HLG)


SRGB: Final = Cicp()


def from_nclx(header: bytes) -> Cicp:
    """From the `colr` box in the header of a HEIC or AVIF (ISO/IEC 14496-12, 12.1.5)."""
    at = header.find(b"colrnclx")
    if at < 0 or len(header) < at + 12:
        return SRGB
    return Cicp(int.from_bytes(header[at + 8 : at + 10], "big"), int.from_bytes(header[at + 10 : at + 12], "big"))


def from_icc(profile: bytes) -> Cicp | None:
    """From the `cicp` tag of an ICC profile (ICC.1:2022, 9.2.17); None if it has none."""
    count = min(int.from_bytes(profile[128:132], "big"), _MOST_TAGS)
    for at in range(132, 132 + 12 * count, 12):
        if profile[at : at + 4] == b"cicp":
            start = int.from_bytes(profile[at + 4 : at + 8], "big") + 8
            return Cicp(*profile[start : start + 2]) if len(profile) >= start + 2 else None
    return None


_MOST_TAGS = 100
