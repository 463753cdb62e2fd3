"""A server, a file and a command that nobody may touch: what hostile files name to be fetched, read or run."""

import base64
import ctypes
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.test_media.pictures import quarters, save

_OPENED, _READ = 0x20, 0x01  # inotify(7): IN_OPEN, IN_ACCESS


class Canary:
    """Addresses and names to put into hostile files; `harm()` says in sentences what became of them."""

    def __init__(self, folder: Path, server: socket.socket) -> None:
        self._server = server
        self.address: Final = f"http://127.0.0.1:{server.getsockname()[1]}/canary.png"
        self.port: Final = server.getsockname()[1]
        self.file: Final = save(folder / "canary.png", quarters())
        self.ran: Final = folder / "ran"
        self.text: Final = folder / "secret.txt"
        self.text.write_text("the canary's secret")
        self._watch = _watch(self.file, self.text)

    @property
    def command(self) -> str:
        """What a shell would have to run to be noticed."""
        return f"touch {self.ran}"

    @property
    def word(self) -> str:
        """The command for a shell without a slash, as the name of a file needs it."""
        texts = (base64.b64encode((self.command + " " * blanks).encode()).decode() for blanks in range(100))
        return f"echo {next(text for text in texts if '/' not in text)}|base64 -d|sh"

    def harm(self) -> list[str]:
        """Empty if nobody called, opened, read or ran anything."""
        found = []
        if _has_caller(self._server):
            found.append("The server was called.")
        if _has_events(self._watch):
            found.append("The file was opened.")
        if self.ran.exists():
            found.append("The command was run.")
        return found

    def close(self) -> None:
        os.close(self._watch)


@contextmanager
def canary() -> Iterator[Canary]:
    """A canary in a folder of its own, outside of all originals."""
    with (
        tempfile.TemporaryDirectory(prefix="canary-") as folder,
        socket.create_server(("127.0.0.1", 0)) as server,
    ):
        server.setblocking(False)
        bird = Canary(Path(folder), server)
        try:
            yield bird
        finally:
            bird.close()


def _watch(*paths: Path) -> int:
    """Whoever opens one of the files, of whatever process, leaves an event in this descriptor."""
    system = ctypes.CDLL(None, use_errno=True)
    descriptor: int = system.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    for path in paths:
        if descriptor < 0 or system.inotify_add_watch(descriptor, os.fsencode(path), _OPENED | _READ) < 0:
            raise OSError(ctypes.get_errno(), "The canary cannot be watched.")
    return descriptor


def _has_events(descriptor: int) -> bool:
    try:
        return bool(os.read(descriptor, 4096))
    except BlockingIOError:
        return False


def _has_caller(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True
