"""Pure: the table of file formats, and what a file is by its first bytes and its name."""

import re
from dataclasses import dataclass
from typing import Literal

MediaType = Literal["image", "raw", "live", "video", "animated", "vector", "audio", "document", "sidecar"]
Decoder = Literal["vips", "heif", "avif", "bmp", "jp2", "jxl", "psd", "raw", "svg", "pdf", "video", ""]

NO_BEGIN = "does not begin like one."
HEAD_SIZE = 1024
"""How many bytes from the start of a file `detect` wants to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of file.

    `signature` is a pattern of the first bytes that proves the format, `brands` are the ISO base media
    brands that do. `twins` names formats that start with the same bytes, so that the name of the file
    decides between them. `decoder` is empty where no picture can be made yet.
    """

    name: str
    title: str
    extensions: tuple[str, ...]
    mime: str
    media_type: MediaType
    decoder: Decoder = ""
    signature: bytes = b""
    brands: tuple[bytes, ...] = ()
    twins: tuple[str, ...] = ()
    may_animate: bool = False

    @property
    def is_main(self) -> bool:
        """Whether such a file is a picture or a video of its own, not an attachment of one."""
        return self.media_type != "sidecar"

    @property
    def no_decoder_reason(self) -> str:
        """The sentence for a person who asks why there is no picture; empty if it can be decoded."""
        if self.decoder:
            return ""
        if self.name in {"ps", "eps"}:
            return "PostScript files are programs, and no program of others is run here."
        return f"No decoder for {self.title}."


@dataclass(frozen=True, slots=True)
class Identity:
    """What a file is; `mismatch` says in a sentence that its name claims something else."""

    format: Format | None
    mismatch: str = ""


def identify(name: str, head: bytes) -> Identity:
    """The format of a file: the bytes decide, the name only between formats that look alike.

    >>> identify("a.nef", b"II*\\0").format.name
    'raw'
    """
    named, found = by_name(name), detect(head)
    if found is None:
        return Identity(named, _missing_signature(name, named))
    if named is None:
        return Identity(found, f"{name} has no known extension and contains {found.title}.")
    if named is found or named.name in found.twins:
        return Identity(named)
    return Identity(found, f"{name} is named as {named.title} but contains {found.title}.")


def detect(head: bytes) -> Format | None:
    """The format that the first `HEAD_SIZE` bytes of a file prove, or None."""
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    return next((found for signature, found in _SIGNATURES if signature.match(head)), None)


def by_name(name: str) -> Format | None:
    """The format that the extension of a file name promises, in any case of letters, or None."""
    return _BY_EXTENSION.get(extension(name))


def extension(name: str) -> str:
    """The lower-case extension without its dot; empty for `name`, `.name` and `name.`."""
    base = name.rpartition("/")[2]
    stem, dot, ext = base.rpartition(".")
    return ext.lower() if dot and stem else ""


def media_type(name: str) -> MediaType:
    """The media type that a file name promises; what is not known is a sidecar."""
    known = by_name(name)
    return known.media_type if known else "sidecar"


def by_code(name: str) -> Format:
    """The format of a stored file type such as "jpg" or "heic"; KeyError if there is none."""
    return _BY_NAME[name]


def _missing_signature(name: str, named: Format | None) -> str:
    if named is None or not (named.signature or named.brands):
        return ""
    return f"{name} is named as {named.title} but {NO_BEGIN}"


def _by_brand(head: bytes) -> Format | None:
    """The major brand first; a merely structural brand counts only where no other is known."""
    # A box that claims more brands than were read is cut at what there is.
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]
    brands.sort(key=_STRUCTURAL.__contains__)
    found = (_BY_BRAND.get(brand) or _BY_BRAND.get(brand[:3]) for brand in brands)
    return next((row for row in found if row), None)


_STRUCTURAL = {b"mif1", b"mif2", b"msf1", b"miaf"}

# fmt: off
_RAW = (
    "3fr ari arw bay cap crw cr2 cr3 data dcs dcr drf eip erf fff gpr iiq k25 kdc mdc mef mos mrw nef nrw obm "
    "orf pef ptx pxn r3d raf raw rwl rwz rw2 srf srw sr2 x3f"
)


