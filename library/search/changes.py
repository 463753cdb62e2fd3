"""The changes of the library as they come: what each process reads to keep what it remembers in line with the rows."""

import time
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from library.models import Change
from library.models.change import EVERY_PHOTO, NO_PHOTO
from library.search.idsets import Ids
from library.search.sql import commits_in_turn, newest_numbers

# Changes that are kept for processes which have not looked for a while; one that missed more starts anew.
KEPT: Final = 100_000
# Numbers below the newest that another transaction may have taken and not yet committed.
LOOK_BACK: Final = 5_000
# Seconds until a number that never appeared is taken for that of a transaction that was undone.
PATIENCE: Final = 900.0

_NOTHING: Final = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class News:
    """The photos that changed, whether names changed that many share, and whether more was missed than can be told."""

    photos: Ids = field(default_factory=lambda: _NOTHING)
    is_named: bool = False
    is_lost: bool = False


class Feed:
    """Reads each change once, whatever the order in which transactions end."""

    def __init__(self) -> None:
        self._seen = -1
        self._gaps: dict[int, float] = {}

    def read(self) -> tuple[News, int]:
        """What changed since the last time, and the highest id of a photo."""
        first, last, photo = newest_numbers()
        if not self._follows(first, last):
            self._start(first, last)
            return News(is_lost=True), photo
        if last == self._seen and not self._gaps:
            return News(), photo
        rows = list(Change.objects.filter(pk__gt=self._seen, pk__lte=last).values_list("pk", "photo_key"))
        late = list(Change.objects.filter(pk__in=list(self._gaps)).values_list("pk", "photo_key")) if self._gaps else []
        self._note([number for number, _ in (*rows, *late)], last)
        return _news([photo_key for _, photo_key in (*rows, *late)]), photo

    def _follows(self, first: int, last: int) -> bool:
        """Whether everything since the last time is still there; numbers begin anew where the table was emptied."""
        if self._seen == 0 == last:
            return True
        return 0 < first <= self._seen <= last and last - self._seen <= KEPT and len(self._gaps) <= 2 * LOOK_BACK

    def _start(self, first: int, last: int) -> None:
        self._seen, self._gaps = max(0, first - 1, last - LOOK_BACK), {}
        known = Change.objects.filter(pk__gt=self._seen, pk__lte=last).values_list("pk", flat=True)
        self._note(list(known) if not commits_in_turn() else [], last)

    def _note(self, numbers: list[int], last: int) -> None:
        """Remembers the numbers that are missing up to the last: their transactions may still be under way."""
        seen, self._seen = self._seen, last
        if commits_in_turn():
            return
        now = time.monotonic()
        self._gaps |= dict.fromkeys(set(range(seen + 1, last + 1)).difference(numbers), now + PATIENCE)
        read = set(numbers)
        self._gaps = {number: end for number, end in self._gaps.items() if end > now and number not in read}


def forget_old_changes() -> None:
    """Deletes the changes that nobody needs any more, once there are twice as many as are kept."""
    first, last, _ = newest_numbers()
    if last - first > 2 * KEPT:
        Change.objects.filter(pk__lte=last - KEPT).delete()


def forget_all_changes() -> None:
    """Has everybody who remembers something begin anew, as some changes were not noted."""
    # A number that is used up: the next does not follow the last that somebody has read.
    Change.objects.create(photo_key=NO_PHOTO)
    Change.objects.all().delete()


def _news(keys: list[Any]) -> News:
    found = np.unique(np.array(keys, np.int64))
    return News(found[found > EVERY_PHOTO], is_named=EVERY_PHOTO in found)
