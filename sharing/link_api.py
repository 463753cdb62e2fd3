"""/albums/:uid/links: the share links of an album."""

from typing import Any, Final

from django.http import Http404
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from albums.live import find_album
from albums.models import Album
from library.access import Grant
from library.documented import documented
from library.permissions import api_grant, may
from sharing.links import LinkProblem, Terms, change_link, create_link, links_of, remove_link
from sharing.models import Link
from sharing.serializers import LinkJson, link_json

LONGEST: Final = 2**31 - 1


class LinkTerms(serializers.Serializer[None]):
    """A link by PhotoPrism's names; what else an app sends back of it is passed over."""

    Token = serializers.CharField(source="token", max_length=160, required=False)
    Slug = serializers.CharField(source="slug", max_length=160, allow_blank=True, required=False)
    Expires = serializers.IntegerField(source="expires", min_value=0, max_value=LONGEST, required=False)
    MaxViews = serializers.IntegerField(source="max_views", min_value=0, max_value=LONGEST, required=False)
    Password = serializers.CharField(
        source="password", max_length=256, allow_blank=True, trim_whitespace=False, required=False
    )
    VerifyPassword = serializers.BooleanField(source="has_password", required=False)
    Comment = serializers.CharField(source="comment", max_length=512, allow_blank=True, required=False)
    CanComment = serializers.BooleanField(source="can_comment", required=False)
    CanEdit = serializers.BooleanField(source="can_edit", required=False)
    CanDownload = serializers.BooleanField(source="can_download", required=False)
    HidePlaces = serializers.BooleanField(source="hide_places", required=False)


class AlbumLinks(APIView):
    permission_classes = [may("sharing.add_link")]

    @documented(gives=list[LinkJson])
    def get(self, request: Request, uid: str) -> Response:
        """Those that one has made; administrators see all."""
        album = _album(uid, api_grant(request))
        return Response([link_json(link) for link in links_of(album, api_grant(request))])

    @documented(gives=LinkJson, takes=LinkTerms)
    def post(self, request: Request, uid: str) -> Response:
        """Makes a link; `Expires` is in seconds, 0 = never, and all may be left out."""
        album = _album(uid, api_grant(request))
        try:
            return Response(link_json(create_link(album, api_grant(request), _terms(request))))
        except LinkProblem as problem:
            raise ParseError(str(problem)) from None


class AlbumLink(APIView):
    permission_classes = [may("sharing.add_link")]

    @documented(gives=LinkJson, takes=LinkTerms)
    def put(self, request: Request, uid: str, link_uid: str) -> Response:
        """Changes what is named. An empty password stays as it is; {"VerifyPassword": false} takes it away."""
        link = _link(uid, link_uid, api_grant(request))
        try:
            return Response(link_json(change_link(link, _terms(request))))
        except LinkProblem as problem:
            raise ParseError(str(problem)) from None

    @documented(gives=LinkJson)
    def delete(self, request: Request, uid: str, link_uid: str) -> Response:
        """Takes the link back: nobody can open it any more, and what it showed is closed at once."""
        link = _link(uid, link_uid, api_grant(request))
        answer = link_json(link)
        remove_link(link)
        return Response(answer)


def _terms(request: Request) -> Terms:
    given = LinkTerms(data=request.data)
    given.is_valid(raise_exception=True)
    values: dict[str, Any] = given.validated_data
    return Terms(**values)


def _album(uid: str, grant: Grant) -> Album:
    album = find_album(uid, grant)
    if album is None:
        raise Http404
    return album


def _link(uid: str, link_uid: str, grant: Grant) -> Link:
    link = links_of(_album(uid, grant), grant).filter(uid=link_uid).first()
    if link is None:
        raise Http404
    return link
