"""The saver of labels: what the model saw in the picture, and the title that follows from it."""

from library.indexing.draft import Draft
from library.indexing.rows import save_changes, set_fields
from library.indexing.savers import judged
from library.judging import judge
from library.seen_labels import save_impression


def save_labels(draft: Draft) -> None:
    """In a stack the labels are those of the picture that gives the photo its other values."""
    if draft.impression is None or not draft.leads:
        return
    if save_impression(draft.photo, draft.impression, draft.workshop.now):
        save_changes(draft.photo, set_fields(draft.photo, judge(draft.photo, judged(draft))))
