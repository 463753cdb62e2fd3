"""A server that speaks Ollama's API as well or badly as a test wants, on a port of its own."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """What came: addresses, bodies and headers, in their order."""

    paths: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def picture(self, number: int = 0) -> bytes:
        return base64.b64decode(self.bodies[number]["images"][0], validate=True)


@dataclass
class Server:
    uri: str
    asked: Asked


Answer = Callable[[BaseHTTPRequestHandler], None]


def says(text: str) -> Answer:
    return lambda handler: send(handler, json.dumps({"response": text, "done": True}).encode())


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def vision_server(*answers: Answer) -> Iterator[Server]:
    """Gives one answer after the other, the last one again and again."""
    asked = Asked()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            asked.paths.append(self.path)
            asked.headers.append(dict(self.headers.items()))
            asked.bodies.append(json.loads(self.rfile.read(length)))
            answers[min(len(asked.paths), len(answers)) - 1](self)

        def log_message(self, *words: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *connection: Any) -> None:
            """A client that hung up is what some tests are about."""

    with Quiet(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield Server(f"http://127.0.0.1:{server.server_port}", asked)
        finally:
            server.shutdown()
            thread.join()
