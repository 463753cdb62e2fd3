"""/api/v1: mounts each app's API; the whole contract on one screen. Routes have no slash at their end (see edge.py)."""

from django.urls import include, path

from photoprism_site.client_config import Config, Status
from photoprism_site.client_settings import Settings
from photoprism_site.openapi import Docs, OpenApi
from photoprism_site.session_api import SessionById, SessionHere

urlpatterns = [
    path("openapi.json", OpenApi.as_view(), name="api_schema"),
    path("docs", Docs.as_view(), name="api_docs"),
    path("status", Status.as_view(), name="api_status"),
    path("config", Config.as_view(), name="api_config"),
    path("settings", Settings.as_view(), name="api_settings"),
    path("session", SessionHere.as_view(), name="api_session"),
    path("sessions", SessionHere.as_view()),
    path("session/<str:session_id>", SessionById.as_view(), name="api_session_by_id"),
    path("sessions/<str:session_id>", SessionById.as_view()),
    path("", include("sharing.api_urls")),
    path("", include("albums.api_urls")),
    path("", include("library.api_urls")),
    path("", include("faces.api_urls")),
]
