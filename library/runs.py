"""The kinds of run over the pictures of indexed photos, which jobs and commands start by their names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from library.captioning import CAPTION, caption
from library.classifying import CLASSIFY, classify
from library.embedding import EMBED, embed
from library.picture_runs import RunOptions, RunResult
from library.progress import Progress
from library.recognizing import RECOGNIZE, recognize


@dataclass(frozen=True, slots=True)
class RunKind:
    """What a run does. One that `is_told` keeps others from indexing, so the page of that follows it."""

    work: Callable[[RunOptions, Progress], RunResult]
    busy: str
    is_told: bool = False


RUNS: Final = {
    CLASSIFY: RunKind(classify, "The pictures are being looked at already.", is_told=True),
    EMBED: RunKind(embed, "The pictures are being shown to the model already.", is_told=True),
    RECOGNIZE: RunKind(recognize, "The text in the pictures is being read already."),
    CAPTION: RunKind(caption, "The pictures are being captioned already."),
}
