"""TypedDicts as OpenAPI schemas: each becomes a component of its name that others refer to."""

import types
from collections.abc import Callable
from inspect import getdoc
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    NotRequired,
    Required,
    TypedDict,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent

Schema = dict[str, Any]

_PLAIN: Final[dict[Any, Schema]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    types.NoneType: {"type": "null"},
    Any: {},
}
_MARKS: Final = (Annotated, NotRequired, Required)
_WRITTEN: Final[dict[Any, Callable[[list[Schema]], Schema]]] = {
    NotRequired: lambda inner: inner[0],
    Required: lambda inner: inner[0],
    list: lambda inner: {"type": "array", "items": inner[0]},
    tuple: lambda inner: {"type": "array", "prefixItems": inner, "minItems": len(inner), "maxItems": len(inner)},
    dict: lambda inner: {"type": "object", "additionalProperties": inner[1]},
    Union: lambda inner: {"anyOf": inner},
    types.UnionType: lambda inner: {"anyOf": inner},
}


def schema_of(hint: Any, registry: ComponentRegistry) -> Schema:
    """What a type allows, in JSON Schema; `registry` takes the components. Raises TypeError for another kind."""
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if is_typeddict(hint):
        return _reference(hint, registry)
    return _composed(hint, get_origin(hint), get_args(hint), registry)


def _composed(hint: Any, origin: Any, parts: tuple[Any, ...], registry: ComponentRegistry) -> Schema:
    if origin is Literal:
        return {"enum": list(parts)}
    inner = [schema_of(part, registry) for part in (parts[:1] if origin in _MARKS else parts)]
    if origin is Annotated:
        return {**inner[0], "format": parts[1]}
    if origin in _WRITTEN:
        return _WRITTEN[origin](inner)
    raise TypeError(f"The documentation cannot tell what {hint!r} looks like.")


def _reference(hint: Any, registry: ComponentRegistry) -> Schema:
    component = cast("Any", ResolvedComponent)(name=hint.__name__, type=ResolvedComponent.SCHEMA, object=hint)
    if component not in registry:
        # Before its parts, one of which may refer to it.
        registry.register(component)
        component.schema = _object(hint, registry)
    reference: Schema = component.ref
    return reference


def _object(hint: Any, registry: ComponentRegistry) -> Schema:
    keys = get_type_hints(hint, include_extras=True)
    schema = {
        "type": "object",
        "properties": {key: schema_of(part, registry) for key, part in keys.items()},
        "required": sorted(hint.__required_keys__),
    }
    said = getdoc(hint)
    # A TypedDict without a caption has that of dict.
    return {**schema, "description": said} if said and said != getdoc(TypedDict) and said != getdoc(dict) else schema
