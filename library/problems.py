"""Errors of the API as JSON."""

from typing import Any

from rest_framework.exceptions import APIException

from library.shapes import Problem


class Conflict(APIException):
    """What is asked cannot be beside what is there."""

    status_code = 409


def problem(code: int, sentence: str, **more: Any) -> Problem:
    """The one shape of an error; apps read the sentence from either name, and nobody has to guess which."""
    told: Problem = {"code": code, "error": sentence, "message": sentence, **more}  # type: ignore[typeddict-item]
    return told
