"""What the lists of people and of faces may be asked for."""

from typing import Final

from django.db.models import Q

from library.query.values import one_of, switch
from library.search.forms import Form, either_way, exactly, holding, named

SUBJECTS: Final = Form(
    words=holding("name", "alias"),
    filters={
        "uid": exactly("uid"),
        "type": exactly("type"),
        "name": named("name", "alias"),
        "hidden": either_way("hidden"),
        "favorite": either_way("favorite"),
        "private": either_way("private"),
        "excluded": either_way("excluded"),
    },
    # How much of each is seen depends on who asks: `faces.people` counts it.
    settings=("all", "files", "photos"),
)


def _subject(value: str) -> Q:
    """By the UIDs or slugs of people."""
    return Q(subject__uid__in=one_of(value)) | Q(subject__slug__in=one_of(value))


FACES: Final = Form(
    words=holding("subject__name", "id"),
    filters={
        "uid": exactly("id"),
        "subject": _subject,
        "unknown": lambda value: Q(subject__isnull=switch(value)),
        "hidden": either_way("hidden"),
    },
    settings=("markers",),
)
