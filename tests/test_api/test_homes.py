"""/homes: one's own homes; what strangers are told is in tests/test_sharing/test_home_zones.py."""

from typing import Any

from places.models import HomeZone
from tests.base import TestCase
from tests.make import make_photo


class HomesTest(TestCase):
    def post(self, body: Any, *, by: Any = None, status: int = 200) -> Any:
        answer = self.app_of(by or self.alice).post("/api/v1/homes", body, content_type="application/json")
        self.assertEqual(answer.status_code, status)
        return answer.json()

    def test_a_home_is_hidden_by_its_position(self) -> None:
        home = self.post({"Name": "Ours", "Lat": 52.52, "Lng": 13.405, "Radius": 400})
        self.assertEqual((home["Name"], home["Radius"], home["Own"]), ("Ours", 400, True))
        self.assertIn("Berlin", home["Place"])
        self.assertEqual(HomeZone.objects.get().owner, self.alice)

    def test_a_home_is_hidden_by_a_photo(self) -> None:
        photo = make_photo(lat=48.1, lng=11.5)
        home = self.post({"Photo": photo.uid})
        self.assertEqual((home["Lat"], home["Lng"], home["Radius"]), (48.1, 11.5, 250))

    def test_a_photo_that_is_out_of_sight_tells_nothing(self) -> None:
        hidden = make_photo(lat=48.1, lng=11.5, owner=self.admin)
        self.assertIn("nobody knows", str(self.post({"Photo": hidden.uid}, status=400)))

    def test_what_is_no_place_is_refused_in_a_sentence(self) -> None:
        for body in ({}, {"Lat": 1}, {"Lat": 91, "Lng": 0}, {"Lat": 1, "Lng": 1, "Radius": 5}, {"Lat": "x", "Lng": 1}):
            with self.subTest(body):
                self.assertTrue(self.post(body, status=400)["error"])
        self.assertFalse(HomeZone.objects.exists())

    def test_each_sees_and_changes_their_own_and_administrators_all(self) -> None:
        theirs = self.post({"Lat": 1, "Lng": 2}, by=self.admin)
        mine = self.post({"Lat": 3, "Lng": 4})
        alice, admin = self.app_of(self.alice), self.app_of(self.admin)
        self.assertEqual([one["ID"] for one in alice.get("/api/v1/homes").json()], [mine["ID"]])
        self.assertEqual([one["ID"] for one in admin.get("/api/v1/homes").json()], [theirs["ID"], mine["ID"]])
        self.assertEqual(alice.delete(f"/api/v1/homes/{theirs['ID']}").status_code, 404)
        self.assertEqual(admin.delete(f"/api/v1/homes/{mine['ID']}").status_code, 200)
        self.assertEqual(HomeZone.objects.get().pk, theirs["ID"])

    def test_what_is_changed_moves_what_is_hidden(self) -> None:
        home = self.post({"Lat": 3, "Lng": 4})
        before = HomeZone.objects.get().home
        changed = self.app_of(self.alice).put(
            f"/api/v1/homes/{home['ID']}", {"Radius": 1000}, content_type="application/json"
        )
        self.assertEqual((changed.json()["Lat"], changed.json()["Radius"]), (3, 1000))
        self.assertNotEqual(HomeZone.objects.get().home, before)
