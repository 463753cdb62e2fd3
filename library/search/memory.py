"""What a process remembers of a large library: sets of ids, columns and titles, kept in line with the rows.

Nothing here decides who may see what: what is remembered is the answer to one statement, and the bound of a grant is
such a statement, too. Before each use the changes that others committed are read, and what concerns these photos is
asked anew. Within a transaction nothing is remembered, as it may be undone.
"""

import threading
from collections import OrderedDict, deque
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar

import numpy as np

from library.search.changes import Feed, News
from library.search.idsets import Ids
from library.search.sql import in_transaction
from library.search.watching import Watched, watched_tables

# In a library whose highest id is below this, the database itself is quick enough.
LARGE: Final = 1_000
# Bytes that are remembered at most; a set of a million takes 125 thousand, a column eight million.
ROOM: Final = 192 * 1024 * 1024
# Statements of which it is noted that they find much.
MOST_NOTED: Final = 1_000
# With more changed photos than this, reading everything anew is quicker.
MANY: Final = 20_000

Value = TypeVar("Value")


class Memorable(Protocol[Value]):
    """Something that can be read whole, and for some photos anew."""

    @property
    def key(self) -> Hashable: ...

    @property
    def tables(self) -> frozenset[str]:
        """The tables that it is read from."""
        ...

    def load(self) -> Value: ...

    def patch(self, value: Value, photos: Ids) -> Value | None:
        """The value with these photos read anew; None if all has to be."""
        ...

    def size(self, value: Value) -> int:
        """Bytes."""
        ...


@dataclass(frozen=True, slots=True)
class _Held:
    value: Any
    size: int
    tick: int
    tables: frozenset[str]


class Memory:
    """Shared by the threads of a process; what is held is never changed, only replaced."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._feed = Feed()
        self._watched: Watched | None = None
        self._tick = 0
        self._named = 0
        self._held: OrderedDict[Hashable, _Held] = OrderedDict()
        self._news: deque[tuple[int, Ids]] = deque()
        self._large: OrderedDict[Hashable, None] = OrderedDict()

    def refresh(self) -> bool:
        """Reads what changed. Whether the memory may be used now, and is worth it."""
        if in_transaction():
            return False
        with self._lock:
            if self._watched is None:
                self._watched = watched_tables()
            if not self._watched.photos:
                return False
            news, highest = self._feed.read()
            if highest < LARGE:
                self._clear()
                return False
            self._take(news)
        return True

    def knows(self, wanted: Memorable[Any]) -> bool:
        """Whether it is held."""
        return wanted.key in self._held

    def is_large(self, wanted: Memorable[Any]) -> bool:
        """Whether it was seen to be more than a few, so that it need not be tried again."""
        return wanted.key in self._large

    def note_large(self, wanted: Memorable[Any]) -> None:
        with self._lock:
            self._large[wanted.key] = None
            if len(self._large) > MOST_NOTED:
                self._large.popitem(last=False)

    def get(self, wanted: Memorable[Value]) -> Value:
        """The value as it is now."""
        tick, held = self._tick, self._held.get(wanted.key)
        value: Value | None = self._patched(wanted, held) if held else None
        if held is None or value is None:
            value = wanted.load()
        if held is None or value is not held.value or tick != held.tick:
            self._hold(wanted, value, tick)
        else:
            self._note_use(wanted)
        return value

    def put(self, wanted: Memorable[Value], value: Value) -> None:
        """Holds a value that was read since the last refresh."""
        self._hold(wanted, value, self._tick)

    def forget(self) -> None:
        """Begins anew, with the next refresh."""
        with self._lock:
            self._feed, self._watched = Feed(), None
            self._large.clear()
            self._clear()

    @property
    def size(self) -> int:
        """Bytes that are held."""
        return sum(held.size for held in list(self._held.values()))

    def _take(self, news: News) -> None:
        if news.is_lost:
            self._clear()
        if news.is_named or len(news.photos):
            self._tick += 1
            self._news.append((self._tick, news.photos))
            self._named = self._tick if news.is_named else self._named
        while sum(len(ids) for _, ids in self._news) > MANY:
            self._news.popleft()

    def _patched(self, wanted: Memorable[Value], held: _Held) -> Value | None:
        value: Value = held.value
        if held.tick == self._tick:
            return value
        if self._watched is None or (held.tick < self._named and held.tables & self._watched.names):
            return None
        news = [(tick, ids) for tick, ids in list(self._news) if tick > held.tick]
        if not news or news[0][0] > held.tick + 1:
            return None
        photos = np.unique(np.concatenate([ids for _, ids in news]))
        return wanted.patch(value, photos) if len(photos) else value

    def _hold(self, wanted: Memorable[Value], value: Value, tick: int) -> None:
        if self._watched is None or not wanted.tables <= self._watched.all:
            return
        with self._lock:
            self._held[wanted.key] = _Held(value, wanted.size(value), tick, wanted.tables)
            self._held.move_to_end(wanted.key)
            while len(self._held) > 1 and self.size > ROOM:
                self._held.popitem(last=False)

    def _note_use(self, wanted: Memorable[Any]) -> None:
        """What was used last is given up last."""
        with self._lock:
            if wanted.key in self._held:
                self._held.move_to_end(wanted.key)

    def _clear(self) -> None:
        self._tick += 1
        self._held.clear()
        self._news.clear()


MEMORY: Final = Memory()
