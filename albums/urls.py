"""HTML routes of albums, and of the countries and trips that make themselves; PhotoPrism's addresses lead to them."""

from django.urls import path

from albums import journey_views, views
from albums.models import AlbumType

urlpatterns = [
    path("library/albums", views.albums, name="albums"),
    path("library/albums/<slug:uid>", views.album, name="album_by_uid"),
    path("library/albums/<slug:uid>/<str:name>", views.album, name="album"),
    path("library/calendar", views.albums_of, {"kind": AlbumType.MONTH}, name="calendar"),
    path("library/moments", views.albums_of, {"kind": AlbumType.MOMENT}, name="moments"),
    path("library/folders", views.albums_of, {"kind": AlbumType.FOLDER}, name="folders"),
    path("library/states", views.albums_of, {"kind": AlbumType.STATE}, name="states"),
    path("library/countries", journey_views.countries, name="countries"),
    path("library/countries/<slug:code>", journey_views.country, name="country"),
    path("library/trips", journey_views.trips_page, name="trips"),
]
