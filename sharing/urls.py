"""HTML routes of the account and of share links."""

from django.urls import path

from sharing import share_views, views

urlpatterns = [
    path("library/login", views.login, name="login"),
    path("library/logout", views.logout, name="logout"),
    path("library/settings", views.settings, name="settings"),
    path("library/settings/password", views.password, name="password"),
    path("s/<str:token>", share_views.share, name="share_token"),
    path("s/<str:token>/", share_views.share),
    path("s/<str:token>/<str:name>", share_views.share, name="share"),
    path("s/<str:token>/<str:name>/preview", share_views.Preview.as_view(), name="share_preview"),
]
