"""import_files(options): staged files are looked at, put into the originals by date, and indexed there."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from library.importing.names import names_at, numbered, place_by_date
from library.importing.placing import move_to
from library.importing.staging import JOURNAL, staged, tidy
from library.indexing.draft import Draft, FileDraft
from library.indexing.nudity import is_checked
from library.indexing.pool import Failure, Prepared, preparing
from library.indexing.runner import MEGABYTE, IndexOptions, index, make_workshop
from library.lease import LibraryBusy, is_held, library_lease
from library.media.formats import HEAD_SIZE, NO_BEGIN, identify
from library.media.mediafile import NotAFile, StillChanging, read_mediafile
from library.media.related import FileRef, RelatedFiles, base_prefix, group
from library.models import Duplicate, ErrorLog, File, Photo
from library.models.folder import Root, path_key
from library.models.job import JobState
from library.progress import Cancelled, Progress

IMPORT: Final = "import"
"""The lease of who puts files into the originals."""
WAITING, ADDED, KNOWN, REFUSED, FAILED = "waiting", "added", "known", "refused", "failed"
_LOOK: Final = ("identify_files", "probe_videos", "read_metadata")
_LOOK_FOR_NUDITY: Final = ("make_preview", "make_thumbs", "check_nudity")
_SMALL: Final = 720
_MOST_NAMESAKES: Final = 1000
_PORTION: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """`source` is the folder of a batch, `folder` where below the originals its years begin ("" = at the top)."""

    source: Path
    folder: str = ""


@dataclass(slots=True)
class Arrival:
    """A staged file and what became of it; `photo` is the UID of the photo that has it."""

    name: str
    state: str = WAITING
    reason: str = ""
    photo: str = ""


@dataclass(slots=True)
class Importing(Progress):
    """Progress that tells of each file."""

    arrivals: dict[str, Arrival] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        told = Progress.as_dict(self)
        return {**told, "files": [_told(arrival) for arrival in self.arrivals.values()]}

    def settle(self, name: str, state: str, reason: str = "", photo: str = "") -> None:
        """Says what became of a file."""
        self.arrivals[name] = Arrival(name, state, reason, photo)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What a run came to; `photos` are the UIDs of all that have its files now, new or known."""

    state: str
    photos: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        words = {ADDED: "added", KNOWN: "in the library already", REFUSED: "not taken", FAILED: "failed"}
        parts = [f"{self.counts[state]} {word}" for state, word in words.items() if self.counts.get(state)]
        return f"{', '.join(parts) or 'Nothing to import'}."


def import_files(options: ImportOptions, progress: Importing) -> ImportResult:
    """Brings a batch into the library. Raises LibraryBusy while others write it; asked again it goes on.

    A file leaves the batch once it is safe among the originals, is there already, or is refused; what is refused is
    gone then. Safe to kill at any moment: the journal knows what was put where.
    """
    with library_lease(IMPORT):
        if is_held():
            raise LibraryBusy("The library is being indexed; the files wait.")
        run = _Run(options, progress, _finish_moves(options.source))
        try:
            _place_all(run)
            _index(run)
        except Cancelled:
            return ImportResult(state=JobState.CANCELLED)
        _tell_added(run)
        tidy(options.source)
    progress.close()
    states = [arrival.state for arrival in progress.arrivals.values()]
    return ImportResult(
        state=JobState.DONE,
        photos=tuple(dict.fromkeys(arrival.photo for arrival in progress.arrivals.values() if arrival.photo)),
        counts={state: states.count(state) for state in set(states)},
    )


@dataclass(slots=True)
class _Run:
    """`placed` holds where files went below the originals, by their names in the batch."""

    options: ImportOptions
    progress: Importing
    placed: dict[str, str]
    hashes: set[str] = field(default_factory=set)
    checks_nudity: bool = False

    @property
    def source(self) -> Path:
        return self.options.source


def _place_all(run: _Run) -> None:
    """Looks at every picture of the batch in worker processes, and puts in its place what may stay."""
    run.progress.step = IMPORT
    run.checks_nudity = not settings.OPTIONS.upload_nsfw and is_checked()
    looks = _LOOK + (_LOOK_FOR_NUDITY if run.checks_nudity else ())
    workshop = replace(
        make_workshop(),
        originals=run.source,
        thumbs=run.source / ".thumbs",
        sidecars=run.source / ".sidecars",
        thumb_size=_SMALL,
        models=None,
        checks_nudity=run.checks_nudity,
    )
    groups = list(_groups(run))
    run.progress.total = len(run.progress.arrivals)
    if not groups:
        return
    with preparing(
        tuple(f"library.indexing.stages.{name}" for name in looks),
        workshop,
        workers=min(len(groups), settings.OPTIONS.workers),
        deadline=settings.OPTIONS.index_timeout,
        memory=settings.OPTIONS.index_memory * MEGABYTE,
        on_wait=run.progress.tick,
    ) as pool:
        for prepared in _in_turn(pool, groups):
            _take(run, prepared)
            run.progress.tick()


