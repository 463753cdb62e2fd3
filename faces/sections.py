"""What faces add to the JSON of files."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from faces.models import Marker
from faces.serializers import marker_json
from faces.visibility import visible_subjects
from library.access import Grant
from library.models import File
from library.shapes import MarkerJson

# Files in one statement.
AT_ONCE: Final = 5_000


def markers_of(files: Iterable[File], grant: Grant) -> dict[int, dict[str, Any]]:
    """The markers of each file, from left to right, for who may know people; private ones without their names."""
    if not grant.may("faces.search_subject"):
        return {}
    by_id = {file.pk: file for file in files}
    found = defaultdict[int, list[MarkerJson]](list)
    for start in range(0, len(by_id), AT_ONCE):
        rows = _markers(list(by_id)[start : start + AT_ONCE])
        withheld = _withheld(rows, grant)
        for row in rows:
            row.file = by_id[row.file_id]
            found[row.file_id].append(marker_json(row, is_named=row.subject_id not in withheld))
    return {pk: {"Markers": markers} for pk, markers in found.items()}


def _markers(files: list[int]) -> list[Marker]:
    rows = Marker.objects.filter(file__in=files).select_related("subject").defer("embedding", "landmarks")
    return list(rows.order_by("x", "pk"))


def _withheld(markers: Iterable[Marker], grant: Grant) -> set[int]:
    """The people among them whose names are not for this grant."""
    people = {marker.subject_id for marker in markers if marker.subject_id}
    return people - set(visible_subjects(grant).filter(pk__in=people).values_list("pk", flat=True)) if people else set()
