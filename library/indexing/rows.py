"""Setting fields of a row so that an unchanged one is not written."""

from typing import Any

from django.db.models import Model

from library.sources import better


def set_fields(row: Model, values: dict[str, Any]) -> list[str]:
    """Sets the values and returns the names that changed; floats count as equal within 1e-9."""
    changed = [name for name, value in values.items() if not _is_same(getattr(row, name), value)]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def save_changes(row: Model, changed: list[str]) -> None:
    """Writes a new row whole and a known one only where it changed."""
    if row.pk is None:
        row.save()
    elif changed:
        stamp = ["updated_at"] if hasattr(row, "updated_at") else []
        row.save(update_fields=[*changed, *stamp])


def set_by_source(row: Model, field: str, value: Any, src: str) -> dict[str, Any]:
    """`{field: value, field_src: src}` if the source may speak, else nothing: an edit by hand stays."""
    old_src = getattr(row, f"{field}_src")
    if value in ("", None) or (getattr(row, field) not in ("", None) and not better(src, old_src)):
        return {}
    return {field: value, f"{field}_src": src}


def _is_same(old: Any, new: Any) -> bool:
    if isinstance(old, float) and isinstance(new, float):
        return abs(old - new) < 1e-9
    if isinstance(old, memoryview):
        return bytes(old) == bytes(new)
    return bool(old == new)