def _row(media: MediaType, name: str, title: str, extensions: str, mime: str, decoder: Decoder = "", *,  # noqa: PLR0917 - one per column
         signature: bytes = b"", brands: str = "", twins: str = "", may_animate: bool = False) -> Format:
    """A row of the table; `extensions`, `brands` (an underscore for a space) and `twins` are words."""
    return Format(
        name=name, title=title, extensions=tuple(extensions.split()), mime=mime, media_type=media, decoder=decoder,
        signature=signature, brands=tuple(b.replace("_", " ").encode() for b in brands.split()),
        twins=tuple(twins.split()), may_animate=may_animate)


_ISO_VIDEO = "mov mp4 m4v avc hevc vvc evc av1 3gp 3g2 f4v"

# The first signature that matches wins: CR2 carries its mark eight bytes into a TIFF header.
FORMATS: tuple[Format, ...] = (
    _row("image", "jpg", "JPEG", "jpg jpeg jpe jif jfif jfi", "image/jpeg", "vips",
         signature=rb"\xff\xd8\xff", twins="thm mpo mjpg"),
    _row("image", "mpo", "MPO", "mpo", "image/mpo", "vips"),
    _row("image", "png", "PNG", "png apng pnga pn", "image/png", "vips",
         signature=rb"\x89PNG\r\n\x1a\n", may_animate=True),
    _row("image", "gif", "GIF", "gif", "image/gif", "vips", signature=rb"GIF8[79]a", may_animate=True),
    _row("image", "webp", "WebP", "webp", "image/webp", "vips", signature=rb"RIFF....WEBP", may_animate=True),
    _row("image", "avif", "AVIF", "avif", "image/avif", "avif", brands="avif", twins="avifs", may_animate=True),
    _row("image", "avifs", "AVIF sequence", "avis avifs", "image/avif-sequence", "avif",
         brands="avis", twins="avif", may_animate=True),
    _row("image", "heic", "HEIC", "heic heif hif avci", "image/heic", "heif",
         brands="heic heix heim heis avci mif1 mif2 miaf", twins="heics", may_animate=True),
    _row("image", "heics", "HEIC sequence", "heics heifs avcs", "image/heic-sequence", "heif",
         brands="hevc hevx hevm hevs avcs msf1", twins="heic", may_animate=True),
    _row("image", "bmp", "BMP", "bmp", "image/bmp", "bmp", signature=rb"BM.{8}.{4}[\x0c-\x7c]\0\0\0"),
    _row("image", "jxl", "JPEG XL", "jxl", "image/jxl", "jxl", signature=rb"\xff\n|\0\0\0\x0cJXL \r\n\x87\n",
         may_animate=True),
    _row("image", "jp2", "JPEG 2000", "jp2 j2k j2c jpc jpx jpf jpm", "image/jp2", "jp2",
         signature=rb"\xff\x4f\xff\x51|\0\0\0\x0cjP  \r\n\x87\n"),
    _row("image", "psd", "Photoshop", "psd psb", "image/vnd.adobe.photoshop", "psd", signature=rb"8BPS\0[\1\2]"),

    _row("raw", "raw", "RAW", _RAW, "image/x-dcraw", "raw", brands="crx_",
         signature=rb"II\*\0....CR\x02|II....HEAPCCDR|IIR[OS]|MMOR|IIU\0|IIII|FUJIFILMCCD-RAW|FOVb|\0MRM|ARRI"),
    _row("raw", "dng", "DNG", "dng", "image/dng", "raw"),
    _row("image", "tiff", "TIFF", "tif tiff", "image/tiff", "vips",
         signature=rb"II[*+]\0|MM\0[*+]", twins="raw dng"),

    _row("video", "mov", "QuickTime", "mov qt", "video/quicktime", "video",
         signature=rb"....(?:moov|mdat|wide|free|skip)", brands="qt__", twins=_ISO_VIDEO),
    _row("video", "mp4", "MP4", "mp4 mp", "video/mp4", "video", twins=_ISO_VIDEO,
         brands="iso mp41 mp42 mp4v avc1 dash msnv MSNV XAVC mmp4 hvc1 hev1 av01"),
    _row("video", "m4v", "M4V", "m4v", "video/x-m4v", "video", brands="M4V", twins=_ISO_VIDEO),
    _row("video", "avc", "H.264 video", "avc", "video/mp4", "video"),
    _row("video", "hevc", "H.265 video", "hevc", "video/mp4", "video"),
    _row("video", "vvc", "H.266 video", "vvc", "video/mp4", "video"),
    _row("video", "evc", "EVC video", "evc", "video/mp4", "video"),
    _row("video", "av1", "AV1 video", "av1", "video/mp4", "video"),
    _row("video", "3gp", "3GP", "3gp", "video/3gpp", "video", brands="3gp", twins=_ISO_VIDEO),
    _row("video", "3g2", "3G2", "3g2", "video/3gpp2", "video", brands="3g2", twins=_ISO_VIDEO),
    _row("video", "avi", "AVI", "avi", "video/x-msvideo", "video", signature=rb"RIFF....AVI ", twins="mjpg"),
    _row("video", "mpg", "MPEG", "mpg mpeg", "video/mpeg", "video", signature=rb"\0\0\x01[\xba\xb3]", twins="mp2"),
    _row("video", "mjpg", "Motion JPEG", "mjpg mjpeg", "video/x-motion-jpeg", "video"),
    _row("video", "mp2", "MPEG-2", "mp2 mpv", "video/mpeg", "video"),
    _row("video", "mxf", "MXF", "mxf", "application/mxf", "video", signature=rb"\x06\x0e\x2b\x34\x02\x05\x01\x01"),
    _row("video", "flv", "Flash video", "flv", "video/x-flv", "video", signature=rb"FLV\x01", twins="f4v"),
    _row("video", "f4v", "Flash MP4", "f4v", "video/mp4", "video", brands="f4v F4V", twins=_ISO_VIDEO),
    _row("video", "mkv", "Matroska", "mkv", "video/x-matroska", "video", signature=rb"\x1a\x45\xdf\xa3", twins="webm"),
    _row("video", "webm", "WebM", "webm", "video/webm", "video"),
    _row("video", "mts", "AVCHD", "mts", "video/mp2t", "video"),
    _row("video", "m2ts", "Blu-ray video", "m2ts", "video/mp2t", "video"),
    _row("video", "ogv", "Ogg video", "ogv ogg ogx", "video/ogg", "video", signature=rb"OggS"),
    _row("video", "asf", "ASF", "asf", "video/x-ms-asf", "video",
         signature=rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11", twins="wmv"),
    _row("video", "wmv", "Windows Media", "wmv", "video/x-ms-wmv", "video"),
    _row("video", "dv", "DV", "dv", "video/x-dv", "video"),

    # What may stand before the root element: a byte order mark, the declaration, comments, the document type.
    _row("vector", "svg", "SVG", "svg", "image/svg+xml", "svg",
         signature=rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
                   rb"(?:<!DOCTYPE svg|<svg[\s>:]|<\w+:svg\s)"),
    _row("vector", "ai", "Illustrator", "ai", "application/postscript", "pdf"),
    _row("vector", "ps", "PostScript", "ps ps2 ps3", "application/postscript", signature=rb"%!PS", twins="eps"),
    _row("vector", "eps", "Encapsulated PostScript", "eps eps2 eps3 epi ept epsf epsi", "image/eps",
         signature=rb"\xc5\xd0\xd3\xc6"),
    _row("document", "pdf", "PDF", "pdf", "application/pdf", "pdf", signature=rb"%PDF-", twins="ai"),

    _row("sidecar", "thm", "a camera's thumbnail", "thm", "image/jpeg"),
    _row("sidecar", "xmp", "XMP", "xmp", "application/rdf+xml"),
    _row("sidecar", "aae", "Apple edits", "aae", "application/xml"),
    _row("sidecar", "xml", "XML", "xml", "application/xml"),
    _row("sidecar", "yml", "YAML", "yml yaml", "application/yaml"),
    _row("sidecar", "json", "JSON", "json", "application/json"),
    _row("sidecar", "txt", "text", "txt", "text/plain"),
    _row("sidecar", "nfo", "text", "nfo", "text/plain"),
    _row("sidecar", "md", "Markdown", "md markdown", "text/markdown"),
)
# fmt: on

_BY_NAME = {row.name: row for row in FORMATS}
_BY_EXTENSION = {ext: row for row in FORMATS for ext in row.extensions}
_BY_BRAND = {brand: row for row in FORMATS for brand in row.brands}
_SIGNATURES = [(re.compile(row.signature, re.DOTALL), row) for row in FORMATS if row.signature]
