"""XMP sidecars -> Metadata; hostile XML is refused, unknown tags are skipped."""

import codecs
import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from library import sources
from library.meta import exiv2, regions, tags, values
from library.meta.data import Metadata, Region

MAX_LENGTH: Final = 4_000_000  # characters; real sidecars have some ten thousand
MAX_DEPTH: Final = 100  # elements in each other; real ones have ten
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

# Namespace -> the prefix exiv2 uses for it.
PREFIXES: Final[dict[str, str]] = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/lightroom/1.0/": "lr",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "iptcExt",
    "http://ns.google.com/photos/1.0/panorama/": "GPano",
    "http://ns.microsoft.com/photo/1.0/": "MicrosoftPhoto",
    "http://ns.microsoft.com/photo/1.0": "MicrosoftPhoto",
    "http://ns.iview-multimedia.com/mediapro/1.0/": "mediapro",
    "http://creativecommons.org/ns#": "cc",
    "http://www.fstopapp.com/xmp/": "fstop",
    "http://www.digikam.org/ns/1.0/": "digiKam",
    "http://ns.acdsee.com/iptc/1.0/": "acdsee",
}


_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class NotXmp(ValueError):
    """The text is not the XMP it claims to be; says in a sentence why."""


def from_xmp(text: str) -> Metadata:
    """Metadata from the text of an XMP sidecar, its date from the source "xmp".

    Raises NotXmp if it is no XML, holds no RDF, or uses entities.
    """
    root = _root(text)
    found = exiv2.renamed(dict(_properties(root)))
    return tags.to_metadata(found, src=sources.XMP, regions=regions.from_xmp_tree(root))


def decode(content: bytes) -> str:
    """The text of an XMP file, in the encoding its first bytes say, UTF-8 if they say none."""
    encoding = next((name for mark, name in _BOMS if content.startswith(mark)), "utf-8")
    return content.decode(encoding, "replace")


def properties(text: str) -> dict[str, object]:
    """Each known property of an XMP text under exiv2's key, "Xmp.dc.title"; raises NotXmp."""
    return dict(_properties(_root(text)))


def faces(text: str) -> tuple[Region, ...]:
    """The faces marked in an XMP text, relative to the stored picture; raises NotXmp."""
    return regions.from_xmp_tree(_root(text))


def _root(text: str) -> Element:
    if len(text) > MAX_LENGTH:
        raise NotXmp("The XMP file is too large.")
    try:
        root: Element = fromstring(_whole(text))
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        raise NotXmp("The file is not readable XML.") from error
    if _is_deep(root):
        raise NotXmp("The XMP file is nested too deeply.")
    if root.find(f".//{_RDF}RDF") is None and root.tag != f"{_RDF}RDF":
        raise NotXmp("The file holds no XMP.")
    return root


def _whole(text: str) -> str:
    """The text without what XML forbids: blanks around it and control characters, which old programs leave."""
    return _FORBIDDEN.sub("", text.strip("\ufeff\0 \r\n\t"))


def _is_deep(root: Element) -> bool:
    """Level by level, since what is nested without end must not be walked by recursion."""
    level, depth = [root], 0
    while level and depth <= MAX_DEPTH:
        level = [child for element in level for child in element]
        depth += 1
    return bool(level)


def _properties(root: Element) -> Iterator[tuple[str, object]]:
    """Each property of the picture's own descriptions, named as exiv2 does: "Xmp.dc.title".

    Descriptions further down speak of its ingredients, each with a date and a camera.
    """
    rdf = root if root.tag == f"{_RDF}RDF" else root.find(f".//{_RDF}RDF")
    for description in rdf.findall(f"{_RDF}Description") if rdf is not None else ():
        for name, value in description.attrib.items():
            if key := _key(name):
                yield key, value
        for child in description:
            if (key := _key(child.tag)) and (content := _content(child)):
                yield key, content


def _key(name: str) -> str:
    namespace, _, local = name.removeprefix("{").partition("}")
    return f"Xmp.{PREFIXES[namespace]}.{local}" if namespace in PREFIXES else ""


def _content(element: Element) -> object:
    """A text, the texts of a list, or the texts of a list by language."""
    entries = element.findall(f"./*/{_RDF}li")
    if not entries:
        return values.text(element.text)
    if any(_LANG in entry.attrib for entry in entries):
        return {entry.get(_LANG, ""): values.text(entry.text) for entry in entries}
    return [values.text(entry.text) for entry in entries]
