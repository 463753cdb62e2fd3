"""The saver of stacks: joins a photo with the one in the library that is the same picture."""

from library.events import PhotosDeleted, publish
from library.indexing.draft import Draft, Outcome
from library.models.photo import Stack
from library.stacks.merging import merge, settle
from library.stacks.partners import partner_of


def join_stack(draft: Draft) -> None:
    """Stacks the photo if it has a partner. Photos come in the order of the scan, so every run joins the same."""
    partner = partner_of(draft.photo) if draft.leads else None
    if partner is None:
        if draft.photo.stack == Stack.STACKED:
            settle(draft.photo)
        return
    merged = merge([draft.photo, partner])
    draft.photo = merged.photo
    draft.days |= merged.days
    if draft.outcome is Outcome.ADDED:
        draft.outcome = Outcome.STACKED
    publish(PhotosDeleted(tuple(merged.gone)))
