"""People for operators."""

from django.contrib import admin

from faces.models import Subject


@admin.register(Subject)
class SubjectAdmin(admin.ModelAdmin[Subject]):
    list_display = ("name", "type", "photo_count", "favorite", "hidden")
    list_filter = ("type", "hidden")
    search_fields = ("name", "alias")
