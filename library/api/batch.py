"""/batch/photos: one change for many photos."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Final

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library import states
from library.access import Grant
from library.documented import documented
from library.permissions import api_grant, may
from library.shapes import Done

MAX_SELECTION: Final = 100_000
BYTES_A_UID: Final = 40  # with quotes, comma and blanks, where apps write such


class UidField(serializers.CharField):
    """A text; PhotoPrism refuses numbers among UIDs, which others would take for one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class _Selection(serializers.Serializer[None]):
    photos = serializers.ListField(child=UidField(max_length=64), allow_empty=False, max_length=MAX_SELECTION)


class _Batch(APIView, ABC):
    """Takes {"photos": [uid, ...]}; photos that the account may not see are passed over."""

    largest_body = MAX_SELECTION * BYTES_A_UID
    message: ClassVar[Any]

    @abstractmethod
    def change(self, uids: list[str], grant: Grant) -> object:
        """Makes the change to those of the photos that the grant may see."""

    @documented(gives=Done, takes=_Selection)
    def post(self, request: Request) -> Response:
        chosen = _Selection(data=request.data)
        chosen.is_valid(raise_exception=True)
        self.change(chosen.validated_data["photos"], api_grant(request))
        return Response({"code": 200, "message": self.message})


class BatchArchive(_Batch):
    """Moves photos into the archive."""

    permission_classes = [may("library.archive_photo")]
    message = _("Selection archived")

    def change(self, uids: list[str], grant: Grant) -> object:
        return states.archive(uids, grant)


class BatchRestore(_Batch):
    """Brings photos back from the archive."""

    permission_classes = [may("library.archive_photo")]
    message = _("Selection restored")

    def change(self, uids: list[str], grant: Grant) -> object:
        return states.restore(uids, grant)


class BatchPrivate(_Batch):
    """Makes photos private, or public again those that were."""

    permission_classes = [may("library.update_photo")]
    message = _("Selection marked as private")

    def change(self, uids: list[str], grant: Grant) -> object:
        return states.toggle_private(uids, grant)


class BatchApprove(_Batch):
    """Takes photos out of review."""

    permission_classes = [may("library.update_photo")]
    message = _("Selection approved")

    def change(self, uids: list[str], grant: Grant) -> object:
        return states.approve(uids, grant)
