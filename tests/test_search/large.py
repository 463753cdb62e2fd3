"""What a library of a hundred photos needs to be searched as one of a million is, and a library to do it in."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import User

from library.models import Photo
from library.search import search
from library.search.buckets import bucket_list
from library.search.memory import MEMORY
from tests.base import TestCase
from tests.make import make_album, make_photo, make_subject

FEW = 7  # photos that are looked at one by one, in place of thousands


class LargeTestCase(TestCase):
    """The memory is in use, and nearly everything is more than a few; `rows_alone()` is the plain way."""

    def setUp(self) -> None:
        super().setUp()
        for name, value in {
            "library.search.memory.LARGE": 0,
            "library.search.matching.FEW": FEW,
            "library.search.paging.FEW": FEW,
            "library.search.buckets.FEW": FEW,
            "library.search.ranking._MANY": FEW,
            "library.search.AHEAD": FEW,
            "library.search.WINDOW": FEW,
            "library.search.paging._FIRST": FEW,
            "library.search.paging._FURTHER": 2 * FEW,
        }.items():
            self.enterContext(patch(name, value))
        # What a test writes is undone at its end, and until then nobody else sees it.
        self.enterContext(patch("library.search.memory.in_transaction", return_value=False))
        MEMORY.forget()
        self.addCleanup(MEMORY.forget)

    @contextmanager
    def rows_alone(self) -> Iterator[None]:
        with patch.object(MEMORY, "refresh", return_value=False):
            yield

    def assert_same(self, query: str, *, by: User | None = None, order: str = "newest", **part: Any) -> None:
        """Asserts that a page is the same from memory as from the rows alone."""
        grant = self.grant_of(by or self.admin)
        with self.rows_alone():
            expected = [photo.title for photo in search(query, grant, order=order, **part).photos]
        found = [photo.title for photo in search(query, grant, order=order, **part).photos]
        self.assertEqual(found, expected, f"{query!r} by {grant.role}, {order} {part}")

    def assert_same_timeline(self, query: str, *, by: User | None = None) -> None:
        grant = self.grant_of(by or self.admin)
        with self.rows_alone():
            expected = bucket_list(query, grant)
        self.assertEqual(bucket_list(query, grant), expected, f"{query!r} by {grant.role}")


def make_library(photos: int, *, owner: User, fan: User) -> list[Photo]:
    """Photos of which every filter finds some; the same every time."""
    chance = random.Random(4)
    made = [_make(number, chance, owner, fan) for number in range(photos)]
    make_album("Trip", *made[::4])
    make_album("Videos", filter="type:video|live")
    make_subject("Anna Smith", *made[1::3])
    make_subject("Ben Smith", *made[2::5])
    return made


def _make(number: int, chance: random.Random, owner: User, fan: User) -> Photo:
    labels = [label for label in ("cat", "dog", "beach", "rare") if chance.random() < {"rare": 0.05}.get(label, 0.4)]
    words = [word for word in ("lake", "mountain", "sunset") if chance.random() < 0.4]
    return make_photo(
        taken=f"{chance.randrange(2017, 2021)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02} 12:00:00",
        title=f"{chance.choice(['Lake', 'Märchen', 'zoo', 'Über 100%', 'a_b'])} {number}",
        caption=chance.choice(["", "A caption"]),
        labels=labels,
        keywords=words,
        type=chance.choice(["image", "image", "video", "live", "raw"]),
        folder=chance.choice(["2019/a", "2019/B", "2020/c"]),
        place=chance.choice(["", "Bergen, Vestland, Norway", "Rome, Lazio, Italy"]),
        country=chance.choice(["no", "it", "zz"]),
        camera=chance.choice(["", "Canon EOS 6D", "Sony A7"]),
        owner=owner if chance.random() < 0.2 else None,
        favorite_of=fan if chance.random() < 0.3 else (),
        private=chance.random() < 0.15,
        archived=chance.random() < 0.1,
        quality=chance.choice([-1, 1, 3, 4, 5]),
        iso=chance.choice([100, 400, 3200, 6400]),
        color=chance.randrange(3),
        rating=chance.choice([None, 1, 5]),
        lat=chance.choice([None, 10.0, 50.5]),
        lng=12.5,
        duration=None,
        text=[("BUS STOP", "TRAM STOP", "Exit")[number % 3]] if number % 4 else [],
        file={"size": chance.randrange(1, 5), "diff": chance.randrange(3), "is_portrait": chance.random() < 0.4},
    )
