"""The one command that starts everything: what it refuses, and in which words."""

import ast
import hashlib
import importlib.util
import os
import re
import socket
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any
from unittest import mock

from django.test import SimpleTestCase

ROOT = Path(__file__).resolve().parent.parent.parent
NOBODY = 65534


def load_script(name: str) -> ModuleType:
    """A script without the ending .py, as a module."""
    loader = SourceFileLoader(f"{Path(name).stem}_script", str(ROOT / name))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    with mock.patch.object(sys, "dont_write_bytecode", new=True):
        loader.exec_module(module)
    return module


with mock.patch.object(sys, "path", list(sys.path)):
    serve = load_script("serve")
    import environment  # the scripts' own module, on their path only


@contextmanager
def an_ordinary_user() -> Iterator[None]:
    """Drops the rights of root, who may read and write everything."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


class ScriptTest(SimpleTestCase):
    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.folder.chmod(0o755)

    def assert_refused(self, sentence: str, check: Any, *arguments: Any, **named: Any) -> None:
        with self.assertRaisesRegex(environment.NotPossible, re.escape(sentence)):
            check(*arguments, **named)


class PythonTest(ScriptTest):
    def test_an_old_python_can_read_the_scripts(self) -> None:
        for name in ("serve", "test", "deploy/bootstrap/environment.py"):
            ast.parse((ROOT / name).read_text(), feature_version=(3, 6))

    def test_an_old_python_is_told_so(self) -> None:
        self.assertTrue(environment.is_too_old((3, 10)))
        self.assertFalse(environment.is_too_old((3, 11)))
        self.assertEqual(
            environment.too_old_sentence((3, 9, 2), "/usr/bin/python3"),
            "Python 3.11 or newer is needed; this is Python 3.9.2 (/usr/bin/python3).",
        )

    def test_an_old_python_without_a_newer_one_is_refused(self) -> None:
        with mock.patch.object(environment.sys, "version_info", (3, 9, 2)), mock.patch.dict(os.environ, PATH=""):
            self.assert_refused("Python 3.11 or newer is needed", environment.use_new_python, "serve", [])


class OriginalsTest(ScriptTest):
    def test_a_missing_folder_is_named(self) -> None:
        self.assert_refused("nowhere does not exist.", serve.check_originals, self.folder / "nowhere", is_named=True)

    def test_the_default_folder_is_made(self) -> None:
        serve.check_originals(self.folder / "originals", is_named=False)
        self.assertTrue((self.folder / "originals").is_dir())

    def test_a_file_is_no_folder(self) -> None:
        (self.folder / "file").touch()
        self.assert_refused("file is not a folder.", serve.check_originals, self.folder / "file", is_named=True)

    def test_an_unreadable_folder_is_named(self) -> None:
        (self.folder / "closed").mkdir(mode=0o000)
        with an_ordinary_user():
            self.assert_refused("cannot be read", serve.check_originals, self.folder / "closed", is_named=True)


class StorageTest(ScriptTest):
    def test_a_folder_that_cannot_be_written_is_named(self) -> None:
        (self.folder / "closed").mkdir(mode=0o500)
        with an_ordinary_user():
            self.assert_refused("cannot be written", serve.check_storage, self.folder / "closed")

    def test_a_full_disk_is_told(self) -> None:
        with mock.patch.object(serve.shutil, "disk_usage", return_value=mock.Mock(free=5 * 1024**2)):
            self.assert_refused("5 MB are free, 200 MB are needed.", serve.check_storage, self.folder)


class PortTest(ScriptTest):
    def test_a_taken_port_is_told(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            self.assert_refused(f"Port {port} is taken", serve.check_port, "127.0.0.1", port)

    def test_an_address_of_another_machine_is_told(self) -> None:
        self.assert_refused("cannot be used", serve.check_port, "192.0.2.1", 0)

    def test_a_wrong_port_ends_the_command_in_one_sentence(self) -> None:
        ended = subprocess.run(
            [sys.executable, ROOT / "serve", "--port", "many"], capture_output=True, text=True, check=False, timeout=60
        )
        self.assertEqual(ended.returncode, 1)
        self.assertEqual(len(ended.stderr.splitlines()), 1, ended.stderr)
        self.assertIn("PHOTOPRISM_HTTP_PORT is “many”", ended.stderr)


class AddressTest(SimpleTestCase):
    def test_the_server_is_asked_where_it_can_be_reached(self) -> None:
        asked = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]", "localhost": "localhost"}  # noqa: S104
        self.assertEqual({host: serve.host_to_ask(host) for host in asked}, asked)


class ArgumentsTest(ScriptTest):
    def test_arguments_become_options(self) -> None:
        given = serve.read_arguments(["photos", "--port", "8080", "--public"])
        self.assertEqual(
            serve.named_options(given),
            {
                "PHOTOPRISM_ORIGINALS_PATH": str(Path.cwd() / "photos"),
                "PHOTOPRISM_HTTP_PORT": "8080",
                "PHOTOPRISM_AUTH_MODE": "public",
            },
        )

    def test_nothing_given_changes_nothing(self) -> None:
        given = Namespace(folder=None, storage=None, host=None, port=None, workers=None, public=False)
        self.assertEqual(serve.named_options(given), {})


class ChildrenTest(ScriptTest):
    def test_a_child_that_dies_is_named(self) -> None:
        child = serve.launch([sys.executable, "-c", "raise SystemExit(3)"])
        child.wait()
        self.assert_refused("The worker ended unexpectedly (exit code 3).", serve.check_alive, {"worker": child})

    def test_a_given_order_is_not_repeated(self) -> None:
        order = follow_order("", times=3)
        self.assertEqual((order.process, order.tries_left), (None, 0))

    def test_a_refused_order_is_repeated_later(self) -> None:
        order = follow_order("raise SystemExit(1)", times=3)
        self.assertEqual((order.process, order.tries_left), (None, serve.ORDER_TRIES - 1))
        self.assertGreater(order.next_at, 0)

    def test_children_of_children_end_as_well(self) -> None:
        code = "import subprocess; p = subprocess.Popen(['sleep', '60']); print('ready', flush=True); p.wait()"
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True)
        assert child.stdout is not None
        with child.stdout:
            self.assertEqual(child.stdout.readline(), b"ready\n")
            serve.end([child])
            # The grandchild holds the pipe's other end: reading ends with its life.
            self.assertEqual(child.stdout.read(), b"")


class PackagesTest(ScriptTest):
    def test_the_fingerprint_follows_included_files(self) -> None:
        (self.folder / "dev.txt").write_text("-r run.txt\nx==1\n")
        (self.folder / "run.txt").write_text("y==1\n")
        before = environment.fingerprint(self.folder / "dev.txt")
        (self.folder / "run.txt").write_text("y==2\n")
        self.assertNotEqual(environment.fingerprint(self.folder / "dev.txt"), before)

    def test_a_failed_installation_gives_its_reason(self) -> None:
        command = [sys.executable, "-c", "print('ERROR: no such package'); raise SystemExit(1)"]
        self.assert_refused("Not done: ERROR: no such package", environment.run_quietly, command, "Not done")

    def test_the_bundled_wheels_are_the_ones_described(self) -> None:
        described = (ROOT / "deploy/bootstrap/SOURCES.md").read_text()
        for wheel in (ROOT / "deploy/bootstrap").glob("*.whl"):
            self.assertIn(wheel.name, described)
            self.assertIn(hashlib.sha256(wheel.read_bytes()).hexdigest(), described)

    def test_the_bundled_wheels_are_those_of_the_requirements(self) -> None:
        wanted = (ROOT / "requirements.txt").read_text().splitlines()
        bundled = [wheel.name.split("-")[:2] for wheel in (ROOT / "deploy/bootstrap").glob("*.whl")]
        for name, version in bundled:
            self.assertIn(f"{name}=={version}", [*wanted, f"pip=={version}"])


def follow_order(code: str, *, times: int) -> Any:
    """An order that runs this code instead, looked at so many times, each time after its process has ended."""
    order = serve.IndexOrder(sys.executable)
    order.command = [sys.executable, "-c", code]
    for _ in range(times):
        order.follow()
        if order.process:
            order.process.wait()
    return order
