"""Limits a worker process, so that a hostile file costs one worker and never the machine."""

import os
import resource
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

DEFAULT_FILE_BYTES = 2 * 1024**3
_OOM_SCORE = "500"
_CODE = 24 * 1024**2  # bytes of libraries that come into memory only when they are used
_LEAST = 64 * 1024**2
"""What a process gets whose limit is less than it holds already: enough to say so."""


def limit_process(
    memory_bytes: int, *, file_bytes: int = DEFAULT_FILE_BYTES, view_bytes: int = 0, nice: int = 10
) -> None:
    """Binds the calling process for the rest of its life; call it when all libraries are loaded.

    It may take `memory_bytes` in all, what it has now counted in, and look at files of `view_bytes` that need
    no memory of their own; write files of up to `file_bytes`; and leaves no core dump. It yields to other
    processes by `nice`, and is the first to go when the machine runs out of memory.
    """
    held = _Held.by_this_process()
    more = max(memory_bytes - held.resident - _CODE, _LEAST)
    # Libraries reserve address space that they never touch: what counts is what may be written.
    _lower(resource.RLIMIT_DATA, held.private + more)
    _lower(resource.RLIMIT_AS, held.mapped + more + view_bytes)
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


@dataclass(frozen=True, slots=True)
class _Held:
    """Bytes of a process: its address space, the part in memory, and the part that may be written; 0 if not told."""

    mapped: int = 0
    resident: int = 0
    private: int = 0

    @classmethod
    def by_this_process(cls) -> Self:
        try:
            words = Path("/proc/self/statm").read_text().split()
        except OSError:
            return cls()
        mapped, resident, _, _, _, private, _ = (int(word) * resource.getpagesize() for word in words)
        return cls(mapped, resident, private)
