"""/folders/originals, /folders/import: the directories of a root, and what lies in them."""

from typing import Final

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.api.paging import MOST_SKIPPED, page_headers
from library.documented import documented
from library.folders import Inside, find_folders, look_inside
from library.models.folder import Root
from library.permissions import api_grant, may
from library.search import MAX_COUNT
from library.search.forms import FOLDERS
from library.serializers import file_json, folder_json
from library.shapes import FoldersJson

_ROOTS: Final = {"originals": Root.ORIGINALS, "import": Root.IMPORT}


class FolderQuery(serializers.Serializer[None]):
    """The filters of folders may be parameters or stand in `q`: title, path, year, month, country and so on."""

    q = serializers.CharField(allow_blank=True, default="", help_text="Words and filters, as in the search box.")
    recursive = serializers.BooleanField(default=False, help_text="Folders at every depth, not only the next.")
    files = serializers.BooleanField(default=False, help_text="The files of the folder itself as well.")
    uncached = serializers.BooleanField(default=False, help_text="Taken for PhotoPrism's sake; nothing is kept here.")
    public = serializers.BooleanField(default=False, help_text="Without private folders and photos.")
    count = serializers.IntegerField(min_value=0, default=0, help_text=f"Files at most; 0 is {MAX_COUNT:,}.")
    offset = serializers.IntegerField(min_value=0, max_value=MOST_SKIPPED, default=0, help_text="Files to pass over.")

    def validate_count(self, value: int) -> int:
        return min(value or MAX_COUNT, MAX_COUNT)


class Folders(APIView):
    permission_classes = [may("library.browse_folders")]
    root = ""

    @documented(gives=FoldersJson, query=FolderQuery, also={404: "There is no such folder."})
    def get(self, request: Request, path: str = "") -> Response:
        """The folders in a folder, by their paths, and with `files` its files by their names."""
        given = FolderQuery(data=request.query_params.dict())
        given.is_valid(raise_exception=True)
        asked, grant = given.validated_data, api_grant(request)
        wanted = FOLDERS.ask(asked["q"], request.query_params.dict())
        inside = Inside(_ROOTS[self.root], path.strip("/"), is_deep=wanted.has("recursive"))
        folders = find_folders(inside, wanted.condition, grant)
        if folders is None:
            raise NotFound(_("Folder not found"))
        paging = {key: asked[key] for key in ("count", "offset")}
        found = look_inside(inside, grant, public=wanted.has("public"), **paging) if wanted.has("files") else []
        headers = page_headers(len(found) + len(folders), grant=grant, **paging)
        return Response(
            {
                "root": self.root,
                "folders": [folder_json(folder) for folder in folders],
                "files": [file_json(file, file.photo.uid if file.photo else "", {}) for file in found],
                "recursive": inside.is_deep,
                "cached": False,
            },
            headers={**headers, "X-Files": str(len(found)), "X-Folders": str(len(folders))},
        )
