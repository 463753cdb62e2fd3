"""Pure: words for the same thing, so that a label is found by each of its names."""

from collections.abc import Iterable
from typing import Final

# Each line means one thing. A word may stand in two lines; what they have in common is not passed on.
_SAME: Final = """
    aircraft airplane aeroplane plane
    automobile car auto
    autumn fall
    baby infant newborn toddler
    backpack rucksack
    beach seaside seashore shore coast
    bicycle bike
    blossom bloom flower
    boat ship vessel
    bunny rabbit
    bus coach
    cat kitten kitty
    cathedral church chapel
    cattle cow calf
    cellphone phone smartphone mobile-phone
    child kid boy girl
    city town
    concert gig
    dawn sunrise
    dessert cake
    dog puppy hound
    dusk sunset sundown
    firework fireworks
    flat apartment
    food meal dish lunch dinner breakfast
    forest wood woodland
    glasses spectacles eyeglasses
    hill mountain
    home house
    horse pony foal
    ice-cream icecream
    insect bug
    lake pond
    laptop notebook computer
    lorry truck
    motorbike motorcycle
    mountain peak summit
    ocean sea
    painting artwork
    pavement sidewalk
    pig piglet swine
    railway train railroad
    river stream
    road street
    sailboat yacht
    shop store
    snake serpent
    soccer football
    sofa couch
    swimming-pool pool
    taxi cab
    television tv
    tram streetcar
    underground subway metro
    waterfall cascade
    wedding marriage
    woman lady
"""


def _table() -> dict[str, tuple[str, ...]]:
    same: dict[str, list[str]] = {}
    for words in (line.split() for line in _SAME.strip().splitlines()):
        for word in words:
            same.setdefault(word, []).extend(other for other in words if other != word)
    return {word: tuple(dict.fromkeys(others)) for word, others in same.items()}


SYNONYMS: Final = _table()


def synonyms(slugs: Iterable[str]) -> tuple[str, ...]:
    """Slugs of other names for the same, without the given ones."""
    given = tuple(slugs)
    return tuple(dict.fromkeys(other for slug in given for other in SYNONYMS.get(slug, ()) if other not in given))
