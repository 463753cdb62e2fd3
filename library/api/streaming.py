"""JSON that is written while it is sent: what is long is never whole in memory."""

import zlib
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

_LEVEL: Final = 4
_GZIP: Final = 31  # zlib's name of its format, with the largest window


def stream_json(request: Request, pieces: Iterator[bytes], headers: Mapping[str, str]) -> HttpResponseBase:
    """The pieces, gzipped where that is wanted; there is nothing secret in them that guesses could be mixed with."""
    if request.method == "HEAD":
        return Response(headers=dict(headers))
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    response = StreamingHttpResponse(
        _in_turns(_packed(pieces) if packs else pieces), content_type="application/json; charset=utf-8", headers=headers
    )
    if packs:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def array_of(parts: Iterator[list[Any]]) -> Iterator[bytes]:
    """One array of what all the lists hold, as the API renders it."""
    yield b"["
    separator = b""
    for part in parts:
        if part:
            yield separator + JSONRenderer().render(part)[1:-1]
            separator = b","
    yield b"]"


def _packed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()


async def _in_turns(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Each piece is read from the database in the request's thread once the one before is sent."""
    while (piece := await sync_to_async(_next)(pieces)) is not None:
        if piece:
            yield piece


def _next(pieces: Iterator[bytes]) -> bytes | None:
    return next(pieces, None)
