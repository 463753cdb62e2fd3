"""The rows of cameras and lenses that metadata names."""

from typing import TypeVar

from library.meta import cameras, clean
from library.meta.data import Metadata
from library.models import Camera, Lens
from library.models.gear import UNKNOWN, Gear

MAX = 160
Row = TypeVar("Row", bound=Gear)


def camera_for(metadata: Metadata) -> Camera:
    """The camera's row, made when it is new; the unknown camera if nothing is said."""
    name = cameras.camera_name(metadata.camera_make, metadata.camera_model)
    return _row(Camera, name, metadata.camera_make, metadata.camera_model)


def lens_for(metadata: Metadata) -> Lens:
    name = cameras.camera_name(metadata.lens_make, metadata.lens_model) if metadata.lens_model else ""
    return _row(Lens, name, metadata.lens_make, metadata.lens_model)


def _row(model: type[Row], name: str, make: str, model_name: str) -> Row:
    slug = clean.slug(name)[:MAX] or UNKNOWN
    row, _ = model._default_manager.get_or_create(
        slug=slug, defaults={"name": name[:MAX], "make": make[:MAX], "model": model_name[:MAX]}
    )
    return row
