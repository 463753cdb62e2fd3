"""GET /api/v1/geo and /geo/view: photos on the map, written while they are sent."""

import gzip
import json
from typing import Any
from unittest.mock import patch

from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.http.response import HttpResponseBase
from django.test import AsyncClient

from library.search import located
from tests.base import TestCase
from tests.make import make_photo


class GeoTest(TestCase):
    def ask(self, query: str = "", user: User | None = None, path: str = "geo", **headers: str) -> Any:
        return async_to_sync(self._ask)(f"/api/v1/{path}?{query}", user or self.admin, headers)

    async def _ask(self, url: str, user: User, headers: dict[str, str]) -> tuple[HttpResponseBase, bytes]:
        client = AsyncClient()
        await client.aforce_login(user)
        answer = await client.get(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
        if not answer.streaming:
            return answer, answer.content
        return answer, b"".join([piece async for piece in answer])

    def collection(self, query: str = "", user: User | None = None) -> dict[str, Any]:
        return json.loads(self.ask(query, user)[1])

    def uids(self, query: str = "", user: User | None = None) -> list[str]:
        return [feature["properties"]["UID"] for feature in self.collection(query, user)["features"]]

    def test_a_point_of_the_map(self) -> None:
        photo = make_photo(title="Pier", taken="2024-05-17 12:00:00", lat=55.5, lng=-12.25)
        properties = {
            "UID": photo.uid,
            "Hash": photo.files.get().hash,
            "TakenAt": "2024-05-17T12:00:00Z",
            "Title": "Pier",
        }
        geometry = {"type": "Point", "coordinates": [-12.25, 55.5]}
        feature = {"type": "Feature", "id": str(photo.pk), "geometry": geometry, "properties": properties}
        self.assertEqual(
            self.collection(),
            {"type": "FeatureCollection", "features": [feature], "bbox": [-12.25, 55.5, -12.25, 55.5]},
        )

    def test_what_is_no_plain_picture_says_so(self) -> None:
        make_photo(type="video", lat=1.0, lng=1.0, favorite_of=self.admin)
        properties = self.collection()["features"][0]["properties"]
        self.assertEqual((properties["Type"], properties["Favorite"]), ("video", True))

    def test_near_a_photo_the_nearest_come_first(self) -> None:
        here = make_photo(lat=43.0, lng=179.999, taken="2020-01-01")
        far = make_photo(lat=43.0, lng=-179.985, taken="2024-01-01")
        near = make_photo(lat=43.0, lng=-179.995, taken="2019-01-01")
        make_photo(lat=10.0, lng=10.0)
        query = f"q=near:{here.uid}"
        self.assertEqual(self.uids(query), [here.uid, near.uid, far.uid])
        self.assertEqual(self.uids(f"{query}&count=1&offset=1"), [near.uid])
        self.assertEqual(self.uids(f"near={here.uid}&year=2019|2024"), [near.uid, far.uid])
        self.assertEqual(self.ask(query, path="geo/view")[0]["X-Count"], "3")
        self.assertEqual(self.ask("q=near:nothing")[0].status_code, 400)

    def test_photos_without_a_position_are_not_on_it(self) -> None:
        make_photo()
        answer, content = self.ask()
        self.assertEqual(json.loads(content), {"type": "FeatureCollection", "features": [], "bbox": [0, 0, 0, 0]})
        self.assertEqual((answer["X-Count"], answer["X-Limit"], answer["X-Offset"]), ("0", "1000000", "0"))

    def test_the_same_whatever_the_size_of_its_parts(self) -> None:
        for number in range(7):
            make_photo(taken=f"2024-05-{number + 1:02} 12:00:00", lat=number, lng=-number)
        whole = self.collection()
        with patch.object(located, "PART", 2), patch.object(located, "FULL_PART", 3):
            self.assertEqual(self.collection(), whole)
            viewed = json.loads(self.ask(path="geo/view")[1])
        self.assertEqual(whole["bbox"], [-6, 0, 0, 6])
        self.assertEqual([photo["UID"] for photo in viewed], self.uids())

    def test_a_part_of_it(self) -> None:
        newest, middle, _ = (make_photo(taken=f"202{year}-01-01", lat=1, lng=1) for year in (3, 2, 1))
        self.assertEqual(self.uids("count=1"), [newest.uid])
        self.assertEqual(self.uids("count=1&offset=1"), [middle.uid])

    def test_the_filters_are_those_of_the_search(self) -> None:
        cat = make_photo(labels=["cat"], lat=1, lng=1)
        make_photo(lat=1, lng=1)
        for query in ("q=label:cat", "label=cat", "q=cat&year=2024"):
            self.assertEqual(self.uids(query), [cat.uid], query)

    def test_each_sees_their_own(self) -> None:
        make_photo(lat=1, lng=1, owner=self.alice)
        make_photo(lat=1, lng=1, private=True)
        found = [len(self.uids(user=user)) for user in (self.admin, self.alice, self.bob, self.guest)]
        self.assertEqual(found, [1, 1, 0, 0])

    def test_packed_for_those_who_take_it(self) -> None:
        make_photo(lat=1, lng=1)
        answer, content = self.ask(Accept_Encoding="gzip")
        self.assertEqual(answer["Content-Encoding"], "gzip")
        self.assertEqual(json.loads(gzip.decompress(content)), self.collection())

    def test_all_of_it_may_be_asked_for(self) -> None:
        answer, _ = self.ask("count=2147483647")
        self.assertEqual((answer.status_code, answer["X-Limit"]), (200, "1000000"))

    def test_the_head_alone(self) -> None:
        make_photo(lat=1, lng=1)
        answer = self.client_of(self.admin).head("/api/v1/geo")
        self.assertEqual((answer.status_code, answer["X-Count"], answer.content), (200, "1", b""))

    def test_what_is_wrong_is_said_before_anything_is_sent(self) -> None:
        for query in ("q=lable:cat", "count=many", "count=0", "offset=-1", "lat=north"):
            answer, content = self.ask(query)
            self.assertEqual(answer.status_code, 400, query)
            self.assertTrue(json.loads(content)["error"])

    def test_without_a_sign_in_nothing(self) -> None:
        for path in ("geo", "geo/view", "geo/geojson"):
            answer = self.client.get(f"/api/v1/{path}")
            self.assertEqual((answer.status_code, answer.json()["code"]), (401, 401))
