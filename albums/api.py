"""/albums: list, make, read, edit, fill, copy, like, delete and download albums."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Final, TypedDict

from asgiref.sync import sync_to_async
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views import View
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from albums import changes
from albums.changes import AlbumProblem
from albums.contents import photos_of, visible_albums
from albums.forms import ALBUMS
from albums.live import find_album, listed_albums
from albums.models import Album, AlbumType
from albums.ordering import BY_NUMBER, ORDERS, sort_albums
from albums.saved import LONGEST
from albums.serializers import AlbumJson, album_json, albums_json
from albums.shown import cover_of
from library.access import Grant
from library.api.batch import BYTES_A_UID, MAX_SELECTION
from library.api.downloads import members_of, send_zip
from library.api.media import serve_cover
from library.api.media_grants import download_grant, preview_grant
from library.api.paging import ListQuery, page_headers
from library.api.zip_selections import originals_of
from library.documented import BY_DOWNLOAD, BY_PREVIEW, documented
from library.media.zips import Member
from library.permissions import api_grant, may
from library.query import QueryError
from library.query.values import one_of

MOST_ALBUMS: Final = 1000  # in one selection
MOST_FILES: Final = 50_000  # in one ZIP


class AlbumQuery(ListQuery):
    order = serializers.CharField(
        allow_blank=True, default="", max_length=32, help_text=f"One of {', '.join(sorted(filter(None, ORDERS)))}."
    )


class _Values(serializers.Serializer[None]):
    """The body of an album by PhotoPrism's names; what else an app sends back of it is passed over."""

    Title = serializers.CharField(source="title", max_length=160, required=False)
    Location = serializers.CharField(source="location", max_length=160, allow_blank=True, required=False)
    Category = serializers.CharField(source="category", max_length=100, allow_blank=True, required=False)
    Caption = serializers.CharField(source="caption", max_length=1024, allow_blank=True, required=False)
    Description = serializers.CharField(source="description", max_length=4096, allow_blank=True, required=False)
    Notes = serializers.CharField(source="notes", max_length=4096, allow_blank=True, required=False)
    Filter = serializers.CharField(source="filter", max_length=LONGEST, allow_blank=True, required=False)
    Order = serializers.CharField(source="order", max_length=32, allow_blank=True, required=False)
    Favorite = serializers.BooleanField(source="favorite", required=False)
    Private = serializers.BooleanField(source="private", required=False)
    Thumb = serializers.RegexField(r"^([0-9a-f]{40})?$", source="thumb", allow_blank=True, required=False)


class _New(_Values):
    Title = serializers.CharField(source="title", max_length=160)
    Type = serializers.ChoiceField(choices=[AlbumType.ALBUM], source="type", required=False)


