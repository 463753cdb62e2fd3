"""/photos: search, view, read, edit, like and approve."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypedDict

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library import states
from library.access import Grant
from library.api.paging import Paging, page_headers
from library.api.streaming import array_of, stream_json
from library.documented import documented
from library.edits import Edit, edit
from library.meta.timestamps import is_plausible_year
from library.meta.timezones import zone
from library.models import Camera, Lens
from library.permissions import api_grant, may
from library.query import Filter, Node, bounded, conjoin, parse
from library.search import Result, known_keys, results_of, search, visible_photos
from library.search.ordering import ALIASES, ORDERS
from library.search.results import AT_ONCE
from library.serializers import found_json, photo_json, viewed_json
from library.shapes import FoundPhoto, PhotoJson, ViewedPhoto
from library.sidecars import yaml_of
from places.countries import UNKNOWN, name_of

# Parameters that are filters of the query language but no switch of the search box.
_SCOPE_KEYS: Final = ("s", "album")

_ORDERS_TOLD: Final = f"One of {', '.join(sorted(name for name in (*ORDERS, *ALIASES) if name))}."


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


class PhotoQuery(Paging):
    """The parameters of a search that are no filter."""

    q = serializers.CharField(allow_blank=True, default="", help_text="Words and filters, as in the search box.")
    filter = serializers.CharField(allow_blank=True, default="", help_text="A second query; both have to hold.")
    order = serializers.CharField(max_length=32, allow_blank=True, default="newest", help_text=_ORDERS_TOLD)
    cursor = serializers.CharField(
        max_length=2000, allow_blank=True, default="", help_text="The X-Next-Cursor of the page before, for `offset`."
    )
    format = serializers.ChoiceField(
        choices=["", "json", "view"], default="", help_text="`view` answers as /photos/view."
    )


class _Download(serializers.Serializer[None]):
    download = serializers.CharField(required=False, allow_blank=True, help_text="Given: to be saved, not shown.")


class Photos(APIView):
    permission_classes = [may("library.search_photo")]

    @documented(gives=list[FoundPhoto], query=PhotoQuery, is_list=True)
    def get(self, request: Request) -> HttpResponseBase:
        """The photos that a search finds, each with all its files.

        Every filter of the query language may be a parameter of its own: `year=2024&label=cat` is `q=year:2024
        label:cat`. `count` and `offset` count photos. In place of `offset`, `cursor` takes the X-Next-Cursor of the
        page before, which is quick however deep.
        """
        wanted = _Wanted.of(request)
        return _answer(request, wanted, viewed_json if wanted.format == "view" else found_json)


class PhotosView(APIView):
    permission_classes = [may("library.search_photo")]

    @documented(gives=list[ViewedPhoto], query=PhotoQuery, is_list=True)
    def get(self, request: Request) -> HttpResponseBase:
        """What the same search of /photos finds, as a full-screen viewer needs it."""
        return _answer(request, _Wanted.of(request), viewed_json)


class PhotoDetail(APIView):
    def get_permissions(self) -> list[Any]:
        needed = "library.update_photo" if self.request.method == "PUT" else "library.view_photo"
        return [may(needed)()]

    @documented(gives=PhotoJson)
    def get(self, request: Request, uid: str) -> Response:
        """One photo with its details, camera, place, labels and files."""
        return photo_answer(uid, api_grant(request))

    @documented(gives=PhotoJson, takes=_Edit)
    def put(self, request: Request, uid: str) -> Response:
        """Changes what is named and differs; whatever a person writes outranks the files from then on."""
        photo = photo_or_404(uid, api_grant(request))
        given = _Edit(data=request.data)
        given.is_valid(raise_exception=True)
        edit(photo, api_grant(request), Edit(**given.validated_data))
        return photo_answer(uid, api_grant(request))


class PhotoYaml(APIView):
    permission_classes = [may("library.export_photo")]

    @documented(gives="text/x-yaml", query=_Download)
    def get(self, request: Request, uid: str) -> HttpResponse:
        """All that people said of a photo, as its YAML file in the storage keeps it; `download` gives it a name."""
        photo = photo_or_404(uid, api_grant(request))
        answer = HttpResponse(yaml_of(photo), content_type="text/x-yaml; charset=utf-8")
        if "download" in request.query_params:
            answer["Content-Disposition"] = f'attachment; filename="{photo.uid}.yml"'
        return answer


class PhotoAnswer(TypedDict):
    photo: PhotoJson


class PhotoLike(APIView):
    permission_classes = [may("library.react_to_photo")]

    @documented(gives=PhotoAnswer)
    def post(self, request: Request, uid: str) -> Response:
        """Marks the photo as a favourite of the account."""
        photo_or_404(uid, api_grant(request))
        states.like([uid], api_grant(request))
        return Response({"photo": _photo_json(uid, api_grant(request))})

    @documented(gives=PhotoAnswer)
    def delete(self, request: Request, uid: str) -> Response:
        """Takes the photo out of the account's favourites."""
        photo_or_404(uid, api_grant(request))
        states.unlike([uid], api_grant(request))
        return Response({"photo": _photo_json(uid, api_grant(request))})


class PhotoApprove(APIView):
    permission_classes = [may("library.update_photo")]

    @documented(gives=PhotoAnswer)
    def post(self, request: Request, uid: str) -> Response:
        """Takes the photo out of review."""
        photo_or_404(uid, api_grant(request))
        states.approve([uid], api_grant(request))
        return Response({"photo": _photo_json(uid, api_grant(request))})


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The parameters of a search."""

    query: Node
    count: int
    offset: int
    order: str
    cursor: str
    format: str

    @classmethod
    def of(cls, request: Request) -> "_Wanted":
        asked = PhotoQuery(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        plain = {key: asked.validated_data[key] for key in ("count", "offset", "order", "cursor", "format")}
        return cls(query_of(request), **plain)


def query_of(request: Request) -> Node:
    """What the parameters ask for: `q`, `filter` and every filter by its own name, all of which must hold."""
    given = request.query_params
    texts = [parse(text) for name in ("q", "filter") for text in given.getlist(name)]
    keys = [key for key in given if key in known_keys() or key in _SCOPE_KEYS]
    filters = [Filter(key, value) for key in keys for value in given.getlist(key)]
    return bounded(conjoin(*texts, *filters))


def _answer(request: Request, wanted: _Wanted, write: Callable[[Sequence[Result], Grant], Any]) -> HttpResponseBase:
    """Pages are answered whole; what apps ask for to have everything is read part by part while it is sent."""
    grant = api_grant(request)
    page = search(
        wanted.query, grant, order=wanted.order, count=wanted.count, offset=wanted.offset, after=wanted.cursor
    )
    headers = page_headers(len(page.results), count=page.count, offset=page.offset, grant=grant)
    following = {"X-Next-Cursor": page.after} if page.after else {}
    if len(page.results) > AT_ONCE:
        parts = (write(part, grant) for part in page.results.parts())
        return stream_json(request, array_of(parts), headers | following)
    return Response(write(page.results, grant), headers=headers | following)


def _photo_json(uid: str, grant: Grant) -> PhotoJson:
    photo = photo_or_404(uid, grant)
    return photo_json(results_of([photo], grant)[0], grant)


def photo_answer(uid: str, grant: Grant) -> Response:
    """The photo as it is now."""
    return Response(_photo_json(uid, grant))


def photo_or_404(uid: str, grant: Grant) -> Any:
    """The photo, if the grant may see it."""
    photo = visible_photos(grant).with_gear().filter(uid=uid).first()
    if photo is None:
        raise NotFound(_("Photo not found"))
    return photo
