"""The saver of keywords: the words by which a photo is found."""

from library.indexing.draft import Draft
from library.judging import words_of
from library.models import Details, Keyword, PhotoKeyword
from library.models.photo import Stack


def save_keywords(draft: Draft) -> None:
    """Links the photo to the words of its texts, names, place and main colour, and to no others.

    In a stack the words of its other files stay.
    """
    if not draft.leads:
        return
    wanted = _words(draft)
    linked = dict(PhotoKeyword.objects.filter(photo=draft.photo).values_list("keyword__keyword", "pk"))
    is_stack = draft.photo.stack == Stack.STACKED
    if gone := [] if is_stack else [linked[word] for word in linked.keys() - wanted]:
        PhotoKeyword.objects.filter(pk__in=gone).delete()
    if new := wanted - linked.keys():
        PhotoKeyword.objects.bulk_create(
            [PhotoKeyword(photo=draft.photo, keyword_id=pk) for pk in _keyword_ids(new)], ignore_conflicts=True
        )


def _words(draft: Draft) -> set[str]:
    """What stands in the rows, whether a file or a person said it, and the main colour."""
    color = next((file.colors.main_color for file in draft.shown if file.colors), "")
    details = Details.objects.filter(photo=draft.photo).first() or Details(photo=draft.photo)
    return words_of(draft.photo, details, draft.main.ref.name) | ({color} - {""})


def _keyword_ids(words: set[str]) -> list[int]:
    known = dict(Keyword.objects.filter(keyword__in=words).values_list("keyword", "pk"))
    if missing := sorted(words - known.keys()):
        Keyword.objects.bulk_create([Keyword(keyword=word) for word in missing], ignore_conflicts=True)
        known |= dict(Keyword.objects.filter(keyword__in=missing).values_list("keyword", "pk"))
    return list(known.values())
