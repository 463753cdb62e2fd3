"""A vision model on a server of one's own that speaks Ollama's API: a picture goes out, a sentence comes back."""

import base64
import json
import re
import ssl
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, Final
from urllib.parse import urlsplit

from library.meta import clean

SECONDS: Final = 300.0
"""For one answer: a model on a processor without graphics takes minutes."""
MOST_BYTES: Final = 256 * 1024
"""Of one answer, which is a sentence or two and some numbers."""
LONGEST: Final = 1000  # letters of a caption

_REACHED: Final = 10.0  # seconds until it is clear that nobody is there
_PART: Final = 16 * 1024
_THOUGHTS: Final = re.compile(r"<think>.*?(</think>|$)", re.DOTALL)
_QUOTES: Final = "\"'“”„«» *"


class VisionUnreachable(Exception):
    """The server does not answer at all; the text says which."""


class VisionFailed(Exception):
    """The server has no caption for this picture; the text says why."""


@dataclass(slots=True)
class VisionServer:
    """One server, with the model and what it is asked; only its own address is ever spoken to."""

    uri: str
    model: str
    prompt: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS
    _connection: HTTPConnection | None = None

    def describe(self, picture: bytes) -> str:
        """What the model says of a JPEG, as one line; "" if nothing. Raises VisionUnreachable, VisionFailed."""
        body = {
            "model": self.model,
            "prompt": self.prompt,
            "images": [base64.b64encode(picture).decode("ascii")],
            "stream": False,
        }
        answer = self._ask(json.dumps(body).encode())
        try:
            found: Any = json.loads(answer)
        except (ValueError, RecursionError):
            raise VisionFailed("The vision server's answer is no JSON.") from None
        text = found.get("response") if isinstance(found, dict) else None
        if not isinstance(text, str):
            raise VisionFailed("The vision server's answer holds no text.")
        return clean_caption(text)

    def stop(self) -> None:
        """Ends a question that is under way, from another thread."""
        connection = self._connection
        if connection is not None and connection.sock is not None:
            connection.sock.shutdown(2)

    def _ask(self, body: bytes) -> bytes:
        deadline = time.monotonic() + self.seconds
        connection = self._connection = self._connect()
        try:
            self._reach(connection)
            connection.request("POST", self._path, body, self._headers())
            with connection.getresponse() as response:
                return _read(response, connection, deadline)
        except (OSError, HTTPException) as error:
            raise VisionFailed(f"The vision server gave no answer ({_said(error)}).") from error
        finally:
            self._connection = None
            connection.close()

    def _connect(self) -> HTTPConnection:
        parts = urlsplit(self.uri)
        host = parts.hostname or ""
        if parts.scheme == "https":
            return HTTPSConnection(host, parts.port, timeout=_REACHED, context=ssl.create_default_context())
        return HTTPConnection(host, parts.port, timeout=_REACHED)

    def _reach(self, connection: HTTPConnection) -> None:
        try:
            connection.connect()
        except OSError as error:
            raise VisionUnreachable(f"The vision server {self._host} cannot be reached ({_said(error)}).") from error
        connection.sock.settimeout(self.seconds)

    def _headers(self) -> dict[str, str]:
        key = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        return {"Content-Type": "application/json", "Accept": "application/json", **key}

    @property
    def _path(self) -> str:
        """The base address may be given with or without what Ollama has behind it."""
        path = urlsplit(self.uri).path.rstrip("/")
        return path if path.endswith("/api/generate") else f"{path}/api/generate"

    @property
    def _host(self) -> str:
        return urlsplit(self.uri).netloc.rpartition("@")[2]


def clean_caption(text: str) -> str:
    """One line that can be stored, without quotes around it or a model's thoughts, cut after a sentence or word."""
    line = " ".join(clean.unicode(_THOUGHTS.sub(" ", text)).split()).strip(_QUOTES)
    if len(line) <= LONGEST:
        return line
    cut = line[:LONGEST]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? "))
    return cut[: end + 1] if end > 0 else f"{cut[: max(cut.rfind(' '), 0) or LONGEST - 1]}…"


def _read(response: HTTPResponse, connection: HTTPConnection, deadline: float) -> bytes:
    """The body, if it is not too large and comes in time; a redirect is an answer like any other wrong one."""
    if response.status != 200:
        raise VisionFailed(f"The vision server answers with {response.status} {response.reason}.")
    parts: list[bytes] = []
    size = 0
    while part := response.read1(_PART):
        size += len(part)
        if size > MOST_BYTES:
            raise VisionFailed("The vision server's answer is too long.")
        parts.append(part)
        left = deadline - time.monotonic()
        if left <= 0:
            raise VisionFailed("The vision server takes too long for its answer.")
        if connection.sock is not None:
            connection.sock.settimeout(left)
    return b"".join(parts)


def _said(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(text).rstrip(".").lower()
