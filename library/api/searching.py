"""/search: what a query was understood as, what it may go on with, why photos were found, what there is to choose."""

from collections.abc import Iterable
from typing import Final, TypedDict

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.documented import documented
from library.permissions import api_grant, may
from library.search import VIEWS
from library.search.choices import COLORS, choices
from library.search.reasons import MOST as MOST_PHOTOS
from library.search.reasons import reasons
from library.search.suggestions import MOST as MOST_SUGGESTIONS
from library.search.suggestions import Suggestion, suggestions
from library.search.understanding import understanding
from library.understood import UnderstandingJson, understood_json

DEFAULT_COUNT: Final = 10


class SuggestionJson(TypedDict):
    """`match` is the part of the label that was typed, `query` the whole query with the suggestion."""

    kind: str
    label: str
    detail: str
    match: tuple[int, int]
    query: str
    count: int | None
    thumb: str


class SuggestionsJson(TypedDict):
    suggestions: list[SuggestionJson]


class ReasonJson(TypedDict):
    kind: str
    label: str


class ReasonsJson(TypedDict):
    reasons: dict[str, list[ReasonJson]]


class ChoicesJson(TypedDict):
    """Each list holds only what the account sees."""

    years: list[int]
    countries: list[dict[str, str | int | None]]
    people: list[dict[str, str]]
    labels: list[dict[str, str | int | None]]
    cameras: list[dict[str, str | int]]
    lenses: list[dict[str, str | int]]
    types: list[str]
    colors: list[dict[str, str]]


class SearchQuery(serializers.Serializer[None]):
    """A blank at the end says that the last word is complete."""

    q = serializers.CharField(source="query", allow_blank=True, default="", trim_whitespace=False)
    view = serializers.ChoiceField(choices=VIEWS, allow_blank=True, default="")


class SuggestQuery(SearchQuery):
    count = serializers.IntegerField(min_value=1, max_value=MOST_SUGGESTIONS, default=DEFAULT_COUNT)


class ReasonsQuery(SearchQuery):
    uids = serializers.CharField(help_text=f"UIDs of photos with commas between, at most {MOST_PHOTOS}.")

    def validate_uids(self, value: str) -> list[str]:
        uids = [uid for part in value.split(",") if (uid := part.strip())]
        if len(uids) > MOST_PHOTOS:
            raise serializers.ValidationError(f"At most {MOST_PHOTOS} photos can be asked for; these are {len(uids)}.")
        return uids


class SearchUnderstand(APIView):
    permission_classes = [may("library.search_photo")]

    @documented(gives=UnderstandingJson, query=SearchQuery)
    def get(self, request: Request) -> Response:
        """What the parts of a query mean, for this account; what is wrong with it is said in `error`."""
        asked = SearchQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(understood_json(understanding(**asked.validated_data, grant=api_grant(request))))


class SearchSuggest(APIView):
    permission_classes = [may("library.search_photo")]

    @documented(gives=SuggestionsJson, query=SuggestQuery)
    def get(self, request: Request) -> Response:
        """How the last word of a query may go on: names, filters with help, their values, dates, kinds, colors."""
        asked = SuggestQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = suggestions(**asked.validated_data, grant=api_grant(request))
        return Response({"suggestions": [_suggestion(one) for one in found]})


class SearchReasons(APIView):
    permission_classes = [may("library.search_photo")]

    @documented(gives=ReasonsJson, query=ReasonsQuery)
    def get(self, request: Request) -> Response:
        """Why the query finds each of these photos; those that it does not find are left out."""
        asked = ReasonsQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = reasons(**asked.validated_data, grant=api_grant(request))
        told = {uid: [{"kind": one.kind, "label": one.label} for one in some] for uid, some in found.items()}
        return Response({"reasons": told})


class SearchChoices(APIView):
    permission_classes = [may("library.search_photo")]

    @documented(gives=ChoicesJson)
    def get(self, request: Request) -> Response:
        """The values that the filters of the panel can have on this account's timeline."""
        found = choices(api_grant(request))
        return Response(
            {
                "years": found.years,
                "countries": [{"code": one.value, "name": one.name, "count": one.count} for one in found.countries],
                "people": [{"uid": one.uid, "name": one.name, "thumb": one.thumb} for one in found.people],
                "labels": [{"slug": one.value, "name": one.name, "count": one.count} for one in found.labels],
                "cameras": _named(found.cameras),
                "lenses": _named(found.lenses),
                "types": found.types,
                "colors": [{"name": name, "hex": value} for name, value in COLORS.items()],
            }
        )


def _suggestion(found: Suggestion) -> SuggestionJson:
    offer = found.offer
    return {
        "kind": offer.kind,
        "label": offer.label,
        "detail": offer.detail,
        "match": found.match,
        "query": found.query,
        "count": offer.count,
        "thumb": offer.thumb,
    }


def _named(rows: Iterable[tuple[int, str]]) -> list[dict[str, str | int]]:
    return [{"id": pk, "name": name} for pk, name in rows]
