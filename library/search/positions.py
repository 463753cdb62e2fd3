"""Conditions on where a photo was taken: boxes and circles, by the index of positions."""

import math
from typing import Any, Final

from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import Cos, Sin
from django.db.models.lookups import GreaterThanOrEqual

from library.models import Photo
from library.query.values import Range
from library.search.answers import Linked
from places.distance import EARTH_RADIUS_KM, Box, box_around, box_within

POSITIONED: Final = Q(lat__isnull=False, lng__isnull=False)

# A cosine cannot tell smaller circles from points, and no receiver is as exact: 5 m.
SMALLEST_KM: Final = 0.005


def taken_where(condition: Q) -> Linked:
    """The photos as rows of their own: in an order, the index of positions would lead through all of the box."""
    return Linked(Photo.objects.filter(condition).annotate(photo=F("pk")))


def box_q(box: Box) -> Q:
    """In the box, edges included; it may reach over 180 degrees."""
    rows = Q(lat__gte=box.south, lat__lte=box.north)
    if box.west <= box.east:
        return rows & Q(lng__gte=box.west, lng__lte=box.east)
    return rows & (Q(lng__gte=box.west) | Q(lng__lte=box.east))


def ring_q(lat: float, lng: float, ring: Range) -> Q:
    """Not nearer and not farther than the ends of the range in kilometres."""
    far = POSITIONED if ring.high is None else circle_q(lat, lng, ring.high)
    return far & ~circle_q(lat, lng, ring.low) if ring.low else far


def circle_q(lat: float, lng: float, km: float) -> Q:
    """At most that far from a point. The index finds the box around; who is in the box within needs no sine."""
    km = max(km, SMALLEST_KM)
    condition = Q(GreaterThanOrEqual(_cosine(lat, lng), math.cos(km / EARTH_RADIUS_KM)))
    if inner := box_within(lat, lng, km):
        condition = box_q(inner) | condition
    return box_q(box_around(lat, lng, km)) & condition


def _cosine(lat: float, lng: float) -> Any:
    """The cosine of the angle between a photo and a point, seen from the middle of the globe."""
    latitude, longitude = math.radians(lat), math.radians(lng)
    there = F("lat") * _number(math.pi / 180)
    apart = F("lng") * _number(math.pi / 180) - _number(longitude)
    return _number(math.sin(latitude)) * Sin(there) + _number(math.cos(latitude)) * Cos(there) * Cos(apart)


def _number(value: float) -> Value:
    return Value(value, output_field=FloatField())
