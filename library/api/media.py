"""/t/:hash/:token/:size: the thumbs, from the cache or rendered on demand."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views import View

from library.access import Grant
from library.api.media_grants import preview_grant
from library.delivery import SANDBOX, folder_of, path_of, serve_file
from library.documented import BY_PREVIEW, documented
from library.media.crops import CROP_SIZES, crop_name
from library.media.geometry import Area, split_crop_name
from library.media.ondemand import Darkroom, NotRendered, Order, Rules
from library.media.sizes import PUBLIC_SIZES, SIZES, Size, served_size, size_for, static_sizes
from library.media.thumbs import thumb_name
from library.problems import problem
from library.search import visible_files

FOR_A_MONTH: Final = "private, max-age=2592000, immutable"
NOT_LONG: Final = "private, no-cache"
_MEGABYTE: Final = 1024 * 1024
_ICON: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#808080" stroke-width="1.5"'
    ' stroke-linecap="round" stroke-linejoin="round">{}</svg>'
)
_BROKEN: Final = _ICON.format('<path d="M4 5h16v14H4z"/><path d="m4 16 5-5 4 4 2-2 5 5M3 3l18 18"/>')
_LOCKED: Final = _ICON.format('<path d="M6 11h12v9H6z"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>')


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a file's row its thumbs need; `width` and `height` are 0 if there is no picture of it."""

    hash: str
    root: str
    name: str
    type: str
    width: int
    height: int


class Thumb(View):
    """One thumb. What the token may not see, or does not exist, looks the same: a small drawing."""

    @documented(gives="image/jpeg", needs=BY_PREVIEW, also={400: "There is no such size.", 403: "A wrong token."})
    async def get(self, request: HttpRequest, name: str, token: str, size: str) -> HttpResponseBase:
        file_hash, area = split_crop_name(name)
        wanted = CROP_SIZES.get(size) if area else size_for(size)
        if wanted is None:
            return JsonResponse(problem(400, f"There is no thumb size {size}."), status=400)
        return await _answer(request, *await sync_to_async(_find)(token, file_hash), wanted, area)


async def serve_cover(request: HttpRequest, grant: Grant | None, file_hash: str, size: str) -> HttpResponseBase:
    """The thumb of the photo that stands for a collection; soon it may be that of another."""
    wanted = size_for(size)
    if wanted is None:
        return JsonResponse(problem(400, f"There is no thumb size {size}."), status=400)
    shown = await sync_to_async(_shown)(grant, file_hash) if grant else None
    response = await _answer(request, grant, shown, wanted, None)
    if response.headers.get("Cache-Control") == FOR_A_MONTH:
        response["Cache-Control"] = NOT_LONG
    return response


def rules() -> Rules:
    """What rendering on demand may take; the limits are those of indexing."""
    options = settings.OPTIONS
    return Rules(
        out=thumbs_path(),
        quality=options.jpeg_quality,
        max_pixels=options.resolution_limit_pixels,
        deadline=options.index_timeout,
        memory=options.index_memory * _MEGABYTE,
    )


def thumbs_path() -> Path:
    """The folder of the thumbs."""
    path: Path = settings.CACHE_PATH / "thumbnails"
    return path


darkroom = Darkroom(rules)


def _find(token: str, file_hash: str) -> tuple[Grant | None, Shown | None]:
    grant = preview_grant(token)
    if grant is None:
        return None, None
    return grant, _shown(grant, file_hash)


def _shown(grant: Grant, file_hash: str) -> Shown | None:
    row = visible_files(grant).filter(hash=file_hash).values_list(*Shown.__slots__).first()
    return Shown(*row) if row else None


async def _answer(
    request: HttpRequest, grant: Grant | None, shown: Shown | None, wanted: Size, area: Area | None
) -> HttpResponseBase:
    if grant is None:
        return _drawing(_LOCKED, status=403)
    if shown is None or not shown.width:
        return _drawing(_BROKEN)
    best = wanted if area else served_size(_allowed(wanted), shown.width, shown.height)
    return await _serve(request, shown, best, area) or _drawing(_BROKEN)


async def _serve(request: HttpRequest, shown: Shown, best: Size, area: Area | None) -> HttpResponseBase | None:
    """The thumb, made if it is not there, else the best that is there."""
    if response := await _send(request, shown, best, _path(shown, best, area), FOR_A_MONTH):
        return response
    made = await _render(shown, best, area)
    if made and (response := await _send(request, shown, best, made, FOR_A_MONTH)):
        return response
    for other in [] if area else _instead_of(best):
        if response := await _send(request, shown, other, _path(shown, other, None), NOT_LONG):
            return response
    return None


async def _send(request: HttpRequest, shown: Shown, size: Size, path: Path, cache: str) -> HttpResponseBase | None:
    is_download = "download" in request.GET
    clear = path.with_suffix(".webp")
    if shown.type != "jpg" and clear.exists():
        path = clear
    try:
        return await serve_file(
            request,
            path,
            content_type="image/webp" if path is clear else "image/jpeg",
            cache_control=cache,
            filename=f"{Path(shown.name).stem}_{size.name}{path.suffix}" if is_download else "",
            as_attachment=is_download,
        )
    except FileNotFoundError:
        return None


async def _render(shown: Shown, size: Size, area: Area | None) -> Path | None:
    order = Order(
        path=path_of(shown.root, shown.name),
        within=folder_of(shown.root),
        type=shown.type,
        hash=shown.hash,
        size=size.name,
        area=area,
    )
    try:
        return await darkroom.render(order)
    except NotRendered:
        return None


def _path(shown: Shown, size: Size, area: Area | None) -> Path:
    return thumbs_path() / (crop_name(shown.hash, area, size) if area else thumb_name(shown.hash, size))


def _allowed(size: Size) -> Size:
    """The size, or the largest below it that the options let be made on demand."""
    if size in static_sizes(settings.OPTIONS.thumb_size):
        return size
    limit = settings.OPTIONS.thumb_size_uncached if settings.OPTIONS.thumb_uncached else settings.OPTIONS.thumb_size
    return next((other for other in (size, *_instead_of(size)) if other.width <= limit), PUBLIC_SIZES[0])


def _instead_of(size: Size) -> list[Size]:
    """Smaller sizes, best first: those of the same shape, then whole pictures."""
    smaller = sorted((other for other in SIZES.values() if other.width < size.width), key=lambda other: -other.width)
    return [other for other in smaller if other.method == size.method] + [fit for fit in smaller if fit.is_fit]


def _drawing(svg: str, *, status: int = 200) -> HttpResponse:
    """Clients of PhotoPrism expect a picture here, whatever is wrong."""
    return HttpResponse(
        svg,
        status=status,
        content_type="image/svg+xml",
        headers={
            "Content-Length": str(len(svg)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": SANDBOX,
        },
    )
