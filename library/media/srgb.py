"""Brings pixels of any kind to 8-bit sRGB."""

import pyvips

from library.media.cicp import BT2020, DISPLAY_P3, SRGB, Cicp, from_icc
from library.media.hdr import from_wide, tone_map

_RGB = 3


def to_srgb(image: pyvips.Image, cicp: Cicp = SRGB) -> pyvips.Image:
    """8-bit sRGB by the embedded profile; else by what the container says (`cicp`); else by the kind of pixels.

    PQ and HLG are mapped to the brightness of ordinary screens. An alpha channel is kept.
    """
    embedded = _embedded_profile(image)
    meant = from_icc(embedded) or (SRGB if embedded and not cicp.is_hdr else cicp)
    if meant.is_hdr:
        return tone_map(image, meant)
    if embedded and not _is_srgb(embedded):
        try:
            return _by_profile(image)
        except pyvips.Error:
            # A broken profile, or one for other pixels, is as good as none.
            pass
    if image.interpretation == "cmyk":
        return image.icc_transform("srgb", input_profile="cmyk", embedded=False, intent="relative")
    if meant.primaries in DISPLAY_P3:
        return image.icc_transform("srgb", input_profile="p3", embedded=False, intent="relative")
    return from_wide(_eight_bit(image), meant) if meant.primaries == BT2020 else _eight_bit(image)


def _by_profile(image: pyvips.Image) -> pyvips.Image:
    converted = image.icc_transform("srgb", embedded=True, intent="relative", black_point_compensation=True)
    return converted.colourspace("srgb") if converted.bands < _RGB else converted


def _eight_bit(image: pyvips.Image) -> pyvips.Image:
    if image.interpretation == "srgb" and image.format == "uchar":
        return image
    if image.interpretation == "multiband" or image.bands > _RGB + 1:
        image = image.extract_band(0, n=min(image.bands, _RGB)).copy(interpretation="srgb")
    return image.colourspace("srgb").cast("uchar")


def _embedded_profile(image: pyvips.Image) -> bytes:
    return bytes(image.get("icc-profile-data")) if image.get_typeof("icc-profile-data") else b""


def _is_srgb(profile: bytes) -> bool:
    """Whether a profile calls itself sRGB; converting by it would cost time and change nothing."""
    # Descriptions are ASCII or UTF-16: without zero bytes both read the same.
    text = profile.replace(b"\0", b"")
    return profile[16:20] == b"RGB " and b"sRGB" in text and b"inear" not in text
