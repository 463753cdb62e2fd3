"""/videos/:hash/:token/:codec: the original where it plays as it is, else an MP4, HLS or WebP made of it once."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views import View

from library.access import Grant
from library.api.media import FOR_A_MONTH, NOT_LONG
from library.api.media_grants import preview_grant
from library.conversions import ConvertOptions, State, made_path, state_of, wanted_codecs
from library.delivery import Span, folder_of, in_reader, path_of, serve_file
from library.documented import BY_PREVIEW, documented
from library.jobs import QueueFull, cancel_conversion, start_conversion
from library.media import videocache
from library.media.ffmpeg import PLAYLIST, Form
from library.media.unplaced import CannotUnplace
from library.models import File
from library.models.job import JobState
from library.problems import problem
from library.search.playing import animated_file, playable_file
from library.whereabouts import Whereabouts

HLS: Final = "hls"
_PART_NAME: Final = re.compile(r"index\.m3u8|init\.mp4|[0-9]{5,8}\.m4s")
_TYPES: Final = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".mp4": "video/mp4",
    ".m4s": "video/iso.segment",
    ".webp": "image/webp",
}
_FORMS: Final[dict[str, Form]] = {HLS: "hls", "webp": "webp"}  # by the last part of the address; others are codecs
_MP4: Final = "video/mp4"
# Players know QuickTime by its other name, under which they play it.
_SENT_AS: Final = {"video/quicktime": _MP4, "video/x-m4v": _MP4}
_RETRY_AFTER: Final = 5  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request is for: `file` plays, `form` of it is wanted, and `state` tells how far that is."""

    grant: Grant
    file: File
    form: Form
    state: State

    @property
    def options(self) -> ConvertOptions:
        return ConvertOptions(hash=self.file.hash, form=self.form)


