"""HTML routes of the account."""

from django.urls import path

from sharing import views

urlpatterns = [
    path("library/login", views.login, name="login"),
    path("library/logout", views.logout, name="logout"),
    path("library/settings", views.settings, name="settings"),
    path("library/settings/password", views.password, name="password"),
]
