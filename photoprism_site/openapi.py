"""The API as an OpenAPI document: drf-spectacular's, read from docstrings, permissions and `documented`."""

import json
import re
from collections.abc import Iterator
from functools import cache
from inspect import getdoc
from typing import Any, Final, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from library.documented import Documented, documentation_of, documented
from library.permissions import may
from library.shapes import Problem
from photoprism_site.openapi_settings import SECURITY_SCHEMES
from photoprism_site.openapi_shapes import Schema, schema_of
from sharing.acl import PERMISSIONS

PREFIX: Final = "/api/v1/"

_SIGNED_IN: Final[list[dict[str, Any]]] = [{name: []} for name in SECURITY_SCHEMES]
_LIST_HEADERS: Final = {
    "X-Count": "How many came.",
    "X-Limit": "How many at most, as it was understood.",
    "X-Offset": "How many were passed over.",
    "X-Preview-Token": "The account's token for addresses of thumbs and videos.",
    "X-Download-Token": "The account's token for addresses of originals.",
}
_PROBLEMS: Final = {
    400: "A parameter or the body is wrong; the sentence says which and why.",
    401: "Nobody is signed in, or the session has ended.",
    403: "The account may not do this.",
    404: "There is no such thing, or the account may not see it.",
}
_METHODS: Final = ("get", "post", "put", "patch", "delete")
_CONVERTER: Final = re.compile(r"<(?:\w+:)?(\w+)>")


class OpenApi(APIView):
    permission_classes = [may("sharing.view_config")]

    @documented(gives=dict[str, Any])
    def get(self, request: Request) -> HttpResponse:
        """This description of the API, in OpenAPI 3.1."""
        answer = HttpResponse(_written(), content_type="application/json; charset=utf-8")
        answer["Cache-Control"] = "private, max-age=300"
        return answer


class Docs(APIView):
    permission_classes = [may("sharing.view_config")]

    @documented(gives="text/html")
    def get(self, request: Request) -> HttpResponse:
        """The same as a page on which requests can be tried."""
        return render(request._request, "api/docs.html")


class ApiSchema(AutoSchema):
    """What is told of one method of an API view."""

    def get_operation_id(self) -> str:
        return _operation_id(self.method, self.path)

    def get_tags(self) -> list[str]:
        return [_tag(self.path)]

    def get_summary(self) -> str:
        return _caption(self.view, self.method)[0]

    def get_description(self) -> str:  # type: ignore[override] # drf-spectacular asks without arguments
        return _described(_caption(self.view, self.method)[1], _needs(self.view))

    def get_auth(self) -> list[dict[str, Any]]:
        return [] if _is_open(self.view) else list(_SIGNED_IN)

    def get_extensions(self) -> dict[str, Any]:
        return {"x-permission": _needs(self.view)}

    def get_override_parameters(self) -> list[Any]:
        said = self._said()
        headers = [
            OpenApiParameter(name, description=text, location=OpenApiParameter.HEADER, response=[200])
            for name, text in (_LIST_HEADERS if said.is_list else {}).items()
        ]
        return [*([said.query] if said.query else []), *headers]

    def get_request_serializer(self) -> Any:
        return self._said().takes

    def get_response_serializers(self) -> Any:
        said = self._said()
        return {
            (str(code), kind): OpenApiResponse(schema, text)
            for code, kind, schema, text in _answers(said, self.path, self.registry, is_open=_is_open(self.view))
        }

    def _get_request_body(self, direction: Any = "request") -> Any:
        """PhotoPrism's apps send a body with DELETE, too."""
        said, untyped = self._said(), cast("Any", super())
        if self.method != "DELETE" or said.takes is None:
            return untyped._get_request_body(direction)
        schema, _ = untyped._get_request_for_media_type(said.takes, direction)
        return {"content": {"application/json": {"schema": schema}}}

    def _get_serializer_name(self, serializer: Any, direction: Any, bypass_extensions: bool = False) -> str:  # noqa: FBT001, FBT002 - the framework's signature
        """By module and class: many modules have a `_Selection` of their own."""
        kind = serializer if isinstance(serializer, type) else type(serializer)
        return f"{kind.__module__.rpartition('.')[2].title()}{kind.__name__.lstrip('_')}Input"

    def _said(self) -> Documented:
        return documentation_of(getattr(self.view, self.method.lower(), None))


