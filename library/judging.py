"""What is concluded from a photo's other values: its title, its quality score, the words it is found by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.utils import timezone

from library import sources
from library.classify.rules import rules
from library.meta import keywords
from library.meta.filetitles import title_from_names
from library.meta.kinds import is_non_photographic
from library.models import Category, Details, Favorite, File, Keyword, Photo, PhotoKeyword, PhotoLabel
from library.models.photo import PhotoType
from library.plugs import plugged
from library.quality import QualityFacts, quality_score
from library.search.words import REMOVED
from library.titles import LabelFact, TitleFacts, names_people, title_for
from places.countries import name_of

UNKNOWN: Final = "zz"
LONGEST_WORD: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the judgement needs beside the row: name below the originals, largest file's pixels, words, people."""

    file_name: str
    pixels: int
    keywords: tuple[str, ...] = ()
    labels: tuple[LabelFact, ...] = ()
    people: tuple[str, ...] = ()

    @classmethod
    def of(cls, photo: Photo, details: Details) -> "Judged":
        """The same from the rows of a photo that is known."""
        files = list(File.objects.filter(photo=photo, is_sidecar=False).order_by("-is_primary", "pk"))
        return cls(
            file_name=files[0].name if files else f"{photo.folder.path}/{photo.name}",
            pixels=max((file.width * file.height for file in files if not file.error), default=0),
            keywords=split_keywords(details.keywords),
            labels=label_facts(photo),
            people=people_on(photo),
        )


def judge(photo: Photo, judged: Judged) -> dict[str, Any]:
    """The values of `title` and `quality` that follow from the others; a title by hand stays."""
    values: dict[str, Any] = {"quality": _quality(photo, judged)}
    if not sources.priority(photo.title_src) > sources.priority(sources.AUTO):
        src = sources.PEOPLE if names_people(judged.people) else sources.AUTO
        values |= {"title": _title(photo, judged), "title_src": src}
    return values


def words_of(photo: Photo, details: Details, file_name: str) -> set[str]:
    """The words of a photo's texts, names, place and labels, in small letters, at most 64 letters each."""
    # People are found by their names as such, by those who may know them.
    title = "" if photo.title_src == sources.PEOPLE else photo.title
    texts = [title, photo.caption, details.subject, details.artist, details.keywords, photo.place.keywords]
    found = [word for text in texts for word in keywords.keywords(text)]
    found += keywords.file_keywords(file_name)
    found += [word for name in _label_names(photo) for word in keywords.keywords(name)]
    # A phrase given as one keyword is found as a whole too.
    found += [phrase.lower() for phrase in split_keywords(details.keywords)]
    return {word for word in keywords.unique_words(found) if len(word) <= LONGEST_WORD}


def file_name_of(photo: Photo) -> str:
    """The name that gives a photo its words: that of its primary file, below the originals."""
    primary = File.objects.filter(photo=photo, is_sidecar=False).order_by("-is_primary", "pk").first()
    return primary.name if primary else f"{photo.folder.path}/{photo.name}.x"


def relink(photo: Photo, before: set[str], after: set[str]) -> None:
    """Makes the new words findable, and those that stand nowhere else any more not."""
    links = PhotoKeyword.objects.filter(photo=photo)
    links.filter(keyword__keyword__in=before - after).delete()
    if new := after - set(links.values_list("keyword__keyword", flat=True)):
        Keyword.objects.bulk_create([Keyword(keyword=word) for word in sorted(new)], ignore_conflicts=True)
        ids = Keyword.objects.filter(keyword__in=new).values_list("pk", flat=True)
        PhotoKeyword.objects.bulk_create(
            [PhotoKeyword(photo=photo, keyword_id=pk) for pk in ids], ignore_conflicts=True
        )


def label_facts(photo: Photo) -> tuple[LabelFact, ...]:
    """The labels of a photo as its title takes them: the important ones first, and of those the sure ones."""
    if photo._state.adding:
        return ()
    rows = _labels_of(photo).order_by("-label__priority", "uncertainty", "label__name")
    values = rows.values_list("label__name", "uncertainty", "label__priority", "label__slug")
    return tuple(LabelFact(name, doubt, priority, rules().is_wide(slug)) for name, doubt, priority, slug in values)


