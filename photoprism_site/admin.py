"""Leaves out of Django's admin what would let its users run any Python function: the raw tables of the queue."""

from django.apps import apps
from django.contrib import admin

for _name in ("Schedule", "OrmQ"):
    admin.site.unregister(apps.get_model("django_q", _name))

admin.site.site_header = admin.site.site_title = "Photoprism Site"
