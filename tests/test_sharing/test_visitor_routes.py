"""Every API address as the visitor of a link: what is in the album opens where looking is all that it takes."""

import json
import re
from typing import Any, Final

from asgiref.sync import async_to_sync
from django.http.response import HttpResponseBase
from django.test import Client

from library.models import Photo
from sharing.models import AccessToken, Link
from tests.make import make_album, make_label, make_photo
from tests.test_api.on_disk import MediaTestCase, file_of
from tests.test_site.route_table import ROUTES, Row

# What looking takes; all else is refused.
OPEN: Final = {
    ("GET", "api/v1/status"),
    ("GET", "api/v1/openapi.json"),
    ("GET", "api/v1/docs"),
    ("GET", "api/v1/config"),
    ("GET", "api/v1/settings"),
    ("GET", "api/v1/session"),
    ("GET", "api/v1/sessions"),
    ("DELETE", "api/v1/session"),
    ("DELETE", "api/v1/sessions"),
    ("GET", "api/v1/photos"),
    ("GET", "api/v1/photos/view"),
    ("GET", "api/v1/photos/<slug:uid>"),
    ("GET", "api/v1/photos/<slug:uid>/text"),
    ("GET", "api/v1/photos/<slug:uid>/dl"),
    ("GET", "api/v1/files/<slug:file_hash>"),
    ("GET", "api/v1/labels/<slug:uid>/t/<str:token>/<slug:size>"),  # a drawing, whatever the label
    ("GET", "api/v1/geo"),
    ("GET", "api/v1/geo/geojson"),
    ("GET", "api/v1/geo/view"),
    ("GET", "api/v1/search/understand"),
    ("GET", "api/v1/search/suggest"),
    ("GET", "api/v1/search/reasons"),
    ("GET", "api/v1/search/choices"),
    ("GET", "api/v1/timeline/buckets"),
    ("GET", "api/v1/timeline/bucket/<str:key>"),
    ("GET", "api/v1/t/<slug:name>/<str:token>/<slug:size>"),
    ("GET", "api/v1/dl/<slug:file_hash>"),
    ("POST", "api/v1/zip"),
    ("GET", "api/v1/albums/<slug:uid>"),
    ("GET", "api/v1/albums/<slug:uid>/dl"),
    ("GET", "api/v1/albums/<slug:uid>/t/<str:token>/<slug:size>"),
}
CLOSED: Final = (400, 401, 403, 404)
ANYBODYS: Final = {("POST", "api/v1/session"), ("POST", "api/v1/sessions")}  # to sign in

SECRET: Final = "zanzibar"


class VisitorRoutesTest(MediaTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.shown = make_photo(title="Shown", taken="2024-05-17", labels=["lake"])
        self.foreign = make_photo(
            title=f"A day in {SECRET}",
            taken="2024-05-18",
            labels=[SECRET],
            keywords=[SECRET],
            camera=f"{SECRET} X1",
            place=f"{SECRET.title()}, Tanzania",
            folder=SECRET,
        )
        self.album = make_album("Trip", self.shown)
        self.other = make_album(SECRET, self.foreign)
        self.link = Link.objects.create(share_uid=self.album.uid, slug="trip", token="a-token", created_by=self.alice)

        self.config = self.visit()

    def visit(self) -> dict[str, Any]:
        config: dict[str, Any] = Client().get(f"/s/{self.link.token}/trip").context["page_config"]
        return config

    def ask(self, row: Row, method: str, body: Any, photo: Photo) -> HttpResponseBase:
        """The answer to one request; what ends the visit begins another."""
        values = self.values(photo)
        path = re.sub(r"<\w+:(\w+)>", lambda found: fill(row.arguments[found[1]], values), row.route)
        address = f"/{path}" + (f"?{fill(row.query, values)}" if row.query else "")
        client = Client(headers={"X-Auth-Token": self.config["authToken"]})
        if method == "GET":
            return client.get(address)
        data = json.loads(fill(json.dumps(body), values)) if body is not None else None
        answer: HttpResponseBase = getattr(client, method.lower())(address, data, content_type="application/json")
        if method == "DELETE" and "session" in row.route:
            self.config = self.visit()
        return answer

    def values(self, photo: Photo) -> dict[str, str]:
        album, token = self.album if photo == self.shown else self.other, AccessToken.objects.latest("pk")
        named = {"photo": photo.uid, "hash": file_of(photo).hash, "file": file_of(photo).uid, "album": album.uid}
        named |= {
            "label": make_label("lake" if photo == self.shown else SECRET).uid,
            "link": self.link.uid,
            "link_token": self.link.token,
            "session": token.hash,
            "password": "",
            "uid": "",
        }
        return named | {"preview": self.config["previewToken"], "download": self.config["downloadToken"]}

    def rows(self) -> list[tuple[Row, str, Any]]:
        return [
            (row, method, use.body)
            for row in ROUTES
            for method, use in row.methods.items()
            if row.route.startswith("api/") and (method, row.route) not in ANYBODYS
        ]

    def test_what_is_not_named_here_is_closed(self) -> None:
        for row, method, body in self.rows():
            with self.subTest(f"{method} {row.route}"):
                status = self.ask(row, method, body, self.shown).status_code
                if (method, row.route) in OPEN:
                    self.assertIn(status, (200, 404) if row.route.endswith("/dl") or "/dl/" in row.route else (200,))
                elif (method, row.route.removesuffix("/<str:session_id>")) not in OPEN:
                    self.assertIn(status, CLOSED)

    def test_no_answer_tells_of_what_is_not_in_the_album(self) -> None:
        for row, method, body in self.rows():
            with self.subTest(f"{method} {row.route}"):
                told = text_of(self.ask(row, method, body, self.foreign))
                self.assertNotIn(SECRET, told.lower())

    def test_no_search_tells_of_what_is_not_in_the_album(self) -> None:
        visitor = Client(headers={"X-Auth-Token": self.config["authToken"]})
        for path in (
            "photos?count=9",
            "photos/view?count=9",
            "geo?count=9",
            "search/suggest?count=9",
            "timeline/buckets?",
        ):
            for query in ("zan", SECRET, f"title:*{SECRET}*", f"label:{SECRET}", f"uid:{self.foreign.uid}", "-lake"):
                with self.subTest(path, query=query):
                    told = text_of(visitor.get(f"/api/v1/{path}&q={query}")).lower()
                    self.assertNotIn(SECRET, told.replace(query, ""))
                    self.assertNotIn(self.foreign.uid, told.replace(query, ""))


def fill(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], text)


def text_of(answer: HttpResponseBase) -> str:
    """All that an answer says, however it is sent."""

    async def read() -> bytes:
        return b"".join([chunk async for chunk in answer.streaming_content])  # type: ignore[attr-defined]

    if not answer.streaming:
        content: bytes = getattr(answer, "content", b"")
    else:
        content = async_to_sync(read)() if answer.is_async else b"".join(answer)  # type: ignore[attr-defined]
    return content.decode(errors="replace")
