"""The library's pages: timeline, photo, indexing, problems."""

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from library.models import ErrorLog, Folder
from library.models.folder import Root
from library.models.trouble import Level
from library.permissions import page_grant, requires
from library.search import VIEWS, View, results_of, visible_photos
from library.search.sql import contains
from library.search.understanding import Term, Understanding, understanding
from library.serializers import found_json
from library.understood import understood_json

PROBLEMS_SHOWN: Final = 5
PROBLEMS_PER_PAGE: Final = 100
FOLDERS_SHOWN: Final = 500
# What is understood of a search, or suggested for one, to the icon beside its name.
SEARCH_ICONS: Final = {
    "album": "album",
    "camera": "camera",
    "color": "palette",
    "date": "calendar",
    "favorite": "heart",
    "filter": "sliders-horizontal",
    "group": "layers-2",
    "keyword": "hash",
    "label": "tag",
    "meaning": "sparkles",
    "person": "user",
    "place": "map-pin",
    "rating": "star",
    "similar": "sparkles",
    "text": "search",
    "type": "image",
}

# The looks of the map in static/js/mapstyles.js, with the pictures of their buttons.
MAP_LOOKS: Final = (
    ("streets", gettext_lazy("Streets"), "img/map/style-streets.webp"),
    ("dark", gettext_lazy("Dark"), "img/map/style-dark.webp"),
    ("topo", gettext_lazy("Topographic"), "img/map/style-topo.webp"),
    ("outdoors", gettext_lazy("Outdoors"), "img/map/style-outdoors.webp"),
    ("minimal", gettext_lazy("Minimal"), "img/map/style-minimal.webp"),
    ("satellite", gettext_lazy("Satellite"), "img/map/style-satellite.webp"),
)


@require_safe
@requires("library.search_photo")
def browse(request: HttpRequest) -> HttpResponse:
    """The timeline of everything, or of what `q` finds."""
    return _timeline(request, "")


@require_safe
@requires("library.search_photo")
def view(request: HttpRequest, name: str) -> HttpResponse:
    """One of the timeline's views: favourites, videos, review, archive, private."""
    if name not in VIEWS:
        raise Http404
    return _timeline(request, name)


@require_safe
@requires("places.view_map")
def places(request: HttpRequest) -> HttpResponse:
    """The map, with the photos of everything or of what `q` finds on it."""
    query = _query(request)
    words, chips = _chips(understanding(query, page_grant(request)))
    told: dict[str, object] = {"query": query, "words": words, "chips": chips, "search_here": reverse("places")}
    told |= {"looks": MAP_LOOKS, "may_place": page_grant(request).may("library.update_photo")}
    return render(request, "photos/places.html", told)


@require_safe
@requires("library.view_photo")
def photo(request: HttpRequest, uid: str) -> HttpResponse:
    """One photo with its facts and files."""
    grant = page_grant(request)
    found = get_object_or_404(visible_photos(grant).with_gear(), uid=uid)
    return render(request, "photos/photo.html", {"photo": found_json(results_of([found], grant), grant)[0]})


@require_safe
@requires("library.manage_index")
def library(request: HttpRequest) -> HttpResponse:
    """Where indexing is started and watched."""
    folders = Folder.objects.filter(root=Root.ORIGINALS, missing=False).exclude(path="").order_by("path")
    problems = ErrorLog.objects.exclude(level=Level.SKIPPED).order_by("-created_at", "-pk")[:PROBLEMS_SHOWN]
    shown = folders.values_list("path", flat=True)[:FOLDERS_SHOWN]
    return render(request, "library/index.html", {"folders": shown, "problems": problems})


@require_safe
@requires("library.view_errors")
def errors(request: HttpRequest) -> HttpResponse:
    """What indexing could not use, and why."""
    search = request.GET.get("s", "").strip()
    level = request.GET.get("level", "")
    found = ErrorLog.objects.filter(contains("name", search) | contains("reason", search))
    shown = found.filter(level=level) if level in Level.values else found
    pages = Paginator(shown.order_by("-created_at", "-pk"), PROBLEMS_PER_PAGE)
    told = {"page": pages.get_page(request.GET.get("page")), "search": search, "level": level}
    return render(request, "library/errors.html", {**told, "levels": _count_levels(found)})


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of a search that was understood, as the search box shows it."""

    text: str
    name: str
    icon: str
    without: str
    negated: bool = False
    thumb: str = ""


def _count_levels(found: QuerySet[ErrorLog]) -> dict[str, int]:
    """How many problems of each level there are, and of all levels together."""
    counts = dict(found.order_by().values_list("level").annotate(Count("pk")))
    return {"all": sum(counts.values()), **{level: counts.get(level, 0) for level in Level.values}}


def _timeline(request: HttpRequest, name: View) -> HttpResponse:
    query = _query(request)
    understood = understanding(query, page_grant(request), view=name)
    told = {"view": name, "query": query, "panel": "panel" in request.GET, "why": "why" in request.GET}
    words, chips = _chips(understood)
    return render(
        request,
        "photos/browse.html",
        {**told, "words": words, "chips": chips, "understood": understood_json(understood)},
    )


def _query(request: HttpRequest) -> str:
    return " ".join(text for text in request.GET.getlist("q") if text.strip())


def _chips(understood: Understanding) -> tuple[str, list[Chip]]:
    """The words of a search, and what was understood of it; one that cannot be answered is left as it was typed."""
    if understood.error:
        return understood.query, []
    words = [term.text for term in understood.terms if term.kind == "text"]
    return " ".join(words), [_chip(term) for term in understood.terms if term.kind != "text"]


def _chip(term: Term) -> Chip:
    name = gettext("not %(name)s") % {"name": term.label} if term.negated else term.label
    icon = SEARCH_ICONS.get(term.kind, SEARCH_ICONS["filter"])
    return Chip(term.text, name, icon, term.without, negated=term.negated, thumb=term.thumb)
