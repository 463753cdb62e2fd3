"""/index and /errors: starts, watches and cancels indexing; lists what it could not use."""

from pathlib import PurePosixPath
from typing import Any, Final, TypedDict

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library import jobs
from library.documented import documented
from library.lease import LibraryBusy
from library.models import ErrorLog
from library.permissions import may
from library.problems import problem
from library.search.sql import contains
from library.serializers import time_json
from library.shapes import Done, Time

MOST_ERRORS: Final = 1000


class _Wish(serializers.Serializer[None]):
    path = serializers.CharField(default="", allow_blank=True, max_length=1024)
    rescan = serializers.BooleanField(default=False)
    cleanup = serializers.BooleanField(default=False)

    def validate_path(self, value: str) -> str:
        if ".." in PurePosixPath(value).parts:
            raise serializers.ValidationError("The path must not contain dots.")
        return value.strip("/")


class _Page(serializers.Serializer[None]):
    count = serializers.IntegerField(default=100, min_value=1)
    offset = serializers.IntegerField(default=0, min_value=0, max_value=2**31)
    q = serializers.CharField(default="", allow_blank=True, max_length=200)

    def validate_count(self, value: int) -> int:
        return min(value, MOST_ERRORS)


class JobStarted(TypedDict):
    code: int
    message: str
    job: str


class ErrorJson(TypedDict):
    ID: int
    Time: Time
    Level: str
    Message: str
    Name: str


class Index(APIView):
    """The index run: what it is doing, start it, cancel it."""

    permission_classes = [may("library.manage_index")]

    def get(self, request: Request) -> Response:
        """What the run is doing, or what the last one did."""
        return Response(jobs.index_status())

    @documented(gives=JobStarted, takes=_Wish, also={409: "Something else works on the library."})
    def post(self, request: Request) -> Response:
        """Starts indexing what is new or changed."""
        wish = _Wish(data=request.data)
        wish.is_valid(raise_exception=True)
        try:
            job = jobs.start_index(**wish.validated_data, user=request.user)
        except LibraryBusy as error:
            return Response(problem(409, str(error)), status=409)
        return Response({"code": 200, "message": "Indexing has started.", "job": job.uid})

    @documented(gives=Done)
    def delete(self, request: Request) -> Response:
        """Has the run stop after the file at hand."""
        was_running = jobs.cancel_index()
        return Response(
            {"code": 200, "message": "Indexing is being cancelled." if was_running else "Nothing to cancel."}
        )


class Errors(APIView):
    """The files that could not be used, newest first."""

    def get_permissions(self) -> list[Any]:
        needed = "library.manage_index" if self.request.method == "DELETE" else "library.view_errors"
        return [may(needed)()]

    @documented(gives=list[ErrorJson], query=_Page)
    def get(self, request: Request) -> Response:
        """The files that could not be used and why, newest first."""
        page = _Page(data=request.query_params)
        page.is_valid(raise_exception=True)
        count, offset, words = (page.validated_data[key] for key in ("count", "offset", "q"))
        found = ErrorLog.objects.filter(contains("name", words) | contains("reason", words))
        rows = [_error(row) for row in found.order_by("-created_at", "-pk")[offset : offset + count]]
        headers = {"X-Count": str(len(rows)), "X-Limit": str(count), "X-Offset": str(offset)}
        return Response(rows, headers=headers)

    @documented(gives=Done)
    def delete(self, request: Request) -> Response:
        """Empties the list; the next run tries these files again."""
        ErrorLog.objects.all().delete()
        return Response({"code": 200, "message": "The list is empty. The next run tries these files again."})


def _error(row: ErrorLog) -> ErrorJson:
    return {
        "ID": row.pk,
        "Time": time_json(row.created_at),
        "Level": row.level,
        "Message": f"{row.name}: {row.reason}" if row.name else row.reason,
        "Name": row.name,
    }