def people_on(photo: Photo) -> tuple[str, ...]:
    """The names for its title."""
    if photo._state.adding:
        return ()
    return tuple(name for tell in plugged("PHOTO_PEOPLE") for name in tell(photo))


def retitle(uids: Iterable[str]) -> None:
    """Writes the titles and words that follow from what is known of these photos now."""
    for uid in uids:
        # One by one: of thousands that are read at once some are edited before their turn.
        photo = Photo.objects.filter(uid=uid).select_related("folder", "place", "cell").first()
        if photo is not None:
            rejudge(photo, words_now(photo))


def rejudge(photo: Photo, before: set[str]) -> None:
    """Writes the title and the words that follow from the labels now; `before` are the words before they changed."""
    details = Details.objects.filter(photo=photo).first() or Details(photo=photo)
    values = judge(photo, Judged.of(photo, details))
    if "title" in values and (values["title"], values["title_src"]) != (photo.title, photo.title_src):
        _write_title(photo, values["title"], values["title_src"])
    relink(photo, before, words_of(photo, details, file_name_of(photo)))


def _write_title(photo: Photo, title: str, src: str) -> None:
    """A title that somebody wrote since the row was read stays."""
    as_read = Photo.objects.filter(pk=photo.pk, title=photo.title, title_src=photo.title_src)
    if as_read.update(title=title, title_src=src, updated_at=timezone.now()):
        photo.title, photo.title_src = title, src
    else:
        photo.refresh_from_db(fields=["title", "title_src"])


def words_now(photo: Photo) -> set[str]:
    """The words that the rows of a photo give, to be compared with those after a change."""
    details = Details.objects.filter(photo=photo).first() or Details(photo=photo)
    return words_of(photo, details, file_name_of(photo))


def split_keywords(written: str) -> tuple[str, ...]:
    """The keywords of a comma list."""
    return tuple(word for part in written.split(",") if (word := part.strip()))


def _title(photo: Photo, judged: Judged) -> str:
    place = photo.place
    facts = TitleFacts(
        people=judged.people,
        has_place=place.id != UNKNOWN,
        place=photo.cell.name if photo.cell_id != UNKNOWN else "",
        city=place.city,
        country=name_of(photo.country) if photo.country != UNKNOWN else "",
        year=max(photo.year, 0),
        file_title=title_from_names(judged.file_name, photo.original_name),
        labels=judged.labels,
    )
    return title_for(facts)


def _quality(photo: Photo, judged: Judged) -> int:
    facts = QualityFacts(
        is_favorite=photo.pk is not None and Favorite.objects.filter(photo=photo).exists(),
        has_trusted_date=sources.is_trusted_date(photo.taken_src),
        has_trusted_place=photo.place_id != UNKNOWN and sources.priority(photo.place_src) > 2,
        is_photographic=not is_non_photographic(photo.type, (*judged.keywords, *_name_words(photo, judged))),
        is_image=photo.type == PhotoType.IMAGE,
        is_approved=photo.edited_at is not None,
        megapixels=judged.pixels / 1_000_000,
        year=(photo.taken_at_local or datetime.now(UTC)).year,
    )
    return quality_score(facts)


def _name_words(photo: Photo, judged: Judged) -> list[str]:
    """The words of the names it has had: "Screenshots/2024-05-30.png" is a screenshot, whatever its file says."""
    return [word for name in (judged.file_name, photo.original_name) for word in keywords.file_keywords(name)]


def _labels_of(photo: Photo) -> Any:
    return PhotoLabel.objects.filter(photo=photo, uncertainty__lt=REMOVED, label__deleted_at__isnull=True)


def _label_names(photo: Photo) -> list[str]:
    """The labels of a photo and what they are kinds of."""
    if photo._state.adding:
        return []
    names = dict(_labels_of(photo).values_list("label", "label__name"))
    above = Category.objects.filter(label__in=names, parent__deleted_at__isnull=True) if names else None
    return [*names.values(), *(above.values_list("parent__name", flat=True) if above is not None else ())]
