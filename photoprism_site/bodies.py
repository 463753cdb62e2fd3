"""Bodies of requests: what is larger than any route needs is refused before it fills memory or disk."""

import json
from typing import Any, Final

from asgiref.typing import ASGIReceiveCallable, ASGIReceiveEvent, ASGISendCallable, ASGISendEvent, HTTPScope
from django.conf import settings

from library.problems import problem

TOO_LARGE: Final = "This request is too large."


class BoundedBodies:
    """Passes requests on to `app` with bodies of up to `most` bytes; others get a 413.

    Without `most` it is settings.DATA_UPLOAD_MAX_MEMORY_SIZE. Django looks at the size once all of a body lies on the
    disk.
    """

    def __init__(self, app: Any, most: int | None = None) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE if self._most is None else self._most
        if _announced(scope) > most:
            await refuse(send, 413, TOO_LARGE)
            return
        request = _Request(receive, send, most)
        try:
            await self._app(scope, request.receive, request.send)
        except _TooLarge:
            if not request.is_answered:
                await refuse(send, 413, TOO_LARGE)


class _TooLarge(Exception):
    """More came than was announced."""


class _Request:
    """Counts what comes in, and knows whether an answer has begun."""

    def __init__(self, receive: ASGIReceiveCallable, send: ASGISendCallable, most: int) -> None:
        self._receive, self._send, self._most = receive, send, most
        self._taken = 0
        self.is_answered = False

    async def receive(self) -> ASGIReceiveEvent:
        event = await self._receive()
        if event["type"] == "http.request":
            self._taken += len(event["body"])
        if self._taken > self._most:
            raise _TooLarge
        return event

    async def send(self, event: ASGISendEvent) -> None:
        self.is_answered = True
        await self._send(event)


def _announced(scope: HTTPScope) -> int:
    value = dict(scope["headers"]).get(b"content-length", b"")
    return int(value) if value.isdigit() and len(value) < 19 else 0


async def refuse(send: ASGISendCallable, status: int, sentence: str) -> None:
    """The connection ends with the answer: nobody reads what else comes."""
    body = json.dumps(problem(status, sentence)).encode()
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers, "trailers": False})
    await send({"type": "http.response.body", "body": body, "more_body": False})
