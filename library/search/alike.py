"""The photos that look like what words say, and how sure that is: remembered for as long as no picture changes."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
from django.conf import settings

from library.classify.packing import unpack
from library.meaning.likeness import LIKELY, NEAR, relevance, scores
from library.meaning.onnx import EncoderUnusable, Floats
from library.meaning.pair import pair_at
from library.meaning.vocabulary import Vocabulary, load
from library.models import Classification, PictureVector
from library.search.encoding import vectors_of
from library.search.idsets import EMPTY, Ids, IdSet
from library.search.memory import MEMORY, Memorable
from library.search.pictures import LikelyClasses, PictureVectors
from library.search.sql import in_transaction

MOST: Final = 20_000
"""Photos that words can find by what they show, the likest; all the others are less like it than these."""

# Classes that are named as the reason for a photo.
_NAMED: Final = 2
_LEAST_NAMED: Final = 0.05
# How far above the mean a vector has to be, in standard deviations, and in parts of the way to the best.
_DEVIATIONS: Final = 2.5
_OF_THE_WAY: Final = 0.5
# With fewer photos their mean says little.
_TELLING: Final = 50

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Scored:
    """Photos in the order of their ids, and how sure it is that each shows what was asked for, from 0 to 1."""

    ids: Ids
    scores: Floats

    def of(self, ids: Ids) -> Floats:
        """The scores of these photos, 0 for those that do not show it."""
        if not len(self.ids):
            return np.zeros(len(ids), np.float32)
        places = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return np.where(self.ids[places] == ids, self.scores[places], np.float32(0))


@dataclass(frozen=True, slots=True)
class Alike:
    """The photos that show one of these texts with a score of `least` or more; an answer, and the set of a tree's leaf.

    A model that cannot be used finds none: whether there is one was asked before.
    """

    texts: tuple[str, ...]
    least: float = LIKELY

    @property
    def key(self) -> Hashable:
        return ("alike", settings.OPTIONS.vision_path, self.texts, self.least)

    @property
    def tables(self) -> frozenset[str]:
        return frozenset([(Classification if own_folder() is None else PictureVector)._meta.db_table])

    @property
    def scored(self) -> Scored:
        return _now(Likeness(self))

    @property
    def ids(self) -> list[int]:
        found: list[int] = self.scored.ids.tolist()
        return found

    def first(self, most: int) -> IdSet | None:
        """All of them if there are at most so many, else None."""
        found = self.load()
        return found if len(found) <= most else None

    def among(self, photos: list[int]) -> IdSet:
        """Those among a few photos."""
        return IdSet.of(np.array(photos, np.int64)) & self.load()

    def load(self) -> IdSet:
        return IdSet.of(self.scored.ids)

    def patch(self, value: IdSet, photos: Ids) -> IdSet | None:
        """Which are the likest may change with any of them."""
        return None

    def size(self, value: IdSet) -> int:
        return value.nbytes


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the photos are, as a memory holds it."""

    wanted: Alike

    @property
    def key(self) -> Hashable:
        return ("likeness", self.wanted.key)

    @property
    def tables(self) -> frozenset[str]:
        return self.wanted.tables

    def load(self) -> Scored:
        try:
            found = _by_classes(self.wanted) if (own := own_folder()) is None else _by_vectors(self.wanted, own)
        except EncoderUnusable:
            return Scored(EMPTY.ids, np.empty(0, np.float32))
        return _likest(found)

    def patch(self, value: Scored, photos: Ids) -> Scored | None:
        """35 ms for all of a million."""
        return None

    def size(self, value: Scored) -> int:
        return int(value.ids.nbytes + value.scores.nbytes)


def own_folder() -> Any:
    """Where the operator's own model lies; None where the label model's classes are compared."""
    return settings.OPTIONS.vision_folder


def is_anything_seen() -> bool:
    """Whether any picture can be compared with words: without one no model needs to be loaded."""
    return (Classification if own_folder() is None else PictureVector).objects.exists()


