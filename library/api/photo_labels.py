"""/photos/:uid/label: labels by hand, each answered by the photo as it is then."""

from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.api.photos import photo_answer, photo_or_404
from library.documented import documented
from library.labelling import NoLabel, add_label, judge_label, remove_label
from library.models import PhotoLabel
from library.permissions import api_grant, may
from library.shapes import PhotoJson

_SURE: Final = 0
_WRONG: Final = 100


class NameField(serializers.CharField):
    """A text; a number is none."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class _NewLabel(serializers.Serializer[None]):
    Name = NameField(source="name", max_length=160)
    Uncertainty = serializers.IntegerField(source="uncertainty", min_value=_SURE, max_value=_WRONG - 1, default=_SURE)
    Priority = serializers.IntegerField(source="priority", min_value=-100, max_value=100, default=0)


class _Judgement(serializers.Serializer[None]):
    Uncertainty = serializers.IntegerField(min_value=_SURE, max_value=_WRONG)


class PhotoLabels(APIView):
    permission_classes = [may("library.update_photo")]

    @documented(gives=PhotoJson, takes=_NewLabel)
    def post(self, request: Request, uid: str) -> Response:
        """Puts a label on the photo; one of a new name is made."""
        photo = photo_or_404(uid, api_grant(request))
        given = _NewLabel(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            add_label(photo, **given.validated_data)
        except NoLabel as reason:
            raise ValidationError(str(reason)) from None
        return photo_answer(uid, api_grant(request))


class PhotoLabelDetail(APIView):
    """One label of a photo, by the number of the label."""

    permission_classes = [may("library.update_photo")]

    @documented(gives=PhotoJson, takes=_Judgement)
    def put(self, request: Request, uid: str, label_id: int) -> Response:
        """Says how sure the label is, in percent of doubt: 0 confirms it, 100 takes it away."""
        row = _row_or_404(request, uid, label_id)
        given = _Judgement(data=request.data)
        given.is_valid(raise_exception=True)
        judge_label(row, given.validated_data["Uncertainty"])
        return photo_answer(uid, api_grant(request))

    @documented(gives=PhotoJson)
    def delete(self, request: Request, uid: str, label_id: int) -> Response:
        """Takes the label away; what a program has seen will not be seen again."""
        remove_label(_row_or_404(request, uid, label_id))
        return photo_answer(uid, api_grant(request))


def _row_or_404(request: Request, uid: str, label_id: int) -> PhotoLabel:
    photo = photo_or_404(uid, api_grant(request))
    row = PhotoLabel.objects.filter(photo=photo, label__pk=label_id).select_related("photo", "label").first()
    if row is None:
        raise NotFound(_("Record not found"))
    return row
