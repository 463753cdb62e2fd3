"""Albums for operators."""

from django.contrib import admin

from albums.models import Album, Home


@admin.register(Album)
class AlbumAdmin(admin.ModelAdmin[Album]):
    list_display = ("title", "type", "uid", "owner", "filter", "private")
    list_filter = ("type", "private")
    list_select_related = ("owner",)
    search_fields = ("title", "uid")
    raw_id_fields = ("parent",)


@admin.register(Home)
class HomeAdmin(admin.ModelAdmin[Home]):
    list_display = ("owner_key", "lat", "lng", "since", "updated_at")
