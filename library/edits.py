"""Edits of a photo's texts by hand, which outrank whatever its files say from then on."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from library import sources, states
from library.access import Grant
from library.events import PhotosUpdated, publish
from library.meta import keywords
from library.models import Details, Keyword, Photo, PhotoKeyword


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """The new values; None leaves a value as it is. An empty text gives it back to what the files say."""

    title: str | None = None
    caption: str | None = None
    favorite: bool | None = None
    private: bool | None = None


def edit(photo: Photo, grant: Grant, values: Edit) -> None:
    """Writes the edit of a photo that the grant may see. Raises PermissionDenied."""
    with transaction.atomic():
        if values.title is not None or values.caption is not None:
            _edit_texts(photo, grant, values)
        if values.private is not None:
            states.set_private([photo.uid], grant, private=values.private)
        if values.favorite is not None:
            (states.like if values.favorite else states.unlike)([photo.uid], grant)


def _edit_texts(photo: Photo, grant: Grant, values: Edit) -> None:
    if not grant.may("library.update_photo"):
        raise PermissionDenied
    before = _words(photo.title, photo.caption)
    changed: dict[str, Any] = {}
    for name, text in (("title", values.title), ("caption", values.caption)):
        if text is not None and text != getattr(photo, name):
            changed |= {name: text, f"{name}_src": sources.MANUAL if text else sources.AUTO}
    if not changed:
        return
    # The same values again, should another request have written in between: only these columns.
    now = timezone.now()
    Photo.objects.filter(pk=photo.pk).update(**changed, edited_at=now, updated_at=now)
    photo.refresh_from_db()
    _relink(photo, before)
    states.approve([photo.uid], grant)
    publish(PhotosUpdated((photo.uid,)))


def _relink(photo: Photo, before: set[str]) -> None:
    """Makes the new words findable, and those that stand nowhere else any more not."""
    after = _words(photo.title, photo.caption)
    gone = before - after - _other_words(photo)
    _links(photo).filter(keyword__keyword__in=gone).delete()
    if new := after - set(_links(photo).values_list("keyword__keyword", flat=True)):
        Keyword.objects.bulk_create([Keyword(keyword=word) for word in sorted(new)], ignore_conflicts=True)
        ids = Keyword.objects.filter(keyword__in=new).values_list("pk", flat=True)
        rows = [PhotoKeyword(photo=photo, keyword_id=pk) for pk in ids]
        PhotoKeyword.objects.bulk_create(rows, ignore_conflicts=True)


def _links(photo: Photo) -> QuerySet[PhotoKeyword]:
    return PhotoKeyword.objects.filter(photo=photo)


def _other_words(photo: Photo) -> set[str]:
    """The words by which the photo is found whatever its title and caption."""
    details = Details.objects.filter(photo=photo).values_list("keywords", "subject", "artist").first() or ()
    place = (photo.place.label, photo.place.keywords)
    return _words(*details, *place) | set(keywords.file_keywords(f"{photo.folder.path}/{photo.name}.x"))


def _words(*texts: str) -> set[str]:
    limit = Keyword._meta.get_field("keyword").max_length or 0
    return {word for text in texts for word in keywords.unique_keywords(text) if len(word) <= limit}
