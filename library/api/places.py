"""/places: names to positions and back; photos put in their place, by hand or by a GPX track."""

from dataclasses import asdict
from datetime import UTC, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library import sources
from library.access import Grant
from library.edits import Clock
from library.meta import timezones
from library.permissions import api_grant, may
from library.placing import MOST, Placed, Placement, Plan, TooManyPhotos, place, place_by_track, plan_by_track
from library.search import visible_files
from library.serializers import time_json
from places.finding import find_places
from places.locate import look_up
from places.positions import LONGEST, read_position
from places.tracks import NotATrack, Track, read_gpx

LARGEST_TRACK: Final = 4 * 1024 * 1024  # bytes; a day of points every second
MOST_TRACKS: Final = 10
MOST_AHEAD: Final = 400 * 24 * 3600  # seconds; clocks that were never set are a year off
MOST_SHOWN: Final = 200
MOST_OF_LINE: Final = 1_000
BYTES_A_UID: Final = 17
BYTES_A_PLACE: Final = 160
MOST_FOUND: Final = 50


class PlacesSearch(APIView):
    """Places by name, or the one of a position: degrees, a plus code, an address of a map site."""

    permission_classes = [may("places.view_map")]

    def get(self, request: Request) -> Response:
        asked = _Search(data=request.query_params)
        asked.is_valid(raise_exception=True)
        text, count = asked.validated_data["q"], asked.validated_data["count"]
        if position := read_position(text):
            return Response({"places": [_reverse(*position)]})
        return Response({"places": [asdict(found) for found in find_places(text, count)]})


