"""Names of colour profiles."""

import struct

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageCms

from library.meta.icc import profile_name


def profile(description: bytes) -> bytes:
    """A profile of nothing but its description."""
    return bytes(128) + struct.pack(">I4sII", 1, b"desc", 144, len(description)) + description


class ProfileNameTest(SimpleTestCase):
    def test_a_real_profile(self) -> None:
        made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        self.assertEqual(profile_name(made), "sRGB built-in")

    def test_the_description_of_version_2(self) -> None:
        self.assertEqual(
            profile_name(profile(b"desc" + bytes(4) + struct.pack(">I", 11) + b"Display P3\0")), "Display P3"
        )

    def test_the_description_of_version_4(self) -> None:
        text = "Größe".encode("utf-16-be")
        head = b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"de", b"DE", len(text), 28)
        self.assertEqual(profile_name(profile(head + text)), "Größe")

    def test_no_profile_has_no_name(self) -> None:
        self.assertEqual(profile_name(b""), "")

    @given(st.binary(max_size=300))
    def test_no_bytes_can_break_it(self, broken: bytes) -> None:
        profile_name(broken)
