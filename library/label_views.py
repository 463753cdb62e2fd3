"""Pages of labels: all of them, and one with its photos."""

import colorsys
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from library.access import Grant
from library.label_listing import OFFERED_ORDERS, children_of, list_labels, other_names, parents_of, query_of
from library.models import Label
from library.permissions import page_grant, requires
from library.query import unparse
from library.search import find_ids
from library.search.buckets import bucket_list
from library.search.choices import COLORS
from library.search.covers import hashes
from library.search.labels import cover_of, known_labels


def _hue(name: str) -> tuple[bool, float]:
    """Where a colour lies in the rainbow; those without hue come last."""
    parts = [int(COLORS[name][at : at + 2], 16) / 255 for at in (1, 3, 5)]
    hue, saturation, value = colorsys.rgb_to_hsv(*parts)
    return saturation < _GREYISH, value if saturation < _GREYISH else hue


_GREYISH: Final = 0.1
_SPECTRUM: Final = [(name, COLORS[name]) for name in sorted(COLORS, key=_hue)]


@require_safe
@requires("library.search_label")
def labels(request: HttpRequest) -> HttpResponse:
    """The labels that the account sees, searched, sorted, by group."""
    asked = {name: request.GET.get(name, "") for name in ("kind", "group", "order")}
    listing = list_labels(
        page_grant(request),
        words=request.GET.get("q", "").strip(),
        number=request.GET.get("page", ""),
        with_all="all" in request.GET,
        **asked,
    )
    told = {
        "listing": listing,
        "page": listing.page,
        "orders": OFFERED_ORDERS,
        "colors": _SPECTRUM,
        "classifies": not settings.OPTIONS.disable_classification,
    }
    return render(request, "labels/labels.html", told)


@require_safe
@requires("library.search_label")
def label(request: HttpRequest, uid: str, name: str = "") -> HttpResponse:
    """One label and the timeline of its photos; `name` is for people to read."""
    grant = page_grant(request)
    shown = next(iter(known_labels([uid], grant)), None)
    if shown is None or (shown.deleted_at and not shown.merged_into):
        raise Http404
    if shown.merged_into:
        return redirect("label", shown.merged_into.uid, shown.merged_into.custom_slug or "view")
    query = query_of(shown)
    told = {
        "label": shown,
        "count": bucket_list(unparse(query), grant).total,
        "cover": cover_of(uid, grant) or _newest(shown, grant),
        "parents": parents_of(shown),
        "children": children_of(shown, grant),
        "other_names": other_names(shown),
        "photos_query": unparse(query),
        "section": "labels",
    }
    return render(request, "labels/label.html", told)


def _newest(shown: Label, grant: Grant) -> str:
    """Of a label without photos of its own: the newest of those below it."""
    return next(iter(hashes(find_ids(query_of(shown), grant, count=1, order="newest")[:1]).values()), "")
