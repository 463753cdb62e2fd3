"""Apple's lists of adjustments."""

from django.test import SimpleTestCase

from library.meta.aae import NotAae, from_aae

KEY = "<key>adjustmentFormatIdentifier</key>"
BOMB = (
    b'<!DOCTYPE plist [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><plist><dict>'
    + KEY.encode()
    + b"<string>&b;</string></dict>"
    b"</plist>"
)


def plist(content: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><plist version="1.0">{content}</plist>'.encode()


class AaeTest(SimpleTestCase):
    def test_program_and_version(self) -> None:
        keys = f"{KEY}<string>com.apple.photo</string><key>adjustmentFormatVersion</key><string>1.5</string>"
        self.assertEqual(
            str(from_aae(plist(f"<dict>{keys}<key>adjustmentData</key><data>AAAA</data></dict>"))),
            "com.apple.photo 1.5",
        )

    def test_anything_else_is_refused(self) -> None:
        nested = "<array>" * 5000 + "</array>" * 5000
        others = (
            b"",
            b"text",
            b"bplist00" + bytes(40),
            BOMB,
            plist(""),
            plist("<dict/>"),
            plist("<integer>x</integer>"),
            plist(nested),
            plist("<dict><string/></dict>"),
            b"x" * 4_000_001,
        )
        for content in others:
            with self.assertRaises(NotAae, msg=content[:60]):
                from_aae(content)
