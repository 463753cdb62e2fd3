"""The core stages, one function each: they fill the draft and write no row."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from av.error import FFmpegError

from library import sources
from library.classify.model import ModelUnusable
from library.classify.seeing import LOOKED_AT, see
from library.indexing.draft import Draft, FileDraft, Skip
from library.indexing.sidecar_files import read_backup_of, read_sidecars, with_upright_faces
from library.media import colors, mediafile, motion, thumbs
from library.media.beneath import resolve_beneath
from library.media.formats import NO_BEGIN, Format
from library.media.images import Undecodable
from library.media.metadata import Unreadable
from library.media.metadata import read_metadata as read_file_metadata
from library.media.related import relate
from library.media.run import ToolFailed
from library.media.sizes import SIZES
from library.media.video import NotAVideo, probe
from library.meta.containers import from_container
from library.meta.data import Metadata
from library.meta.filedates import date_from_name
from library.meta.merge import merge
from library.meta.timezones import settle, to_local
from library.nudity import detector
from places.locate import look_up


def identify_files(draft: Draft) -> None:
    """The hash and the true format of every file of the group."""
    for file in draft.files:
        if file.ref.size > draft.workshop.max_bytes:
            limit = draft.workshop.max_bytes // (1024 * 1024)
            file.reason = f"Larger than the limit of {limit} MB (PHOTOPRISM_ORIGINALS_LIMIT)."
        elif file.ref.size == 0:
            file.reason = "The file is empty."
        else:
            _identify(draft, file)
    if draft.main.reason:
        _take_another_main(draft)


def probe_videos(draft: Draft) -> None:
    """What the videos of the group are; metadata and thumbs have use for it. One that cannot be read has no picture."""
    for file in draft.files:
        if file.hash and file.format and file.format.media_type == "video":
            try:
                file.video = probe(draft.path(file), file.format)
                file.warning = file.warning or file.video.damage
            except (OSError, mediafile.NotAFile, NotAVideo, FFmpegError) as error:
                file.reason = f"The {file.format.title} file is damaged or is no video ({_said(error)})."


def read_metadata(draft: Draft) -> None:
    """What the files say about themselves, merged in rising trust.

    Age, name, YAML, Google's JSON, the pictures with the main one last, XMP sidecars.
    """
    pictures = [file for file in draft.files if file.hash and file.is_main]
    for file in pictures:
        file.metadata = _metadata(draft, file)
        if file.video and file.video.tags:
            file.metadata = merge(from_container(file.video.tags), file.metadata)
        file.metadata = with_upright_faces(file)
    beside = read_sidecars(draft)
    told = (file.metadata for file in reversed(pictures))
    draft.metadata = merge(_by_age(draft), _by_name(draft), *beside.below, *told, *beside.above)
    read_backup_of(draft)


def find_motion(draft: Draft) -> None:
    """The videos inside motion photos."""
    for file in draft.files:
        if file.hash and file.format and file.format.name in motion.FORMATS_WITH_VIDEO:
            try:
                file.clip = motion.find_video(draft.path(file))
            except (OSError, mediafile.NotAFile) as error:
                file.warning = file.warning or f"Cannot be read again: {error}"


def make_preview(draft: Draft) -> None:
    """Finds the picture that thumbs and colours are read from: the first of the group that can be decoded."""
    for file in draft.files:
        if file.is_main and not file.reason:
            file.reason = file.format.no_decoder_reason if file.format else ""
    draft.preview = next((file for file in draft.files if file.is_main and not file.reason), None)


def make_thumbs(draft: Draft) -> None:
    """The sizes that are rendered in advance, and with them width, height and the placeholder."""
    for file in draft.files:
        if file.is_main and file.format and not file.reason:
            _render(draft, file, file.format)
    draft.preview = next((file for file in draft.files if file.is_shown), None)


def measure_colors(draft: Draft) -> None:
    """Main colour, colours, luminance and chroma from the three by three pixels of each picture."""
    for file in draft.files:
        if file.is_shown:
            file.colors = colors.measure(file.pixels)


def classify(draft: Draft) -> None:
    """What the model sees in the thumb of the picture that is shown. A model that is of no use ends nothing."""
    workshop = draft.workshop
    if workshop.models is None or draft.preview is None:
        return
    try:
        draft.impression = see(
            workshop.thumbs / thumbs.thumb_name(draft.preview.hash, SIZES[LOOKED_AT]), workshop.models
        )
    except ModelUnusable as error:
        draft.unlabelled = str(error)
    except OSError as error:
        draft.preview.warning = draft.preview.warning or f"No labels: {error}"


def check_nudity(draft: Draft) -> None:
    """What the two models say of the picture that is shown."""
    if not draft.workshop.checks_nudity or draft.preview is None:
        return
    thumb = draft.workshop.thumbs / thumbs.thumb_name(draft.preview.hash, SIZES[detector.LOOKED_AT])
    try:
        draft.nudity = detector.see(thumb)
    except (OSError, detector.DetectorUnusable) as error:
        draft.preview.warning = draft.preview.warning or f"Not checked for nudity: {error}"


def locate(draft: Draft) -> None:
    """The place of the position, and from it the time zone."""
    metadata = draft.metadata
    draft.written_zone = metadata.time_zone
    if metadata.lat is None or metadata.lng is None or not draft.workshop.has_places:
        return
    draft.location = look_up(metadata.lat, metadata.lng)
    zone = draft.location.time_zone
    if metadata.taken_at and metadata.taken_at_local and zone:
        # The age of a file is a moment, whatever zone it was written in.
        written = metadata.time_zone if metadata.taken_src else "UTC"
        moment, local = settle(metadata.taken_at, metadata.taken_at_local, written, zone)
        draft.metadata = replace(metadata, taken_at=moment, taken_at_local=local, time_zone=zone)


def _take_another_main(draft: Draft) -> None:
    """The next best picture of the group, as one that is empty or too large costs the others nothing."""
    others = [file.ref for file in draft.files if file.is_main and not file.reason]
    if not others:
        raise Skip(draft.main.reason)
    main = relate(others).main
    draft.files.sort(key=lambda file: file.ref is not main)


def _said(error: Exception) -> str:
    """What a decoder said, without its numbers and the file's path."""
    text = getattr(error, "strerror", None) or str(error)
    return (text or type(error).__name__)[:120].rstrip(".").lower()