class PlacesReverse(APIView):
    """What a position is called."""

    permission_classes = [may("places.view_map")]

    def get(self, request: Request) -> Response:
        asked = _Position(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(_reverse(**asked.validated_data))


class BatchPlace(APIView):
    """Moves photos: {"photos": [uid, ...], "Lat": 41.9, "Lng": 12.5}, or {"places": [{"UID", "Lat", "Lng", "Src"}]}.

    0 and 0 takes positions away. The answer's `before` is the latter's list that takes it back, with the time it was.
    """

    permission_classes = [may("library.update_photo")]
    largest_body = MOST * BYTES_A_PLACE

    def post(self, request: Request) -> Response:
        wish = _Places(data=request.data)
        wish.is_valid(raise_exception=True)
        try:
            placed = place(wish.validated_data["placements"], api_grant(request))
        except TooManyPhotos as error:
            raise ValidationError(str(error)) from None
        return _answer(placed)


class PlaceTrack(APIView):
    """GPX files as `files`: photos without a measured position get the one of their time.

    `ahead` is how many seconds the camera's clock was fast, `photos` a list of UIDs with commas if not all are meant.
    With `preview` nothing is changed, and the answer says what would be.
    """

    permission_classes = [may("library.update_photo")]
    largest_body = MOST_TRACKS * LARGEST_TRACK

    def post(self, request: Request) -> Response:
        wish = _Track(data=request.data)
        wish.is_valid(raise_exception=True)
        wanted = {"ahead": wish.validated_data["ahead"], "uids": wish.validated_data["photos"]}
        grant = api_grant(request)
        try:
            track = read_gpx(*wish.validated_data["files"])
            if wish.validated_data["preview"]:
                return Response(_plan_json(track, plan_by_track(track, grant, **wanted), grant))
            placed = place_by_track(track, grant, **wanted)
        except (NotATrack, TooManyPhotos) as error:
            raise ValidationError(str(error)) from None
        return _answer(placed)


class _Search(serializers.Serializer[None]):
    q = serializers.CharField(max_length=LONGEST)
    count = serializers.IntegerField(min_value=1, max_value=MOST_FOUND, default=10)


class _Position(serializers.Serializer[None]):
    lat = serializers.FloatField(min_value=-90, max_value=90)
    lng = serializers.FloatField(min_value=-180, max_value=180)


class _Place(serializers.Serializer[None]):
    UID = serializers.CharField(source="uid", max_length=64)
    Lat = serializers.FloatField(source="lat", min_value=-90, max_value=90)
    Lng = serializers.FloatField(source="lng", min_value=-180, max_value=180)
    Src = serializers.ChoiceField(choices=sorted(sources.PRIORITY), source="src", default=sources.MANUAL)
    TakenAt = serializers.DateTimeField(source="taken_at", default_timezone=UTC, required=False)
    TakenAtLocal = serializers.DateTimeField(source="taken_at_local", default_timezone=UTC, required=False)
    TimeZone = serializers.CharField(source="time_zone", max_length=64, allow_blank=True, required=False)

    def validate_TimeZone(self, name: str) -> str:  # noqa: N802 - the field's name
        if name and timezones.zone(name) is None:
            raise serializers.ValidationError(_("There is no time zone of this name."))
        return name

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        parts = [attrs.pop(name, None) for name in ("taken_at", "taken_at_local", "time_zone")]
        if None not in parts and timezones.can_be_same_moment(parts[0], parts[1]):
            attrs["clock"] = Clock(*parts)
        return attrs

    def validate_Src(self, src: str) -> str:  # noqa: N802 - the field's name
        if sources.priority(src) > sources.priority(sources.MANUAL):
            raise serializers.ValidationError(_("Only an administrator's tools use this source."))
        return src


class _Places(serializers.Serializer[None]):
    photos = serializers.ListField(child=serializers.CharField(max_length=64), required=False, max_length=MOST)
    Lat = serializers.FloatField(min_value=-90, max_value=90, required=False)
    Lng = serializers.FloatField(min_value=-180, max_value=180, required=False)
    places = serializers.ListField(child=_Place(), required=False, max_length=MOST)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "places" in attrs:
            return {"placements": [Placement(**one) for one in attrs["places"]]}
        if not {"photos", "Lat", "Lng"} <= attrs.keys():
            raise serializers.ValidationError(_("Photos with Lat and Lng, or places, are meant."))
        return {"placements": [Placement(uid, attrs["Lat"], attrs["Lng"]) for uid in attrs["photos"]]}


class _Track(serializers.Serializer[None]):
    files = serializers.ListField(child=serializers.FileField(), max_length=MOST_TRACKS)
    ahead = serializers.IntegerField(min_value=-MOST_AHEAD, max_value=MOST_AHEAD, default=0)
    photos = serializers.CharField(allow_blank=True, default="", max_length=MOST * BYTES_A_UID)
    preview = serializers.BooleanField(default=False)

    def validate_files(self, files: list[Any]) -> list[Any]:
        for file in files:
            if file.size > LARGEST_TRACK:
                sentence = _("“%(name)s” is larger than %(megabytes)d MB.")
                megabytes = LARGEST_TRACK // 1024**2
                raise serializers.ValidationError(sentence % {"name": file.name, "megabytes": megabytes})
        return files

    def validate_ahead(self, seconds: int) -> timedelta:
        return timedelta(seconds=seconds)

    def validate_photos(self, uids: str) -> frozenset[str] | None:
        return frozenset(uids.split(",")) if uids else None


def _reverse(lat: float, lng: float) -> dict[str, Any]:
    found = look_up(lat, lng)
    named = {"name": found.city or found.country_name, "label": found.label, "country": found.country}
    return {**named, "lat": lat, "lng": lng, "reach_km": 0, "time_zone": found.time_zone}


def _before(placement: Placement) -> dict[str, Any]:
    told = {"UID": placement.uid, "Lat": placement.lat, "Lng": placement.lng, "Src": placement.src}
    if clock := placement.clock:
        moments = {"TakenAt": clock.taken_at.isoformat(), "TakenAtLocal": clock.taken_at_local.isoformat()}
        told |= {**moments, "TimeZone": clock.time_zone}
    return told


def _plan_json(track: Track, plan: Plan, grant: Grant) -> dict[str, Any]:
    """`from` and `to` are those of the track; `line` some of its points; `places` the first photos it places."""
    first, last = track.points[0], track.points[-1]
    shown = plan.placements[:MOST_SHOWN]
    hashes = dict(
        visible_files(grant)
        .filter(photo__uid__in=[one.uid for one in shown], is_primary=True)
        .values_list("photo__uid", "hash")
    )
    step = max(1, len(track.points) // MOST_OF_LINE)
    return {
        "points": len(track.points),
        "from": time_json(first.time),
        "to": time_json(last.time),
        "line": [[round(point.lng, 5), round(point.lat, 5)] for point in (*track.points[::step], last)],
        "photos": plan.photos,
        "placed": len(plan.placements),
        "known": plan.known,
        "beyond": plan.beyond,
        "most": MOST,
        "days": [asdict(day) for day in plan.days],
        "places": [{"UID": one.uid, "Hash": hashes.get(one.uid, ""), "Lat": one.lat, "Lng": one.lng} for one in shown],
    }


def _answer(placed: Placed) -> Response:
    before = [_before(one) for one in placed.before]
    told = {"changed": len(before), "untouched": placed.untouched, "before": before}
    return Response({"code": 200, "message": _("Places changed"), **told})
