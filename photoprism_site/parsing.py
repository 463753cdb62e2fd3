"""JSON that apps send: of a size that the view expects, and only texts that every database can hold."""

import io
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

# What a view takes that names no other `largest_body`: a caption in full has a quarter of it.
LARGEST_BODY: Final = 64 * 1024


class TooLarge(APIException):
    status_code = 413
    default_detail = "This request is too large."


class StorableJSONParser(JSONParser):
    """A few bytes of JSON can ask for fifty times their size in memory, so views say how many they take."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        largest = getattr((parser_context or {}).get("view"), "largest_body", LARGEST_BODY)
        content = stream.read(largest + 1)
        if len(content) > largest:
            raise TooLarge
        try:
            values = super().parse(io.BytesIO(content), media_type, parser_context)
        except RecursionError:
            raise ParseError("JSON parse error - too deeply nested") from None
        # Written plainly, neither half characters nor NUL are JSON at all.
        if b"\\u" in content and not all(map(is_storable, _texts(values))):
            raise ParseError("JSON parse error - a text holds half a character, or NUL")
        return values


def is_storable(text: str) -> bool:
    """Whether the text can be written in UTF-8 and has no NUL, which PostgreSQL refuses."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _texts(values: Any) -> Iterator[str]:
    """Every text in parsed JSON, keys included."""
    pending = [values]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            pending.extend(value)
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)
