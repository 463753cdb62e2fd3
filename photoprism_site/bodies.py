"""Bodies of requests: what is larger than any route needs is refused before it fills memory or disk."""

import json
from typing import Any, Final

from asgiref.typing import ASGIReceiveCallable, ASGIReceiveEvent, ASGISendCallable, ASGISendEvent, HTTPScope
from django.conf import settings

from library.problems import problem

_REFUSAL: Final = json.dumps(problem(413, "This request is too large.")).encode()


class BoundedBodies:
    """Passes requests on to `app` with bodies of up to settings.DATA_UPLOAD_MAX_MEMORY_SIZE bytes; others get a 413.

    Django looks at the size once all of a body lies on the disk.
    """

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if _announced(scope) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            await _refuse(send)
            return
        request = _Request(receive, send)
        try:
            await self._app(scope, request.receive, request.send)
        except _TooLarge:
            if not request.is_answered:
                await _refuse(send)


class _TooLarge(Exception):
    """More came than was announced."""


class _Request:
    """Counts what comes in, and knows whether an answer has begun."""

    def __init__(self, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        self._receive, self._send = receive, send
        self._taken = 0
        self.is_answered = False

    async def receive(self) -> ASGIReceiveEvent:
        event = await self._receive()
        if event["type"] == "http.request":
            self._taken += len(event["body"])
        if self._taken > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise _TooLarge
        return event

    async def send(self, event: ASGISendEvent) -> None:
        self.is_answered = True
        await self._send(event)


def _announced(scope: HTTPScope) -> int:
    value = dict(scope["headers"]).get(b"content-length", b"")
    return int(value) if value.isdigit() and len(value) < 19 else 0


async def _refuse(send: ASGISendCallable) -> None:
    """The connection ends with the answer: nobody reads what else comes."""
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(_REFUSAL)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers, "trailers": False})
    await send({"type": "http.response.body", "body": _REFUSAL, "more_body": False})