def _in_turn(pool: Any, groups: list[RelatedFiles]) -> Iterator[Prepared]:
    yield from pool.feed(groups)
    yield from pool.drain()


def _groups(run: _Run) -> Iterator[RelatedFiles]:
    """The pictures of the batch; a file that belongs to none is refused."""
    for files in staged(run.source):
        pictures = group(files, sequential=settings.OPTIONS.stack_name)
        wanted = {file.name for picture in pictures for file in picture.files}
        for file in files:
            run.progress.settle(file.name, WAITING)
            if file.name not in wanted:
                _refuse(run, [file.name], _("It belongs to no picture that was sent with it."))
        yield from pictures


def _take(run: _Run, prepared: Prepared) -> None:
    """Decides about one picture with all its files."""
    names = [file.name for file in prepared.related.files]
    if not isinstance(prepared, Draft):
        _keep_unread(run, prepared)
    elif reason := _objection(prepared):
        _refuse(run, names, reason)
    elif prepared.main.hash in run.hashes and not prepared.related.others:
        _let_go(run, prepared.main, None)
    elif known := _known(prepared.main):
        _place_beside(run, prepared, known)
    else:
        run.hashes.add(prepared.main.hash)
        _place(run, [file.ref for file in prepared.files], _taken(prepared), prepared.main.hash)


def _objection(draft: Draft) -> str:
    """Why a picture is not taken, "" if it is."""
    main = draft.main
    if draft.skipped or not main.hash:
        return draft.skipped or main.reason
    if main.format is None or not main.format.is_main or main.warning.endswith(NO_BEGIN):
        return main.warning or _("It is neither a picture nor a video.")
    if main.reason and main.video is None and main.media_type == "video":
        return main.reason
    if draft.nudity is not None and draft.nudity.is_shown:
        return _("It may show nudity, which is not taken here.")
    return ""


def _known(file: FileDraft) -> File | None:
    """The row of a file with the same content, which is read anew, as it may have been damaged since."""
    if not file.hash:
        return None
    same = File.objects.filter(hash=file.hash, root=Root.ORIGINALS, is_missing=False).order_by("is_sidecar", "id")
    return next((row for row in same if _holds(settings.ORIGINALS_PATH / row.name, file.hash)), None)


def _holds(path: Path, content: str) -> bool:
    try:
        return read_mediafile(path).hash == content
    except (OSError, NotAFile, StillChanging):
        return False


def _refuse(run: _Run, names: list[str], reason: str) -> None:
    for name in names:
        (run.source / name).unlink(missing_ok=True)
        run.progress.settle(name, REFUSED, reason)
        run.progress.failed += 1


def _let_go(run: _Run, file: FileDraft, known: File | None) -> None:
    """What is in the library already, or in the batch, is not kept twice."""
    name = file.ref.name
    photo = Photo.objects.filter(files=known).first() if known else None
    reason = _("It is in the archive.") if photo and photo.deleted_at else ""
    (run.source / name).unlink(missing_ok=True)
    run.progress.settle(name, KNOWN, reason, photo.uid if photo else "")
    run.progress.unchanged += 1


def _place_beside(run: _Run, draft: Draft, known: File) -> None:
    """Of a picture that is in the library already, what is new of its files joins it there."""
    folder, slash, _name = known.name.rpartition("/")
    names = names_at(folder + slash + base_prefix(known.name), [file.ref for file in draft.files])
    _let_go(run, draft.main, known)
    for file in draft.files[1:]:
        name, target = file.ref.name, settings.ORIGINALS_PATH / names[file.ref.name]
        if target.exists():
            if _holds(target, file.hash):
                _let_go(run, file, known)
            else:
                _refuse(run, [name], _("Another file of this name belongs to the picture already."))
        elif file.is_main and (same := _known(file)):
            _let_go(run, file, same)
        else:
            _move(run, {name: names[name]})


def _keep_unread(run: _Run, failure: Failure) -> None:
    """What no worker could look at may be no fault of the file: it is kept, and the index says what is wrong."""
    main = failure.related.main
    with (run.source / main.name).open("rb") as stream:
        identity = identify(main.base, stream.read(HEAD_SIZE))
    if identity.mismatch.endswith(NO_BEGIN):
        _refuse(run, [file.name for file in failure.related.files], identity.mismatch)
    else:
        _place(run, failure.related.files, _age(main), token_hex(4))


