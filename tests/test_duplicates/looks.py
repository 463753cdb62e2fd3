"""Photos whose pictures look as a test wants them to."""

from typing import Any

from django.utils import timezone

from library.classify.seeing import VERSION
from library.duplicates.comparing import Compared
from library.duplicates.hashing import Comparing
from library.duplicates.pictures import COMPARE
from library.jobs import compare_in_job
from library.models import Classification, Job, Lookalike, Photo
from library.search.directions import DIMENSIONS
from tests.make import make_photo

BASE = 0x0F0F_3355_0123_4567


def look_alike(differs: int = 0, *, vector: tuple[int, ...] | None = (100,), **photo: Any) -> Photo:
    """A photo whose hash differs from the common one in that many bits; None = the model has not looked at it."""
    code = BASE
    for bit in range(differs):
        code ^= 1 << (bit * 5 % 64)
    code -= (code >> 63) << 64  # as a signed number
    made = make_photo(**{"file": {"phash": code, **photo.pop("file", {})}, **photo})
    if vector is not None:
        packed = bytes(value % 256 for value in vector).ljust(DIMENSIONS, b"\0")
        Classification.objects.create(photo=made, version=VERSION, seen_at=timezone.now(), classes=b"", vector=packed)
    return made


def compare(*, anew: bool = False) -> Compared:
    """One run."""
    job = Job.objects.create(kind=COMPARE, arguments={"anew": anew})
    return compare_in_job(job, Comparing(job))


def groups() -> list[tuple[str, set[int]]]:
    """The kind and the photos of each group."""
    found: dict[str, tuple[str, set[int]]] = {}
    for row in Lookalike.objects.order_by("photo"):
        found.setdefault(row.group, (row.kind, set()))[1].add(row.photo_id)
    return list(found.values())
