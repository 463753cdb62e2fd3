"""HTML routes of the library."""

from django.urls import path

from library import views

urlpatterns = [
    path("library/browse", views.browse, name="browse"),
    path("library/photo/<slug:uid>", views.photo, name="photo"),
    path("library/index", views.library, name="library"),
    path("library/errors", views.errors, name="errors"),
    path("library/<slug:name>", views.view, name="view"),
]
