"""XMP sidecars -> Metadata; hostile XML is refused, unknown tags are skipped."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import defaultdict
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from library import sources
from library.meta import exiv2, tags, values
from library.meta.data import Metadata

MAX_LENGTH: Final = 4_000_000  # characters; real sidecars have some ten thousand
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
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
}


class NotXmp(ValueError):
    """The text is not the XMP it claims to be; says in a sentence why."""


def from_xmp(text: str) -> Metadata:
    """Metadata from the text of an XMP sidecar, its date from the source "xmp".

    Raises NotXmp if it is no XML, holds no RDF, or uses entities.
    """
    found: defaultdict[str, list[object]] = defaultdict(list)
    known = properties(text)
    for key, tag in exiv2.KEYS.items():
        if key in known:
            found[tag].append(known[key])
    return tags.to_metadata(found, taken_src=sources.XMP)


def text_of(raw: bytes) -> str:
    """The text of an XMP file: UTF-8, or UTF-16 if it begins with the mark of it, as Windows programs write."""
    is_wide = raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    return raw.decode("utf-16" if is_wide else "utf-8", "replace")


def properties(text: str) -> dict[str, object]:
    """Each known property of an XMP text under exiv2's key, "Xmp.dc.title"; raises NotXmp."""
    return dict(_properties(_root(text)))


def _root(text: str) -> Element:
    if len(text) > MAX_LENGTH:
        raise NotXmp("The XMP file is too large.")
    try:
        root: Element = fromstring(text.strip("\ufeff\0 \r\n\t"))
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        raise NotXmp("The file is not readable XML.") from error
    if root.find(f".//{_RDF}RDF") is None and root.tag != f"{_RDF}RDF":
        raise NotXmp("The file holds no XMP.")
    return root


def _properties(root: Element) -> Iterator[tuple[str, object]]:
    """Each property of each description, named as exiv2 does: "Xmp.dc.title"."""
    for description in root.iter(f"{_RDF}Description"):
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
