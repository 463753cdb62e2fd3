"""/photos/:uid/text: what is written in the picture of a photo."""

from typing import TypedDict

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.api.photos import photo_or_404
from library.documented import documented
from library.permissions import api_grant, may
from library.seen_texts import kept_lines


class TextLineJson(TypedDict):
    """A line of text: Confidence in percent; Box has the x and y of its four corners, as shares of width and height.

    The corners go clockwise as the text is read, the first where its first letter begins, at the top.
    """

    Text: str
    Confidence: int
    Box: list[float]


class TextJson(TypedDict):
    """The lines that were read in the picture of the file with this hash; none and "" if no text was looked for."""

    UID: str
    Hash: str
    Lines: list[TextLineJson]


class PhotoText(APIView):
    permission_classes = [may("library.view_photo")]

    @documented(gives=TextJson)
    def get(self, request: Request, uid: str) -> Response:
        """What is written in the picture, line by line with where it stands."""
        file_hash, lines = kept_lines(photo_or_404(uid, api_grant(request)))
        told = [{"Text": line.text, "Confidence": line.confidence, "Box": list(line.box)} for line in lines]
        return Response({"UID": uid, "Hash": file_hash, "Lines": told})
