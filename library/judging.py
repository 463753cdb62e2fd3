"""What is concluded from a photo's other values: its title, its quality score, the words it is found by."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from library import sources
from library.meta import keywords
from library.meta.filetitles import title_from_names
from library.meta.kinds import is_non_photographic
from library.models import Details, Favorite, File, Photo
from library.models.photo import PhotoType
from library.quality import QualityFacts, quality_score
from library.titles import TitleFacts, title_for
from places.countries import name_of

UNKNOWN: Final = "zz"
LONGEST_WORD: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the judgement needs beside the row: name below the originals, pixels of the largest file, keywords."""

    file_name: str
    pixels: int
    keywords: tuple[str, ...] = ()

    @classmethod
    def of(cls, photo: Photo, details: Details) -> "Judged":
        """The same from the rows of a photo that is known."""
        files = list(File.objects.filter(photo=photo, is_sidecar=False).order_by("-is_primary", "pk"))
        return cls(
            file_name=files[0].name if files else f"{photo.folder.path}/{photo.name}",
            pixels=max((file.width * file.height for file in files if not file.error), default=0),
            keywords=split_keywords(details.keywords),
        )


def judge(photo: Photo, judged: Judged) -> dict[str, Any]:
    """The values of `title` and `quality` that follow from the others; a title by hand stays."""
    values: dict[str, Any] = {"quality": _quality(photo, judged)}
    if not sources.priority(photo.title_src) > sources.priority(sources.AUTO):
        values |= {"title": _title(photo, judged), "title_src": sources.AUTO}
    return values


def words_of(photo: Photo, details: Details, file_name: str) -> set[str]:
    """The words of a photo's texts, names and place, in small letters, at most 64 letters each."""
    texts = [photo.title, photo.caption, details.subject, details.artist, details.keywords, photo.place.keywords]
    found = [word for text in texts for word in keywords.keywords(text)]
    found += keywords.file_keywords(file_name)
    # A phrase given as one keyword is found as a whole too.
    found += [phrase.lower() for phrase in split_keywords(details.keywords)]
    return {word for word in keywords.unique_words(found) if len(word) <= LONGEST_WORD}


def split_keywords(written: str) -> tuple[str, ...]:
    """The keywords of a comma list."""
    return tuple(word for part in written.split(",") if (word := part.strip()))


def _title(photo: Photo, judged: Judged) -> str:
    place = photo.place
    facts = TitleFacts(
        has_place=place.id != UNKNOWN,
        place=photo.cell.name if photo.cell_id != UNKNOWN else "",
        city=place.city,
        country=name_of(photo.country) if photo.country != UNKNOWN else "",
        year=max(photo.year, 0),
        file_title=title_from_names(judged.file_name, photo.original_name),
    )
    return title_for(facts)


def _quality(photo: Photo, judged: Judged) -> int:
    facts = QualityFacts(
        is_favorite=photo.pk is not None and Favorite.objects.filter(photo=photo).exists(),
        has_trusted_date=sources.is_trusted_date(photo.taken_src),
        has_trusted_place=photo.place_id != UNKNOWN and sources.priority(photo.place_src) > 2,
        is_photographic=not is_non_photographic(photo.type, judged.keywords),
        is_image=photo.type == PhotoType.IMAGE,
        is_approved=photo.edited_at is not None,
        megapixels=judged.pixels / 1_000_000,
        year=(photo.taken_at_local or datetime.now(UTC)).year,
    )
    return quality_score(facts)
