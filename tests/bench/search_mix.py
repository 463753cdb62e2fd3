"""The fixed mix of searches whose speed is measured; the words are those of generated_library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

COUNT: Final = 60  # photos on a page


@dataclass(frozen=True, slots=True)
class Search:
    """One request: a page of photos, a timeline or points on the map. `skip` is the part of the finds before it."""

    query: str
    kind: str = "page"
    order: str = "newest"
    skip: float = 0.0
    by_key: bool = False
    more: str = ""

    @property
    def name(self) -> str:
        order = f", {self.order}" if self.order != "newest" else ""
        depth = f", {'key' if self.by_key else 'offset'} at {self.skip:.0%}" if self.skip else ""
        return f"{self.kind}: {self.query or 'everything'}{self.more}{order}{depth}"


# Each filter alone, with a common and a rare value where there are both.
_FILTERS: Final = (
    "label:cat",
    "label:word250",
    "label:word599",
    "keywords:word24500",
    "type:video",
    "country:it",
    'city:"City 77"',
    'state:"State 7"',
    "year:2019",
    "month:5",
    "taken:2019-05",
    "camera:canon-eos-5",
    "iso:>3200",
    "f:1.4-2.8",
    "color:red",
    "mp:>40",
    "portrait:yes",
    "favorite:yes",
    "rating:5",
    "path:2019/0015",
    "name:IMG_1234*",
    "title:*snow*2019",
    'album:"Album 3"',
    'person:"Anna Smith"',
)
_WORDS: Final = ("cat", "mountain", "word999", "unheardof", "cat dog", "2019 italy")
_COMBINED: Final = (
    "country:it year:2019",
    "iso:>3200 color:red type:raw",
    "-label:cat",
    "label:cat|dog -label:word250",
    "label:cat country:it -type:video year:2005",
    'person:"Anna Smith" label:dog',
)
_DEEP: Final = (
    Search("", skip=0.05),
    Search("", skip=0.9),
    Search("", skip=0.5, by_key=True),
    Search("label:cat", skip=0.6),
    Search("label:cat", skip=0.6, by_key=True),
    Search("", order="title", skip=0.5, by_key=True),
)
_ORDERS: Final = (
    Search("label:cat", order="oldest"),
    Search("label:cat", order="added"),
    Search("label:cat", order="title"),
    Search("", order="name"),
    Search("label:dog", order="size"),
    Search("label:cat", order="random:7"),
    Search("", order="similar"),
)
_TIMELINES: Final = (
    Search("", "timeline"),
    Search("label:cat", "timeline"),
    Search("-label:cat", "timeline"),
    Search("cat", "timeline"),
    Search("mountain", "timeline"),
    Search("type:image iso:>3200", "timeline"),
    Search("2019 italy", "timeline"),
    Search("label:word250", "timeline"),
)
_MAP: Final = (
    Search("label:word250", "map", more=", 1,000 points"),
    Search("label:cat lat:40-50 lng:0-20", "map", more=", 1,000 points"),
    Search("country:it", "map", more=", 1,000 points"),
)

SEARCHES: Final = (
    *(Search(query) for query in (*_FILTERS, *_WORDS, *_COMBINED)),
    *_DEEP,
    *_ORDERS,
    *_TIMELINES,
    *_MAP,
)


def address_of(search: Search, client: Any, total: int) -> str:
    """The address that a browser asks; `total` is how many photos the search finds."""
    if search.kind == "timeline":
        return f"/api/v1/timeline/buckets?{urlencode({'q': search.query})}"
    if search.kind == "map":
        return f"/api/v1/geo?{urlencode({'q': search.query, 'count': 1000})}"
    asked: dict[str, Any] = {"q": search.query, "order": search.order, "count": COUNT}
    offset = int(total * search.skip)
    if search.by_key:
        before = client.get(f"/api/v1/photos?{urlencode({**asked, 'offset': offset})}")
        return f"/api/v1/photos?{urlencode({**asked, 'cursor': before.headers['X-Next-Cursor']})}"
    return f"/api/v1/photos?{urlencode({**asked, 'offset': offset})}"
