"""Cells, places and countries for operators."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from places.models import Cell, Country, Place


class LookAtAdmin(admin.ModelAdmin[Any]):
    """Rows made from bundled data."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Place)
class PlaceAdmin(LookAtAdmin):
    list_display = ("label", "city", "state", "country", "photo_count")
    list_filter = ("country",)
    search_fields = ("label",)
    readonly_fields = ("id",)


@admin.register(Cell)
class CellAdmin(LookAtAdmin):
    list_display = ("id", "name", "place")
    list_select_related = ("place",)
    search_fields = ("id", "name")
    readonly_fields = ("id", "place")


@admin.register(Country)
class CountryAdmin(LookAtAdmin):
    list_display = ("id", "name")
    search_fields = ("name",)
    readonly_fields = ("id",)
