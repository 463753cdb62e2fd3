"""API routes of accounts."""

from django.urls import path

from sharing import api

urlpatterns = [
    path("users/<str:uid>", api.UserDetail.as_view(), name="api_user"),
    path("users/<str:uid>/password", api.UserPassword.as_view(), name="api_user_password"),
]
