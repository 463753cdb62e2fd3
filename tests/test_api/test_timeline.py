"""/api/v1/timeline: the buckets and their photos."""

import gzip
import json

from tests.base import TestCase
from tests.make import make_photo


class TimelineTest(TestCase):
    def get(self, path: str, user: object = None, **headers: str) -> object:
        return self.client_of(user or self.admin).get(f"/api/v1/timeline/{path}", headers=headers)

    def test_the_list_of_buckets(self) -> None:
        make_photo(taken="2024-05-17")
        make_photo(taken="2023-12-24")
        answer = self.get("buckets")
        found = {"total": 2, "buckets": [["2024-05", 1], ["2023-12", 1]]}
        self.assertEqual(answer.json(), {**found, "order": "newest", "can_rank": False})
        self.assertEqual(answer["Content-Type"], "application/json; charset=utf-8")

    def test_a_bucket_of_a_view_and_a_search(self) -> None:
        cat = make_photo(labels=["cat"], type="video")
        make_photo(labels=["cat"])
        self.assertEqual(self.get("bucket/2024-05?q=label:cat&view=videos").json()["uid"], [cat.uid])

    def test_an_empty_bucket_has_its_columns(self) -> None:
        self.assertEqual(set(map(tuple, self.get("bucket/1999-01").json().values())), {()})

    def test_what_is_wrong_is_said(self) -> None:
        for path in ("bucket/yesterday", "buckets?q=lable:cat", "buckets?view=all", "bucket/2024-05?q=iso:fast"):
            answer = self.get(path)
            self.assertEqual((answer.status_code, answer.json()["code"]), (400, 400), path)
        self.assertEqual(self.get("buckets?q=lable:cat").json()["suggestion"], "label")

    def test_an_unchanged_answer_is_not_sent_again(self) -> None:
        make_photo()
        tag = self.get("buckets")["ETag"]
        again = self.get("buckets", **{"If-None-Match": tag})
        self.assertEqual((again.status_code, again.content), (304, b""))
        make_photo()
        self.assertEqual(self.get("buckets", **{"If-None-Match": tag}).status_code, 200)

    def test_a_large_answer_is_gzipped_for_those_who_take_it(self) -> None:
        for _ in range(12):
            make_photo(title="A long title for a photo")
        plain = self.get("bucket/2024-05")
        packed = self.get("bucket/2024-05", **{"Accept-Encoding": "gzip, br"})
        self.assertNotIn("Content-Encoding", plain)
        self.assertEqual(packed["Content-Encoding"], "gzip")
        self.assertEqual(json.loads(gzip.decompress(packed.content)), plain.json())
        self.assertIn("Accept-Encoding", packed["Vary"])

    def test_nobody_else_keeps_a_copy(self) -> None:
        self.assertEqual(self.get("buckets")["Cache-Control"], "private, no-cache")

    def test_each_sees_their_own(self) -> None:
        make_photo(owner=self.alice)
        totals = [self.get("buckets", user).json()["total"] for user in (self.admin, self.alice, self.bob, self.guest)]
        self.assertEqual(totals, [1, 1, 0, 0])

    def test_without_a_sign_in_nothing(self) -> None:
        for path in ("buckets", "bucket/2024-05"):
            self.assertEqual(self.client.get(f"/api/v1/timeline/{path}").status_code, 401)
