"""/dl/:hash, /photos/:uid/dl, /zip: originals as attachments, one or many."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, TypedDict, cast

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.access import Grant
from library.api import zip_selections
from library.api.batch import BYTES_A_UID, UidField
from library.api.media_grants import download_grant
from library.api.zip_selections import Selection
from library.delivery import ThreadedChunks, content_disposition, folder_of, in_reader, path_of, serve_file
from library.documented import BY_DOWNLOAD, documented
from library.media.unplaced import CannotUnplace
from library.media.zips import Member, make_zip
from library.models import File
from library.permissions import may
from library.problems import problem
from library.search import visible_files
from library.whereabouts import Whereabouts

MOST_UIDS: Final = 50_000  # of photos, and as many of files
_GONE: Final = "Photo not found."
_ZIP_GONE: Final = "This download has expired. Start it again."
_SAYS_WHERE: Final = (
    "This file says where it was taken, which the link does not tell; the picture itself can be looked at."
)
_NOT_VALID: Final = "This link has expired or is not valid."


class _Chosen(serializers.Serializer[None]):
    photos = serializers.ListField(child=UidField(max_length=64), default=list, max_length=MOST_UIDS)
    files = serializers.ListField(child=UidField(max_length=64), default=list, max_length=MOST_UIDS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs["photos"] and not attrs["files"]:
            raise serializers.ValidationError(_("No items selected"))
        return attrs


class ZipMade(TypedDict):
    code: int
    message: str
    filename: str


class Download(View):
    """The original with this hash."""

    @documented(gives="application/octet-stream", needs=BY_DOWNLOAD, token_in=("t",), also={403: "A wrong token."})
    async def get(self, request: HttpRequest, file_hash: str) -> HttpResponseBase:
        grant = await _grant(request)
        if grant is None:
            return _error(403, _NOT_VALID)
        return await _send(request, await sync_to_async(_file_by_hash)(grant, file_hash), grant)


class PhotoDownload(View):
    """The original of a photo; of a stack, the one that is shown."""

    @documented(gives="application/octet-stream", needs=BY_DOWNLOAD, token_in=("t",), also={403: "A wrong token."})
    async def get(self, request: HttpRequest, uid: str) -> HttpResponseBase:
        grant = await _grant(request)
        if grant is None:
            return _error(403, _NOT_VALID)
        return await _send(request, await sync_to_async(_file_of_photo)(grant, uid), grant)


class Zip(APIView):
    """Takes a selection, and says under which name it can be fetched."""

    permission_classes = [may("library.download_photo")]
    largest_body = 2 * MOST_UIDS * BYTES_A_UID

    @documented(gives=ZipMade, takes=_Chosen, also={404: "Nothing of it may be downloaded."})
    def post(self, request: Request) -> Response:
        chosen = _Chosen(data=request.data)
        chosen.is_valid(raise_exception=True)
        grant = cast("Grant", request.auth)
        selection = Selection(
            photos=tuple(chosen.validated_data["photos"]),
            files=tuple(chosen.validated_data["files"]),
            user_id=grant.user_id,
            download_token=grant.download_token,
        )
        if next(zip_selections.originals(selection, grant), None) is None:
            raise NotFound("Nothing to download.")
        name = zip_selections.keep(selection, timezone.now())
        return Response({"code": 200, "message": "The download is ready.", "filename": name})


class ZipDownload(View):
    """The selection, as a ZIP that is made while it is sent."""

    @documented(gives="application/zip", needs=BY_DOWNLOAD, token_in=("t",), also={403: "A wrong token."})
    async def get(self, request: HttpRequest, filename: str) -> HttpResponseBase:
        grant = await _grant(request)
        if grant is None:
            return _error(403, _NOT_VALID)
        members = await sync_to_async(_members)(grant, filename)
        if not members:
            return _error(404, _ZIP_GONE)
        return await send_zip(request, members, _shown_name(filename))


async def send_zip(request: HttpRequest, members: list[Member], name: str) -> HttpResponseBase:
    """The files as a ZIP under this name; it is made while it is sent."""
    made = await in_reader(make_zip, members)
    response = HttpResponse() if request.method == "HEAD" else StreamingHttpResponse(ThreadedChunks(made.pieces))
    response["Content-Type"] = "application/zip"
    response["Content-Length"] = str(made.size)
    response["Content-Disposition"] = content_disposition(name, as_attachment=True)
    response["Cache-Control"] = "private, no-store"
    return response


def members_of(files: Iterable[File], grant: Grant) -> list[Member]:
    """The files as the grant may have them: what must not say where it was taken comes without its metadata."""
    where = Whereabouts.of(grant)
    return [
        Member(path_of(file.root, file.name), file.base_name, folder_of(file.root), not where.sends_original(file))
        for file in files
    ]


async def _grant(request: HttpRequest) -> Grant | None:
    return await sync_to_async(download_grant)(request.GET.get("t", ""))


async def _send(request: HttpRequest, file: File | None, grant: Grant) -> HttpResponseBase:
    if file is None:
        return _error(404, _GONE)
    unplaced = not await sync_to_async(_sends_original)(file, grant)
    if unplaced and file.is_sidecar:
        return _error(403, _SAYS_WHERE)
    try:
        return await serve_file(
            request,
            path_of(file.root, file.name),
            content_type=file.mime or "application/octet-stream",
            filename=file.base_name,
            as_attachment=True,
            within=folder_of(file.root),
            unplaced=unplaced,
        )
    except CannotUnplace:
        return _error(403, _SAYS_WHERE)
    except FileNotFoundError:
        return _error(404, "The file is missing in the originals.")


def _file_by_hash(grant: Grant, file_hash: str) -> File | None:
    return visible_files(grant).filter(hash=file_hash).first()


def _file_of_photo(grant: Grant, uid: str) -> File | None:
    return visible_files(grant).filter(photo__uid=uid).order_by("-is_primary", "pk").first()


def _sends_original(file: File, grant: Grant) -> bool:
    return Whereabouts.of(grant).sends_original(file)


def _members(grant: Grant, filename: str) -> list[Member]:
    selection = zip_selections.recall(filename, grant)
    return members_of(zip_selections.originals(selection, grant) if selection else (), grant)


def _shown_name(filename: str) -> str:
    """The name without its secret part."""
    return f"{Path(filename).stem.rpartition('-')[0]}.zip"


def _error(status: int, sentence: str) -> JsonResponse:
    return JsonResponse(problem(status, sentence), status=status, headers={"Cache-Control": "no-store"})
