"""API routes of albums, by PhotoPrism's addresses."""

from django.urls import path

from albums import api, trips_api

urlpatterns = [
    path("albums", api.Albums.as_view(), name="api_albums"),
    path("albums/<slug:uid>", api.AlbumDetail.as_view(), name="api_album"),
    path("albums/<slug:uid>/like", api.AlbumLike.as_view(), name="api_album_like"),
    path("albums/<slug:uid>/clone", api.AlbumClone.as_view(), name="api_album_clone"),
    path("albums/<slug:uid>/photos", api.AlbumPhotos.as_view(), name="api_album_photos"),
    path("albums/<slug:uid>/dl", api.AlbumDownload.as_view(), name="api_album_download"),
    path("albums/<slug:uid>/t/<str:token>/<slug:size>", api.AlbumCover.as_view(), name="api_album_cover"),
    path("batch/albums/delete", api.BatchAlbumsDelete.as_view(), name="api_batch_albums_delete"),
    path("batch/albums/restore", api.BatchAlbumsRestore.as_view(), name="api_batch_albums_restore"),
    path("trips", trips_api.Trips.as_view(), name="api_trips"),
    path("trips/home", trips_api.TripsHome.as_view(), name="api_trips_home"),
]
