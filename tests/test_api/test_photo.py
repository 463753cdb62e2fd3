"""GET /api/v1/photos/:uid: one photo with everything that is known of it."""

from dataclasses import replace
from typing import Any

from library.counts import recount_photos
from library.models import Label, PhotoLabel
from library.query import Filter
from library.search import results_of
from library.serializers import photo_json
from tests.base import TestCase
from tests.make import make_label, make_marker, make_photo, make_subject


class PhotoTest(TestCase):
    def get(self, uid: str, user: Any = None) -> Any:
        return self.client_of(user or self.admin).get(f"/api/v1/photos/{uid}")

    def test_its_labels_with_those_that_were_taken_away_last(self) -> None:
        photo = make_photo(labels=["cat"])
        PhotoLabel.objects.create(photo=photo, label=make_label("dog"), uncertainty=100)
        labels = self.get(photo.uid).json()["Labels"]
        self.assertEqual([(row["Label"]["Slug"], row["Uncertainty"]) for row in labels], [("cat", 0), ("dog", 100)])
        self.assertEqual([row["Label"]["Thumb"] for row in labels], [photo.files.get().hash, ""])

    def test_the_people_in_its_files(self) -> None:
        photo = make_photo()
        anna = make_subject("Anna")
        make_marker(photo, subject=anna, x=0.25, y=0.5, w=0.125, h=0.125)
        marker = self.get(photo.uid).json()["Files"][0]["Markers"][0]
        self.assertEqual((marker["Name"], marker["SubjUID"]), ("Anna", anna.uid))
        self.assertEqual(marker["Thumb"], f"{photo.files.get().hash}-0fa1f407d07d")

    def test_a_private_person_is_not_named_to_a_viewer(self) -> None:
        photo = make_photo()
        make_subject("Anna", photo, private=True)
        for path in (f"photos/{photo.uid}", "photos?count=1"):
            text = self.client_of(self.bob).get(f"/api/v1/{path}").content.decode()
            self.assertNotIn("Anna", text)
            self.assertIn("Anna", self.client_of(self.admin).get(f"/api/v1/{path}").content.decode())

    def test_who_sees_a_part_of_the_library_learns_no_number_of_the_rest(self) -> None:
        photo = make_photo(labels=["cat"], place="Oslo, Oslo, Norway", country="no")
        make_photo(labels=["cat"], place="Oslo, Oslo, Norway", country="no")
        recount_photos()
        photo.refresh_from_db()
        whole = self.grant_of(self.bob)
        part = replace(whole, scope=Filter("uid", photo.uid))
        shown = [photo_json(results_of([photo], grant)[0], grant) for grant in (whole, part)]
        self.assertEqual([one["Labels"][0]["Label"]["PhotoCount"] for one in shown], [2, 1])
        self.assertEqual([one["Place"]["PhotoCount"] for one in shown], [2, 0])

    def test_what_may_not_be_seen_is_not_there(self) -> None:
        hidden = make_photo(private=True)
        answer = self.get(hidden.uid, self.bob)
        self.assertEqual((answer.status_code, answer.json()["error"]), (404, "Photo not found"))
        self.assertEqual(self.get("xxx").json(), answer.json())

    def test_times_that_are_not_known_are_null(self) -> None:
        photo = self.get(make_photo().uid).json()
        self.assertEqual((photo["EditedAt"], photo["CheckedAt"], photo["DeletedAt"]), (None, None, None))
        self.assertFalse({"PublishedAt", "EstimatedAt"} & photo.keys())

    def test_what_an_app_sends_back_unchanged_changes_nothing(self) -> None:
        photo = make_photo(labels=["cat"])
        client = self.client_of(self.alice)
        before = client.get(f"/api/v1/photos/{photo.uid}").json()
        answer = client.put(f"/api/v1/photos/{photo.uid}", before, content_type="application/json")
        self.assertEqual((answer.status_code, answer.json()), (200, before))

    def test_the_queries_do_not_grow_with_the_labels(self) -> None:
        one, many = make_photo(labels=["cat"]), make_photo(labels=["dog", "tree", "lake", "sky"])
        Label.objects.update(photo_count=1)
        client = self.client_of(self.admin)
        client.get(f"/api/v1/photos/{one.uid}")
        for photo in (one, many):
            with self.assertNumQueries(14):
                client.get(f"/api/v1/photos/{photo.uid}")
