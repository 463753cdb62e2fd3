"""The filter on what pictures show, in any words."""

from typing import Final

from library.meaning.onnx import EncoderUnusable
from library.query import QueryError
from library.query.values import all_of
from library.search.alike import Alike, near_texts
from library.search.answers import Answer
from library.search.compile import search_filter
from library.search.encoding import is_on

MOST_LETTERS: Final = 200


class MeaningUnusable(QueryError):
    """Words cannot be compared with pictures here."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"What pictures show cannot be searched: {reason}.")


@search_filter("meaning")
def meaning(value: str) -> Answer:
    """What looks like one of the texts; `&` asks for both. Raises MeaningUnusable."""
    if not is_on():
        raise MeaningUnusable("it is switched off (PHOTOPRISM_DISABLE_MEANING)")
    wanted = [tuple(text.strip().lower()[:MOST_LETTERS] for text in group) for group in all_of(value)]
    try:
        near_texts([text for group in wanted for text in group])
    except EncoderUnusable as error:
        raise MeaningUnusable(str(error)) from error
    return tuple(Alike(group) for group in wanted)
