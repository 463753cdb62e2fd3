"""Which part of a list is wanted, and the headers that say which one is sent."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from library.access import Grant
from library.search import MAX_COUNT

MOST_SKIPPED: Final = 2**31
_NO_COUNT: Final = _("A list needs a count: how many are wanted, at most %d.") % MAX_COUNT


class Paging(serializers.Serializer[None]):
    """Counts beyond the limit are clamped, as apps ask for 2147483647 to have all."""

    count = serializers.IntegerField(
        min_value=1, error_messages={"required": _NO_COUNT}, help_text=f"How many at most; {MAX_COUNT:,} is the limit."
    )
    offset = serializers.IntegerField(
        min_value=0, max_value=MOST_SKIPPED, default=0, help_text="How many to pass over first."
    )

    def validate_count(self, value: int) -> int:
        return min(value, MAX_COUNT)


class ListQuery(Paging):
    """The parameters of a list beside that of photos."""

    q = serializers.CharField(allow_blank=True, default="", help_text="Words and filters, as in the search box.")
    order = serializers.CharField(allow_blank=True, default="", max_length=32, help_text="Sort order.")


def page_headers(found: int, *, count: int, offset: int, grant: Grant) -> dict[str, str]:
    """PhotoPrism's five: how many came, the limit and the offset of the page, and the account's media tokens."""
    return {
        "X-Count": str(found),
        "X-Limit": str(count),
        "X-Offset": str(offset),
        "X-Preview-Token": grant.preview_token,
        "X-Download-Token": grant.download_token,
    }
