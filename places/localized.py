"""What countries are called in the language of the reader."""

from django.utils.translation import get_language

from places.countries import name_in


def country_name(code: str) -> str:
    """The name of a country in the language of this request, in English where there is none."""
    return name_in(code, get_language() or "en")
