"""System checks: every path in the lists imports and takes the right number of arguments; the models are there."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Doubt
from django.utils.module_loading import import_string

from library.classify.model import ModelUnusable, check
from library.meaning import pair, sentences, vocabulary
from library.meaning.onnx import EncoderUnusable
from library.nudity import detector
from library.ocr import recognizer
from library.plugs import LISTS

ARGUMENTS = {
    "INDEX_STAGES": 1,
    "INDEX_SAVERS": 1,
    "PHOTO_SECTIONS": 2,
    "FILE_SECTIONS": 2,
    "SIDECAR_SECTIONS": 1,
    "PHOTO_PEOPLE": 1,
    "EVENT_LISTENERS": 2,
}


@register
def check_label_model(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """A doubt, no error: without the model everything else works."""
    if settings.OPTIONS.disable_classification:
        return []
    try:
        check(settings.MODELS_PATH)
    except ModelUnusable as error:
        return [Doubt(str(error), hint="See models/SOURCES.md.", id="library.W001")]
    return []


@register
def check_recognizer(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """The same for the reading of text, where it is asked for."""
    if not settings.OPTIONS.detect_text:
        return []
    try:
        recognizer.check()
    except recognizer.RecognizerUnusable as error:
        return [Doubt(str(error), id="library.W002")]
    return []


@register
def check_nudity_detector(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """The same for the detector of nudity."""
    if not settings.OPTIONS.detect_nsfw:
        return []
    try:
        detector.check()
    except detector.DetectorUnusable as error:
        return [Doubt(str(error), id="library.W003")]
    return []


@register
def check_text_model(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """A doubt, no error: without the model words are searched in names, keywords and titles alone."""
    if settings.OPTIONS.disable_meaning:
        return []
    folder = settings.OPTIONS.vision_folder
    try:
        if folder is not None:
            pair.pair_at(folder)
        else:
            sentences.check(settings.MODELS_PATH)
            vocabulary.check(settings.MODELS_PATH)
    except EncoderUnusable as error:
        hint = "See models/SOURCES.md." if folder is None else "See PHOTOPRISM_VISION_PATH in README.md."
        return [Doubt(f"Words are not compared with pictures: {error}.", hint=hint, id="library.W004")]
    return []


@register
def check_wiring(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """An error for each path that does not lead to what its list needs."""
    return [error for name in LISTS for path in getattr(settings, name) for error in _problems(name, path)]


def _problems(name: str, path: str) -> Iterator[Error]:
    try:
        found = import_string(path) if name in ARGUMENTS else import_module(path)
    except ImportError as error:
        yield Error(f"{name}: {path} cannot be imported: {error}", id="library.E001")
        return
    if name in ARGUMENTS and not _takes(found, ARGUMENTS[name]):
        yield Error(f"{name}: {path} has to be a function of {ARGUMENTS[name]} arguments.", id="library.E002")


def _takes(found: Any, count: int) -> bool:
    if not callable(found):
        return False
    try:
        inspect.signature(found).bind(*range(count))
    except TypeError:
        return False
    return True