def near_texts(texts: Collection[str]) -> dict[str, float]:
    """Those of the texts that are about what pictures can show, with how near the nearest class is.

    A model of pictures and texts takes them all. Raises EncoderUnusable.
    """
    vectors = vectors_of(texts)
    if own_folder() is not None:
        return dict.fromkeys(texts, 1.0)
    known = vocabulary()
    nearest = {text: float(known.nearness(vector).max()) for text, vector in vectors.items()}
    return {text: near for text, near in nearest.items() if near >= NEAR}


def vocabulary() -> Vocabulary:
    """The names of the classes with their vectors. Raises EncoderUnusable."""
    return load(settings.MODELS_PATH)


def shown_in(wanted: Alike, photos: Collection[int]) -> Mapping[int, list[str]]:
    """What each of these photos shows of it, in a few words: "Golden retriever 62 %"; none where nothing is known."""
    if own_folder() is not None:
        found = wanted.among(list(photos)).ids.tolist()
        return {pk: [f"Looks like {' or '.join(wanted.texts)}"] for pk in found}
    try:
        relevant, names = _relevance(wanted), vocabulary().names
    except EncoderUnusable:
        return {}
    rows = Classification.objects.filter(photo__in=wanted.among(list(photos)).ids.tolist())
    told = {pk: unpack(bytes(classes)) for pk, classes in rows.values_list("photo", "classes")}
    return {pk: _named(classes, relevant, names.own) for pk, classes in told.items()} if relevant is not None else {}


def _named(classes: list[tuple[int, float]], relevant: Floats, names: tuple[tuple[str, ...], ...]) -> list[str]:
    """The classes that count most, with their probabilities."""
    counted = sorted(classes, key=lambda one: -one[1] * relevant[one[0]])
    told = [one for one in counted[:_NAMED] if relevant[one[0]] > 0]
    sure = [one for one in told if one[1] >= _LEAST_NAMED] or told[:1]
    return [f"{_capital(names[number][0])} {max(1, round(100 * probability))} %" for number, probability in sure]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _by_classes(wanted: Alike) -> Scored:
    relevant = _relevance(wanted)
    if relevant is None:
        return Scored(EMPTY.ids, np.empty(0, np.float32))
    table = _now(LikelyClasses())
    found = scores(relevant, table.classes, table.roots)
    ids = np.flatnonzero(found >= wanted.least)
    return Scored(ids, found[ids])


def _relevance(wanted: Alike) -> Floats | None:
    """Of each class for the text that it is nearest to."""
    known, vectors = vocabulary(), vectors_of(wanted.texts)
    each = [relevance(known.nearness(vectors[text])) for text in wanted.texts]
    near = [one for one in each if one is not None]
    return np.maximum.reduce(near) if near else None


def _by_vectors(wanted: Alike, folder: Any) -> Scored:
    """Models differ in how like they call what is alike: what stands out from all the others is found."""
    vectors, digest = vectors_of(wanted.texts), pair_at(folder).digest
    pictures = _now(PictureVectors(digest, len(vectors[wanted.texts[0]])))
    likeness = [pictures.likeness(vectors[text])[1] for text in wanted.texts]
    ids, found = pictures.ids, np.maximum.reduce(likeness)
    if not len(ids):
        return Scored(EMPTY.ids, np.empty(0, np.float32))
    mean, best = float(found.mean()), float(found.max())
    deviations = _DEVIATIONS * float(found.std()) if len(found) >= _TELLING else 0.0
    chosen = np.flatnonzero(found >= mean + max(deviations, _OF_THE_WAY * (best - mean)))
    order = np.argsort(ids[chosen])
    return Scored(ids[chosen][order], np.clip(found[chosen][order], 0, 1))


def _likest(found: Scored) -> Scored:
    if len(found.ids) <= MOST:
        return found
    best = np.sort(np.argpartition(-found.scores, MOST - 1)[:MOST])
    return Scored(found.ids[best], found.scores[best])


def _now(wanted: Memorable[Value]) -> Value:
    """As it is now: within a transaction nothing is remembered."""
    return wanted.load() if in_transaction() else MEMORY.get(wanted)
