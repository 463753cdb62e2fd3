"""Pure: which picture a JSON file of Google Takeout is about, whatever was cut off its name."""

import re
from bisect import bisect_left
from collections.abc import Collection
from typing import Final

# What Google writes behind the name of a picture; the whole is cut at 46 letters before ".json".
SUPPLEMENT: Final = ".supplemental-metadata"
LONGEST: Final = 46
_JSON: Final = ".json"
_COPY = re.compile(r"(?P<stem>.*)\((?P<number>\d{1,4})\)", re.DOTALL)
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{2,5}$")
# The word for "edited" that Google puts behind a name, in the language of the account.
EDITED: Final = (
    "-edited", "-effects", "-smile", "-mix", "-bearbeitet", "-bewerkt", "-editado", "-editada", "-editat", "-edytowane",
    "-modifié", "-modificato", "-modificata", "-redigerad", "-redigeret", "-redigert", "-muokattu", "-upravené",
    "-upraveno", "-szerkesztett", "-düzenlendi", "-отредактировано", "-змінено", "-編集済み", "-已修改", "-已編輯",
    "-편집됨", "-معدل", "-נערך", "-แก้ไขแล้ว", "-đã chỉnh sửa", "-diedit", "-επεξεργασμένο", "-editată", "-uređeno",
)  # fmt: skip


class Pictures:
    """The pictures of ONE folder by their base names, to find the owners of JSON files in."""

    def __init__(self, names: Collection[str]) -> None:
        self._exact: dict[str, str] = {}
        self._edited: dict[str, str] = {}
        for name in names:
            stem = _EXTENSION.sub("", name)
            self._exact.setdefault(name.casefold(), name)
            self._exact.setdefault(stem.casefold(), name)
            if original := original_stem(stem):
                self._edited.setdefault(original.casefold(), name)
                self._edited.setdefault((original + name[len(stem) :]).casefold(), name)
        self._sorted = sorted((*_parts(name), name) for name in names)

    def owner_of(self, name: str) -> str:
        """The picture that a JSON file is about, "" if none is.

        A name that was cut belongs to the only picture that begins so; an edited copy whose
        original is not there has the original's.
        """
        wanted = picture_name(name).casefold()
        if not wanted:
            return ""
        found = self._exact.get(wanted) or self._edited.get(wanted)
        return found or (self._only_begun(*_numbered(name[: -len(_JSON)])) if is_cut(name) else "")

    def _only_begun(self, stem: str, number: str) -> str:
        wanted = stem.casefold()
        at = bisect_left(self._sorted, (number, wanted, ""))
        begun = [row[2] for row in self._sorted[at : at + 2] if row[0] == number and row[1].startswith(wanted)]
        return begun[0] if len(begun) == 1 else ""


def picture_name(name: str) -> str:
    """The name of the picture whose JSON has this name, or "" if it is no JSON; neither has a folder.

    `a.jpg.json`, `a.jpg.supplemental-metadata.json` and every shortening of it are of `a.jpg`,
    `a.jpg(1).json` and `a.jpg.supplemental-metadata(1).json` of `a(1).jpg`, `a.json` of `a`.
    Where names were cut it is only the beginning: see `is_cut`.
    """
    if not name.lower().endswith(_JSON):
        return ""
    stem, number = _numbered(name[: -len(_JSON)])
    stem = _without_supplement(stem)
    return _with_number(stem, number) if number else stem


def is_cut(name: str) -> bool:
    """Whether the name of a JSON file is as long as Google lets names be, so that it may be cut."""
    stem = name[: -len(_JSON)] if name.lower().endswith(_JSON) else name
    return len(_numbered(stem)[0]) >= LONGEST


def original_stem(stem: str) -> str:
    """The base name of the picture that an edited copy was made of; "" if it is no such copy.

    >>> original_stem("IMG_1-edited(1)")
    'IMG_1(1)'
    """
    plain, number = _numbered(stem)
    lowered = plain.casefold()
    for word in EDITED:
        if lowered.endswith(word) and len(plain) > len(word):
            original = plain[: -len(word)]
            return f"{original}({number})" if number else original
    return ""


def _numbered(stem: str) -> tuple[str, str]:
    """A name without the number of a copy at its end, and that number."""
    match = _COPY.fullmatch(stem)
    return (match["stem"], match["number"]) if match and match["stem"] else (stem, "")


def _parts(name: str) -> tuple[str, str]:
    """The number of a copy, and the name without it in small letters."""
    ending = _EXTENSION.search(name)
    stem, number = _numbered(name[: ending.start()] if ending else name)
    return number, (stem + (ending[0] if ending else "")).casefold()


def _with_number(name: str, number: str) -> str:
    ending = _EXTENSION.search(name)
    at = ending.start() if ending else len(name)
    return f"{name[:at]}({number}){name[at:]}"


def _without_supplement(stem: str) -> str:
    """Without the whole of ".supplemental-metadata" or a beginning of it, which is at least one letter long."""
    head, dot, tail = stem.rpartition(".")
    if dot and head and SUPPLEMENT.startswith(dot + tail.lower()):
        return head
    return stem[:-1] if stem.endswith(".") else stem
