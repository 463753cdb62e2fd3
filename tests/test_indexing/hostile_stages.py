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
    if name.startswith("abort"):
        os.abort()
    if name.startswith("hang"):
        time.sleep(60)
    if name.startswith("greedy"):
        draft.main.pixels = bytes(8 * 1024**3)
    if name.startswith("bug"):
        raise RuntimeError("a bug in a stage")


def die_of_some(draft: Draft) -> None:
    """Ends the process if a file of the group is named as deadly; of one that is so once, only the first time."""
    for file in draft.files:
        if "deadly" in file.ref.name and file.ref.base.endswith(_DEADLY):
            os.kill(os.getpid(), signal.SIGSEGV)
        mark = draft.workshop.thumbs.parent / "once"
        if file.ref.base.startswith("once") and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGABRT)


_DEADLY = ("raw.dng", "sidecar.xmp")
