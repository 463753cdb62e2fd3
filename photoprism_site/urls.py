"""Mounts each app's pages, the API and Django's admin."""

from django.contrib import admin
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from photoprism_site import views
from sharing.views import admin_login

urlpatterns = [
    path("", views.root, name="root"),
    path("library", views.root),
    path("library/", views.root),
    path("robots.txt", views.robots),
    path("favicon.ico", views.favicon),
    path("", include("sharing.urls")),
    path("", include("albums.urls")),
    path("", include("library.urls")),
    path("api/v1/", include("photoprism_site.api_urls")),
    path("admin", require_safe(RedirectView.as_view(pattern_name="admin:index"))),
    path("admin/login/", admin_login),
    path("admin/password_change/", RedirectView.as_view(pattern_name="settings")),
    path("admin/", admin.site.urls),
]

handler400 = "photoprism_site.views.bad_request"
handler403 = "photoprism_site.views.forbidden"
handler404 = "photoprism_site.views.not_found"
handler500 = "photoprism_site.views.server_error"
