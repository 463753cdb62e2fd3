"""Pages of the places that were visited: the countries, one country, and the trips."""

from itertools import groupby
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from albums.homes import shown_home
from albums.trips import Traveller, trips
from albums.visited import trip_cards, visited_countries, visited_country
from library.permissions import page_grant, requires

# What of the rail they belong to.
_PLACES: Final = {"section": "places"}


@require_safe
@requires("places.view_map")
def countries(request: HttpRequest) -> HttpResponse:
    """Every country with photos that the account finds, and how much of the world that is."""
    return render(request, "albums/countries.html", {"visited": visited_countries(page_grant(request)), **_PLACES})


@require_safe
@requires("places.view_map")
def country(request: HttpRequest, code: str) -> HttpResponse:
    """One country: its states, its map and the timeline of its photos."""
    shown = visited_country(code.lower(), page_grant(request))
    if shown is None:
        raise Http404
    query = f"country:{shown.country.code}"
    on_map = f"{reverse('places')}?q={query}"
    return render(request, "albums/country.html", {"shown": shown, "photos_query": query, "on_map": on_map, **_PLACES})


@require_safe
@requires("albums.search_album")
def trips_page(request: HttpRequest) -> HttpResponse:
    """The trips by year, the latest first, and where home is."""
    grant = page_grant(request)
    traveller = Traveller(grant)
    found = trip_cards(trips(grant, traveller), grant)
    years = [(year, list(cards)) for year, cards in groupby(found, key=lambda card: card.album.year)]
    return render(
        request, "albums/trips.html", {"years": years, "count": len(found), "home": shown_home(traveller), **_PLACES}
    )
