"""What is concluded from a photo's other values: its title and its quality score."""

from datetime import UTC, datetime
from typing import Any

from library import sources
from library.indexing.draft import Draft
from library.meta.filetitles import title_from_names
from library.meta.kinds import is_non_photographic
from library.models import Favorite, Photo
from library.models.photo import PhotoType
from library.quality import QualityFacts, quality_score
from library.titles import TitleFacts, title_for
from places.countries import name_of

UNKNOWN = "zz"


def judge(photo: Photo, draft: Draft) -> dict[str, Any]:
    """The values of `title` and `quality` that follow from the others."""
    values: dict[str, Any] = {"quality": _quality(photo, draft)}
    if not sources.priority(photo.title_src) > sources.priority(sources.AUTO):
        values |= {"title": _title(photo, draft), "title_src": sources.AUTO}
    return values


def _title(photo: Photo, draft: Draft) -> str:
    place = photo.place
    facts = TitleFacts(
        has_place=place.id != UNKNOWN,
        place=photo.cell.name if photo.cell_id != UNKNOWN else "",
        city=place.city,
        country=name_of(photo.country) if photo.country != UNKNOWN else "",
        year=max(photo.year, 0),
        file_title=title_from_names(draft.main.ref.name, photo.original_name),
    )
    return title_for(facts)


def _quality(photo: Photo, draft: Draft) -> int:
    facts = QualityFacts(
        is_favorite=photo.pk is not None and Favorite.objects.filter(photo=photo).exists(),
        has_trusted_date=sources.is_trusted_date(photo.taken_src),
        has_trusted_place=photo.place_id != UNKNOWN and sources.priority(photo.place_src) > 2,
        is_photographic=not is_non_photographic(photo.type, draft.metadata.keywords),
        is_image=photo.type == PhotoType.IMAGE,
        is_approved=photo.edited_at is not None,
        megapixels=max((file.width * file.height for file in draft.shown), default=0) / 1_000_000,
        year=(photo.taken_at_local or datetime.now(UTC)).year,
    )
    return quality_score(facts)
