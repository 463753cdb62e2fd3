"""/photos/:uid/files/:file_uid/primary and /unstack, /batch/photos/stack: stacks by hand."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.access import Grant
from library.permissions import api_grant, may
from library.search import results_of, visible_files, visible_photos
from library.serializers import photo_json
from library.stacks import by_hand
from library.stacks.by_hand import NotStackable

# Some more than a stack may have, so that the sentence that says so is reached.
MOST_UIDS: Final = 100 * by_hand.MOST

Value = TypeVar("Value")


class PrimaryFile(APIView):
    permission_classes = [may("library.update_photo")]

    def post(self, request: Request, uid: str, file_uid: str) -> Response:
        """The photo, with this file as the one that is shown."""
        grant = api_grant(request)
        photo = _stack_or_404(uid, file_uid, grant)
        _try(lambda: by_hand.set_primary(photo, file_uid, grant))
        return Response(_json(uid, grant))


class Unstack(APIView):
    permission_classes = [may("library.update_photo")]

    def post(self, request: Request, uid: str, file_uid: str) -> Response:
        """The photo that the file was taken out of."""
        grant = api_grant(request)
        photo = _stack_or_404(uid, file_uid, grant)
        _try(lambda: by_hand.unstack(photo, file_uid, grant))
        return Response(_json(uid, grant))


class BatchStack(APIView):
    """Takes {"photos": [uid, ...]} and makes one photo of them; the answer has it as `photo`."""

    permission_classes = [may("library.update_photo")]

    def post(self, request: Request) -> Response:
        chosen = _Selection(data=request.data)
        chosen.is_valid(raise_exception=True)
        grant = api_grant(request)
        photo = _try(lambda: by_hand.stack(chosen.validated_data["photos"], grant))
        return Response({"code": 200, "message": _("Selection stacked"), "photo": _json(photo.uid, grant)})


class _Selection(serializers.Serializer[None]):
    photos = serializers.ListField(child=serializers.CharField(max_length=64), allow_empty=False, max_length=MOST_UIDS)


def _try(work: Callable[[], Value]) -> Value:
    """What cannot be done is told in its own words, as a bad request."""
    try:
        return work()
    except NotStackable as reason:
        raise ValidationError(str(reason)) from None


def _stack_or_404(uid: str, file_uid: str, grant: Grant) -> Any:
    """The photo, if the grant may see it and the file is one of its own."""
    photo = visible_photos(grant).filter(uid=uid).first()
    if photo is None or not visible_files(grant).filter(photo=photo, uid=file_uid).exists():
        raise Http404
    return photo


def _json(uid: str, grant: Grant) -> dict[str, Any]:
    photo = visible_photos(grant).with_gear().get(uid=uid)
    return photo_json(results_of([photo], grant)[0])
