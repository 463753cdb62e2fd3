"""Runs an external tool: deadline, limited output and memory, low priority, its complaints in the exception."""

import os
import resource
import selectors
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

DEFAULT_LIMIT = 64 * 1024 * 1024
_STDERR_TAIL = 500
_CHUNK = 1 << 16
PULSE = 0.5
"""Seconds of silence after which `follow` gives its caller a chance to stop the tool."""


class ToolFailed(Exception):
    """A tool is missing, failed, took too long or said too much; the message is a sentence."""


def run(
    args: Sequence[str | os.PathLike[str]],
    *,
    timeout: float,
    input: bytes | None = None,  # noqa: A002 - the name that subprocess uses
    limit: int = DEFAULT_LIMIT,
    nice: int = 10,
) -> bytes:
    """What the tool wrote to its standard output, at most `limit` bytes, within `timeout` seconds.

    No shell is involved. The tool sees neither our environment, which may hold passwords, nor our
    input. It and everything it started is killed when it is not done in time.
    """
    tool = os.fspath(args[0])
    with tempfile.TemporaryFile() as stdin:
        stdin.write(input or b"")
        stdin.seek(0)
        process = _start(args, stdin, nice)
        with process:
            try:
                out, err = _collect(process, tool, time.monotonic() + timeout, limit)
            finally:
                _kill(process)
    if process.returncode:
        raise ToolFailed(_sentence(tool, process.returncode, err))
    return out


def follow(
    args: Sequence[str | os.PathLike[str]],
    *,
    on_line: Callable[[str], None],
    stall: float,
    folder: Path,
    memory: int,
    nice: int = 10,
) -> None:
    """Runs a tool in `folder`, for as long as it reports: `on_line` gets each line of its standard output.

    `on_line` also gets an empty text every half second of silence, and ends the tool by raising. After `stall`
    seconds of silence it is given up. It may map `memory` bytes.
    """
    tool = Path(args[0]).name
    process = _start(args, subprocess.DEVNULL, nice, folder)
    with process:
        try:
            with suppress(ProcessLookupError):
                resource.prlimit(process.pid, resource.RLIMIT_AS, (memory, memory))
            err = _follow(process, tool, on_line, stall)
        finally:
            _kill(process)
    if process.returncode:
        raise ToolFailed(_sentence(tool, process.returncode, err))


def _start(
    args: Sequence[str | os.PathLike[str]], stdin: IO[bytes] | int, nice: int, folder: Path | None = None
) -> subprocess.Popen[bytes]:
    tool = os.fspath(args[0])
    program = shutil.which(tool)
    if program is None:
        raise ToolFailed(f"{tool} is not installed.")
    process = subprocess.Popen(
        [program, *(os.fspath(arg) for arg in args[1:])],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        start_new_session=True,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
    )
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process.pid, nice)
    return process


def _collect(process: subprocess.Popen[bytes], tool: str, deadline: float, limit: int) -> tuple[bytes, bytes]:
    """Standard output, and the end of standard error, until both are closed."""
    out, err = bytearray(), bytearray()
    with selectors.DefaultSelector() as selector:
        for pipe, buffer in ((process.stdout, out), (process.stderr, err)):
            if pipe is not None:
                selector.register(pipe, selectors.EVENT_READ, buffer)
        while selector.get_map():
            _read_ready(selector, deadline, tool)
            del err[:-_STDERR_TAIL]
            if len(out) > limit:
                raise ToolFailed(f"{tool} wrote more than {limit} bytes.")
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise ToolFailed(f"{tool} took too long.") from None
    return bytes(out), bytes(err)


def _follow(process: subprocess.Popen[bytes], tool: str, on_line: Callable[[str], None], stall: float) -> bytes:
    """The end of standard error, when both pipes are closed."""
    out, err, heard = bytearray(), bytearray(), time.monotonic()
    with selectors.DefaultSelector() as selector:
        for pipe, buffer in ((process.stdout, out), (process.stderr, err)):
            if pipe is not None:
                selector.register(pipe, selectors.EVENT_READ, buffer)
        while selector.get_map():
            ready = selector.select(PULSE)
            _take(selector, ready)
            *lines, rest = bytes(out).split(b"\n")
            out[:] = rest[-_CHUNK:]
            del err[:-_STDERR_TAIL]
            heard = time.monotonic() if lines else heard
            if time.monotonic() - heard > stall:
                raise ToolFailed(f"{tool} got no further for {stall:.0f} seconds.")
            for line in lines or [b""]:
                on_line(line.decode(errors="replace"))
    process.wait(stall)
    return bytes(err)


def _read_ready(selector: selectors.BaseSelector, deadline: float, tool: str) -> None:
    ready = selector.select(max(0.0, deadline - time.monotonic()))
    if not ready:
        raise ToolFailed(f"{tool} took too long.")
    _take(selector, ready)


def _take(selector: selectors.BaseSelector, ready: list[tuple[selectors.SelectorKey, int]]) -> None:
    """Reads what has come; a pipe at its end is forgotten."""
    for key, _ in ready:
        chunk = os.read(key.fd, _CHUNK)
        key.data.extend(chunk)
        if not chunk:
            selector.unregister(key.fileobj)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The whole session, so that no grandchild stays behind."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _sentence(tool: str, code: int, err: bytes) -> str:
    ended = f"was ended by signal {-code}" if code < 0 else f"failed with code {code}"
    said = err.decode(errors="replace").strip()
    return f"{tool} {ended}: {said}" if said else f"{tool} {ended}."
