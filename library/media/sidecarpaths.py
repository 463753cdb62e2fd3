"""Pure: where below the sidecar folder the YAML file of a picture is."""

from library.media.related import base_prefix


def sidecar_name(folder: str, base: str) -> str:
    """`sidecar_name("2024/05", "IMG_1")` is "2024/05/IMG_1.yml"; `folder` is relative, "" = the originals."""
    return f"{folder}/{base}.yml" if folder else f"{base}.yml"


def sidecar_names(name: str) -> tuple[str, str]:
    """The names that may be meant for an original, the more exact first: with its extension and without."""
    folder, _, base = name.rpartition("/")
    return sidecar_name(folder, base), sidecar_name(folder, base_prefix(base)[:255])
