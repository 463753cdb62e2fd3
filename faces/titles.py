"""Who is on a photo, for its title."""

from faces.models import Marker, MarkerType
from library.models import Photo


def people_on(photo: Photo) -> list[str]:
    """The names of those whom everybody who sees the library may know, from left to right, each once."""
    faces = Marker.objects.filter(file__photo=photo, file__is_primary=True, type=MarkerType.FACE, invalid=False)
    known = faces.filter(subject__hidden=False, subject__private=False, subject__excluded=False)
    names = known.filter(subject__deleted_at__isnull=True).order_by("x", "pk").values_list("subject__name", flat=True)
    return list(dict.fromkeys(names))
