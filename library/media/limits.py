"""Limits a worker process, so that a hostile file costs one worker and never the machine."""

import os
import resource
from contextlib import suppress
from pathlib import Path

DEFAULT_FILE_BYTES = 2 * 1024**3
_OOM_SCORE = "500"


def limit_process(memory_bytes: int, *, file_bytes: int = DEFAULT_FILE_BYTES, nice: int = 10) -> None:
    """Binds the calling process for the rest of its life; call it when all libraries are loaded.

    It may map `memory_bytes` more than it has now, because libraries reserve address space that they
    never touch; write files of up to `file_bytes`; and leaves no core dump. It yields to other
    processes by `nice`, and is the first to go when the machine runs out of memory.
    """
    _lower(resource.RLIMIT_AS, _mapped_bytes() + memory_bytes)
    _lower(resource.RLIMIT_FSIZE, file_bytes)
    _lower(resource.RLIMIT_CORE, 0)
    os.nice(nice)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_OOM_SCORE)


def _lower(kind: int, limit: int) -> None:
    """Sets soft and hard limit, so that the process cannot raise it again; never above what holds."""
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(kind, (limit, limit))


def _mapped_bytes() -> int:
    """The address space of this process; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()
