"""/photos: search, read, edit, like and approve."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library import states
from library.access import Grant
from library.edits import Edit, edit
from library.meta.timestamps import is_plausible_year
from library.meta.timezones import zone
from library.models import Camera, Lens
from library.permissions import api_grant, may
from library.query import Filter, Node, bounded, conjoin, parse
from library.search import Page, known_keys, results_of, search, visible_photos
from library.serializers import found_json, photo_json
from places.countries import UNKNOWN, name_of

DEFAULT_COUNT: Final = 100

# Parameters that are filters of the query language but no switch of the search box.
_SCOPE_KEYS: Final = ("s", "album")


class Photos(APIView):
    permission_classes = [may("library.search_photo")]

    def get(self, request: Request) -> Response:
        """`q` and any filter as a parameter of its own; `count` and `offset` count photos, each with all its files.

        In place of `offset`, `cursor` takes the X-Next-Cursor of the page before, which is quick however deep.
        """
        wanted = _Wanted.of(request)
        page = search(
            wanted.query,
            api_grant(request),
            order=wanted.order,
            count=wanted.count,
            offset=wanted.offset,
            after=wanted.cursor,
        )
        return Response(found_json(page.results), headers=_page_headers(page, api_grant(request)))


class PhotoDetail(APIView):
    def get_permissions(self) -> list[Any]:
        needed = "library.update_photo" if self.request.method == "PUT" else "library.view_photo"
        return [may(needed)()]

    def get(self, request: Request, uid: str) -> Response:
        return Response(_photo_json(uid, api_grant(request)))

    def put(self, request: Request, uid: str) -> Response:
        """Changes what is named and differs; whatever a person writes outranks the files from then on."""
        photo = _visible_or_404(uid, api_grant(request))
        given = _Edit(data=request.data)
        given.is_valid(raise_exception=True)
        edit(photo, api_grant(request), Edit(**given.validated_data))
        return Response(_photo_json(uid, api_grant(request)))


class PhotoLike(APIView):
    permission_classes = [may("library.react_to_photo")]

    def post(self, request: Request, uid: str) -> Response:
        _visible_or_404(uid, api_grant(request))
        states.like([uid], api_grant(request))
        return Response({"photo": _photo_json(uid, api_grant(request))})

    def delete(self, request: Request, uid: str) -> Response:
        _visible_or_404(uid, api_grant(request))
        states.unlike([uid], api_grant(request))
        return Response({"photo": _photo_json(uid, api_grant(request))})


class PhotoApprove(APIView):
    permission_classes = [may("library.update_photo")]

    def post(self, request: Request, uid: str) -> Response:
        _visible_or_404(uid, api_grant(request))
        states.approve([uid], api_grant(request))
        return Response({"photo": _photo_json(uid, api_grant(request))})


class _Details(serializers.Serializer[None]):
    """The long texts of a PUT body."""

    Keywords = serializers.CharField(source="keywords", max_length=10_000, allow_blank=True, required=False)
    Notes = serializers.CharField(source="notes", max_length=10_000, allow_blank=True, required=False)
    Subject = serializers.CharField(source="subject", max_length=1024, allow_blank=True, required=False)
    Artist = serializers.CharField(source="artist", max_length=1024, allow_blank=True, required=False)
    Copyright = serializers.CharField(source="copyright", max_length=1024, allow_blank=True, required=False)
    License = serializers.CharField(source="license", max_length=1024, allow_blank=True, required=False)


class _Edit(serializers.Serializer[None]):
    """A PUT body by PhotoPrism's names; Description is what Caption was called before 2025."""

    Title = serializers.CharField(source="title", max_length=200, allow_blank=True, required=False)
    Description = serializers.CharField(source="description", max_length=4096, allow_blank=True, required=False)
    Caption = serializers.CharField(source="caption", max_length=4096, allow_blank=True, required=False)
    Favorite = serializers.BooleanField(source="favorite", required=False)
    Private = serializers.BooleanField(source="private", required=False)
    TakenAt = serializers.DateTimeField(source="taken_at", default_timezone=UTC, required=False)
    TakenAtLocal = serializers.DateTimeField(source="taken_at_local", default_timezone=UTC, required=False)
    TimeZone = serializers.CharField(source="time_zone", max_length=64, allow_blank=True, required=False)
    Lat = serializers.FloatField(source="lat", min_value=-90, max_value=90, required=False)
    Lng = serializers.FloatField(source="lng", min_value=-180, max_value=180, required=False)
    Altitude = serializers.IntegerField(source="altitude", min_value=-20_000, max_value=1_000_000, required=False)
    Country = serializers.CharField(source="country", max_length=2, required=False)
    CameraID = serializers.PrimaryKeyRelatedField(source="camera", queryset=Camera.objects.all(), required=False)
    LensID = serializers.PrimaryKeyRelatedField(source="lens", queryset=Lens.objects.all(), required=False)
    Iso = serializers.IntegerField(source="iso", min_value=0, max_value=10_000_000, required=False)
    FNumber = serializers.FloatField(source="f_number", min_value=0, max_value=1000, required=False)
    Exposure = serializers.CharField(source="exposure", max_length=64, allow_blank=True, required=False)
    FocalLength = serializers.IntegerField(source="focal_length", min_value=0, max_value=100_000, required=False)
    Rating = serializers.IntegerField(source="rating", min_value=-1, max_value=5, required=False)
    Details = _Details(source="details", required=False)

    def validate_TakenAt(self, value: datetime) -> datetime:  # noqa: N802 - the framework's name
        if not is_plausible_year(value.year):
            raise serializers.ValidationError(_("No photo can be of that year."))
        return value

    validate_TakenAtLocal = validate_TakenAt  # noqa: N815

    def validate_TimeZone(self, value: str) -> str:  # noqa: N802
        """PhotoPrism calls the unknown zone Local."""
        name = "" if value == "Local" else value
        if name and zone(name) is None:
            raise serializers.ValidationError(_("This is no time zone."))
        return name

    def validate_Country(self, value: str) -> str:  # noqa: N802
        code = value.lower()
        if code != UNKNOWN and name_of(code) == name_of(UNKNOWN):
            raise serializers.ValidationError(_("This is no country."))
        return code

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        description = attrs.pop("description", None)
        return attrs if description is None else {"caption": description} | attrs


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The parameters of a search."""

    query: Node
    order: str
    count: int
    offset: int
    cursor: str

    @classmethod
    def of(cls, request: Request) -> "_Wanted":
        given = request.query_params
        paging = _Paging(data=given.dict())
        paging.is_valid(raise_exception=True)
        texts = [parse(text) for name in ("q", "filter") for text in given.getlist(name)]
        keys = [key for key in given if key in known_keys() or key in _SCOPE_KEYS]
        filters = [Filter(key, value) for key in keys for value in given.getlist(key)]
        return cls(bounded(conjoin(*texts, *filters)), **paging.validated_data)


class _Paging(serializers.Serializer[None]):
    """Counts beyond the limit are clamped, as apps ask for 2147483647 to have all."""

    count = serializers.IntegerField(min_value=1, default=DEFAULT_COUNT)
    offset = serializers.IntegerField(min_value=0, max_value=2**31, default=0)
    order = serializers.CharField(max_length=32, allow_blank=True, default="newest")
    cursor = serializers.CharField(max_length=2000, allow_blank=True, default="")


def _page_headers(page: Page, grant: Grant) -> dict[str, str]:
    following = {"X-Next-Cursor": page.after} if page.after else {}
    return {
        "X-Count": str(len(page.results)),
        "X-Limit": str(page.count),
        "X-Offset": str(page.offset),
        "X-Preview-Token": grant.preview_token,
        "X-Download-Token": grant.download_token,
        **following,
    }


def _photo_json(uid: str, grant: Grant) -> dict[str, Any]:
    photo = _visible_or_404(uid, grant)
    return photo_json(results_of([photo], grant)[0])


def _visible_or_404(uid: str, grant: Grant) -> Any:
    photo = visible_photos(grant).with_gear().filter(uid=uid).first()
    if photo is None:
        raise Http404
    return photo
