"""Leaves out of Django's admin what would let its users run any Python function: the raw tables of the queue."""

from django.apps import apps
from django.contrib import admin

for _name in ("Schedule", "OrmQ"):
    _model = apps.get_model("django_q", _name)
    # With Redis the queue has no table to show.
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)

admin.site.site_header = admin.site.site_title = "Photoprism Site"
