"""Texts of strangers for sidecars and metadata: bombs, references to files and addresses, code, nonsense."""

import json
import plistlib
import struct
import zlib
from collections.abc import Callable
from typing import Final

from tests.canary import Canary
from tests.test_media.samples import AAE, XMP, sample

_RDF: Final = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}'
    "</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>"
)
_DEEP: Final = 20_000


def packet(title: str, head: str = "") -> bytes:
    """An XMP packet with this title; `head` stands before its root."""
    return (head + _RDF.format(title)).encode()


def laughs() -> bytes:
    """An XMP packet of a thousand bytes that grows to gigabytes."""
    return packet("&l9;", _entities())


def packets(bird: Canary) -> dict[str, bytes]:
    """XMP by what is wrong with it."""
    file, address = bird.text.as_uri(), bird.address
    return {
        "laughs": laughs(),
        "quadratic": packet("&a;" * 20_000, f'<!DOCTYPE x [<!ENTITY a "{"ha" * 20_000}">]>'),
        "file": packet("&x;", f'<!DOCTYPE x [<!ENTITY x SYSTEM "{file}">]>'),
        "address": packet("&x;", f'<!DOCTYPE x [<!ENTITY x SYSTEM "{address}">]>'),
        "parameter": packet("x", f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{address}">%p;]>'),
        "type": packet("x", f'<!DOCTYPE x SYSTEM "{address}">'),
        "include": packet(f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{file}" parse="text"/>'),
        "stylesheet": packet("x", f'<?xml-stylesheet href="{address}" type="text/xsl"?>'),
        "depth": packet("<rdf:li>" * _DEEP + "</rdf:li>" * _DEEP),
        "length": packet("x" * 5_000_000),
        "attributes": packet("<rdf:li " + " ".join(f"a{number}='1'" for number in range(50_000)) + "/>"),
        "words": XMP.replace(b"<rdf:li>lake</rdf:li>", b"".join(b"<rdf:li>w%d</rdf:li>" % n for n in range(50_000))),
        "utf-16": packet("&x;", f'<!DOCTYPE x [<!ENTITY x SYSTEM "{file}">]>').decode().encode("utf-16"),
        "utf-7": b'<?xml version="1.0" encoding="utf-7"?>' + packet("+ADw-script+AD4-"),
        "encoding": b'<?xml version="1.0" encoding="klingon"?>' + packet("x"),
        "bytes": packet("@").replace(b"@", b"\0\1\xff\xfe\x80"),
        "script": packet(f"&lt;script>window.ran=1&lt;/script>$({bird.command})"),
        "other": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    }


def sidecars(bird: Canary) -> dict[str, bytes]:
    """Sidecars under their names: `<what is wrong>.<ending>`."""
    xmps = {f"{name}.xmp": content for name, content in packets(bird).items()}
    return xmps | _jsons(bird) | _yamls(bird) | _aaes(bird)


def pictures_with(content: bytes, name: str) -> dict[str, bytes]:
    """Pictures and films, named after it, with this XMP packet inside."""
    return {f"{name} inside.{ending}": put(sample(kind), content) for ending, kind, put in _PLACES}


def _jsons(bird: Canary) -> dict[str, bytes]:
    about = {"photoTakenTime": {"timestamp": "1500000000"}}
    return {
        "depth.json": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "lists.json": b"[" * 200_000,
        "length.json": json.dumps(about | {"description": "x" * 5_000_000}).encode(),
        "digits.json": b'{"photoTakenTime": {"timestamp": %s}}' % (b"9" * 500_000),
        "numbers.json": b'{"photoTakenTime": {"timestamp": 1e999}, "geoData": {"latitude": NaN, "longitude": -1e999}}',
        "kinds.json": b'{"photoTakenTime": [], "title": {}, "people": "x", "geoData": 7, "description": null}',
        "keys.json": b"{%s}" % b",".join(b'"k%d": 1' % number for number in range(100_000)),
        "bytes.json": b'{"title": "\xff\xfe\\ud800", "photoTakenTime": {"timestamp": "1500000000"}}',
        "path.json": json.dumps(about | {"title": "../../../../etc/passwd", "url": bird.address}).encode(),
        "script.json": json.dumps(about | {"description": f"<script>1</script>$({bird.command})"}).encode(),
        "list.json": b"[1, 2, 3]",
        "code.json": b'__import__("os").system("touch x")',
    }


def _yamls(bird: Canary) -> dict[str, bytes]:
    aliases = "a0: &a0 [x]\n" + "".join(f"a{n + 1}: &a{n + 1} [{f'*a{n}, ' * 9}]\n" for n in range(12))
    return {
        "aliases.yml": aliases.encode(),
        "python.yml": f'Title: !!python/object/apply:os.system ["{bird.command}"]\n'.encode(),
        "module.yml": b"Title: !!python/module:this\nCaption: !!python/name:os.system\n",
        "ruby.yml": b"--- !ruby/object:Gem::Installer\ni: x\n",
        "include.yml": f"Title: !include {bird.text}\nCaption: !env PATH\n".encode(),
        "depth.yml": b"[" * 20_000,
        "maps.yml": b"".join(b" " * n + b"a:\n" for n in range(500)),
        "length.yml": b"Title: " + b"x" * 2_000_000,
        "merge.yml": b"a: &a {<<: *a}\nTitle: x\n",
        "documents.yml": b"---\nTitle: x\n" * 20_000,
        "bytes.yml": b"Title: \x00\x01\xff\xfe\n",
        "numbers.yml": b"TakenAt: 0000-00-00T99:99:99Z\nLat: .nan\nLng: 1e999\nYear: 99999999999999999999\nISO: -1\n",
        "script.yml": f"Title: '<script>1</script>$({bird.command})'\n".encode(),
    }


def _aaes(bird: Canary) -> dict[str, bytes]:
    kind = b"<!DOCTYPE plist PUBLIC"
    plist = AAE[: AAE.index(kind)]
    body = b'<plist version="1.0"><dict><key>adjustmentFormatIdentifier</key><string>%s</string></dict></plist>'
    entity = f'<!DOCTYPE plist [<!ENTITY x SYSTEM "{bird.text.as_uri()}">]>'.encode()
    return {
        "laughs.aae": plist + _entities().replace("DOCTYPE x", "DOCTYPE plist").encode() + body % b"&l9;",
        "file.aae": plist + entity + body % b"&x;",
        "encoding.aae": plist.replace(b"UTF-8", b"klingon") + body % b"x",
        "type.aae": plist + f'<!DOCTYPE plist SYSTEM "{bird.address}">'.encode() + body % b"x",
        "depth.aae": plist + b"<plist>" + b"<array>" * _DEEP + b"</array>" * _DEEP + b"</plist>",
        "binary.aae": plistlib.dumps({"adjustmentFormatIdentifier": "x"}, fmt=plistlib.FMT_BINARY),
        "length.aae": plist + body % (b"x" * 5_000_000),
        "numbers.aae": plist + b"<plist><dict><key>a</key><integer>%s</integer></dict></plist>" % (b"9" * 100_000),
    }


def _entities() -> str:
    lines = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{lines}]>'


# --- XMP inside of files ---


def _in_jpeg(content: bytes, packed: bytes) -> bytes:
    """As many bytes as a segment holds."""
    body = (b"http://ns.adobe.com/xap/1.0/\0" + packed)[:65_533]
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + content[2:]


def _in_png(content: bytes, packed: bytes) -> bytes:
    return content[:33] + _png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packed) + content[33:]


def _in_webp(content: bytes, packed: bytes) -> bytes:
    body = content[8:] + b"XMP " + struct.pack("<I", len(packed)) + packed + bytes(len(packed) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _in_mp4(content: bytes, packed: bytes) -> bytes:
    uuid = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
    return content + struct.pack(">I", len(packed) + 24) + b"uuid" + uuid + packed


def _appended(content: bytes, packed: bytes) -> bytes:
    return content + packed


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


_PLACES: Final[tuple[tuple[str, str, Callable[[bytes, bytes], bytes]], ...]] = (
    ("jpg", "jpg", _in_jpeg),
    ("png", "png", _in_png),
    ("webp", "webp", _in_webp),
    ("mp4", "mp4", _in_mp4),
    ("gif", "gif", _appended),
    ("heic", "heic", _appended),
)
