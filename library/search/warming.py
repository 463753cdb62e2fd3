"""What the first searches of a large library need, read before anybody asks."""

import logging
from typing import Any, Final

from django.db import DatabaseError

from library.access import ADMIN, Grant
from library.models import Photo
from library.search.memory import MEMORY, Memorable
from library.search.paging import RANKS
from library.search.pictures import LikelyClasses
from library.search.remembered import Column, Found, Places
from library.search.sql import close_connection
from library.search.texts import Texts
from library.search.visibility import Shown, visible_q

log = logging.getLogger(__name__)

# What most searches need, then the orders and the texts.
_FIRST: Final[tuple[Memorable[Any], ...]] = (Column("taken_at_local"), Column("taken_at"))
_THEN: Final[tuple[Memorable[Any], ...]] = (
    Texts("title"),
    Texts("name"),
    Texts("caption"),
    Column("created_at"),
    Column("bytes"),
    Column("color"),
    Column("diff"),
    RANKS["folder__path"],
    RANKS["cell"],
    Places("title"),
    LikelyClasses(),
)


def warm_up() -> None:
    """Reads what searches of a large library look up, five seconds for a million photos; for a thread of its own."""
    try:
        if MEMORY.refresh():
            for wanted in (_listed(), *_FIRST, *_THEN):
                MEMORY.get(wanted)
    except DatabaseError:
        # Whoever searches will be told.
        log.info("The library cannot be read ahead.", exc_info=True)
    finally:
        close_connection()


def _listed() -> Memorable[Any]:
    somebody = Grant(role=ADMIN, permissions=frozenset(["library.view_photo"]))
    return Found(Photo.objects.filter(visible_q(somebody, Shown(), "all")))
