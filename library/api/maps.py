"""/map: tiles, glyphs and sources of the world map; the points of a search and the covers of their clusters."""

import gzip
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.html import escape
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.permissions import api_grant, may
from library.search import VIEWS
from library.search.points import clusters, covers, points
from places.maps import Maps, credits_of, glyphs
from places.tiles import Archive, Tile

FOR_A_YEAR: Final = "private, max-age=31536000, immutable"
FOR_A_DAY: Final = "private, max-age=86400"
MOST_COVERS: Final = 300
_TEN_MINUTES: Final = "private, max-age=600"
_FAST: Final = 1

maps = Maps(settings.STORAGE_PATH / "maps")


class MapSources(APIView):
    """What the map is drawn from: the site's own archives and the operator's street packs."""

    permission_classes = [may("places.view_map")]

    def get(self, request: Request) -> Response:
        packs = {pack.name: _source(pack.name, pack.archive) for pack in maps.packs() if pack.archive}
        sources = {name: _source(name, archive) for name, archive in maps.bundled().items()}
        found = {"sources": sources, "packs": packs, "glyphs": "/api/v1/map/glyphs/{fontstack}/{range}"}
        return Response({**found, "style": settings.OPTIONS.map_style_url})


class MapTile(APIView):
    """One tile as it lies in its archive, gzip and all; 204 where there is nothing to draw."""

    permission_classes = [may("places.view_map")]

    def get(self, request: Request, name: str, version: str, **place: int) -> HttpResponse:
        archive = maps.archive(name)
        if archive is None or archive.version != version:
            return Response({"code": 404, "error": "There is no such map."}, status=404)
        tile = archive.tile(**place)
        return HttpResponse(status=204, headers={"Cache-Control": FOR_A_YEAR}) if tile is None else _send(request, tile)


class MapGlyphs(APIView):
    """The shapes of 256 characters of a font."""

    permission_classes = [may("places.view_map")]

    def get(self, request: Request, font: str, span: str) -> HttpResponse:
        # Asked for several fonts the first that is there will do.
        names = [name.strip() for name in font.split(",")][:4]
        found = next((shapes for name in names if (shapes := glyphs(name, span))), None)
        if found is None:
            return Response({"code": 404, "error": "There are no such glyphs."}, status=404)
        return HttpResponse(found, content_type="application/x-protobuf", headers={"Cache-Control": FOR_A_DAY})


class MapPoints(APIView):
    """The places of what a search finds, newest first, as three columns of four bytes: longitudes, latitudes, ids.

    Too many for a browser are only counted: `X-Too-Many: yes`, and no body.
    """

    permission_classes = [may("places.view_map")]

    def get(self, request: Request) -> HttpResponse:
        asked = _Asked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = points(**asked.validated_data, grant=api_grant(request))
        body, headers = found.columns or b"", {"X-Count": str(found.count), "Cache-Control": "private, no-cache"}
        if found.columns is None:
            headers["X-Too-Many"] = "yes"
        if "gzip" in request.headers.get("Accept-Encoding", "") and body:
            body, headers["Content-Encoding"] = gzip.compress(body, _FAST, mtime=0), "gzip"
        response = HttpResponse(body, content_type="application/octet-stream", headers=headers)
        patch_vary_headers(response, ["Accept-Encoding", "Cookie", "X-Auth-Token", "Authorization"])
        return response


class MapClusters(APIView):
    """{"clusters": [[longitude, latitude, photos, id of one of them], ...]} for what a search finds inside a box."""

    permission_classes = [may("places.view_map")]

    def get(self, request: Request) -> Response:
        asked = _Clusters(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = clusters(**asked.validated_data, grant=api_grant(request))
        rows = [[round(one.lng, 5), round(one.lat, 5), one.count, one.cover] for one in found]
        return Response({"clusters": rows}, headers={"Cache-Control": "private, no-cache"})


class MapCovers(APIView):
    """{"12": {"uid": ..., "hash": ..., "title": ...}}: which photo stands for a cluster; unknown ids are left out."""

    permission_classes = [may("places.view_map")]

    def get(self, request: Request) -> Response:
        asked = _Covers(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(
            covers(asked.validated_data["ids"], api_grant(request)), headers={"Cache-Control": _TEN_MINUTES}
        )


class _Asked(serializers.Serializer[None]):
    q = serializers.CharField(source="query", allow_blank=True, default="")
    view = serializers.ChoiceField(choices=VIEWS, allow_blank=True, default="")


class _Clusters(_Asked):
    box = serializers.RegexField(r"^(-?[0-9]{1,3}(\.[0-9]{1,20})?,){3}-?[0-9]{1,3}(\.[0-9]{1,20})?$")
    zoom = serializers.IntegerField(min_value=0, max_value=22)

    def validate_box(self, box: str) -> tuple[float, ...]:
        west, south, east, north = (float(number) for number in box.split(","))
        if not (abs(west) <= 180 and abs(east) <= 180 and -90 <= south <= north <= 90):
            raise serializers.ValidationError("West, south, east and north in degrees are meant.")
        return west, south, east, north


class _Covers(serializers.Serializer[None]):
    ids = serializers.RegexField(r"^[0-9]{1,12}(,[0-9]{1,12})*$", max_length=MOST_COVERS * 13)

    def validate_ids(self, ids: str) -> list[int]:
        found = [int(pk) for pk in ids.split(",")]
        if len(found) > MOST_COVERS:
            raise serializers.ValidationError(f"At most {MOST_COVERS} photos at once.")
        return found


def _source(name: str, archive: Archive) -> dict[str, Any]:
    low, high = archive.zooms
    return {
        "tiles": f"/api/v1/map/{name}/{archive.version}/{{z}}/{{x}}/{{y}}",
        "minzoom": low,
        "maxzoom": high,
        "bounds": archive.bounds,
        "attribution": escape(credits_of(name, archive)),
    }


def _send(request: Request, tile: Tile) -> HttpResponse:
    content, headers = tile.content, {"Cache-Control": FOR_A_YEAR, "Vary": "Accept-Encoding"}
    if tile.encoding and "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = tile.encoding
    elif tile.encoding:
        content = gzip.decompress(content)
    return HttpResponse(content, content_type=tile.content_type, headers=headers)
