"""What the photos are called that others are to be like: nobody types their UIDs, so none is offered."""

from collections.abc import Collection, Iterator
from typing import Final

from library.models import Photo
from library.query import Filter
from library.query.values import unescape
from library.search.covers import hashes
from library.search.likeness import KEY
from library.search.names import Named, Offer, Sight
from library.search.visibility import EVERYTHING, visible_q
from library.whereabouts import Whereabouts

KEYS: Final = frozenset([KEY])


def named(phrases: Collection[str], sight: Sight) -> dict[str, tuple[Named, ...]]:
    """No words do."""
    return {}


def offered(beginning: str, sight: Sight, count: int, key: str = "") -> Iterator[Offer]:
    """Nothing."""
    return iter(())


def titled(key: str, values: Collection[str], sight: Sight) -> dict[str, str]:
    """Titles, as they may be told: some are made of places or of people's names."""
    photos = _seen(values, sight)
    told = Whereabouts.of(sight.grant).titles_of_ids([photo.pk for photo in photos.values()])
    return {uid: told.get(photo.pk, photo.title) or "this photo" for uid, photo in photos.items()}


def thumbs_of(filters: Collection[Filter], sight: Sight) -> dict[Filter, str]:
    """The hash of the picture that is named by each filter on likeness."""
    wanted = {unescape(one.value): one for one in filters if one.key == KEY}
    photos = _seen(wanted, sight) if wanted else {}
    shown = hashes(photo.pk for photo in photos.values())
    return {wanted[uid]: shown.get(photo.pk, "") for uid, photo in photos.items()}


def _seen(uids: Collection[str], sight: Sight) -> dict[str, Photo]:
    rows = Photo.objects.filter(visible_q(sight.grant, EVERYTHING, "few"), uid__in=list(uids))
    return {photo.uid: photo for photo in rows.only("uid", "title")}
