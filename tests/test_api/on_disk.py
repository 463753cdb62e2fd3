"""Photos whose files really are on the disk, and answers with all their bytes."""

import hashlib
import itertools
from pathlib import Path
from typing import Any

import pyvips
from asgiref.sync import async_to_sync
from django.conf import settings
from django.http.response import HttpResponseBase

from library.media.sizes import SIZES
from library.media.thumbs import thumb_name
from library.models import File, Photo
from sharing.accounts import account_of
from tests.base import TestCase
from tests.make import make_photo

_numbers = itertools.count(1)


def jpeg(width: int = 64, height: int = 48) -> bytes:
    """A picture that no other test has: its hash is its own."""
    image = pyvips.Image.black(width, height, bands=3).linear(1, [200, 90, 160]).cast("uchar")
    return bytes(image.jpegsave_buffer(Q=80)) + b"%d" % next(_numbers)


def make_original(content: bytes, name: str = "", **fields: Any) -> Photo:
    """A photo with one original of these bytes; `file` and the other fields are those of `make_photo`."""
    name = name or f"{next(_numbers)}.jpg"
    path = Path(settings.ORIGINALS_PATH) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    file = {"name": name, "hash": digest, "size": len(content), "width": 64, "height": 48, **fields.pop("file", {})}
    return make_photo(file=file, **fields)


def put_thumb(file_hash: str, size: str, content: bytes = b"a thumb") -> bytes:
    path = Path(settings.CACHE_PATH) / "thumbnails" / thumb_name(file_hash, SIZES[size])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return content


def file_of(photo: Photo) -> File:
    return File.objects.get(photo=photo)


class MediaTestCase(TestCase):
    """The cast, and their tokens."""

    def setUp(self) -> None:
        super().setUp()
        self.preview = {user.username: account_of(user).preview_token for user in (self.admin, self.bob, self.guest)}
        self.download = {user.username: account_of(user).download_token for user in (self.admin, self.bob, self.guest)}

    def read(self, address: str, **headers: str) -> tuple[HttpResponseBase, bytes]:
        """The answer and all its bytes; `if_none_match="..."` sets a header."""
        return async_to_sync(self._read)(address, {name.replace("_", "-"): value for name, value in headers.items()})

    async def _read(self, address: str, headers: dict[str, str]) -> tuple[HttpResponseBase, bytes]:
        response = await self.async_client.get(address, headers=headers)
        if not response.streaming:
            return response, bytes(response.content)
        return response, b"".join([chunk async for chunk in response])
