"""/trips: journeys away from home, and where home is."""

from typing import TypedDict

from rest_framework import serializers
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from albums.homes import ShownHome, forget_home, say_home, shown_home
from albums.trips import Traveller, Trip, trips
from library.documented import documented
from library.permissions import api_grant, may


class TripJson(TypedDict):
    """A trip; `UID` is that of its album, `First` and `Last` are days, `Countries` codes, most photographed first."""

    UID: str
    Title: str
    First: str
    Last: str
    Days: int
    PhotoCount: int
    Countries: list[str]
    States: list[str]
    Cities: list[str]


class HomeJson(TypedDict):
    """`Src` is "manual" where somebody said so, from the day `Since` on; "" where the photos tell; then all is 0."""

    Lat: float
    Lng: float
    Name: str
    Src: str
    Since: str


class _Home(serializers.Serializer[None]):
    Lat = serializers.FloatField(min_value=-90, max_value=90)
    Lng = serializers.FloatField(min_value=-180, max_value=180)
    Since = serializers.DateField(required=False, allow_null=True, default=None)


class Trips(APIView):
    permission_classes = [may("albums.search_album")]

    @documented(gives=list[TripJson])
    def get(self, request: Request) -> Response:
        """The trips in the photos that the account finds, the latest first; as albums they are moments."""
        return Response([_trip(trip) for trip in trips(api_grant(request))])


class TripsHome(APIView):
    def get_permissions(self) -> list[BasePermission]:
        return [may("albums.search_album" if self.request.method == "GET" else "albums.update_album")()]

    @documented(gives=HomeJson)
    def get(self, request: Request) -> Response:
        """Where home is, from which trips lead away."""
        return Response(_home(shown_home(Traveller(api_grant(request)))))

    @documented(gives=HomeJson, takes=_Home)
    def put(self, request: Request) -> Response:
        """Says where home is, always or from the day `Since` on; trips are others at once."""
        given = _Home(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        say_home(api_grant(request), lat=values["Lat"], lng=values["Lng"], since=values["Since"])
        return Response(_home(shown_home(Traveller(api_grant(request)))))

    @documented(gives=HomeJson)
    def delete(self, request: Request) -> Response:
        """Has the photos tell where home is."""
        forget_home(api_grant(request))
        return Response(_home(shown_home(Traveller(api_grant(request)))))


def _trip(trip: Trip) -> TripJson:
    journey = trip.journey
    return {
        "UID": trip.album.uid,
        "Title": trip.title,
        "First": journey.first.isoformat(),
        "Last": journey.last.isoformat(),
        "Days": trip.days,
        "PhotoCount": trip.made.count,
        "Countries": list(journey.countries),
        "States": list(journey.states),
        "Cities": list(journey.cities),
    }


def _home(home: ShownHome | None) -> HomeJson:
    if home is None:
        return {"Lat": 0, "Lng": 0, "Name": "", "Src": "", "Since": ""}
    since = home.since.isoformat() if home.since else ""
    return {"Lat": home.lat, "Lng": home.lng, "Name": home.name, "Src": "manual" * home.is_said, "Since": since}
