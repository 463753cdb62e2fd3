"""Sends the static files as an ASGI app of its own: what WhiteNoise knows about them, read in chunks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope
from django.conf import settings
from django.contrib.staticfiles.finders import find
from whitenoise import WhiteNoise

from library.delivery import ThreadedChunks, in_reader

MANIFEST = "staticfiles.json"
_HASHED = r"\.[0-9a-f]{12}\."
_NOT_FOUND = (404, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "0")], None)


class StaticFiles(WhiteNoise):  # type: ignore[misc] # whitenoise has no types
    """The collected files; where none were collected, those of the source folders, looked up for each request."""

    def __init__(self, *, collected: bool) -> None:
        super().__init__(
            application=None,
            root=settings.STATIC_ROOT if collected else None,
            prefix=settings.STATIC_URL,
            autorefresh=not collected,
            max_age=60 if collected else 0,
            allow_all_origins=False,
            immutable_file_test=_HASHED,
            add_headers_function=_harden,
        )

    def candidate_paths_for_url(self, url: str) -> Iterator[str]:
        found = find(url.removeprefix(settings.STATIC_URL))
        if isinstance(found, str):
            yield found

    async def answer(self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        """Answers one request for an address under STATIC_URL."""
        status, headers, file = await in_reader(self._respond, scope)
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        await send({"type": "http.response.start", "status": status, "headers": encoded, "trailers": False})
        if file is not None:
            try:
                async for chunk in ThreadedChunks(iter(lambda: file.read(65536), b"")):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            finally:
                file.close()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _respond(self, scope: HTTPScope) -> tuple[int, list[tuple[str, str]], Any]:
        path = scope["path"]
        static_file = self.find_file(path) if self.autorefresh else self.files.get(path)
        if static_file is None:
            return _NOT_FOUND
        response = static_file.get_response(scope["method"], _environ(scope))
        return int(response.status), list(response.headers), response.file


def static_files() -> StaticFiles:
    """The app, with the collected files unless this is a development server or none were collected."""
    collected = not settings.DEBUG and (Path(settings.STATIC_ROOT) / MANIFEST).exists()
    return StaticFiles(collected=collected)


def _harden(headers: Any, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


def _environ(scope: HTTPScope) -> dict[str, str]:
    """The request's headers under the names that WSGI gives them, for WhiteNoise to read."""
    return {f"HTTP_{_wsgi(name)}": value.decode("latin-1") for name, value in scope["headers"]}


def _wsgi(name: bytes) -> str:
    return name.decode("latin-1").upper().replace("-", "_")
