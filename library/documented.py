"""What the API's documentation says of a method beyond what its docstring, address and permission tell.

    @documented(gives=list[FoundPhoto], query=PhotoQuery, is_list=True)
    def get(self, request: Request) -> Response: ...

The schema at /api/v1/openapi.json reads it; it changes nothing of how the method answers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from rest_framework.serializers import BaseSerializer

Method = TypeVar("Method", bound=Callable[..., Any])

# What opens plain views, in the words of the documentation.
BY_PREVIEW: Final = "whoever has a preview token of an account or a link"
BY_DOWNLOAD: Final = "whoever has a download token of an account or a link"

_KEPT_AS: Final = "documented_as"


@dataclass(frozen=True, slots=True, kw_only=True)
class Documented:
    """`gives` is a TypedDict, a list of one, or a media type such as "image/jpeg"; `also` holds further status codes
    with what each means; `needs` says what opens a plain Django view, whose address has a token, and `token_in` names
    its parameters."""

    gives: Any = dict[str, Any]
    query: type[BaseSerializer[Any]] | None = None
    takes: type[BaseSerializer[Any]] | None = None
    is_list: bool = False
    also: Mapping[int, str] = field(default_factory=dict)
    needs: str = ""
    token_in: tuple[str, ...] = ()


def documented(**facts: Any) -> Callable[[Method], Method]:
    """Keeps these fields of `Documented` at the method."""

    def keep(method: Method) -> Method:
        setattr(method, _KEPT_AS, Documented(**facts))
        return method

    return keep


def documentation_of(method: object) -> Documented:
    """What was said of the method."""
    said = getattr(method, _KEPT_AS, None)
    return said if isinstance(said, Documented) else Documented()
