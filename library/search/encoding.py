"""The vectors of texts: the encoder of this process, loaded when it is first wanted, and what it made of the last."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Collection
from functools import cache
from typing import Final, Protocol

from django.conf import settings

from library.meaning.onnx import EncoderUnusable, Floats
from library.meaning.pair import TextHalf, pair_at
from library.meaning.sentences import SentenceModel

log = logging.getLogger(__name__)

# Texts whose vectors are remembered; with 384 numbers each they take two megabytes.
_REMEMBERED: Final = 1_000
# Texts that go through the model at once.
_AT_ONCE: Final = 16

_loading = threading.Lock()
_remembering = threading.Lock()
_remembered: OrderedDict[str, Floats] = OrderedDict()


class Encoder(Protocol):
    """Makes vectors of texts."""

    def encode(self, texts: list[str]) -> Floats:
        """A vector of length 1 for each text, of shape (n, dimensions). Raises EncoderUnusable."""
        ...


def is_on() -> bool:
    """Whether free words are to be compared with what pictures show."""
    return not settings.OPTIONS.disable_meaning


def vectors_of(texts: Collection[str]) -> dict[str, Floats]:
    """The vector of each text. The first time a process asks the model is loaded, in half a second.

    Raises EncoderUnusable.
    """
    with _remembering:
        found = {text: _remembered[text] for text in texts if text in _remembered}
    missing = [text for text in texts if text not in found]
    for start in range(0, len(missing), _AT_ONCE):
        some = missing[start : start + _AT_ONCE]
        found |= dict(zip(some, _encoder().encode(some), strict=True))
    with _remembering:
        for text, vector in found.items():
            _remembered[text] = vector
            _remembered.move_to_end(text)
        while len(_remembered) > _REMEMBERED:
            _remembered.popitem(last=False)
    return found


def begin_loading() -> None:
    """Loads the encoder on a thread of its own: who begins to type will search in a moment."""
    if is_on() and not _loading.locked() and not _state.cache_info().currsize:
        threading.Thread(target=_load, name="text-encoder", daemon=True).start()


def forget() -> None:
    """Begins anew, with the next text."""
    with _loading, _remembering:
        _remembered.clear()
        _state.cache_clear()


def _encoder() -> Encoder:
    """Raises EncoderUnusable."""
    found = _load()
    if isinstance(found, str):
        raise EncoderUnusable(found)
    return found


def _load() -> Encoder | str:
    with _loading:
        return _state()


@cache
def _state() -> Encoder | str:
    """The encoder, or why there is none, which is told once."""
    folder = settings.OPTIONS.vision_folder
    try:
        return SentenceModel(settings.MODELS_PATH) if folder is None else TextHalf(pair_at(folder))
    except EncoderUnusable as error:
        log.warning("Words are not compared with what pictures show: %s.", error)
        return str(error)
