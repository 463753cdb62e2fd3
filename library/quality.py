"""The quality score: how much is known about a photo, and whether it needs review."""

from dataclasses import dataclass
from typing import Final

HIDDEN: Final = -1
REVIEW_BELOW: Final = 3
HIGHEST: Final = 7

FAVORITE_POINTS: Final = 3
# Cameras grew: what counts as a full picture, in megapixels, from that year on.
_MEGAPIXELS_SINCE: Final = ((2012, 2), (2008, 1), (0, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityFacts:
    """What the score is made of.

    Dates and places count when they come from something better than an estimate. `megapixels`
    is that of the largest file, `year` that of the local date (0 unknown). `is_image` is false
    for videos, RAW and every other type; `is_approved` is true once a person edited or
    approved the photo.
    """

    is_favorite: bool = False
    has_trusted_date: bool = False
    has_trusted_place: bool = False
    is_photographic: bool = True
    is_image: bool = True
    is_approved: bool = False
    megapixels: float = 0.0
    year: int = 0


def quality_score(facts: QualityFacts) -> int:
    """0 to 7; below 3 the photo is in review."""
    score = (
        FAVORITE_POINTS * facts.is_favorite
        + facts.has_trusted_date
        + facts.has_trusted_place
        + _is_large_for_its_time(facts)
        + facts.is_photographic
    )
    if not facts.is_image or facts.is_approved:
        return max(score, REVIEW_BELOW)
    return score


def is_in_review(score: int) -> bool:
    """Whether a photo with that score waits for review; hidden photos do not."""
    return HIDDEN < score < REVIEW_BELOW


def _is_large_for_its_time(facts: QualityFacts) -> bool:
    # A photo without a date is judged as a new one.
    year = facts.year or _MEGAPIXELS_SINCE[0][0]
    needed = next(megapixels for since, megapixels in _MEGAPIXELS_SINCE if year >= since)
    return facts.megapixels >= needed
