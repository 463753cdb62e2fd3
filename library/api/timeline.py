"""/timeline: the buckets of what a query finds, and the photos of one bucket."""

import gzip
import hashlib
import json
from typing import Any, Final, TypedDict

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from library.documented import documented
from library.permissions import api_grant, may
from library.search import VIEWS
from library.search.buckets import BY_DATE, bucket, bucket_list
from library.search.ranks import BY_MATCH

# Below this many bytes gzip saves no packet.
WORTH_COMPRESSING: Final = 1024
_LEVEL: Final = 4


class _Asked(serializers.Serializer[None]):
    q = serializers.CharField(source="query", allow_blank=True, default="")
    view = serializers.ChoiceField(choices=VIEWS, allow_blank=True, default="")


class _AskedInOrder(_Asked):
    order = serializers.ChoiceField(
        choices=[BY_DATE, BY_MATCH], allow_blank=True, default="", help_text="By what suits the words, if not given."
    )


class BucketsJson(TypedDict):
    """`order` is `relevance` where the best matches come first; `can_rank` tells whether they could."""

    total: int
    buckets: list[list[Any]]
    order: str
    can_rank: bool


class TimelineBuckets(APIView):
    permission_classes = [may("library.search_photo")]

    @documented(gives=BucketsJson, query=_AskedInOrder)
    def get(self, request: Request) -> HttpResponse:
        """The months, days or parts of days of what a query finds, newest first, none of them above 500 photos.

        {"total": 3, "buckets": [["2024-05", 2], ["2023-12-24", 1]], "order": "newest", "can_rank": false}

        Where words are compared with what pictures show, the best matches may come first instead, in parts that are
        called "best.0", "best.1" and so on.
        """
        asked = _AskedInOrder(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = bucket_list(**asked.validated_data, grant=api_grant(request))
        told = {"total": found.total, "buckets": found.buckets, "order": found.order, "can_rank": found.can_rank}
        return _answer(request, told)


class TimelineBucket(APIView):
    permission_classes = [may("library.search_photo")]

    @documented(gives=dict[str, list[Any]], query=_Asked)
    def get(self, request: Request, key: str) -> HttpResponse:
        """The photos of one bucket as columns of equal length, newest photo first, or best match first."""
        return _answer(request, bucket(key, **_asked(request), grant=api_grant(request)))


def _asked(request: Request) -> dict[str, Any]:
    asked = _Asked(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


def _answer(request: Request, payload: dict[str, Any]) -> HttpResponse:
    """The payload, gzipped where that is worth it and wanted, or 304. It reflects no secret, so BREACH finds none."""
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    # Weak, as the gzipped and the plain form share it.
    etag = f'W/"{hashlib.sha1(body, usedforsecurity=False).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if len(body) >= WORTH_COMPRESSING and "gzip" in request.headers.get("Accept-Encoding", ""):
        body = gzip.compress(body, _LEVEL, mtime=0)
        headers["Content-Encoding"] = "gzip"
    response = HttpResponse(body, content_type="application/json; charset=utf-8", headers=headers)
    patch_vary_headers(response, ["Accept-Encoding", "Cookie", "X-Auth-Token", "Authorization"])
    conditional = get_conditional_response(request._request, etag=etag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response
