"""/geo: where photos were taken, as GeoJSON or for a viewer; written while it is sent, whatever the number."""

import json
from collections.abc import Iterator, Sequence
from typing import Final

from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from library.access import Grant
from library.api.paging import MOST_SKIPPED, page_headers
from library.api.photos import query_of
from library.api.streaming import stream_json
from library.documented import documented
from library.models.photo import PhotoType
from library.permissions import api_grant, may
from library.search.located import MOST, Position, find_located, located_results, positions
from library.serializers import time_json, viewed_json
from library.shapes import FeatureCollection, FeatureJson, ViewedPhoto

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class GeoQuery(serializers.Serializer[None]):
    count = serializers.IntegerField(min_value=1, default=MOST, help_text=f"How many at most; {MOST:,} is the limit.")
    offset = serializers.IntegerField(
        min_value=0, max_value=MOST_SKIPPED, default=0, help_text="How many to pass over first."
    )
    q = serializers.CharField(allow_blank=True, default="", help_text="Words and filters, as in the search box.")

    def validate_count(self, value: int) -> int:
        return min(value, MOST)


class Geo(APIView):
    permission_classes = [may("library.search_photo")]

    @documented(gives=FeatureCollection, query=GeoQuery, is_list=True)
    def get(self, request: Request) -> HttpResponseBase:
        """The photos with a position that a search finds, newest first, as GeoJSON.

        Those near a photo (`near:` and its UID) come nearest first.

        The filters are those of /photos.
        """
        asked, grant, ids = _located(request)
        return stream_json(request, _collection(positions(ids, grant)), _headers(asked, grant, ids))


class GeoView(APIView):
    permission_classes = [may("library.search_photo")]

    @documented(gives=list[ViewedPhoto], query=GeoQuery, is_list=True)
    def get(self, request: Request) -> HttpResponseBase:
        """The same photos, as a full-screen viewer needs them."""
        asked, grant, ids = _located(request)
        parts = (viewed_json(results, grant) for results in located_results(ids, grant))
        return stream_json(request, _array(parts), _headers(asked, grant, ids))


def _located(request: Request) -> tuple[dict[str, int], Grant, Sequence[int]]:
    asked = GeoQuery(data=request.query_params.dict())
    asked.is_valid(raise_exception=True)
    paging = {key: asked.validated_data[key] for key in ("count", "offset")}
    grant = api_grant(request)
    return paging, grant, find_located(query_of(request), grant, **paging)


def _headers(asked: dict[str, int], grant: Grant, ids: Sequence[int]) -> dict[str, str]:
    return page_headers(len(ids), grant=grant, **asked)


def _collection(parts: Iterator[Sequence[Position]]) -> Iterator[bytes]:
    """A FeatureCollection in pieces; the bounding box is known once all points were seen, and comes last."""
    yield b'{"type":"FeatureCollection","features":['
    box: tuple[float, float, float, float] | None = None
    separator = ""
    for part in parts:
        yield (separator + ",".join(_write(_feature(point)) for point in part)).encode()
        separator = ","
        box = _around(box, part)
    yield f'],"bbox":{json.dumps(box or (0, 0, 0, 0))}}}'.encode()


def _array(parts: Iterator[Sequence[ViewedPhoto]]) -> Iterator[bytes]:
    yield b"["
    separator = ""
    for part in parts:
        yield (separator + ",".join(map(_write, part))).encode()
        separator = ","
    yield b"]"


def _feature(point: Position) -> FeatureJson:
    shown: FeatureJson = {
        "type": "Feature",
        "id": str(point.pk),
        "geometry": {"type": "Point", "coordinates": [point.lng, point.lat]},
        "properties": {
            "UID": point.uid,
            "Hash": point.hash,
            "TakenAt": time_json(point.taken_at),
            "Title": point.title,
        },
    }
    if point.type != PhotoType.IMAGE:
        shown["properties"]["Type"] = point.type
    if point.is_favorite:
        shown["properties"]["Favorite"] = True
    return shown


def _around(
    box: tuple[float, float, float, float] | None, part: Sequence[Position]
) -> tuple[float, float, float, float] | None:
    """West, south, east and north of the box and these points."""
    if not part:
        return box
    lngs, lats = [point.lng for point in part], [point.lat for point in part]
    west, south, east, north = box or (lngs[0], lats[0], lngs[0], lats[0])
    return min(west, *lngs), min(south, *lats), max(east, *lngs), max(north, *lats)


def _write(value: FeatureJson | ViewedPhoto) -> str:
    return _ENCODER.encode(value)
