"""The savers that take back what people did to a photo before this database, as its YAML file tells."""

from typing import Any, Final

from django.db.models import Q

from library import sources, uid
from library.indexing.draft import Draft, Outcome
from library.indexing.gear import camera_for, lens_for
from library.indexing.rows import save_changes, set_fields
from library.indexing.savers import judged
from library.judging import judge
from library.labelling import label_called
from library.meta import clean
from library.meta.backup import Backup
from library.meta.data import Metadata
from library.models import Details, Favorite, Label, Photo, PhotoLabel
from places.locate import cell_for, look_up


def restore_photo(draft: Draft) -> None:
    """A photo that is new here gets the row it had: UID, texts, dates, flags; what files say comes later.

    A backup that is not about these files, or of a photo that is here already, is forgotten.
    """
    backup: Backup | None = draft.backup
    if backup is None or draft.photo is not None or not _is_of(draft, backup):
        draft.backup = None
        return
    photo = Photo(uid=backup.uid or uid.new_uid("p"))
    values = dict(backup.photo)
    if "taken_at" not in values or "taken_at_local" not in values:
        values = {name: value for name, value in values.items() if name not in _DATE_COLUMNS}
    set_fields(photo, {"created_at": draft.workshop.now, **values, **_place(values), **_gear(backup)})
    _give_back(photo, backup.owner)
    draft.photo = photo


def restore_links(draft: Draft) -> None:
    """Long texts, favourites and labels by hand, and the score that follows from them."""
    if draft.outcome is Outcome.ADDED and draft.metadata.favorite and draft.backup is None:
        _mark(draft.photo, _keepers(draft.photo))
    if draft.backup is None:
        return
    backup: Backup = draft.backup
    if backup.details:
        texts = {name: text[: _longest(name)] for name, text in backup.details.items()}
        Details.objects.update_or_create(photo=draft.photo, defaults=texts)
    _mark(draft.photo, Q(username__in=backup.favorites))
    if backup.is_favorite and not backup.favorites:
        _mark(draft.photo, _keepers(draft.photo))
    for name, uncertainty in backup.labels:
        _add_label(draft.photo, name, uncertainty)
    save_changes(draft.photo, set_fields(draft.photo, judge(draft.photo, judged(draft))))


_DATE_COLUMNS: Final = frozenset({"taken_at", "taken_at_local", "taken_src", "time_zone", "year", "month", "day"})


def _is_of(draft: Draft, backup: Backup) -> bool:
    """Whether the content is one it was written for, or at least a name is, and the UID is nobody else's."""
    if backup.uid and Photo.objects.filter(uid=backup.uid).exists():
        return False
    if not backup.hashes:
        return True
    return bool({file.hash for file in draft.files} & {*backup.hashes}) or draft.main.ref.base in backup.names


def _longest(column: str) -> int | None:
    limit: int | None = getattr(Details._meta.get_field(column), "max_length", None)
    return limit


def _place(values: dict[str, Any]) -> dict[str, Any]:
    """Cell and place of the position; without one the country stays as it was chosen."""
    lat, lng = values.get("lat"), values.get("lng")
    if lat is None or lng is None or not (lat or lng):
        return {"lat": None, "lng": None}
    location = look_up(lat, lng)
    cell = cell_for(location)
    return {"cell": cell, "place": cell.place, "country": location.country}


def _gear(backup: Backup) -> dict[str, Any]:
    if not backup.gear:
        return {}
    names = ("camera_make", "camera_model", "lens_make", "lens_model")
    make, model, lens_make, lens_model = (backup.gear.get(name, "") for name in names)
    metadata = Metadata(camera_make=make, camera_model=model, lens_make=lens_make, lens_model=lens_model)
    return {"camera": camera_for(metadata), "lens": lens_for(metadata)}


def _give_back(photo: Photo, owner: str) -> None:
    """To its owner; as long as there is no such account only administrators may see it."""
    if not owner:
        return
    photo.owner = _users().filter(username=owner).first()
    photo.private = photo.private or photo.owner is None


def _users() -> Any:
    return Photo._meta.get_field("owner").related_model._default_manager


def _keepers(photo: Photo) -> Q:
    """Whose favourite a photo is that its file calls one: its owner's, in the shared library the administrators'."""
    return Q(pk=photo.owner_id) if photo.owner_id else Q(is_superuser=True, is_active=True)


def _mark(photo: Photo, who: Q) -> None:
    rows = [Favorite(user=user, photo=photo) for user in _users().filter(who)]
    Favorite.objects.bulk_create(rows, ignore_conflicts=True)


def _add_label(photo: Photo, name: str, uncertainty: int) -> None:
    slug = clean.slug(name)
    if not slug:
        return
    fresh = {"name": name, "custom_slug": slug}
    label = label_called(name) or Label.objects.get_or_create(slug=slug, defaults=fresh)[0]
    values = {"src": sources.MANUAL, "uncertainty": uncertainty}
    PhotoLabel.objects.update_or_create(photo=photo, label=label, defaults=values)
