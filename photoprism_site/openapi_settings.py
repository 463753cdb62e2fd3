"""Settings of drf-spectacular: what the API's description says of the whole, and how it is made."""

from typing import Any, Final

SECURITY_SCHEMES: Final[dict[str, dict[str, str]]] = {
    "session": {"type": "apiKey", "in": "cookie", "name": "photoprism_session", "description": "A signed-in page."},
    "bearer": {"type": "http", "scheme": "bearer", "description": "The `access_token` of POST /session."},
    "token": {"type": "apiKey", "in": "header", "name": "X-Auth-Token", "description": "The same."},
    "sessionId": {"type": "apiKey", "in": "header", "name": "X-Session-ID", "description": "The same, for older apps."},
}

_DESCRIPTION: Final = """\
The photo library's JSON API, under the addresses and with the field names of PhotoPrism's.

Sign in with `POST /api/v1/session` and send the `access_token` in one of the headers; pages send their cookie, and with
POST, PUT and DELETE the header `X-CSRFToken`. In public mode nothing is needed.

Lists take `count` and `offset` and answer with a plain array; how much came is in the headers `X-Count`, `X-Limit` and
`X-Offset`. Errors are `{"code": 400, "error": "a sentence", "message": "the same"}`, and `suggestion` names the filter
that was meant. A slash at the end of an address makes no difference; HEAD works wherever GET does."""


def spectacular_settings(name: str, version: str) -> dict[str, Any]:
    """The value of SPECTACULAR_SETTINGS for an app of this name and version."""
    return {
        "TITLE": name,
        "VERSION": version,
        "DESCRIPTION": _DESCRIPTION,
        "LICENSE": {"name": "AGPL-3.0-only"},
        "OAS_VERSION": "3.1.0",
        "SCHEMA_PATH_PREFIX": "/api/v1/",
        "PARSER_WHITELIST": ["photoprism_site.parsing.StorableJSONParser"],
        "SORT_OPERATION_PARAMETERS": False,
        "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
        "POSTPROCESSING_HOOKS": [],
        "APPEND_COMPONENTS": {"securitySchemes": SECURITY_SCHEMES},
    }
