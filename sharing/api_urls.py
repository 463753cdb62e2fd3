"""API routes of accounts and share links."""

from django.urls import path

from sharing import api, link_api, upload_api

urlpatterns = [
    path("users/<str:uid>", api.UserDetail.as_view(), name="api_user"),
    path("users/<str:uid>/password", api.UserPassword.as_view(), name="api_user_password"),
    path("users/<str:uid>/upload/<str:token>", upload_api.Upload.as_view(), name="api_upload"),
    path("albums/<slug:uid>/links", link_api.AlbumLinks.as_view(), name="api_album_links"),
    path("albums/<slug:uid>/links/<slug:link_uid>", link_api.AlbumLink.as_view(), name="api_album_link"),
]
