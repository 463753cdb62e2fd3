"""The saver of faces that files mark themselves: MWG and Microsoft regions become markers with names."""

from collections.abc import Iterable
from typing import Final

from faces.models import Marker, Subject
from library import sources
from library.indexing.draft import Draft
from library.indexing.rows import save_changes, set_fields
from library.indexing.savers import judged
from library.judging import judge
from library.media.geometry import Area
from library.meta import clean
from library.meta.data import Region
from library.models import File

SAME: Final = 0.5  # of the area both cover, from which on two markers are one
CERTAIN: Final = 100  # score of what a person drew
_FROM_FILES: Final = (sources.META, sources.XMP)


def save_markers(draft: Draft) -> None:
    """Brings the markers that came from files in line with what they say now; those of people and programs stay."""
    file = File.objects.filter(photo=draft.photo, is_primary=True).first() if draft.leads else None
    if file is None:
        return
    known = list(Marker.objects.filter(file=file))
    src = draft.metadata.source_of("regions")
    met = {_save(file, region, src, known).pk for region in draft.metadata.regions}
    gone = [marker.pk for marker in known if marker.pk not in met and _is_of_files(marker)]
    if gone:
        Marker.objects.filter(pk__in=gone).delete()
    if met or gone:
        faces = Marker.objects.filter(file=file, type="face", invalid=False).count()
        save_changes(draft.photo, set_fields(draft.photo, {"faces": faces, **judge(draft.photo, judged(draft))}))


def _save(file: File, region: Region, src: str, known: Iterable[Marker]) -> Marker:
    area = Area(region.x - region.w / 2, region.y - region.h / 2, region.w, region.h)
    marker = next((row for row in known if _is_same(area, row)), None) or Marker(file=file, src=src, score=CERTAIN)
    values = {"x": area.x, "y": area.y, "w": area.w, "h": area.h, "thumb": area.crop_name(file.hash)}
    values["size"] = round(max(area.w * file.width, area.h * file.height))
    if marker.src not in (*_FROM_FILES, ""):
        # Found by a program or drawn by hand: its place is better known, only the name may be new.
        values = {}
    if region.name and sources.better(src, marker.subject_src):
        subject = _subject(region.name, src)
        values |= {"name": subject.name, "subject_id": subject.pk, "subject_src": src}
    save_changes(marker, set_fields(marker, values))
    return marker


def _is_of_files(marker: Marker) -> bool:
    """Whether only a file has said it; what a person named or refused stays."""
    touched = sources.priority(marker.subject_src) > sources.priority(sources.XMP)
    return marker.src in _FROM_FILES and not touched and not marker.invalid


def _is_same(area: Area, marker: Marker) -> bool:
    other = Area(marker.x, marker.y, marker.w, marker.h)
    both = area.overlap(other)
    return both > SAME * (area.surface() + other.surface() - both)


def _subject(name: str, src: str) -> Subject:
    # The slug is in small letters, which makes names equal on every database whatever its collation.
    slug = clean.slug(name)
    known = Subject.objects.filter(slug=slug).first() if slug else Subject.objects.filter(name=name).first()
    return known or Subject.objects.create(name=name, slug=slug, src=src)
