"""The library's pages: timeline, photo, indexing, problems."""

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from library.models import ErrorLog, Folder
from library.models.folder import Root
from library.models.trouble import Level
from library.permissions import page_grant, requires
from library.query import And, Filter, QueryError, conjoin, parse, unparse
from library.search import VIEWS, results_of, visible_photos
from library.search.sql import contains
from library.serializers import found_json

PROBLEMS_SHOWN: Final = 5
PROBLEMS_PER_PAGE: Final = 100
FOLDERS_SHOWN: Final = 500


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
@requires("library.view_photo")
def photo(request: HttpRequest, uid: str) -> HttpResponse:
    """One photo with its facts and files."""
    grant = page_grant(request)
    found = get_object_or_404(visible_photos(grant).with_gear(), uid=uid)
    return render(request, "photos/photo.html", {"photo": found_json(results_of([found], grant))[0]})


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
    """A filter of the query, shown beside the words in the search box."""

    query: str
    label: str


def _count_levels(found: QuerySet[ErrorLog]) -> dict[str, int]:
    """How many problems of each level there are, and of all levels together."""
    counts = dict(found.order_by().values_list("level").annotate(Count("pk")))
    return {"all": sum(counts.values()), **{level: counts.get(level, 0) for level in Level.values}}


def _timeline(request: HttpRequest, name: str) -> HttpResponse:
    query = " ".join(text for text in request.GET.getlist("q") if text.strip())
    words, filters = _chips(query)
    return render(request, "photos/browse.html", {"view": name, "query": query, "words": words, "filters": filters})


def _chips(query: str) -> tuple[str, list[Chip]]:
    """The words of a query, and its filters; a query that cannot be read is left as it was typed."""
    try:
        node = parse(query)
    except QueryError:
        return query, []
    parts = node.parts if isinstance(node, And) else (node,)
    filters = [part for part in parts if isinstance(part, Filter)]
    words = conjoin(*(part for part in parts if not isinstance(part, Filter)))
    return unparse(words), [Chip(unparse(part), unparse(part)) for part in filters]
