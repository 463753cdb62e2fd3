"""/photos/:uid/files/:file_uid/primary and /unstack, /batch/photos/stack and its undo: stacks by hand."""

from collections.abc import Callable
from typing import Any, Final, TypedDict, TypeVar

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.access import Grant
from library.documented import documented
from library.permissions import api_grant, may
from library.search import results_of, visible_files, visible_photos
from library.serializers import photo_json
from library.shapes import PhotoJson
from library.stacks import by_hand
from library.stacks.by_hand import NotStackable
from library.stacks.undo import TooLate, undo, undoable

# Some more than a stack may have, so that the sentence that says so is reached.
MOST_UIDS: Final = 100 * by_hand.MOST

Value = TypeVar("Value")


class _Token(serializers.Serializer[None]):
    undo = serializers.CharField(max_length=64)


class _Selection(serializers.Serializer[None]):
    photos = serializers.ListField(child=serializers.CharField(max_length=64), allow_empty=False, max_length=MOST_UIDS)


class Unstacked(PhotoJson):
    Undo: str


class Stacked(TypedDict):
    code: int
    message: str
    photo: PhotoJson
    undo: str


class Undone(TypedDict):
    code: int
    message: str
    photos: list[str]


class PrimaryFile(APIView):
    permission_classes = [may("library.update_photo")]

    @documented(gives=PhotoJson, also={400: "This file cannot be shown."})
    def post(self, request: Request, uid: str, file_uid: str) -> Response:
        """The photo, with this file as the one that is shown."""
        grant = api_grant(request)
        photo = _stack_or_404(uid, file_uid, grant)
        _try(lambda: by_hand.set_primary(photo, file_uid, grant))
        return Response(_json(uid, grant))


class Unstack(APIView):
    permission_classes = [may("library.update_photo")]

    @documented(gives=Unstacked, also={400: "There is nothing to take it out of."})
    def post(self, request: Request, uid: str, file_uid: str) -> Response:
        """The photo that the file was taken out of, and as `Undo` what takes it back."""
        grant = api_grant(request)
        photo = _stack_or_404(uid, file_uid, grant)
        _, token = _try(lambda: undoable([uid], grant, lambda: by_hand.unstack(photo, file_uid, grant)))
        return Response({**_json(uid, grant), "Undo": token})


class BatchStack(APIView):
    """Takes {"photos": [uid, ...]} and makes one photo of them: `photo`; `undo` is what takes it back."""

    permission_classes = [may("library.update_photo")]

    @documented(gives=Stacked, takes=_Selection)
    def post(self, request: Request) -> Response:
        chosen = _Selection(data=request.data)
        chosen.is_valid(raise_exception=True)
        grant = api_grant(request)
        uids = list(dict.fromkeys(chosen.validated_data["photos"]))[: by_hand.MOST + 1]
        photo, token = _try(lambda: undoable(uids, grant, lambda: by_hand.stack(uids, grant)))
        answer = {"code": 200, "message": _("Selection stacked"), "photo": _json(photo.uid, grant), "undo": token}
        return Response(answer)


class UndoStack(APIView):
    """Takes {"undo": token} of a stack made or taken apart by hand; `photos` are those that are as before."""

    permission_classes = [may("library.update_photo")]

    @documented(gives=Undone, takes=_Token)
    def post(self, request: Request) -> Response:
        chosen = _Token(data=request.data)
        chosen.is_valid(raise_exception=True)
        uids = _try(lambda: undo(chosen.validated_data["undo"], api_grant(request)))
        return Response({"code": 200, "message": _("Change taken back"), "photos": uids})


def _try(work: Callable[[], Value]) -> Value:
    """What cannot be done is told in its own words, as a bad request."""
    try:
        return work()
    except (NotStackable, TooLate) as reason:
        raise ValidationError(str(reason)) from None


def _stack_or_404(uid: str, file_uid: str, grant: Grant) -> Any:
    """The photo, if the grant may see it and the file is one of its own."""
    photo = visible_photos(grant).filter(uid=uid).first()
    if photo is None or not visible_files(grant).filter(photo=photo, uid=file_uid).exists():
        raise Http404
    return photo


def _json(uid: str, grant: Grant) -> PhotoJson:
    photo = visible_photos(grant).with_gear().get(uid=uid)
    return photo_json(results_of([photo], grant)[0], grant)
