"""What disks, networks and vandals do to a file: cuts, holes, wrong bytes, lying numbers."""

from typing import Final

import numpy as np

_HEAD: Final = 16  # bytes that tell the format


def damaged(content: bytes) -> dict[str, bytes]:
    """Damaged versions of a file under the names of their damages; those that change nothing are left out."""
    few = min(48, len(content) // 4)
    versions = {
        "head alone": content[:_HEAD],
        "cut in half": content[: len(content) // 2],
        "cut to nine tenths": content[: len(content) * 9 // 10],
        "wrong bytes": _wrong(content),
        "numbers too large": content[:_HEAD] + b"\xff" * few + content[_HEAD + few :],
        "noise after the head": content[:_HEAD] + _noise(len(content)),
    }
    return {name: version for name, version in versions.items() if version != content}


def _wrong(content: bytes) -> bytes:
    """Every 61st byte is another one."""
    changed = bytearray(content)
    for at in range(_HEAD, len(changed), 61):
        changed[at] ^= 0x5A
    return bytes(changed)


def _noise(length: int) -> bytes:
    return np.random.default_rng(length).bytes(length)
