"""/files/:hash: what is known of one file."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.documented import documented
from library.permissions import api_grant, may
from library.search import visible_files
from library.serializers import one_file_json
from library.shapes import FileJson


class FileDetail(APIView):
    permission_classes = [may("library.view_photo")]

    @documented(gives=FileJson)
    def get(self, request: Request, file_hash: str) -> Response:
        """One file with its markers, by the SHA-1 of its content."""
        grant = api_grant(request)
        file = visible_files(grant).filter(hash=file_hash.lower()).select_related("photo").order_by("pk").first()
        if file is None:
            raise NotFound(_("File not found"))
        return Response(one_file_json(file, grant))
