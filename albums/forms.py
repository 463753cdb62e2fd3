"""What the list of albums may be asked for."""

from typing import Final

from django.db.models import Q

from library.query.values import switch
from library.search.forms import Form, counted, exactly, holding, named, only, without

ALBUMS: Final = Form(
    words=holding("title", "location", "path"),
    filters={
        "uid": exactly("uid"),
        "type": exactly("type"),
        "location": named("location"),
        "category": named("category"),
        "slug": exactly("slug"),
        "title": named("title"),
        "state": named("state"),
        "country": exactly("country"),
        "year": counted("year"),
        "month": counted("month"),
        "day": counted("day"),
        "favorite": only("favorite"),
        "public": without("private"),
        "private": only("private"),
        "smart": lambda value: ~Q(filter="") if switch(value) else Q(filter=""),
    },
)
