"""A real uvicorn on a free port, as a process of its own, for what only shows there."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Server:
    pid: int
    port: int

    def memory(self, key: str = "VmRSS") -> int:
        """Bytes that the process holds, or with `VmHWM` held at most."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{key}:"))


@contextmanager
def uvicorn(app: str, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Runs the app until the block ends; then it has to stop by itself, and says so by the signal it was sent."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        command = [sys.executable, "-m", "uvicorn", app, "--fd", str(listener.fileno()), "--log-level", "warning"]
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **(environment or {})}, pass_fds=[listener.fileno()]
        )
        port = listener.getsockname()[1]
        try:
            # The listener takes connections at once; they are answered when the app has started.
            _wait_for_answer(port, process)
            yield Server(process.pid, port)
            process.terminate()
            assert process.wait(PATIENCE) in {0, -signal.SIGTERM}
        finally:
            process.kill()
            process.wait()


def _wait_for_answer(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
        connection.sendall(b"GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        while time.monotonic() < deadline and process.poll() is None:
            try:
                assert connection.recv(12).startswith(b"HTTP/1.1")
            except TimeoutError:
                continue
            return
    raise AssertionError("uvicorn did not start.")
