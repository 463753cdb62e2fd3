"""The door for uploads: who may not send files is told so before one is read; who may sends more than others."""

import re
from typing import Any, Final

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope, Scope
from channels.db import database_sync_to_async
from django.conf import settings

from photoprism_site.bodies import BoundedBodies, refuse
from photoprism_site.socket_login import grant_for_upload

_ADDRESS: Final = re.compile(r"/api/v1/users/[^/]+/upload/[^/]+/?")


def is_upload(scope: Scope) -> bool:
    """Whether a request sends files."""
    return scope["type"] == "http" and scope["method"] == "POST" and bool(_ADDRESS.fullmatch(scope["path"]))


class UploadDoor:
    """Lets in whoever may upload, with bodies of up to PHOTOPRISM_UPLOAD_LIMIT; `app` asks again, by Django's means."""

    def __init__(self, app: Any) -> None:
        self._app = BoundedBodies(app, settings.OPTIONS.upload_limit_bytes)

    async def __call__(self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        grant = await database_sync_to_async(grant_for_upload)(dict(scope["headers"]))
        if grant is None:
            await refuse(send, 401, "Sign in first.")
        elif not grant.may("library.upload_photo"):
            await refuse(send, 403, "You may not upload.")
        else:
            await self._app(scope, receive, send)
