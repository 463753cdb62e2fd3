"""Whether two pictures of near hashes are one: by what the label model saw, and when and by what they were taken."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from library import sources
from library.duplicates.pairs import Distances, Ids
from library.models import File, Photo
from library.models.gear import UNKNOWN
from library.models.similar import Likeness
from library.vectors import Scores, Vectors

MOST_BITS: Final = 16
"""In which hashes of one picture may differ, if it was cropped."""

# Bits that differ, and the cosine that is needed with so many (`tests/bench/duplicates.py` measures what they find).
_NEEDED: Final = ((4, 0.60), (8, 0.80), (12, 0.88), (MOST_BITS, 0.93))
_ALONE: Final = 6
"""Bits that may differ where the model has not looked at both."""

# One picture in another size or format, and nothing else done to it.
_SAME_BITS: Final = 6
_SAME_COSINE: Final = 0.80

_BURST: Final = timedelta(seconds=60)
_ZONE: Final = timedelta(minutes=15)
_AT_ONCE: Final = 2_000
_NUMBER: Final = re.compile(r"(\d+)\D*$")


def confirmed(distances: Distances, likeness: Scores) -> NDArray[np.bool_]:
    """Which pairs are one picture, by bits that differ and cosines; NaN where the model has not looked at both."""
    passed = np.isnan(likeness) & (distances <= _ALONE)
    for bits, cosine in _NEEDED:
        passed |= (distances <= bits) & (likeness >= cosine)
    return passed


def likeness_of(vectors: Vectors, first: Ids, second: Ids) -> Scores:
    """The cosine of each pair of photos, NaN for those without a vector."""
    likeness = np.full(len(first), np.nan, np.float32)
    ids, places = np.unique(np.concatenate([first, second]), return_inverse=True)
    known, rows = vectors.gather(ids)
    if not len(known):
        return likeness
    units = rows.astype(np.float32)
    units /= np.maximum(np.linalg.norm(units, axis=1, keepdims=True), 1)
    at = np.full(len(ids), -1)
    at[np.searchsorted(ids, known)] = np.arange(len(known))
    one, other = at[places[: len(first)]], at[places[len(first) :]]
    both = (one >= 0) & (other >= 0)
    likeness[both] = np.einsum("ij,ij->i", units[one[both]], units[other[both]])
    return likeness


@dataclass(frozen=True, slots=True)
class Shot:
    """When and by what a picture was taken, as far as it says so itself."""

    moment: datetime | None
    camera: int
    name: str
    shape: tuple[int, int, str]


def shots_of(photos: Iterable[int]) -> dict[int, Shot]:
    """The shots of the photos by their ids."""
    ids, shots = sorted(set(photos)), dict[int, Shot]()
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        shapes = {
            pk: (name.rpartition("/")[2], (width, height, kind))
            for pk, name, width, height, kind in File.objects.filter(photo__in=some, is_primary=True).values_list(
                "photo", "name", "width", "height", "type"
            )
        }
        rows = Photo.objects.filter(pk__in=some).values_list("pk", "taken_at", "taken_src", "camera", "camera__slug")
        for pk, taken, src, camera, slug in rows:
            is_known = sources.priority(src) >= sources.priority(sources.META)
            name, shape = shapes.get(pk, ("", (0, 0, "")))
            shots[pk] = Shot(taken if is_known else None, 0 if slug == UNKNOWN else camera, name, shape)
    return shots


def kind_of(one: Shot, other: Shot, distance: int, likeness: float) -> Likeness:
    """What makes two photos near each other."""
    if _are_two_shots(one, other):
        return Likeness.BURST if _apart(one, other) <= _BURST else Likeness.ALIKE
    is_same = distance <= _SAME_BITS and not likeness < _SAME_COSINE
    return Likeness.PICTURE if is_same else Likeness.ALIKE


def _are_two_shots(one: Shot, other: Shot) -> bool:
    """Whether the camera says that it was pressed twice. A clock that is whole hours off says nothing of the kind."""
    if one.moment is None or other.moment is None:
        return False
    apart = _apart(one, other)
    if apart:
        return apart % _ZONE != timedelta(0)
    # Within one second only their numbers tell them apart.
    numbers = [_NUMBER.search(shot.name.rpartition(".")[0]) for shot in (one, other)]
    is_alike = one.camera == other.camera != 0 and one.shape == other.shape and one.shape[2] != ""
    return is_alike and all(numbers) and len({found[1] for found in numbers if found}) == len(numbers)


def _apart(one: Shot, other: Shot) -> timedelta:
    if one.moment is None or other.moment is None:
        return timedelta(0)
    return abs(one.moment - other.moment)
