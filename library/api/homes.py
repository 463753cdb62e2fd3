"""/homes: the homes within which strangers are told of photos to ten kilometres only."""

from typing import Any, TypedDict

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.access import Grant
from library.documented import documented
from library.permissions import api_grant, may
from library.search import visible_photos
from places.homes import LEAST, MOST
from places.locate import look_up
from places.models import HomeZone

MOST_HOMES = 50  # of one account; each costs a circle in every search of a visitor


class HomeZoneJson(TypedDict):
    """A home; `Radius` in metres, `Place` what its middle is called, `Own` whether it is that of the account."""

    ID: int
    Name: str
    Lat: float
    Lng: float
    Radius: int
    Place: str
    Own: bool


class HomeTerms(serializers.Serializer[None]):
    """A position, or the UID of a photo that was taken there."""

    Name = serializers.CharField(source="name", max_length=80, allow_blank=True, required=False)
    Lat = serializers.FloatField(source="lat", min_value=-90, max_value=90, required=False)
    Lng = serializers.FloatField(source="lng", min_value=-180, max_value=180, required=False)
    Radius = serializers.IntegerField(source="radius", min_value=LEAST, max_value=MOST, required=False)
    Photo = serializers.CharField(source="photo", max_length=64, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("lat" in attrs) != ("lng" in attrs):
            raise serializers.ValidationError(_("Lat and Lng are meant together."))
        return attrs


class Homes(APIView):
    permission_classes = [may("places.update_home")]

    @documented(gives=list[HomeZoneJson])
    def get(self, request: Request) -> Response:
        """One's own; administrators see all."""
        grant = api_grant(request)
        return Response([_json(zone, grant) for zone in _zones(grant)])

    @documented(gives=HomeZoneJson, takes=HomeTerms)
    def post(self, request: Request) -> Response:
        """Hides a home: `Radius` is 250 metres unless given."""
        grant = api_grant(request)
        values = _values(request, grant)
        if "lat" not in values:
            raise ValidationError(_("Lat and Lng, or a photo, are meant."))
        if HomeZone.objects.filter(owner=grant.user).count() >= MOST_HOMES:
            raise ValidationError(_("At most %d homes can be hidden.") % MOST_HOMES)
        return Response(_json(HomeZone.objects.create(**{"radius": 250, **values}, owner=grant.user), grant))


class HomeDetail(APIView):
    permission_classes = [may("places.update_home")]

    @documented(gives=HomeZoneJson, takes=HomeTerms)
    def put(self, request: Request, number: int) -> Response:
        """Changes what is named."""
        grant = api_grant(request)
        zone = _zone(number, grant)
        for name, value in _values(request, grant).items():
            setattr(zone, name, value)
        zone.save()
        return Response(_json(zone, grant))

    @documented(gives=HomeZoneJson)
    def delete(self, request: Request, number: int) -> Response:
        """Its photos are told of like all others again."""
        grant = api_grant(request)
        zone = _zone(number, grant)
        answer = _json(zone, grant)
        zone.delete()
        return Response(answer)


def _zones(grant: Grant) -> QuerySet[HomeZone]:
    zones = HomeZone.objects.order_by("pk")
    return zones if grant.sees_all else zones.filter(owner=grant.user_id or 0)


def _zone(number: int, grant: Grant) -> HomeZone:
    zone = _zones(grant).filter(pk=number).first()
    if zone is None:
        raise Http404
    return zone


def _values(request: Request, grant: Grant) -> dict[str, Any]:
    terms = HomeTerms(data=request.data)
    terms.is_valid(raise_exception=True)
    values: dict[str, Any] = terms.validated_data
    if uid := values.pop("photo", ""):
        values["lat"], values["lng"] = _position(uid, grant)
    return values


def _position(uid: str, grant: Grant) -> tuple[float, float]:
    photo = visible_photos(grant).filter(uid=uid, lat__isnull=False).first()
    if photo is None:
        raise ValidationError(_("Of this photo nobody knows where it was taken."))
    return photo.lat, photo.lng


def _json(zone: HomeZone, grant: Grant) -> HomeZoneJson:
    return {
        "ID": zone.pk,
        "Name": zone.name,
        "Lat": zone.lat,
        "Lng": zone.lng,
        "Radius": zone.radius,
        "Place": look_up(zone.lat, zone.lng).label,
        "Own": zone.owner is not None and zone.owner.pk == grant.user_id,
    }
