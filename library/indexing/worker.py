"""What a worker process does: takes one group of related files through the stages."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from library.classify.model import MODEL_BYTES, MODEL_SPACE
from library.indexing.draft import Draft, Skip, Workshop
from library.media.limits import limit_process
from library.media.related import RelatedFiles
from library.nudity import detector

Stage = Callable[[Draft], None]
_STDERR = 2


@dataclass(slots=True)
class Worker:
    """The state of this process: its stages, resolved once, and the workshop."""

    stages: list[Stage]
    workshop: Workshop


_worker: Worker | None = None


def start(stage_paths: tuple[str, ...], workshop: Workshop, memory: int, last_words: Path) -> None:
    """Runs first in each worker; Django is never set up here, so a worker starts fast and stays small.

    What decoders print goes to the file that `words_of` finds in the folder `last_words`.
    """
    global _worker
    _worker = Worker([resolve(path) for path in stage_paths], workshop)
    # The models come on top: a picture that could be decoded without them can be decoded with them.
    model, space = (MODEL_BYTES, MODEL_SPACE) if workshop.models else (0, 0)
    if workshop.checks_nudity:
        model, space = model + detector.MEMORY, space + detector.SPACE
    limit_process(memory + model, view_bytes=workshop.max_bytes + space)
    descriptor = os.open(_words_path(last_words, os.getpid()), os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC)
    os.dup2(descriptor, _STDERR)
    os.close(descriptor)


def prepare(related: RelatedFiles) -> Draft:
    """The draft of one group. What cannot be read is said in it; a bug or a crash is the caller's to record."""
    if _worker is None:
        raise RuntimeError("The worker was not started.")
    os.truncate(_STDERR, 0)
    draft = Draft.of(related, _worker.workshop)
    try:
        for stage in _worker.stages:
            stage(draft)
    except Skip as skip:
        draft.skipped = str(skip)
    return draft


def words_of(last_words: Path, pid: int) -> str:
    """The end of what a worker that died printed about its last group."""
    try:
        with _words_path(last_words, pid).open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - _LONGEST))
            return file.read().decode(errors="replace")
    except FileNotFoundError:
        return ""


_LONGEST = 4000  # bytes


def resolve(path: str) -> Stage:
    """A stage by its dotted path."""
    module, _, name = path.rpartition(".")
    stage: Stage = getattr(import_module(module), name)
    return stage


def _words_path(last_words: Path, pid: int) -> Path:
    return last_words / f"{pid}.txt"
