"""HTML routes of the library."""

from django.urls import path

from library import duplicate_views, label_views, views

urlpatterns = [
    path("library/browse", views.browse, name="browse"),
    path("library/places", views.places, name="places"),
    path("library/labels", label_views.labels, name="labels"),
    path("library/labels/<slug:uid>", label_views.label, name="label_by_uid"),
    path("library/labels/<slug:uid>/<str:name>", label_views.label, name="label"),
    path("library/duplicates", duplicate_views.duplicates, name="duplicates"),
    path("library/photo/<slug:uid>", views.photo, name="photo"),
    path("library/index", views.library, name="library"),
    path("library/errors", views.errors, name="errors"),
    path("library/<slug:name>", views.view, name="view"),
]
