"""The one entry for uvicorn: static files, the event socket, and Django for everything else."""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from typing import Any

from asgiref.sync import ThreadSensitiveContext
from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, Scope
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "photoprism_site.settings")
# First: it sets Django up, which the modules below need.
django_app: Any = get_asgi_application()

from django.conf import settings  # noqa: E402
from django.core.handlers.asgi import ASGIHandler  # noqa: E402
from django.core.handlers.exception import convert_exception_to_response  # noqa: E402

from library.api.media import darkroom  # noqa: E402
from library.search.warming import warm_up  # noqa: E402
from photoprism_site.bodies import BoundedBodies  # noqa: E402
from photoprism_site.edge import EdgeMiddleware  # noqa: E402
from photoprism_site.static_delivery import static_files  # noqa: E402
from photoprism_site.upload_door import UploadDoor, is_upload  # noqa: E402
from photoprism_site.websocket import EventSocket  # noqa: E402

SOCKET_PATH = "/api/v1/ws"
THUMB_PREFIX = "/api/v1/t/"
MOST_IDLE = 16  # threads kept for the next requests


class Site:
    """Sends each connection to the app that speaks its protocol."""

    def __init__(self) -> None:
        self.static = static_files()
        self.socket: Any = EventSocket.as_asgi()
        self.pages = BoundedBodies(Reused(django_app))
        self.thumbs = BoundedBodies(Reused(ThumbHandler()))
        self.uploads = UploadDoor(Reused(django_app))

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket":
            app = self.socket if scope["path"].rstrip("/") == SOCKET_PATH else _refuse
            await app(scope, receive, send)
        elif scope["path"].startswith(settings.STATIC_URL):
            await self.static.answer(scope, receive, send)
        elif scope["path"].startswith(THUMB_PREFIX):
            await self.thumbs(scope, receive, send)
        elif is_upload(scope):
            await self.uploads(scope, receive, send)
        else:
            await self.pages(scope, receive, send)

    async def _live(self, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        await receive()
        _keep_bodies_in(settings.OPTIONS.temp_path)
        await send({"type": "lifespan.startup.complete"})
        Thread(target=warm_up, name="warm-up", daemon=True).start()
        await receive()
        darkroom.close()
        await send({"type": "lifespan.shutdown.complete"})


class ThumbHandler(ASGIHandler):
    """Django for thumbs: a page shows a hundred, and none needs a session, a language, a form or a message.

    The usual middleware passes each request through twenty threads, which takes longer than the thumb itself.
    """

    def load_middleware(self, is_async: bool = True) -> None:  # noqa: FBT001, FBT002 - Django's signature
        super().load_middleware(is_async=is_async)
        self._view_middleware: list[Any] = []
        view = convert_exception_to_response(self._get_response_async)  # type: ignore[attr-defined]
        self._middleware_chain = convert_exception_to_response(EdgeMiddleware(view))


class Reused:
    """Django, each request on a thread of its own that is used again: with it stays its database connection."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._idle: list[ThreadPoolExecutor] = []

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        thread = self._idle.pop() if self._idle else ThreadPoolExecutor(max_workers=1, thread_name_prefix="request")
        try:
            async with ThreadSensitiveContext(executor=thread):
                await self._app(scope, receive, send)
        finally:
            if len(self._idle) < MOST_IDLE:
                self._idle.append(thread)
            else:
                thread.shutdown(wait=False)


def _keep_bodies_in(folder: Path) -> None:
    """Large bodies wait on the disk of the library, as the system's own folder may be in memory."""
    folder.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = str(folder)


async def _refuse(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Closing before accepting is HTTP's 403."""
    await receive()
    await send({"type": "websocket.close", "code": 1000, "reason": ""})


application: ASGI3Application = Site()
