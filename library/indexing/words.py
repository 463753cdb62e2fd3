"""The saver of keywords: the words by which a photo is found."""

from library.indexing.draft import Draft
from library.meta import keywords
from library.models import Keyword, PhotoKeyword

MAX_LENGTH = 64


def save_keywords(draft: Draft) -> None:
    """Links the photo to the words of its texts, names, place and main colour, and to no others."""
    wanted = words_of(draft)
    linked = dict(PhotoKeyword.objects.filter(photo=draft.photo).values_list("keyword__keyword", "pk"))
    if gone := [linked[word] for word in linked.keys() - wanted]:
        PhotoKeyword.objects.filter(pk__in=gone).delete()
    if new := wanted - linked.keys():
        PhotoKeyword.objects.bulk_create(
            [PhotoKeyword(photo=draft.photo, keyword_id=pk) for pk in _keyword_ids(new)], ignore_conflicts=True
        )


def words_of(draft: Draft) -> set[str]:
    """The keywords of a photo, in small letters, at most 64 letters each."""
    photo, metadata, location = draft.photo, draft.metadata, draft.location
    texts = [photo.title, photo.caption, metadata.subject, metadata.artist, " ".join(metadata.keywords)]
    found = [word for text in texts for word in keywords.keywords(text)]
    found += keywords.file_keywords(draft.main.ref.name)
    # A phrase given as one keyword is found as a whole too.
    found += [keyword.lower() for keyword in metadata.keywords]
    if location:
        found += location.keywords
    if color := next((file.colors.main_color for file in draft.shown if file.colors), ""):
        found.append(color)
    return {word for word in keywords.unique_words(found) if len(word) <= MAX_LENGTH}


def _keyword_ids(words: set[str]) -> list[int]:
    known = dict(Keyword.objects.filter(keyword__in=words).values_list("keyword", "pk"))
    if missing := sorted(words - known.keys()):
        Keyword.objects.bulk_create([Keyword(keyword=word) for word in missing], ignore_conflicts=True)
        known |= dict(Keyword.objects.filter(keyword__in=missing).values_list("keyword", "pk"))
    return list(known.values())
