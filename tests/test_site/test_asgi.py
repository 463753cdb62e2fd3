"""The ASGI entry: static files, sockets, pages, and the memory that slow readers cost."""

import gzip
import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import patch
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from django.test import SimpleTestCase, override_settings
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from photoprism_site.asgi import Site
from photoprism_site.static_delivery import MANIFEST, static_files
from tests.test_site.uvicorn_process import ROOT, Server, uvicorn

MEGABYTE = 1024 * 1024

PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("migrate", database="channels", verbosity=0)
from django.test import Client
from sharing.accounts import add_account
client = Client()
client.force_login(add_account("admin", "a-long-and-good-passphrase", role="admin").user)
print(client.cookies["photoprism_session"].value)
"""
BROADCAST = """
import django; django.setup()
from photoprism_site.websocket import broadcast
for number in range(20): broadcast("index.indexing", {"number": number})
"""


class SiteTest(SimpleTestCase):
    """One real server: what travels between processes, and what the server does with it."""

    server: ClassVar[Server]
    cookie: ClassVar[str]
    environment: ClassVar[dict[str, str]]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        names = ("storage", "originals", "import")
        cls.environment = {f"PHOTOPRISM_{name.upper()}_PATH": str(folder / name) for name in names}
        cls.environment |= {"PHOTOPRISM_DATABASE_DRIVER": "sqlite", "PHOTOPRISM_DATABASE_NAME": ""}
        cls.environment |= {"PHOTOPRISM_REDIS_URL": ""}
        cls.cookie = "photoprism_session=" + cls.run_python(PREPARE).strip().splitlines()[-1]
        cls.server = cls.enterClassContext(uvicorn("photoprism_site.asgi:application", cls.environment))

    @classmethod
    def run_python(cls, code: str) -> str:
        command = [sys.executable, "-c", code]
        environment = {**os.environ, **cls.environment}
        return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout

    def get(self, path: str, **headers: str) -> Any:
        return urlopen(Request(f"http://localhost:{self.server.port}{path}", headers=headers), timeout=60)

    def connect(self, path: str = "/api/v1/ws", *, origin: str = "", cookie: str = "") -> Any:
        address = f"ws://localhost:{self.server.port}{path}"
        origin = origin or f"http://localhost:{self.server.port}"
        return connect(address, origin=origin, additional_headers={"Cookie": cookie} if cookie else {})

    def test_the_api_answers(self) -> None:
        self.assertEqual(json.load(self.get("/api/v1/status/")), {"status": "operational"})

    def test_a_thumb_with_a_wrong_token_is_a_drawing(self) -> None:
        with self.assertRaises(HTTPError) as refused:
            self.get(f"/api/v1/t/{'0' * 40}/wrong/tile_500")
        self.assertEqual((refused.exception.code, refused.exception.headers["Content-Type"]), (403, "image/svg+xml"))

    def test_static_files_come_from_their_source_folders(self) -> None:
        answer = self.get("/static/css/tokens.css")
        self.assertEqual(answer.read(), (ROOT / "static/css/tokens.css").read_bytes())
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_an_event_of_another_process_reaches_a_page(self) -> None:
        with self.connect(cookie=self.cookie) as page:
            self.run_python(BROADCAST)
            heard = [json.loads(page.recv(timeout=60)) for _ in range(20)]
        self.assertEqual([event["data"]["number"] for event in heard], list(range(20)))

    def test_a_page_of_another_site_is_refused(self) -> None:
        with self.assertRaises(InvalidStatus) as refused, self.connect(origin="http://evil.example"):
            pass
        self.assertEqual(refused.exception.response.status_code, 403)

    def test_a_socket_at_another_address_is_refused(self) -> None:
        with self.assertRaises(InvalidStatus), self.connect("/somewhere"):
            pass


class SlowReadersTest(SimpleTestCase):
    """What Django does with a FileResponse here would take the whole file into memory, once per reader."""

    def test_eight_of_them_cost_little_memory(self) -> None:
        with tempfile.NamedTemporaryFile() as file:
            file.truncate(200 * MEGABYTE)
            with uvicorn("tests.test_site.one_file_app:application", {"BIG_FILE": file.name}) as server:
                self.assertLess(self.growth(server, readers=8), 64 * MEGABYTE)

    def growth(self, server: Server, *, readers: int) -> int:
        """Bytes more than before, at most, while readers do not read on and a fast one takes the whole file."""
        before = server.memory()
        slow = [self.request(server) for _ in range(readers)]
        for connection in slow:
            self.assertEqual(self.read(connection, MEGABYTE), MEGABYTE)
        with self.request(server) as fast:
            self.assertGreater(self.read(fast, 1 << 40), 200 * MEGABYTE)
        for connection in slow:
            connection.close()
        return server.memory("VmHWM") - before

    def request(self, server: Server) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=60)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return connection

    def read(self, connection: socket.socket, most: int) -> int:
        got = 0
        while got < most and (chunk := connection.recv(min(65536, most - got))):
            got += len(chunk)
        return got


class CollectedStaticTest(SimpleTestCase):
    """The files as `collectstatic` leaves them: hashed names, compressed beside."""

    def setUp(self) -> None:
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (folder / MANIFEST).write_text("{}")
        for name, content in (("app.0123456789ab.css", b"body{}" * 100), ("app.css", b"body{}" * 100)):
            (folder / name).write_bytes(content)
            (folder / f"{name}.gz").write_bytes(gzip.compress(content))
        (folder.parent / "secret").touch()
        self.enterContext(override_settings(STATIC_ROOT=folder, DEBUG=False))
        self.app = static_files()

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        return async_to_sync(self._get)(path, method, headers)

    async def _get(self, path: str, method: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "headers": named}
        talk = ApplicationCommunicator(self.app.answer, scope)
        start = await talk.receive_output(60)
        content, is_more = b"", True
        while is_more:
            part = await talk.receive_output(60)
            content, is_more = content + part["body"], part["more_body"]
        return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, content

    def test_a_hashed_name_may_be_kept_for_ever(self) -> None:
        status, headers, content = self.get("/static/app.0123456789ab.css")
        self.assertEqual((status, content), (200, b"body{}" * 100))
        self.assertIn("immutable", headers["cache-control"])

    def test_a_plain_name_may_not(self) -> None:
        self.assertNotIn("immutable", self.get("/static/app.css")[1]["cache-control"])

    def test_compressed_to_who_can_read_it(self) -> None:
        _, headers, content = self.get("/static/app.css", accept_encoding="gzip")
        self.assertEqual((headers["content-encoding"], gzip.decompress(content)), ("gzip", b"body{}" * 100))

    def test_not_again_to_who_has_it(self) -> None:
        _, headers, _ = self.get("/static/app.css")
        self.assertEqual(self.get("/static/app.css", if_none_match=headers["etag"])[0::2], (304, b""))

    def test_nothing_outside(self) -> None:
        for path in ("/static/../secret", "/static//etc/passwd", "/static/none.css", "/static/"):
            with self.subTest(path):
                self.assertEqual(self.get(path)[0], 404)

    def test_it_is_only_read(self) -> None:
        self.assertEqual(self.get("/static/app.css", "POST")[0], 405)


class LifespanTest(SimpleTestCase):
    async def test_start_and_end_are_answered(self) -> None:
        talk = ApplicationCommunicator(Site(), {"type": "lifespan"})
        await talk.send_input({"type": "lifespan.startup"})
        with patch("photoprism_site.asgi.warm_up") as warm_up:
            self.assertEqual((await talk.receive_output(60))["type"], "lifespan.startup.complete")
            await talk.send_input({"type": "lifespan.shutdown"})
            self.assertEqual((await talk.receive_output(60))["type"], "lifespan.shutdown.complete")
        warm_up.assert_called_once()
