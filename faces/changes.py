"""Changes to people and clusters of faces by hand: names, descriptions, who a cluster is."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from faces.models import Face, Marker, Subject
from library import sources
from library.events import PhotosUpdated, SubjectsUpdated, publish
from library.jobs import retitle_photos
from library.meta import clean

# Photos whose files of ours are brought up to date after one change of a person.
MOST_TOLD = 10_000
# What of a person titles follow: the name, and whether everybody may know it.
_IN_TITLES = frozenset(["name", "hidden", "private", "excluded"])


class SubjectProblem(ValueError):
    """A person cannot be as asked; the text is a sentence for whoever asked."""


class NameTaken(SubjectProblem):
    """Another person has this name."""


def change_subject(subject: Subject, values: Mapping[str, Any]) -> None:
    """Changes these columns and leaves the others; faces and titles take the new name. Raises SubjectProblem.

    Titles of photos forget the name of somebody whom not everybody may know any more.
    """
    given = dict(values)
    if "name" in given:
        given |= _named(given["name"])
    changed = {name: value for name, value in given.items() if getattr(subject, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(subject, name, value)
    try:
        with transaction.atomic():
            subject.save(update_fields=[*changed, "updated_at"])
            if "name" in changed:
                Marker.objects.filter(subject=subject).exclude(name=subject.name).update(name=subject.name)
            if _IN_TITLES & changed.keys():
                _tell_photos(subject)
    except IntegrityError:
        raise NameTaken(_("“%s” is the name of somebody else already.") % subject.name) from None
    publish(SubjectsUpdated((subject.uid,)))


@transaction.atomic
def change_face(face: Face, *, hidden: bool | None = None, subject: Subject | None = None) -> None:
    """Hides or shows a cluster, or says whose it is: its faces that nobody named by hand follow."""
    if hidden is not None and hidden != face.hidden:
        face.hidden = hidden
        face.save(update_fields=["hidden", "updated_at"])
    if subject is None or subject.pk == face.subject_id:
        return
    face.subject = subject
    face.src = sources.MANUAL
    face.save(update_fields=["subject", "src", "updated_at"])
    markers = Marker.objects.filter(face=face, invalid=False).exclude(subject_src=sources.MANUAL)
    markers.update(subject=subject, subject_src=sources.AUTO, name=subject.name)
    publish(SubjectsUpdated((subject.uid,)))
    _tell_photos(subject)


def _named(name: str) -> dict[str, str]:
    cleaned = clean.name(name)
    if not cleaned:
        raise SubjectProblem(_("A person needs a name."))
    return {"name": cleaned, "slug": slugify(cleaned)[:160] or clean.slug(cleaned)}


def _tell_photos(subject: Subject) -> None:
    rows = Marker.objects.filter(subject=subject, file__photo__isnull=False).order_by("file__photo")
    uids = tuple(dict.fromkeys(rows.values_list("file__photo__uid", flat=True)))
    if uids:
        retitle_photos(uids)
        publish(PhotosUpdated(uids[:MOST_TOLD]))
