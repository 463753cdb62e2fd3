"""Pages of albums: all of them, one kind, and one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from albums.contents import scope_of
from albums.listing import OFFERED_ORDERS, list_albums
from albums.live import find_album
from albums.made import RETURNING, is_made
from albums.models import TRIP, AlbumType
from albums.serializers import count_links
from albums.shown import show_album
from library.permissions import page_grant, requires
from library.query import unparse


@require_safe
@requires("albums.search_album")
def albums(request: HttpRequest) -> HttpResponse:
    """The albums that the account sees, searched, sorted, by kind."""
    asked = {name: request.GET.get(name, "") for name in ("kind", "order")}
    words = request.GET.get("q", "").strip()
    listing = list_albums(page_grant(request), words=words, number=request.GET.get("page", ""), **asked)
    told = {"page": listing.page, "orders": OFFERED_ORDERS, "section": "albums", "returns": listing.kind in RETURNING}
    return render(request, "albums/albums.html", {"listing": listing, **told})


@require_safe
@requires("albums.search_album")
def albums_of(request: HttpRequest, kind: str) -> HttpResponse:
    """PhotoPrism's addresses of the months, moments, folders and states."""
    return redirect(f"{reverse('albums')}?kind={kind}")


@require_safe
@requires("albums.search_album")
def album(request: HttpRequest, uid: str, name: str = "") -> HttpResponse:
    """One album and the timeline of its photos; `name` is for people to read."""
    grant = page_grant(request)
    found = find_album(uid, grant)
    if found is None:
        raise Http404
    shown = show_album(found, grant)
    told = {
        "album": shown.album,
        "shown": shown,
        "filling": shown.filling,
        "links": count_links([uid], grant).get(uid, 0),
        "photos_query": unparse(scope_of(uid)),
        "section": "albums",
        "is_made": is_made(shown.album),
        "returns": shown.album.type in RETURNING,
        "has_map": shown.album.type == AlbumType.STATE or shown.album.template == TRIP,
        "on_map": f"{reverse('places')}?q=album:{uid}",
    }
    return render(request, "albums/album.html", told)
