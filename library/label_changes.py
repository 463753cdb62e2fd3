"""Changes to labels: renamed, described, favoured, hidden and shown again. One way for API and pages."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from library import sources
from library.access import Grant
from library.events import CountsUpdated, LabelsCreated, LabelsDeleted, LabelsUpdated, PhotosUpdated, publish
from library.labelling import NoLabel, label_called
from library.meta import clean
from library.models import Label, PhotoLabel
from library.search import visible_files
from library.search.labels import known_labels

# Photos whose files of ours are brought up to date after one change of a label.
MOST_TOLD: Final = 10_000


class NameTaken(ValueError):
    """Another label is called so."""


def change_label(label: Label, grant: Grant, values: Mapping[str, Any]) -> None:
    """Changes these columns and leaves the others. The first slug stays, so that old addresses and searches hold.

    Raises NoLabel, NameTaken.
    """
    given = dict(values)
    if "name" in given:
        given |= _named(label, given["name"])
    if "thumb" in given:
        given |= _covered(given["thumb"], grant)
    changed = {name: value for name, value in given.items() if getattr(label, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(label, name, value)
    label.save(update_fields=[*changed, "updated_at"])
    publish(LabelsUpdated((label.uid,)))
    if "name" in changed:
        tell_photos([label.pk])


def hide_labels(uids: Sequence[str], grant: Grant) -> list[str]:
    """Takes labels out of everything that is shown; what they were put on stays noted. The UIDs of those that went."""
    return _set_hidden(uids, grant, hidden=True)


def show_labels(uids: Sequence[str], grant: Grant) -> list[str]:
    """Brings hidden labels back as they were. The UIDs of those that came."""
    return _set_hidden(uids, grant, hidden=False)


def tell_photos(labels: Collection[int]) -> None:
    """What is written beside the photos names the labels that people put on them."""
    rows = PhotoLabel.objects.filter(label__in=labels, src=sources.MANUAL).order_by("photo")
    uids = tuple(dict.fromkeys(rows.values_list("photo__uid", flat=True)[:MOST_TOLD]))
    if uids:
        publish(PhotosUpdated(uids))


def _named(label: Label, name: str) -> dict[str, str]:
    """The columns of a new name; the same name in other letters is no conflict."""
    slug = clean.slug(name)
    if not slug:
        raise NoLabel(_("“%s” is no name of a label.") % name[:40])
    other = label_called(name)
    if other is not None and other.pk != label.pk:
        if other.deleted_at is not None:
            raise NameTaken(_("A hidden label is called “%s”. Show it again, then merge the two.") % other.name)
        raise NameTaken(_("There is a label “%s” already. Merge the two to make them one.") % other.name)
    return {"name": clean.name(name), "custom_slug": slug}


def _covered(thumb: str, grant: Grant) -> dict[str, str]:
    """A chosen cover; none leaves it to the newest photo."""
    if thumb and not visible_files(grant).filter(hash=thumb).exists():
        raise NoLabel(_("There is no photo with this hash for a cover."))
    return {"thumb": thumb, "thumb_src": sources.MANUAL if thumb else ""}


def _set_hidden(uids: Sequence[str], grant: Grant, *, hidden: bool) -> list[str]:
    with transaction.atomic():
        known = known_labels(uids, grant)
        chosen = [one for one in known if (one.deleted_at is None) is hidden and one.merged_into_id is None]
        now = timezone.now()
        ids = [label.pk for label in chosen]
        Label.objects.filter(pk__in=ids).update(deleted_at=now if hidden else None, updated_at=now)
        found = tuple(label.uid for label in chosen)
        if found:
            publish(LabelsDeleted(found) if hidden else LabelsCreated(found))
            publish(CountsUpdated())
    return list(found)
