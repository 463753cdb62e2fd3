"""What is seen in a picture: its labels, its ten likeliest classes and its vector, ready to be kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from library.classify.model import load, mean_of
from library.classify.packing import pack
from library.classify.rules import Seen, rules
from library.classify.views import Views

LOOKED_AT: Final = "fit_720"
"""The size of thumb that is looked at: the smallest of the whole picture, which every picture has."""
VERSION: Final = 1
"""Of model, views and rules; raised when photos should be looked at again."""


@dataclass(frozen=True, slots=True)
class Impression:
    """Plain values that cross from a worker: labels, the best first; `classes` by `packing`; 128 bytes of vector."""

    labels: tuple[Seen, ...]
    classes: bytes
    vector: bytes


def see(thumb: Path, models: Path) -> Impression:
    """Looks at the thumb of a picture. Raises ModelUnusable, and OSError if the thumb cannot be read.

    The whole decides where it is clear, one way or the other; where it is not, the mean of several views is wrong less
    often (`tests/bench/labels.py` compares them) and costs twice the time.
    """
    model, views = load(models), Views(thumb)
    look = model.look([views.first()])
    if views.is_wide or rules().is_unclear(look.probabilities):
        look = mean_of([look, *(model.look([view]) for view in views.others())])
    return Impression(rules().labels_of(look.probabilities), pack(look.probabilities), model.vector(look))
