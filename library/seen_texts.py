"""The text that was read in photos: writes it, and tells it to whoever sees the picture."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import F

from library.access import Grant
from library.models import Photo, PhotoTextWord, Recognition, TextWord
from library.ocr import words
from library.ocr.recognizer import VERSION, Line
from library.search.sql import upsert

MOST_WORDS: Final = 2_000
"""Of one picture: a page of a newspaper has fewer."""


def save_lines(photo: Photo, file_hash: str, lines: Sequence[Line], now: datetime) -> bool:
    """Keeps what was read in the picture of a photo, in place of what was read before; whether that was other words."""
    row = Recognition(
        photo=photo,
        version=VERSION,
        hash=file_hash,
        read_at=now,
        lines=[[line.text, line.confidence, list(line.box)] for line in lines],
        # A phrase may go on in the next line.
        phrases=words.line(" ".join(line.text for line in lines)) if lines else "",
    )
    columns = ("version", "hash", "read_at", "lines", "phrases")
    upsert(Recognition, [row], unique=("photo",), columns=columns)
    return _link(photo, {word for line in lines for word in words.words(line.text)})


def kept_lines(photo: Photo) -> tuple[str, list[Line]]:
    """The hash of the file that was read, and its lines; "" and none if no text was looked for."""
    kept = Recognition.objects.filter(photo=photo).first()
    if kept is None:
        return "", []
    return kept.hash, [Line(text, confidence, tuple(box)) for text, confidence, box in kept.lines]


def text_sections(photos: Sequence[Photo], grant: Grant) -> dict[int, dict[str, Any]]:
    """How many lines were read in the picture that is shown, for photos with text."""
    shown = Recognition.objects.filter(photo__in=photos, photo__files__is_primary=True, photo__files__hash=F("hash"))
    kept = shown.exclude(phrases="").values_list("photo", "lines")
    return {photo: {"TextLines": len(lines)} for photo, lines in kept}


def _link(photo: Photo, wanted: set[str]) -> bool:
    wanted = set(sorted(wanted)[:MOST_WORDS])
    linked = dict(PhotoTextWord.objects.filter(photo=photo).values_list("word__word", "pk"))
    gone = [linked[word] for word in linked.keys() - wanted]
    if gone:
        PhotoTextWord.objects.filter(pk__in=gone).delete()
    new = sorted(wanted - linked.keys())
    if new:
        TextWord.objects.bulk_create([TextWord(word=word) for word in new], ignore_conflicts=True)
        ids = TextWord.objects.filter(word__in=new).values_list("pk", flat=True)
        links = [PhotoTextWord(photo=photo, word_id=pk) for pk in ids]
        PhotoTextWord.objects.bulk_create(links, ignore_conflicts=True)
    return bool(gone or new)
