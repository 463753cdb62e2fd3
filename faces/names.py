"""Names of people and pets for the search: first names, full names, nicknames."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from slugify import slugify

from faces.models import Marker, Subject, SubjectType
from faces.visibility import visible_subjects
from library.models import File
from library.query import Filter
from library.query.folding import fold
from library.query.values import Pattern, escape, one_of
from library.query.words import Meaning
from library.search.answers import Linked, any_of
from library.search.covers import seen_thumbs
from library.search.names import Named, Offer, Sight, first_seen
from library.search.sql import contains, like

KEYS: Final = frozenset(["person", "subject", "people", "subjects"])
# Words that are looked for one by one; for more of them every name is read.
_MOST_WORDS: Final = 24


def named(phrases: Collection[str], sight: Sight) -> dict[str, list[Named]]:
    """People of whose name or alias the phrase is one or more whole words; those of one phrase are one thing."""
    wanted = {phrase: plain for phrase in phrases if (plain := _plain(phrase))}
    telling = {max(text.split(), key=len) for phrase in wanted for text in (phrase, wanted[phrase])}
    by_word: dict[str, list[Subject]] = defaultdict(list)
    for row in _seen(_holding(visible_subjects(sight.grant), telling), sight):
        for word in set(_plain(f"{row.name} {row.alias}").split()):
            by_word[word].append(row)
    found: dict[str, list[Named]] = {}
    for phrase, plain in wanted.items():
        if called := [row for row in by_word.get(plain.split()[0], ()) if _is_called(row, plain)]:
            found[phrase] = [_name(phrase, called)]
    return found


def offered(beginning: str, sight: Sight, count: int, key: str) -> list[Offer]:
    """People of whose names a word begins so, those on many photos first."""
    rows = visible_subjects(sight.grant).filter(_begins(beginning), hidden=False)
    in_order = rows.order_by("-favorite", "-photo_count", "name")
    people: list[Subject] = first_seen(in_order, lambda some: _seen(some, sight), count)
    thumbs = seen_thumbs((row.thumb for row in people), sight.grant)
    return [
        Offer(
            kind="person",
            label=row.name,
            node=Filter(key or "person", escape(row.name)),
            detail="Pet" if row.type == SubjectType.PET else "Person",
            thumb=row.thumb if row.thumb in thumbs else "",
            uid=row.uid,
            photos=partial(_photos, row.pk, sight),
        )
        for row in people
    ]


def titled(key: str, values: Collection[str], sight: Sight) -> dict[str, str]:
    """The names of people whom a filter names by UID or in their own words."""
    uids = {value: one_of(value) for value in values if key in KEYS}
    named = visible_subjects(sight.grant).filter(uid__in={uid for some in uids.values() for uid in some})
    rows = _seen(named, sight) if uids else ()
    names = {row.uid: row.name for row in rows}
    return {value: ", ".join(names[uid] for uid in some) for value, some in uids.items() if names.keys() >= set(some)}


def _name(phrase: str, called: Sequence[Subject]) -> Named:
    """One person, or all who share the first name."""
    label = called[0].name if len(called) == 1 else phrase.title()
    uids = "|".join(escape(row.uid) for row in called)
    return Named(Meaning("person", label, Filter("subject", uids)), Linked(_files([row.pk for row in called])))


def _is_called(row: Subject, plain: str) -> bool:
    return any(f" {plain} " in f" {_plain(name)} " for name in (row.name, row.alias))


def _plain(name: str) -> str:
    """The words of a name without case and accents; Anna-Lena has two."""
    return fold(name).replace("-", " ").strip()


def _begins(beginning: str) -> Q:
    """The condition that a word of the name or alias begins so; the slug has no accents."""
    if not beginning:
        return Q()
    texts = ((column, fold(beginning), " ") for column in ("name", "alias"))
    return any_of(
        like(column, Pattern((text, ""))) | like(column, Pattern(("", f"{blank}{text}", "")))
        for column, text, blank in (*texts, ("slug", slugify(beginning) or beginning, "-"))
    )


def _holding(people: QuerySet[Subject], words: Iterable[str]) -> QuerySet[Subject]:
    """Those in whose names one of the words is; all of them for no words, or many."""
    wanted = list(words)
    if not wanted or len(wanted) > _MOST_WORDS:
        return people
    columns = ("name", "alias", "slug")
    return people.filter(any_of(contains(column, word) for word in wanted for column in columns))


def _seen(people: QuerySet[Subject], sight: Sight) -> QuerySet[Subject]:
    """Those on photos that are seen."""
    return people.filter(Exists(_shown(sight).filter(subject=OuterRef("pk"))))


def _shown(sight: Sight) -> QuerySet[Marker]:
    """The markers on photos that are seen."""
    pictures = File.objects.filter(sight.shown(), pk=OuterRef("file"))
    return Marker.objects.filter(Exists(pictures), invalid=False)


def _photos(person: int, sight: Sight) -> QuerySet[Any]:
    return _shown(sight).filter(subject=person).values_list("file__photo", flat=True)


def _files(people: Collection[int]) -> QuerySet[File]:
    return File.objects.filter(pk__in=Marker.objects.filter(subject__in=people, invalid=False).values("file"))