class Refused(Exception):
    """The request cannot be answered with a video; `status` is that of the answer."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Video(View):
    """A video by ranges. One that is not made yet is begun, and answered by 503 until it is there."""

    @documented(gives="video/mp4", needs=BY_PREVIEW, also={403: "A wrong token.", 503: "It is being made."})
    async def get(self, request: HttpRequest, file_hash: str, token: str, codec: str) -> HttpResponseBase:
        try:
            asked = await sync_to_async(_find)(token, file_hash, codec)
            return await _send(request, asked) or await sync_to_async(_begin)(asked)
        except Refused as refused:
            return _error(refused)


class VideoStatus(View):
    """How far a video is; POST begins to make it, DELETE gives it up."""

    @documented(needs=BY_PREVIEW, also={403: "A wrong token."})
    def get(self, request: HttpRequest, file_hash: str, token: str, codec: str) -> JsonResponse:
        """How far the video is."""
        return self._answer(token, file_hash, codec)

    @documented(needs=BY_PREVIEW, also={403: "A wrong token."})
    def post(self, request: HttpRequest, file_hash: str, token: str, codec: str) -> JsonResponse:
        """Begins to make the video."""
        return self._answer(token, file_hash, codec, begin=True)

    @documented(needs=BY_PREVIEW, also={403: "A wrong token."})
    def delete(self, request: HttpRequest, file_hash: str, token: str, codec: str) -> JsonResponse:
        """Gives the making of the video up."""
        return self._answer(token, file_hash, codec, cancel=True)

    def _answer(
        self, token: str, file_hash: str, codec: str, *, begin: bool = False, cancel: bool = False
    ) -> JsonResponse:
        try:
            asked = _find(token, file_hash, codec)
            if begin and not asked.state.is_playable:
                _start(asked)
            if cancel:
                cancel_conversion(asked.options)
            return JsonResponse(_state_json(_find(token, file_hash, codec)), headers={"Cache-Control": "no-store"})
        except Refused as refused:
            return _error(refused)


class VideoPart(View):
    """The playlist and the segments of HLS, which may be played while further ones are made."""

    @documented(gives="video/iso.segment", needs=BY_PREVIEW, also={403: "A wrong token.", 503: "It is being made."})
    async def get(self, request: HttpRequest, file_hash: str, token: str, name: str) -> HttpResponseBase:
        try:
            asked = await sync_to_async(_find)(token, file_hash, HLS)
            if not _PART_NAME.fullmatch(name):
                raise Refused(404, "There is no such part.")
            return await _send_part(request, asked, name) or await sync_to_async(_begin)(asked)
        except Refused as refused:
            return _error(refused)


def _find(token: str, file_hash: str, codec: str) -> Asked:
    """What is asked for, if the token shows it. Raises Refused."""
    form: Form = _FORMS.get(codec, "mp4")
    codecs = wanted_codecs(codec if form == "mp4" else "avc")
    grant = preview_grant(token)
    if grant is None:
        raise Refused(403, "This link has expired or is not valid.")
    if not codecs:
        raise Refused(400, f"There is no video format {codec}.")
    file = animated_file(file_hash, grant) if form == "webp" else playable_file(file_hash, grant)
    if file is None or not (file.is_playable or form == "webp"):
        raise Refused(404, "Video not found.")
    return Asked(grant=grant, file=file, form=form, state=state_of(file, codecs, form))


async def _send(request: HttpRequest, asked: Asked) -> HttpResponseBase | None:
    """The video, or None while it is not made."""
    file = asked.file
    if asked.state.state == "original":
        part = Span(file.video_offset, file.video_length) if file.video_length else None
        mime = _MP4 if part else _SENT_AS.get(file.mime, file.mime)
        path = path_of(file.root, file.name)
        is_original = await sync_to_async(_sends_original)(asked)
        within = folder_of(file.root)
        return await _send_file(request, path, mime, within=within, part=part, unplaced=not is_original)
    made = made_path(file.hash, asked.form)
    if asked.state.state != "ready":
        return None
    await in_reader(videocache.mark_played, made)
    return await _send_file(request, made, _TYPES[made.suffix])


def _sends_original(asked: Asked) -> bool:
    return Whereabouts.of(asked.grant).sends_original(asked.file)


async def _send_part(request: HttpRequest, asked: Asked, name: str) -> HttpResponseBase | None:
    made = made_path(asked.file.hash, HLS)
    if name == PLAYLIST:
        await in_reader(videocache.mark_played, made)
    # The playlist grows; what it names does not change any more.
    cache = NOT_LONG if name == PLAYLIST else FOR_A_MONTH
    try:
        return await _send_file(request, made / name, _TYPES[Path(name).suffix], cache=cache)
    except Refused:
        return None


async def _send_file(
    request: HttpRequest,
    path: Path,
    mime: str,
    *,
    within: Path | None = None,
    part: Span | None = None,
    cache: str = NOT_LONG,
    unplaced: bool = False,
) -> HttpResponseBase:
    try:
        return await serve_file(
            request, path, content_type=mime, cache_control=cache, within=within, part=part, unplaced=unplaced
        )
    except CannotUnplace:
        raise Refused(403, "This video says where it was taken, which the link does not tell.") from None
    except FileNotFoundError:
        raise Refused(404, "The file is missing in the originals.") from None


def _begin(asked: Asked) -> JsonResponse:
    """The answer to a player that has to come again. Raises Refused."""
    if asked.state.is_playable:
        raise Refused(404, "There is no such part.")
    if asked.state.may_start:
        _start(asked)
    if asked.state.state == JobState.FAILED:
        raise Refused(422, asked.state.message)
    sentence = "The video is being converted; try again in a moment."
    return JsonResponse(
        problem(503, sentence, **_state_json(asked)),
        status=503,
        headers={"Retry-After": str(_RETRY_AFTER), "Cache-Control": "no-store"},
    )


def _start(asked: Asked) -> None:
    try:
        start_conversion(asked.options, user=asked.grant.user)
    except QueueFull as full:
        raise Refused(429, str(full)) from full


def _state_json(asked: Asked) -> dict[str, Any]:
    state, file = asked.state, asked.file
    return {
        "state": state.state,
        "share": state.share,
        "remaining": state.remaining,
        "begun": state.is_begun,
        "message": state.message,
        "hash": file.hash,
        "codec": file.video_codec or file.codec,
        "duration": file.duration.total_seconds() if file.duration else 0,
    }


def _error(refused: Refused) -> JsonResponse:
    status = refused.status
    return JsonResponse(problem(status, str(refused)), status=status, headers={"Cache-Control": "no-store"})
