"""/users/:uid/upload/:token: sends files in batches, has them brought into the library, tells how far that is."""

import errno
from typing import Any, BinaryIO, Final, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework import exceptions, serializers
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from albums.changes import AlbumProblem
from library.documented import documented
from library.importing.run import REFUSED
from library.importing.staging import NotTaken, UnknownType, folder_of, is_token, stage
from library.permissions import api_grant, may
from library.problems import problem
from library.shapes import Done
from sharing.api import own_account
from sharing.models import Account
from sharing.uploading import MOST_ALBUMS, UploadTold, chosen_albums, start_upload, told_of, wait_for

PATIENCE: Final = 50.0
"""Seconds that an app waits at most for its photos to be there; proxies give up after sixty."""
_NO_SPACE: Final = {errno.ENOSPC, errno.EDQUOT}


class UploadStarted(Done):
    job: str


class _Complete(serializers.Serializer[None]):
    albums = serializers.ListField(
        child=serializers.CharField(max_length=160, allow_blank=True),
        default=list,
        max_length=MOST_ALBUMS,
        help_text="UIDs or titles of albums to put the photos into; a title that none has makes one.",
    )
    wait = serializers.BooleanField(
        default=True, help_text="Whether the answer comes when the photos are there, or after 50 seconds; else at once."
    )


class Upload(APIView):
    permission_classes = [may("library.upload_photo")]

    def get_parsers(self) -> list[BaseParser]:
        is_sending = self.request is not None and self.request.method == "POST"
        return [MultiPartParser()] if is_sending else super().get_parsers()

    @documented(gives=UploadTold)
    def get(self, request: Request, uid: str, token: str) -> Response:
        """How far a batch is, and what became of each file: added, known, refused with a reason, or failed."""
        return Response(told_of(_account(request, uid, token), token))

    @documented(
        gives=Done,
        also={413: "A file is too large.", 415: "A file is no picture, video or sidecar.", 507: "The disk is full."},
    )
    def post(self, request: Request, uid: str, token: str) -> Response:
        """Takes in the files of the form's field `files`, as many as were sent; PUT then brings them into the library.

        The batch may be called anything of up to 64 letters and digits. What the answer names is on the disk. With one
        file the header `X-OC-MTime` may hold its age in seconds since 1970.
        """
        account = _account(request, uid, token)
        files: list[UploadedFile[Any]] = request.FILES.getlist("files")
        if not files:
            raise exceptions.ParseError(_("No files were sent."))
        age, kept, refused = _age(request) if len(files) == 1 else None, 0, list[Response]()
        for file in files:
            answer = _stage(account, token, file, age)
            kept += answer is None
            refused += [answer] if answer else []
        if not kept:
            return refused[0]
        message = ngettext("%d file was uploaded.", "%d files were uploaded.", kept) % kept
        return Response({"code": 200, "message": " ".join([message, *(one.data["message"] for one in refused)])})

    @documented(gives=UploadStarted, takes=_Complete, also={403: "No file was taken."})
    def put(self, request: Request, uid: str, token: str) -> Response:
        """Brings what was sent into the library and into albums. The files are named by date; copies are left out."""
        account = _account(request, uid, token)
        given = _Complete(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            albums = chosen_albums(given.validated_data["albums"], api_grant(request))
        except AlbumProblem as reason:
            raise exceptions.ParseError(str(reason)) from None
        job = start_upload(account, token, albums)
        if given.validated_data["wait"] and wait_for(job, PATIENCE) and not job.is_open:
            return _outcome(told_of(account, token), job.uid)
        return Response({"code": 200, "message": _("The upload is being processed."), "job": job.uid})


def _account(request: Request, uid: str, token: str) -> Account:
    """One's own account, which may add files now."""
    account = own_account(request, uid)
    if settings.OPTIONS.readonly:
        raise PermissionDenied(_("The library takes nothing in: it can only be read."))
    if not is_token(token):
        raise exceptions.NotFound
    return account


def _stage(account: Account, token: str, file: UploadedFile[Any], age: float | None) -> Response | None:
    """Keeps one file; the refusal if that is not possible."""
    name = str(file.name)
    most = settings.OPTIONS.largest_upload_bytes
    if (file.size or 0) > most:
        sentence = _("“%(name)s” is larger than %(most)d MB.") % {"name": name, "most": most // 1024**2}
        return _refusal(413, sentence)
    if not file.size:
        return _refusal(400, _("“%s” is empty.") % name)
    try:
        stage(folder_of(account.uid, token), name, cast("BinaryIO", file), modified=age)
    except UnknownType as reason:
        return _refusal(415, str(reason))
    except NotTaken as reason:
        return _refusal(400, str(reason))
    except OSError as error:
        if error.errno not in _NO_SPACE:
            raise
        return _refusal(507, _("The disk of the server is full."))
    return None


def _refusal(status: int, sentence: str) -> Response:
    return Response(problem(status, sentence), status=status)


def _age(request: Request) -> float | None:
    """What the header says of the file's age, if that is a moment in the past."""
    text = request.headers.get("X-OC-MTime", "")
    return float(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _outcome(told: UploadTold, job: str) -> Response:
    """The answer to who waited; where nothing was taken, why."""
    files = told["files"]
    refused = [one for one in files if one["state"] == REFUSED]
    if told["state"] == "failed" or (refused and len(refused) == len(files)):
        sentence = refused[0]["reason"] if refused else told["message"]
        return _refusal(403 if refused else 500, sentence)
    reasons: Any = [f"{one['name']}: {one['reason']}" for one in refused]
    return Response({"code": 200, "message": " ".join([told["message"], *reasons]), "job": job})
