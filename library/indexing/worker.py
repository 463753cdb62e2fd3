"""What a worker process does: takes one group of related files through the stages."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from library.indexing.draft import Draft, Skip, Workshop
from library.media.limits import limit_process
from library.media.related import RelatedFiles

Stage = Callable[[Draft], None]


@dataclass(slots=True)
class Worker:
    """The state of this process: its stages, resolved once, and the workshop."""

    stages: list[Stage]
    workshop: Workshop


_worker: Worker | None = None


def start(stage_paths: tuple[str, ...], workshop: Workshop, memory: int) -> None:
    """Runs first in each worker; Django is never set up here, so a worker starts fast and stays small."""
    global _worker
    _worker = Worker([resolve(path) for path in stage_paths], workshop)
    limit_process(memory)


def prepare(related: RelatedFiles) -> Draft:
    """The draft of one group. What cannot be read is said in it; a bug or a crash is the caller's to record."""
    if _worker is None:
        raise RuntimeError("The worker was not started.")
    draft = Draft.of(related, _worker.workshop)
    try:
        for stage in _worker.stages:
            stage(draft)
    except Skip as skip:
        draft.skipped = str(skip)
    return draft


def resolve(path: str) -> Stage:
    """A stage by its dotted path."""
    module, _, name = path.rpartition(".")
    stage: Stage = getattr(import_module(module), name)
    return stage