class ApiGenerator(SchemaGenerator):
    """All of /api/v1: API views, and the plain views that send media."""

    def parse(self, input_request: Any, public: bool) -> dict[str, Any]:  # noqa: FBT001 - the framework's signature
        parse: Any = super().parse
        paths: dict[str, Any] = parse(input_request, public)
        for path, view in _plain_views(get_resolver().url_patterns):
            paths[path] = {method: _operation(view, method, path, self.registry) for method in _methods_of(view)}
        return dict(sorted(paths.items()))


@cache
def openapi() -> dict[str, Any]:
    """The whole document; it is the same for everybody."""
    generator: Any = cast("Any", ApiGenerator)()
    document: dict[str, Any] = generator.get_schema(request=None, public=True)
    return document


@cache
def _written() -> bytes:
    return json.dumps(openapi(), ensure_ascii=False, separators=(",", ":")).encode()


def _plain_views(patterns: list[Any], prefix: str = "/") -> Iterator[tuple[str, Any]]:
    """Addresses of the API whose views are Django's own, with the view's class."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _plain_views(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and route.startswith(PREFIX):
            view = getattr(pattern.callback, "view_class", None)
            if view is not None and not issubclass(view, APIView):
                yield _CONVERTER.sub(r"{\1}", route), view


def _methods_of(view: Any) -> list[str]:
    return [method for method in _METHODS if hasattr(view, method)]


def _operation(view: Any, method: str, path: str, registry: ComponentRegistry) -> dict[str, Any]:
    """One method of a plain view; what opens it is a token in its address."""
    said = documentation_of(getattr(view, method))
    summary, text = _caption(view, method)
    responses: dict[str, Any] = {}
    for code, kind, schema, meaning in _answers(said, path, registry, is_open=True):
        responses[str(code)] = {"description": meaning, "content": {kind: {"schema": schema}}}
    named = [(name, "path") for name in re.findall(r"{(\w+)}", path)] + [(name, "query") for name in said.token_in]
    return {
        "operationId": _operation_id(method, path),
        "summary": summary,
        "description": _described(text, said.needs),
        "parameters": [
            {"name": name, "in": where, "required": True, "schema": {"type": "string"}} for name, where in named
        ],
        "tags": [_tag(path)],
        "responses": responses,
        "x-permission": said.needs,
    }


def _answers(
    said: Documented, path: str, registry: ComponentRegistry, *, is_open: bool
) -> Iterator[tuple[int, str, Schema, str]]:
    """Status code, media type, schema and meaning of each answer."""
    if isinstance(said.gives, str):
        yield 200, said.gives, {"type": "string", "format": "binary"}, "The bytes."
    else:
        yield 200, "application/json", schema_of(said.gives, registry), "What was asked for."
    codes = {400} if said.query or said.takes else set()
    codes |= set() if is_open else {401, 403}
    codes |= {404} if "{" in path else set()
    problems = {code: _PROBLEMS[code] for code in codes} | dict(said.also)
    for code, meaning in sorted(problems.items()):
        yield code, "application/json", schema_of(Problem, registry), meaning


def _caption(view: Any, method: str) -> tuple[str, str]:
    """The first sentence of what the method says of itself, or of what its class says; and all of it."""
    kind = view if isinstance(view, type) else type(view)
    said = _doc_of(getattr(kind, method.lower(), None)) or _doc_of(kind) or kind.__name__
    text = re.sub(r"(?<!\n)\n(?!\n)", " ", said)
    return re.split(r"(?<=[.?!])\s", text, maxsplit=1)[0].rstrip(".").replace("`", ""), text


def _doc_of(thing: Any) -> str:
    """Its own docstring, or that of a base class of ours."""
    said = getdoc(thing) or ""
    return "" if said == getdoc(APIView) or said.startswith("Intentionally simple parent class") else said


def _described(text: str, needed: str) -> str:
    if needed in PERMISSIONS:
        return f"{text}\n\nFor who may {PERMISSIONS[needed].help} (`{needed}`)."
    return f"{text}\n\nFor {needed or 'anybody'}."


def _needs(view: Any) -> str:
    """The permission that the method needs; "" for none."""
    return next((found for one in view.get_permissions() if (found := getattr(one, "needed", ""))), "")


def _is_open(view: Any) -> bool:
    return any(isinstance(one, AllowAny) for one in view.get_permissions())


def _operation_id(method: str, path: str) -> str:
    return "_".join([method.lower(), *re.findall(r"\w+", path.removeprefix(PREFIX))])


def _tag(path: str) -> str:
    """The addresses of one kind of thing stand together."""
    return path.removeprefix(PREFIX).partition("/")[0]