def _by_name(draft: Draft) -> Metadata:
    """The date in the name of the main file or of its folders."""
    local = date_from_name(draft.main.ref.name)
    if local is None:
        return Metadata()
    return Metadata(src=sources.NAME, taken_at=local, taken_at_local=local, taken_src=sources.NAME)


def _by_age(draft: Draft) -> Metadata:
    """The age of the main file, where nothing better is known."""
    moment = datetime.fromtimestamp(draft.main.ref.mtime_ns // 1_000_000_000, UTC)
    local = to_local(moment, draft.workshop.default_zone)
    zone = draft.workshop.default_zone
    return Metadata(src=sources.AUTO, taken_at=moment, taken_at_local=local, time_zone=zone)


def _identify(draft: Draft, file: FileDraft) -> None:
    try:
        found = mediafile.read_mediafile(resolve_beneath(draft.workshop.originals, draft.path(file)))
    except OSError as error:
        file.reason = f"Cannot be read: {error.strerror or error}."
    except (mediafile.NotAFile, mediafile.StillChanging) as error:
        file.reason = str(error)
    else:
        file.hash, file.format, file.warning = found.hash, found.format, found.mismatch


def _metadata(draft: Draft, file: FileDraft) -> Metadata:
    """Through exiv2, which costs milliseconds; ExifTool, if there is one, is asked where exiv2 gives up."""
    try:
        return read_file_metadata(draft.path(file))
    except (OSError, Unreadable):
        pass
    try:
        tool = draft.workshop.exiftool
        return read_file_metadata(draft.path(file), exiftool=tool) if tool else Metadata()
    except (OSError, Unreadable, ToolFailed):
        # A picture without metadata is still a picture; one that cannot be read at all fails when decoded.
        return Metadata()


def _render(draft: Draft, file: FileDraft, format: Format) -> None:  # noqa: A002 - the word of the table
    workshop = draft.workshop
    try:
        rendered = thumbs.render_thumbs(
            draft.path(file),
            format,
            file.hash,
            workshop.thumbs,
            limit=workshop.thumb_size,
            quality=workshop.jpeg_quality,
            max_pixels=workshop.max_pixels,
        )
    except thumbs.CacheNotWritable:
        # No fault of the file: it must not count as one that was tried.
        raise
    except (Undecodable, OSError, MemoryError) as error:
        # Of what does not even begin like its format the decoder has nothing better to say.
        is_other = not isinstance(error, OSError | MemoryError) and file.warning.endswith(NO_BEGIN)
        file.reason = file.warning if is_other else str(error) or "Not enough memory to decode it."
        return
    file.width, file.height, file.frames = rendered.width, rendered.height, rendered.frames
    file.pixels, file.thumbhash, file.phash = rendered.pixels, rendered.thumbhash, rendered.phash
    if rendered.duration and not file.duration:
        file.metadata = replace(file.metadata, duration=timedelta(seconds=rendered.duration))
    file.warning = file.warning or rendered.damage
