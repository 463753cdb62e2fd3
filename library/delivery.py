"""How the bytes of a file leave: whole, in part or not at all, read in threads, a chunk at a time."""

import asyncio
import errno
import os
import re
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, BinaryIO, TypeVar, cast
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import storages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from library.media.beneath import open_beneath
from library.media.unplaced import Blank, blanked, blanks_of

CHUNK = 128 * 1024
"""Bytes read and sent at a time: what one slow reader costs in memory, a few times over in the server's buffers."""

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""Content-Security-Policy of media: what a stranger's file contains must never run as a page of this site."""

# Disks may hang; the threads that wait for them are not those that Django runs its views in.
_readers = ThreadPoolExecutor(max_workers=16, thread_name_prefix="delivery")
# No file has 19 digits of bytes, and no number of thousands of digits gets as far as being read.
_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})\s*-\s*([0-9]{0,18})\s*")
# A link, socket or folder stands in its place, or it may not be read: there is no file to send.
_NOT_THERE = frozenset([errno.ELOOP, errno.ENXIO, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.ENAMETOOLONG])
_STORAGES = {"/": "originals", "sidecar": "sidecar", "import": "import"}

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes of a file that are asked for: `length` of them from `start` on."""

    start: int
    length: int


class Unsatisfiable(Exception):
    """The range asked for lies behind the end of the file."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """An open file, or the part of it from `start` on; what fits into a chunk is read already, as `small`."""

    file: IO[bytes]
    start: int
    size: int
    mtime_ns: int
    small: bytes
    blanks: tuple[Blank, ...] = ()

    @property
    def etag(self) -> str:
        part = f"-{self.start:x}" if self.start else ""
        part += "-unplaced" if self.blanks else ""
        return f'"{self.mtime_ns:x}-{self.size:x}{part}"'

    @property
    def modified(self) -> int:
        return self.mtime_ns // 1_000_000_000


class FileChunks:
    """The bytes of an open file as an asynchronous iterator; `close` may be called at any time."""

    def __init__(self, file: IO[bytes], span: Span, blanks: tuple[Blank, ...] = ()) -> None:
        self._file, self._at, self._end = file, span.start, span.start + span.length
        self._blanks = blanks

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        chunk = await in_reader(self._read) if self._at < self._end else b""
        if not chunk:
            raise StopAsyncIteration
        shown = blanked(chunk, self._at, self._blanks) if self._blanks else chunk
        self._at += len(chunk)
        return shown

    def close(self) -> None:
        self._file.close()

    def _read(self) -> bytes:
        return os.pread(self._file.fileno(), min(CHUNK, self._end - self._at), self._at)


class ThreadedChunks:
    """A blocking iterator over bytes (such as a ZIP in the making) as an asynchronous one, in chunks of `CHUNK`."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        chunk = await in_reader(self._gather)
        if not chunk:
            raise StopAsyncIteration
        return chunk

    def _gather(self) -> bytes:
        gathered = bytearray()
        while len(gathered) < CHUNK and (piece := next(self._pieces, None)) is not None:
            gathered += piece
        return bytes(gathered)


async def serve_file(
    request: HttpRequest,
    path: Path,
    *,
    content_type: str,
    cache_control: str = "private, no-cache",
    filename: str = "",
    as_attachment: bool = False,
    within: Path | None = None,
    part: Span | None = None,
    unplaced: bool = False,
) -> HttpResponseBase:
    """The answer to GET or HEAD for a file: 200, 206, 304, 412 or 416, or the order to a proxy to send it.

    `within` is the folder that no link may lead out of. `part` of the file is served as if it were a file of its
    own, and `unplaced` it does not say where it was taken; no proxy can do so. Raises FileNotFoundError, also for
    what is no regular file, and CannotUnplace.
    """
    opened = await in_reader(_open, path, within, part)
    if unplaced:
        opened = await in_reader(_unplaced, opened)
    response = _answer(request, opened, "" if part or unplaced else _proxy_path(path))
    if not isinstance(response, StreamingHttpResponse):
        opened.file.close()
    if response.status_code < 300:
        response["Content-Type"] = content_type
        response["Content-Disposition"] = content_disposition(filename, as_attachment=as_attachment)
    response["Cache-Control"] = cache_control
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response


def path_of(root: str, name: str) -> Path:
    """Where a file of the library lies on this machine; `root` is one of `library.models.folder.Root`."""
    return Path(storages[_STORAGES[root]].path(name))


def folder_of(root: str) -> Path:
    """The folder in which the files of a root lie, and which they must not lead out of."""
    return path_of(root, "")


