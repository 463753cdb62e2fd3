"""Stages that misbehave on files whose name asks for it, as a decoder does on a hostile file."""

import os
import signal
import time

from library.indexing.draft import Draft


def misbehave(draft: Draft) -> None:
    """Does what the name of the main file says."""
    name = draft.main.ref.base
    if name.startswith("crash"):
        os.kill(os.getpid(), signal.SIGSEGV)
    if name.startswith("hang"):
        time.sleep(60)
    if name.startswith("greedy"):
        draft.main.pixels = bytes(8 * 1024**3)
    if name.startswith("bug"):
        raise RuntimeError("a bug in a stage")