class _StrictUid(serializers.CharField):
    """PhotoPrism refuses numbers among the UIDs."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class _PhotoSelection(serializers.Serializer[None]):
    photos = serializers.ListField(child=_StrictUid(max_length=64), allow_empty=False, max_length=MAX_SELECTION)


class _AlbumSelection(serializers.Serializer[None]):
    albums = serializers.ListField(child=_StrictUid(max_length=64), allow_empty=False, max_length=MOST_ALBUMS)


class AlbumDone(TypedDict):
    code: int
    message: str
    album: AlbumJson


class Albums(APIView):
    def get_permissions(self) -> list[BasePermission]:
        return [may("albums.update_album" if self.request.method == "POST" else "albums.search_album")()]

    @documented(gives=list[AlbumJson], query=AlbumQuery, is_list=True)
    def get(self, request: Request) -> Response:
        """The albums that the account may see, each with the photos in it that the account finds.

        Months, states, folders and moments make themselves, and are listed where `type` names them.
        The filters type, category, title, favorite, private, smart and others may be parameters or stand in `q`.
        """
        asked = AlbumQuery(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        given, grant = asked.validated_data, api_grant(request)
        wanted = ALBUMS.ask(given["q"], request.query_params.dict())
        albums = _listed(wanted.given, grant).filter(wanted.condition).select_related("parent")
        in_order = sort_albums(albums, given["order"], wanted.given.get("type", ""))
        end = given["offset"] + given["count"]
        if given["order"] == BY_NUMBER:
            counted = sorted(albums_json(list(in_order), grant), key=lambda album: -album["PhotoCount"])
            found = counted[given["offset"] : end]
        else:
            found = albums_json(list(in_order[given["offset"] : end]), grant)
        headers = page_headers(len(found), count=given["count"], offset=given["offset"], grant=grant)
        return Response(found, headers=headers)

    @documented(gives=AlbumJson, takes=_New)
    def post(self, request: Request) -> Response:
        """Makes an album; with a `Filter` it is a smart one, which shows what this search finds at any time."""
        given = _New(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            album = changes.create_album(api_grant(request), given.validated_data)
        except AlbumProblem as problem:
            raise ParseError(str(problem)) from None
        return Response(album_json(album, api_grant(request)))


class AlbumDetail(APIView):
    def get_permissions(self) -> list[BasePermission]:
        is_change = self.request.method in ("PUT", "DELETE")
        return [may("albums.update_album" if is_change else "albums.view_album")()]

    @documented(gives=AlbumJson)
    def get(self, request: Request, uid: str) -> Response:
        """One album, with the number of photos that the account finds in it now."""
        return Response(album_json(_visible_or_404(uid, api_grant(request)), api_grant(request)))

    @documented(gives=AlbumJson, takes=_Values)
    def put(self, request: Request, uid: str) -> Response:
        """Changes what is named."""
        album = _visible_or_404(uid, api_grant(request))
        given = _Values(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            changes.change_album(album, api_grant(request), given.validated_data)
        except AlbumProblem as problem:
            raise ParseError(str(problem)) from None
        return Response(album_json(album, api_grant(request)))

    @documented(gives=AlbumJson)
    def delete(self, request: Request, uid: str) -> Response:
        """The photos stay; /batch/albums/restore brings the album back."""
        album = _visible_or_404(uid, api_grant(request))
        answer = album_json(album, api_grant(request))
        changes.delete_albums([uid], api_grant(request))
        return Response(answer)


class AlbumLike(APIView):
    permission_classes = [may("albums.update_album")]

    @documented(gives=AlbumJson)
    def post(self, request: Request, uid: str) -> Response:
        """Marks the album as a favourite, for all who see it."""
        album = _visible_or_404(uid, api_grant(request))
        changes.set_favorite(album, favorite=True)
        return Response(album_json(album, api_grant(request)))

    @documented(gives=AlbumJson)
    def delete(self, request: Request, uid: str) -> Response:
        """Takes the mark away."""
        album = _visible_or_404(uid, api_grant(request))
        changes.set_favorite(album, favorite=False)
        return Response(album_json(album, api_grant(request)))


class AlbumClone(APIView):
    permission_classes = [may("albums.update_album")]

    @documented(gives=AlbumDone, takes=_AlbumSelection)
    def post(self, request: Request, uid: str) -> Response:
        """Puts the photos of the named albums into this one."""
        grant = api_grant(request)
        album = _visible_or_404(uid, grant)
        given = _AlbumSelection(data=request.data)
        given.is_valid(raise_exception=True)
        sources = visible_albums(grant).filter(uid__in=given.validated_data["albums"])
        try:
            added = changes.copy_contents(album, list(sources), grant)
        except AlbumProblem as problem:
            raise ParseError(str(problem)) from None
        return _done(_("Album contents cloned"), album, grant, added=added)


class AlbumPhotos(APIView):
    permission_classes = [may("albums.update_album")]
    largest_body = MAX_SELECTION * BYTES_A_UID

    @documented(gives=AlbumDone, takes=_PhotoSelection)
    def post(self, request: Request, uid: str) -> Response:
        """Puts photos into an album that is not smart; that ends their review, too."""
        album = _visible_or_404(uid, api_grant(request))
        chosen = _chosen(request)
        try:
            added = changes.add_photos(album, chosen, api_grant(request))
        except AlbumProblem as problem:
            raise ParseError(str(problem)) from None
        return _done(_("Selection added to album"), album, api_grant(request), photos=chosen, added=added)

    @documented(gives=AlbumDone, takes=_PhotoSelection)
    def delete(self, request: Request, uid: str) -> Response:
        """Takes photos out of an album; nothing else happens to them."""
        album = _visible_or_404(uid, api_grant(request))
        chosen = _chosen(request)
        try:
            removed = changes.remove_photos(album, chosen, api_grant(request))
        except AlbumProblem as problem:
            raise ParseError(str(problem)) from None
        return _done(_("Selection removed from album"), album, api_grant(request), photos=chosen, removed=removed)


class _BatchAlbums(APIView, ABC):
    """One change to a selection of albums; those that the account may not see are passed over."""

    permission_classes = [may("albums.update_album")]

    @documented(takes=_AlbumSelection)
    def post(self, request: Request) -> Response:
        given = _AlbumSelection(data=request.data)
        given.is_valid(raise_exception=True)
        return Response({"code": 200, "message": self.change(given.validated_data["albums"], api_grant(request))})

    @abstractmethod
    def change(self, uids: list[str], grant: Grant) -> str:
        """Makes the change; what was done, in words."""


class BatchAlbumsDelete(_BatchAlbums):
    """Deletes albums, not the photos in them."""

    def change(self, uids: list[str], grant: Grant) -> str:
        changes.delete_albums(uids, grant)
        return _("Albums deleted")


class BatchAlbumsRestore(_BatchAlbums):
    """Brings deleted albums back, with what was in them."""

    def change(self, uids: list[str], grant: Grant) -> str:
        changes.restore_albums(uids, grant)
        return _("Albums restored")


class AlbumDownload(View):
    """The originals of an album, as a ZIP that is made while it is sent."""

    @documented(gives="application/zip", needs=BY_DOWNLOAD, token_in=("t",), also={403: "A wrong token."})
    async def get(self, request: HttpRequest, uid: str) -> HttpResponseBase:
        grant = await sync_to_async(download_grant)(request.GET.get("t", ""))
        if grant is None:
            return _error(403, _("This link has expired or is not valid."))
        try:
            name, members = await sync_to_async(_members)(uid, grant)
        except QueryError as problem:
            return _error(400, str(problem))
        if not members:
            return _error(404, _("Nothing to download."))
        if len(members) > MOST_FILES:
            return _error(400, _("An album of more than %d files is too large for one download.") % MOST_FILES)
        return await send_zip(request, members, name)


class AlbumCover(View):
    """The cover in a size of the thumbs. What the token may not see, or does not exist, is a small drawing."""

    @documented(gives="image/jpeg", needs=BY_PREVIEW, also={403: "A wrong token."})
    async def get(self, request: HttpRequest, uid: str, token: str, size: str) -> HttpResponseBase:
        grant, cover = await sync_to_async(_cover)(uid, token)
        return await serve_cover(request, grant, cover, size)


def _listed(given: Mapping[str, str], grant: Grant) -> QuerySet[Album]:
    """Those named by UID may be of any kind, too."""
    if given.get("uid") and not given.get("type"):
        named = visible_albums(grant).filter(uid__in=one_of(given["uid"]))
        return listed_albums(grant, set(named.values_list("type", flat=True)))
    return listed_albums(grant, one_of(given.get("type", "")))


def _visible_or_404(uid: str, grant: Grant) -> Album:
    album = find_album(uid, grant)
    if album is None:
        raise NotFound(_("Album not found"))
    return album


def _chosen(request: Request) -> list[str]:
    given = _PhotoSelection(data=request.data)
    given.is_valid(raise_exception=True)
    chosen: list[str] = given.validated_data["photos"]
    return chosen


def _done(message: str, album: Album, grant: Grant, **more: list[str]) -> Response:
    return Response({"code": 200, "message": message, "album": album_json(album, grant), **more})


def _members(uid: str, grant: Grant) -> tuple[str, list[Member]]:
    album = visible_albums(grant).filter(uid=uid).first()
    if album is None:
        return "", []
    return f"{album.slug or album.uid}.zip", members_of(
        originals_of(photos_of(album, grant), grant)[: MOST_FILES + 1], grant
    )


def _cover(uid: str, token: str) -> tuple[Grant | None, str]:
    grant = preview_grant(token)
    album = visible_albums(grant).filter(uid=uid).first() if grant else None
    return grant, cover_of(album, grant) if album and grant else ""


def _error(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"code": status, "error": sentence}, status=status, headers={"Cache-Control": "no-store"})
