"""XMP sidecars."""

from datetime import UTC, datetime

from django.test import SimpleTestCase

from library.meta.xmp import NotXmp, decode, from_xmp

SIDECAR = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:fstop="http://www.fstopapp.com/xmp/"
    xmp:Rating="4" fstop:favorite="1" exif:GPSLatitude="48,53.323582N" exif:GPSLongitude="21,2.595070E">
   <dc:title><rdf:Alt><rdf:li xml:lang="de">Berge</rdf:li>
     <rdf:li xml:lang="x-default">Mountains</rdf:li></rdf:Alt></dc:title>
   <dc:subject><rdf:Bag><rdf:li>alps</rdf:li><rdf:li>snow</rdf:li></rdf:Bag></dc:subject>
   <photoshop:DateCreated>2007-12-06T14:33:18+09:00</photoshop:DateCreated>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>\0"""

BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&b;</rdf:RDF>"""


class XmpTest(SimpleTestCase):
    def test_texts_lists_and_languages(self) -> None:
        metadata = from_xmp(SIDECAR)
        self.assertEqual((metadata.title, metadata.keywords), ("Mountains", ("alps", "snow")))

    def test_utf_16_is_read_as_utf_8_is(self) -> None:
        for encoding in ("utf-8", "utf-8-sig", "utf-16"):
            with self.subTest(encoding):
                self.assertEqual(from_xmp(decode(SIDECAR.encode(encoding))).title, "Mountains")

    def test_attributes_count_as_much_as_elements(self) -> None:
        metadata = from_xmp(SIDECAR)
        self.assertEqual((metadata.rating, metadata.favorite), (4, True))
        self.assertAlmostEqual(metadata.lat or 0, 48.888726367)

    def test_its_date_is_of_the_source_xmp(self) -> None:
        metadata = from_xmp(SIDECAR)
        self.assertEqual(metadata.taken_at, datetime(2007, 12, 6, 5, 33, 18, tzinfo=UTC))
        self.assertEqual((metadata.time_zone, metadata.taken_src), ("UTC+9", "xmp"))

    def test_what_is_no_xmp_is_refused(self) -> None:
        for text in ("", "plain text", "<html></html>", "<a>", BOMB):
            with self.assertRaises(NotXmp, msg=text):
                from_xmp(text)

    def test_entities_cannot_read_files(self) -> None:
        text = SIDECAR.replace("<x:xmpmeta", '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><x:xmpmeta', 1)
        with self.assertRaises(NotXmp):
            from_xmp(text.replace("alps", "&f;"))
