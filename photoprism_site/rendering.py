"""JSON as PhotoPrism's apps expect it: its content type, and errors as {"code", "error"} with a sentence."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, NotFound
from rest_framework.exceptions import PermissionDenied as Forbidden
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from library.problems import problem as problem_json
from library.query import QueryError, UnknownFilter
from sharing.limits import TooManyAttempts

BUSY_RETRY = 5  # seconds


class Utf8JSONRenderer(JSONRenderer):
    charset = "utf-8"


def answer_exception(problem: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception in an API view; None leaves an unforeseen one to Django's 500."""
    answer = None
    match problem:
        case UnknownFilter(suggestion=suggestion):
            answer = error_answer(400, str(problem), suggestion=suggestion or "")
        case QueryError():
            answer = error_answer(400, str(problem))
        case TooManyAttempts(retry_after=seconds):
            answer = error_answer(429, str(problem), headers={"Retry-After": str(seconds)})
        case OperationalError():
            sentence = _("The library is busy. Try again in a moment.")
            answer = error_answer(503, sentence, headers={"Retry-After": str(BUSY_RETRY)})
        case Http404():
            answer = _api_answer(NotFound())
        case PermissionDenied():
            answer = _api_answer(Forbidden(str(problem) or None))
        case APIException():
            answer = _api_answer(problem)
    return answer


def error_answer(code: int, error: str, *, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """`error_answer(404, "Album not found")`: the one shape of an error."""
    return Response(problem_json(code, error, **more), status=code, headers=dict(headers or {}))


def _api_answer(problem: APIException) -> Response:
    challenge = getattr(problem, "auth_header", None)
    headers = {"WWW-Authenticate": challenge} if challenge else {}
    return error_answer(problem.status_code, _sentence(problem.detail), headers=headers)


def _sentence(detail: Any) -> str:
    """The first text in DRF's nested details; a field's error names the field."""
    if isinstance(detail, Mapping):
        field, inner = next(iter(detail.items()), ("", ""))
        return _sentence(inner) if field in {"detail", "non_field_errors"} else f"{field}: {_sentence(inner)}"
    if isinstance(detail, list):
        return _sentence(detail[0]) if detail else ""
    return str(detail)
