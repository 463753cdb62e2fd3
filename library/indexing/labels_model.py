"""Whether the label model can be used; what is wrong with it stands in the list of problems until it is mended."""

from pathlib import Path
from typing import Final

from django.conf import settings

from library.classify.model import CANNOT_BE_RUN, NETWORK, ModelUnusable, check
from library.model_troubles import ModelTrouble

_TROUBLE: Final = ModelTrouble(f"models/{NETWORK.name}")

report_trouble, trouble, forget_trouble = _TROUBLE.report, _TROUBLE.told, _TROUBLE.forget


def usable_models() -> Path | None:
    """The folder of the models, None if labels are switched off or the model is of no use, which is told once."""
    if settings.OPTIONS.disable_classification:
        forget_trouble()
        return None
    try:
        check(settings.MODELS_PATH)
    except ModelUnusable as error:
        report_trouble(str(error))
        return None
    if CANNOT_BE_RUN not in trouble():
        forget_trouble()
    return Path(settings.MODELS_PATH)
