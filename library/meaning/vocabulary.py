"""What the classes of the label model are called, what they are kinds of, and the vectors of these names."""

from collections import Counter
from collections.abc import Iterator
from csv import DictReader
from dataclasses import dataclass
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from library.meaning.onnx import EncoderUnusable, Floats, read, units
from library.meaning.sentences import DIMENSIONS, SentenceModel

CLASSES_FILE: Final = "imagenet_labels.tsv"
CLASSES_SHA256: Final = "703929d3008751554478f9ab5d2782a60e2e67e0deca7ca2bba4e3c1c01ef7b4"
VECTORS_FILE: Final = "imagenet_words.npy"
VECTORS_SHA256: Final = "347fc92ec900cacad0547399db6cdc61465cca399a50c8e4d71cf99f7f1a42b3"

# A name of more classes, such as "artifact", says nothing of a picture.
_WIDEST: Final = 420
# Nor do these, whose meaning in WordNet is wider than in everyday words: sunglasses are an instrument there.
_NAMES_OF_ABSTRACTS: Final = """
    abstraction commodity communication concept connection conveyance craft creation device durables equipment fabric
    facility implement instrument instrumentality mechanism part phenomenon piece process produce property
    public-service shape signal solid state substance support surface system unit way whole
"""
_ABSTRACT: Final = frozenset(_NAMES_OF_ABSTRACTS.split())
_AT_ONCE: Final = 32
_ABOVE: Final = "hypernyms (nearest first; synset=first lemma)"


@dataclass(frozen=True, slots=True)
class Names:
    """Of each class its names, the best known first, what it is in a few words, and the names of what it is a kind of.

    `wider` are all names that are above some class, in alphabetical order.
    """

    own: tuple[tuple[str, ...], ...]
    definitions: tuple[str, ...]
    above: tuple[tuple[str, ...], ...]
    wider: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Names with their vectors: first those of the classes, then the wider ones."""

    names: Names
    vectors: Floats
    # For each class the places of the wider names above it, one class after the other, and where each begins.
    above: NDArray[np.int64]
    starts: NDArray[np.int64]
    classes_below: Floats  # of each wider name

    @property
    def known(self) -> frozenset[str]:
        """Every name, in small letters."""
        return _known(self.names)

    def nearness(self, query: Floats) -> Floats:
        """How near each class is to a text, by its vector: 1 if it is called so or is a kind of what is called so.

        A class is near by its own name and definition, or by the name of what it is a kind of; the more classes such a
        name stands for, the nearer it has to be: "dog" is near to "puppy", "animal" is not near enough.
        """
        # Not by BLAS, whose threads would cost more than the product.
        cosines = np.einsum("ij,j->i", self.vectors, query)
        count = len(self.names.own)
        wide = 1 - (1 - cosines[count:]) * (1 + 0.5 * np.log10(self.classes_below))
        # The last one is for a class without anything above it.
        wide = np.append(wide, np.float32(-1))
        nearest: Floats = np.maximum(cosines[:count], np.maximum.reduceat(wide[self.above], self.starts))
        return nearest


@cache
def load(folder: Path) -> Vocabulary:
    """The names with their vectors. Raises EncoderUnusable."""
    names = read_names(folder)
    stored = np.load(BytesIO(read(folder / VECTORS_FILE, VECTORS_SHA256)), allow_pickle=False)
    if stored.shape != (len(names.own) + len(names.wider), DIMENSIONS):
        raise EncoderUnusable(f"the file {folder / VECTORS_FILE} does not fit {CLASSES_FILE}")
    return with_vectors(names, stored.astype(np.float32))


def check(folder: Path) -> None:
    """Reads and compares the files without using them. Raises EncoderUnusable."""
    read(folder / CLASSES_FILE, CLASSES_SHA256)
    read(folder / VECTORS_FILE, VECTORS_SHA256)


def with_vectors(names: Names, vectors: Floats) -> Vocabulary:
    """The names with vectors of any length."""
    places = {name: place for place, name in enumerate(names.wider)}
    none = len(places)
    above = [[places[name] for name in some] or [none] for some in names.above]
    below: Counter[str] = Counter(name for some in names.above for name in some)
    return Vocabulary(
        names,
        units(vectors),
        np.array([place for some in above for place in some], np.int64),
        np.cumsum([0, *map(len, above[:-1])]).astype(np.int64),
        np.array([below[name] for name in names.wider], np.float32),
    )


def read_names(folder: Path) -> Names:
    """The names of the classes. Raises EncoderUnusable."""
    text = read(folder / CLASSES_FILE, CLASSES_SHA256).decode()
    rows = list(DictReader(StringIO(text), delimiter="\t"))
    above = [tuple(part.partition("=")[2] for part in row[_ABOVE].split(" > ") if part) for row in rows]
    below = Counter(name for some in above for name in some)
    narrow = [tuple(name for name in some if below[name] <= _WIDEST and name not in _ABSTRACT) for some in above]
    return Names(
        own=tuple(tuple(name.strip() for name in row["lemmas"].split(",")) for row in rows),
        definitions=tuple(row["definition"] for row in rows),
        above=tuple(narrow),
        wider=tuple(sorted({name for some in narrow for name in some})),
    )


def make_vectors(folder: Path) -> NDArray[np.int8]:
    """The table of vectors as it is stored: a class is the sum of its name and its name with its definition."""
    names, model = read_names(folder), SentenceModel(folder)
    first = [own[0] for own in names.own]
    explained = [f"{name}: {text}" for name, text in zip(first, names.definitions, strict=True)]
    classes = units(_encoded(model, first) + _encoded(model, explained))
    vectors = np.concatenate([classes, _encoded(model, list(names.wider))])
    scaled: NDArray[np.int8] = np.rint(vectors * (127 / np.abs(vectors).max(1, keepdims=True))).astype(np.int8)
    return scaled


def _encoded(model: SentenceModel, texts: list[str]) -> Floats:
    return np.concatenate([model.encode(texts[start : start + _AT_ONCE]) for start in range(0, len(texts), _AT_ONCE)])


@cache
def _known(names: Names) -> frozenset[str]:
    return frozenset(name.lower() for name in _every(names))


def _every(names: Names) -> Iterator[str]:
    yield from names.wider
    for own in names.own:
        yield from own


def main() -> None:
    """`python -m library.meaning.vocabulary`: writes the table anew into the folder of the models."""
    folder = Path(__file__).resolve().parents[2] / "models"
    table: Any = make_vectors(folder)
    np.save(folder / VECTORS_FILE, table)


if __name__ == "__main__":
    main()
