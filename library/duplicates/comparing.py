"""compare(progress): finds the photos that show one picture, and writes them down as groups."""

import time
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from library.duplicates.confirming import MOST_BITS, confirmed
from library.duplicates.groups import members_with, save_groups
from library.duplicates.hashing import Comparing, hash_missing
from library.duplicates.pairs import STEPS, Distances, Ids, near_pairs, near_to
from library.duplicates.pictures import COMPARE, Pictures, read_pictures, remember
from library.lease import library_lease
from library.models import Lookalike
from library.models.job import JobState
from library.progress import Cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a run came to."""

    state: str
    photos: int = 0
    groups: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        return f"{self.photos} photos compared in {self.seconds:.1f} s: {self.groups} groups of near-duplicates"


def compare(progress: Comparing, *, anew: bool = False) -> Compared:
    """Compares what is new with all, or `anew` all with all. Raises LibraryBusy while another run does.

    Safe to kill at any moment: groups are replaced at the end, in one transaction.
    """
    started = time.monotonic()
    with library_lease(COMPARE):
        try:
            hash_missing(progress)
            pictures = read_pictures(anew=anew)
            _find_groups(pictures, progress)
            remember(pictures, progress.job)
        except Cancelled:
            return Compared(state=JobState.CANCELLED, seconds=time.monotonic() - started)
    groups = Lookalike.objects.values("group").distinct().count()
    seconds = time.monotonic() - started
    return Compared(state=JobState.DONE, photos=len(pictures.ids), groups=groups, seconds=seconds)


def _find_groups(pictures: Pictures, progress: Comparing) -> None:
    if pictures.new is None:
        first, second, distances = _pairs_of_all(pictures, progress)
        save_groups(pictures, (first, second, distances), None)
        return
    progress.begin("compare", len(pictures.new))
    concerned = _concerned(pictures, progress)
    save_groups(pictures, _pairs_among(pictures, concerned), set(pictures.ids[concerned].tolist()))


def _pairs_of_all(pictures: Pictures, progress: Comparing) -> tuple[Ids, Ids, Distances]:
    progress.begin("compare", STEPS)

    def confirm(first: Ids, second: Ids, distances: Distances) -> NDArray[np.bool_]:
        return confirmed(distances, pictures.likeness(first, second))

    return near_pairs(pictures.hashes, MOST_BITS, confirm, progress.tick)


def _concerned(pictures: Pictures, progress: Comparing) -> Ids:
    """The places of what is new, of what is near to it, and of the groups that either is in."""
    found = [np.array(pictures.new, np.int64)]
    for place in found[0].tolist():
        near, distances = near_to(pictures.hashes, place, MOST_BITS)
        likeness = pictures.likeness(np.full(len(near), place), near)
        found.append(near[confirmed(distances, likeness)])
        progress.tick()
    ids = pictures.ids[np.unique(np.concatenate(found))].tolist()
    return np.flatnonzero(np.isin(pictures.ids, [*ids, *members_with(ids)]))


def _pairs_among(pictures: Pictures, places: Ids) -> tuple[Ids, Ids, Distances]:
    """Each of them with each other one that it is near to; they are few."""
    first, second, distances = [_NOWHERE], [_NOWHERE], [_NOWHERE.astype(np.uint8)]
    for at, place in enumerate(places.tolist()):
        others = places[at + 1 :]
        bits = np.bitwise_count(pictures.hashes[others] ^ pictures.hashes[place])
        others, bits = others[bits <= MOST_BITS], bits[bits <= MOST_BITS]
        stays = confirmed(bits, pictures.likeness(np.full(len(others), place), others))
        first.append(np.full(int(stays.sum()), place))
        second.append(others[stays])
        distances.append(bits[stays])
    return np.concatenate(first), np.concatenate(second), np.concatenate(distances)


_NOWHERE: Final = np.empty(0, np.int64)