async def in_reader(function: Callable[..., Value], *arguments: object) -> Value:
    """Runs a blocking function on one of the threads that wait for disks."""
    return await asyncio.get_running_loop().run_in_executor(_readers, function, *arguments)


def content_disposition(filename: str, *, as_attachment: bool) -> str:
    """`attachment; filename="..."`, and the true name in `filename*` where ASCII cannot say it.

    The plain form always comes too: clients exist that read nothing else.
    """
    kind = "attachment" if as_attachment else "inline"
    if not filename:
        return kind
    plain = re.sub(r'[^ -~]|["\\%;]', "_", filename)
    disposition = f'{kind}; filename="{plain}"'
    if plain == filename:
        return disposition
    return f"{disposition}; filename*=UTF-8''{quote(filename.encode('utf-8', 'replace'), safe='')}"


def read_range(header: str, size: int) -> Span | None:
    """The one range that a Range header asks for, None to send all. Raises Unsatisfiable.

    Several ranges and other units are ignored, as RFC 9110 allows.

    >>> read_range("bytes=-500", 10_000)
    Span(start=9500, length=500)
    """
    match = _RANGE.fullmatch(header.strip())
    if not match or match.group(1, 2) == ("", ""):
        return None
    first, last = match.group(1, 2)
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if first and last and int(last) < int(first):
        return None
    if start >= size or (not first and int(last) == 0):
        raise Unsatisfiable
    return Span(start, end - start + 1)


def _open(path: Path, within: Path | None, part: Span | None) -> _Opened:
    try:
        # Without O_NONBLOCK, opening a FIFO would wait for ever.
        descriptor = open_beneath(within, path) if within else os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in _NOT_THERE:
            raise FileNotFoundError(path) from error
        raise
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode):
        os.close(descriptor)
        raise FileNotFoundError(path)
    file = os.fdopen(descriptor, "rb", buffering=0)
    start, size = (part.start, part.length) if part else (0, facts.st_size)
    # A file that became shorter since it was indexed has less to send.
    size = max(0, min(size, facts.st_size - start))
    return _Opened(file, start, size, facts.st_mtime_ns, os.pread(descriptor, size, start) if size <= CHUNK else b"")


def _unplaced(opened: _Opened) -> _Opened:
    try:
        blanks = blanks_of(cast("BinaryIO", opened.file), opened.start, opened.start + opened.size)
    except BaseException:
        opened.file.close()
        raise
    return replace(opened, blanks=blanks, small=blanked(opened.small, opened.start, blanks))


def _answer(request: HttpRequest, opened: _Opened, proxy_path: str) -> HttpResponseBase:
    """The response with its validators; a streaming one owns the file."""
    response: HttpResponseBase | None = get_conditional_response(
        request, etag=opened.etag, last_modified=opened.modified
    )
    if response is None:
        response = _body(request, opened, proxy_path)
    response["ETag"] = opened.etag
    response["Last-Modified"] = http_date(opened.modified)
    response["Accept-Ranges"] = "bytes"
    return response


def _body(request: HttpRequest, opened: _Opened, proxy_path: str) -> HttpResponseBase:
    if proxy_path:
        return HttpResponse(headers={"X-Accel-Redirect": proxy_path})
    try:
        part = read_range(request.headers.get("Range", ""), opened.size) if _may_be_partial(request, opened) else None
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{opened.size}"})
    span = part or Span(0, opened.size)
    response = _content(request, opened, span)
    response["Content-Length"] = str(span.length)
    if part:
        response.status_code = 206
        response["Content-Range"] = f"bytes {span.start}-{span.start + span.length - 1}/{opened.size}"
    return response


def _content(request: HttpRequest, opened: _Opened, span: Span) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse()
    if opened.size > CHUNK:
        return StreamingHttpResponse(
            FileChunks(opened.file, Span(opened.start + span.start, span.length), opened.blanks)
        )
    return HttpResponse(opened.small[span.start : span.start + span.length])


def _may_be_partial(request: HttpRequest, opened: _Opened) -> bool:
    """Whether the part that the client has is of this version of the file (RFC 9110, If-Range)."""
    condition = request.headers.get("If-Range", "").strip()
    if not condition or condition.startswith(('"', "W/")):
        return condition in {"", opened.etag}
    return parse_http_date_safe(condition) == opened.modified


def _proxy_path(path: Path) -> str:
    """Where a proxy in front finds the file (deploy/nginx.conf names the same places), or ""."""
    if not settings.OPTIONS.accel_redirect:
        return ""
    roots = {"originals": settings.ORIGINALS_PATH, "cache": settings.CACHE_PATH}
    for name, root in roots.items():
        if path.is_relative_to(root):
            return f"/internal/{name}/{quote(os.fsencode(path.relative_to(root)))}"
    return ""
