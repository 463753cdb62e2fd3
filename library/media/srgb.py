"""Brings pixels of any kind to 8-bit sRGB."""

import pyvips

_RGB = 3


def to_srgb(image: pyvips.Image, profile: str = "") -> pyvips.Image:
    """8-bit sRGB by the embedded profile; else by `profile`, a built-in one of libvips; else by the kind of pixels.

    An alpha channel is kept.
    """
    embedded = _embedded_profile(image)
    if not profile and image.interpretation == "cmyk":
        profile = "cmyk"
    if embedded and not _is_srgb(embedded):
        try:
            converted = image.icc_transform("srgb", embedded=True, intent="relative", black_point_compensation=True)
            return converted.colourspace("srgb") if converted.bands < _RGB else converted
        except pyvips.Error:
            # A broken profile, or one for other pixels, is as good as none.
            pass
    elif embedded:
        profile = ""
    if profile:
        return image.icc_transform("srgb", input_profile=profile, embedded=False, intent="relative")
    return _eight_bit(image)


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
