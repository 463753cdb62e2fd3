"""The page of duplicates: groups of near-duplicates side by side, and files of the same bytes."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from library import jobs
from library.duplicates.keeping import RULES, Reason, Rule
from library.duplicates.review import exact_page, groups_page, summary_of
from library.models.similar import Likeness
from library.permissions import page_grant, requires
from library.search import visible_photos

EXACT: Final = "exact"

_RULES: Final[dict[Rule, Promise]] = {
    "best": gettext_lazy("Keep the best picture"),
    "cherished": gettext_lazy("Keep favourites and edited ones"),
    "oldest": gettext_lazy("Keep what was there first"),
    "newest": gettext_lazy("Keep what came last"),
}
_KINDS: Final[dict[str, Promise]] = {
    Likeness.PICTURE: gettext_lazy("Same picture"),
    Likeness.ALIKE: gettext_lazy("Looks alike"),
    Likeness.BURST: gettext_lazy("Bursts"),
}
REASONS: Final[dict[Reason, Promise]] = {
    "pixels": gettext_lazy("most pixels"),
    "format": gettext_lazy("original format"),
    "bytes": gettext_lazy("largest file"),
    "facts": gettext_lazy("knows most of where and when"),
    "cherished": gettext_lazy("favourite, edited or in albums"),
    "taken": gettext_lazy("earliest date"),
    "added": gettext_lazy("in the library first"),
}
_REASON_ADDED_LAST: Final = gettext_lazy("came last")
_MOST_REASONS: Final = 2


@require_safe
@requires("library.archive_photo")
def duplicates(request: HttpRequest) -> HttpResponse:
    """What waits to be decided, by kind and by the rule that says which to keep."""
    grant, kind = page_grant(request), request.GET.get("kind", "")
    rule: Rule = next((known for known in RULES if known == request.GET.get("rule")), "best")
    summary, number = summary_of(grant), request.GET.get("page", "1")
    told = {"summary": summary, "kind": kind, "rule": rule, "rules": _RULES, "status": jobs.comparing_status()}
    told["kinds"] = [(name, label, summary.kinds.get(name, 0)) for name, label in _KINDS.items()]
    if kind == EXACT:
        page, copies = exact_page(grant, number)
        return render(request, "duplicates/duplicates.html", {**told, "page": page, "copies": copies})
    page, groups = groups_page(grant, kind=kind, rule=rule, number=number)
    shown = [(group, _why(group.why, rule)) for group in groups]
    sure = sum(group.is_sure for group in groups)
    empty = not summary.groups and not visible_photos(grant).exists()
    return render(
        request, "duplicates/duplicates.html", {**told, "page": page, "groups": shown, "sure": sure, "no_photos": empty}
    )


def _why(reasons: tuple[Reason, ...], rule: Rule) -> list[Promise]:
    """The first reasons in words; when it came into the library counts only where nothing else does."""
    telling = [reason for reason in reasons if reason not in ("taken", "added")] or list(reasons)
    if rule in ("oldest", "newest") and "added" in reasons:
        telling = ["added"]
    words = {**REASONS, "added": _REASON_ADDED_LAST} if rule == "newest" else REASONS
    return [words[reason] for reason in telling[:_MOST_REASONS]]
