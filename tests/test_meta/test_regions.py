"""Faces marked in XMP, and how they turn with the picture."""

from django.test import SimpleTestCase

from library.meta.data import Region
from library.meta.regions import upright
from library.meta.xmp import faces

HEAD = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"
 xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#" xmlns:MP="http://ns.microsoft.com/photo/1.2/"
 xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#">"""
TAIL = "</rdf:Description></rdf:RDF>"


def mwg(*entries: str, size: str = "") -> str:
    items = "".join(f"<rdf:li>{entry}</rdf:li>" for entry in entries)
    found = f"{size}<mwg-rs:RegionList><rdf:Bag>{items}</rdf:Bag></mwg-rs:RegionList>"
    return f"{HEAD}<mwg-rs:Regions rdf:parseType='Resource'>{found}</mwg-rs:Regions>{TAIL}"


def area(
    x: object, y: object, w: object, h: object, *, name: str = "Ann", kind: str = "Face", unit: str = "normalized"
) -> str:
    return (
        f'<rdf:Description mwg-rs:Name="{name}" mwg-rs:Type="{kind}"><mwg-rs:Area stArea:x="{x}" stArea:y="{y}"'
        f' stArea:w="{w}" stArea:h="{h}" stArea:unit="{unit}"/></rdf:Description>'
    )


class MwgTest(SimpleTestCase):
    def test_a_face_with_its_name(self) -> None:
        (found,) = faces(mwg(area(0.5, 0.25, 0.2, 0.1)))
        self.assertEqual((found.name, found.x, found.y), ("Ann", 0.5, 0.25))
        self.assertAlmostEqual(found.w, 0.2)

    def test_values_as_elements(self) -> None:
        entry = (
            "<mwg-rs:Name>Bob</mwg-rs:Name><mwg-rs:Type>Face</mwg-rs:Type><mwg-rs:Area rdf:parseType='Resource'>"
            "<stArea:x>0.5</stArea:x><stArea:y>0.5</stArea:y><stArea:w>0.1</stArea:w><stArea:h>0.1</stArea:h></mwg-rs:Area>"
        )
        self.assertEqual([region.name for region in faces(mwg(entry))], ["Bob"])

    def test_pixels_are_shares_of_the_size_that_is_said(self) -> None:
        size = '<mwg-rs:AppliedToDimensions stDim:w="400" stDim:h="200" stDim:unit="pixel"/>'
        (found,) = faces(mwg(area(100, 100, 40, 20, unit="pixel"), size=size))
        self.assertEqual((found.x, found.y), (0.25, 0.5))
        self.assertEqual(faces(mwg(area(100, 100, 40, 20, unit="pixel"))), ())

    def test_pets_focus_points_and_barcodes_are_no_faces(self) -> None:
        self.assertEqual(faces(mwg(*(area(0.5, 0.5, 0.1, 0.1, kind=kind) for kind in ("Pet", "Focus", "BarCode")))), ())

    def test_a_broken_one_costs_only_itself(self) -> None:
        broken = [area("x", 0.5, 0.1, 0.1), area(7, 0.5, 0.1, 0.1), area(0.5, 0.5, 0, 0.1), area(0.5, 0.5, "1e308", 1)]
        self.assertEqual([region.name for region in faces(mwg(*broken, area(0.5, 0.5, 0.1, 0.1, name="Eve")))], ["Eve"])

    def test_what_reaches_out_of_the_picture_is_cut(self) -> None:
        (found,) = faces(mwg(area(0.95, 0.5, 0.2, 0.2)))
        self.assertAlmostEqual(found.x + found.w / 2, 1)


class MicrosoftTest(SimpleTestCase):
    def test_a_rectangle_from_its_corner(self) -> None:
        item = '<rdf:li MPReg:PersonDisplayName="Zoë" MPReg:Rectangle="0.2, 0.4, 0.2, 0.1"/>'
        regions = f"<MPRI:Regions><rdf:Bag>{item}</rdf:Bag></MPRI:Regions>"
        text = f"{HEAD}<MP:RegionInfo rdf:parseType='Resource'>{regions}</MP:RegionInfo>{TAIL}"
        (found,) = faces(text)
        self.assertEqual((found.name, round(found.x, 6), round(found.y, 6)), ("Zoë", 0.3, 0.45))


class UprightTest(SimpleTestCase):
    def test_each_orientation(self) -> None:
        corner = Region(x=0.1, y=0.2, w=0.05, h=0.1)
        middles = {
            1: (0.1, 0.2), 2: (0.9, 0.2), 3: (0.9, 0.8), 4: (0.1, 0.8),
            5: (0.2, 0.1), 6: (0.8, 0.1), 7: (0.8, 0.9), 8: (0.2, 0.9),
        }  # fmt: skip
        for orientation, middle in middles.items():
            turned = upright(corner, orientation)
            self.assertEqual((round(turned.x, 6), round(turned.y, 6)), middle, orientation)
            self.assertEqual(turned.w > turned.h, orientation > 4)