def _place(run: _Run, files: Sequence[FileRef], taken: datetime, content: str) -> None:
    """Moves the files of a picture, the main one first, to a place by its date that is free for all of them."""
    first = place_by_date(taken, content, run.options.folder)
    for number in range(_MOST_NAMESAKES):
        names = names_at(numbered(first, number), files)
        if any((settings.ORIGINALS_PATH / name).exists() for name in names.values()):
            continue
        _move(run, names)
        return
    raise FileExistsError(first)


def _move(run: _Run, names: dict[str, str]) -> None:
    """Moves files, noted beforehand, to where nothing is yet."""
    _note(run, names)
    for name, target in names.items():
        move_to(run.source / name, settings.ORIGINALS_PATH / target)
        run.progress.current = name


def _taken(draft: Draft) -> datetime:
    """When the picture was taken by the clock of its place; the age of its file, where nothing better is known."""
    return draft.metadata.taken_at_local or _age(draft.main.ref)


def _age(file: FileRef) -> datetime:
    return datetime.fromtimestamp(file.mtime_ns / 1e9, UTC)


def _note(run: _Run, names: dict[str, str]) -> None:
    """Writes down where files are about to go, before they do."""
    run.placed |= names
    with (run.source / JOURNAL).open("a", encoding="utf-8") as journal:
        journal.write(json.dumps(names) + "\n")
        journal.flush()
        os.fsync(journal.fileno())


def _finish_moves(source: Path) -> dict[str, str]:
    """What an earlier run has put where; a picture of which it moved only a part is moved to its end."""
    try:
        lines = (source / JOURNAL).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    placed: dict[str, str] = {}
    for line in lines:
        try:
            names: dict[str, str] = json.loads(line)
        except ValueError:
            continue
        if any(_has_arrived(source / name, settings.ORIGINALS_PATH / target) for name, target in names.items()):
            placed |= {name: target for name, target in names.items() if _finish_move(source / name, target)}
    return placed


def _finish_move(staged_file: Path, target: str) -> bool:
    """Whether the file is in its place now."""
    place = settings.ORIGINALS_PATH / target
    if _has_arrived(staged_file, place):
        staged_file.unlink(missing_ok=True)
        return True
    if staged_file.exists() and not place.exists():
        move_to(staged_file, place)
        return True
    return False


def _has_arrived(staged_file: Path, place: Path) -> bool:
    """Whether the file is in its place, and no other of its name; it may still be in the batch as well."""
    if not staged_file.exists() or not place.exists():
        return place.exists() and not staged_file.exists()
    return _holds(place, read_mediafile(staged_file).hash)


def _index(run: _Run) -> None:
    """Indexes what was placed, now and by earlier runs that were ended before they came to it."""
    for name in run.placed:
        run.progress.settle(name, WAITING)
    if not run.placed:
        return
    folders = sorted({target.rpartition("/")[0] for target in run.placed.values()})
    names = {target: name for name, target in run.placed.items()}
    if index(IndexOptions(folders=tuple(folders), original_names=names), run.progress).state == JobState.CANCELLED:
        raise Cancelled


def _tell_added(run: _Run) -> None:
    """What the index made of the files that were placed."""
    placed = list(run.placed.items())
    for start in range(0, len(placed), _PORTION):
        _tell_some(run, {path_key(Root.ORIGINALS, target): name for name, target in placed[start : start + _PORTION]})


def _tell_some(run: _Run, names: dict[str, str]) -> None:
    """`names` are by the keys of the places."""
    photos = dict(File.objects.filter(path_key__in=names).values_list("path_key", "photo__uid"))
    reasons = dict(ErrorLog.objects.filter(path_key__in=names).values_list("path_key", "reason"))
    copies = set(Duplicate.objects.filter(path_key__in=names).values_list("path_key", flat=True))
    for key, name in names.items():
        if key in photos:
            run.progress.settle(name, ADDED, photo=photos[key] or "")
        elif key in copies:
            run.progress.settle(name, KNOWN)
        else:
            reason = reasons.get(key, _("It is not indexed yet."))
            run.progress.settle(name, FAILED, _("It is kept, but cannot be shown: %s") % reason)


def _told(arrival: Arrival) -> dict[str, str]:
    return {
        "name": arrival.name,
        "state": arrival.state,
        "reason": arrival.reason,
        "photo": arrival.photo,
    }
