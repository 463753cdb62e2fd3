"""Which people a grant may know by name."""

from django.db.models import Q, QuerySet

from faces.models import Face, Subject
from library.access import Grant


def visible_subjects(grant: Grant) -> QuerySet[Subject]:
    """The people that the grant may know of; private ones need the right to see what is private."""
    if not grant.may("faces.search_subject"):
        return Subject.objects.none()
    people = Subject.objects.filter(deleted_at__isnull=True)
    return people if grant.may("library.view_private") else people.filter(private=False)


def visible_faces(grant: Grant) -> QuerySet[Face]:
    """The clusters that stand for such people or for nobody yet."""
    if not grant.may("faces.search_subject"):
        return Face.objects.none()
    return Face.objects.filter(Q(subject__isnull=True) | Q(subject__in=visible_subjects(grant)))
