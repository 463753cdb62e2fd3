"""/api/v1/photos/:uid: read, edit, like, approve."""

from library.models import Keyword
from tests.base import TestCase
from tests.make import make_photo


class PhotoTest(TestCase):
    def test_one_photo_with_its_details(self) -> None:
        photo = make_photo(
            iso=200, labels=["cat"], camera="Canon EOS 6D", place="Rome, Lazio, Italy", details={"artist": "Ada"}
        )
        found = self.client_of(self.bob).get(f"/api/v1/photos/{photo.uid}").json()
        self.assertEqual((found["UID"], found["Iso"], found["Details"]["Artist"]), (photo.uid, 200, "Ada"))
        self.assertEqual((found["Camera"]["Make"], found["Place"]["City"]), ("Canon", "Rome"))
        self.assertEqual([row["Label"]["Slug"] for row in found["Labels"]], ["cat"])
        self.assertEqual([file["PhotoUID"] for file in found["Files"]], [photo.uid])

    def test_what_one_may_not_see_does_not_exist(self) -> None:
        photo = make_photo(owner=self.admin)
        for client in (self.client_of(self.alice), self.client_of(self.guest)):
            self.assertEqual(client.get(f"/api/v1/photos/{photo.uid}").status_code, 404)
        self.assertEqual(self.client_of(self.admin).get("/api/v1/photos/xxx").status_code, 404)


class EditTest(TestCase):
    def put(self, photo: object, values: object, user: object = None) -> object:
        client = self.client_of(user or self.alice)
        return client.put(f"/api/v1/photos/{photo.uid}", values, content_type="application/json")

    def test_only_what_is_named_changes(self) -> None:
        photo = make_photo(title="Old", caption="Stays")
        found = self.put(photo, {"Title": "New"}).json()
        self.assertEqual((found["Title"], found["TitleSrc"], found["Caption"]), ("New", "manual", "Stays"))

    def test_description_is_the_older_name_of_caption(self) -> None:
        photo = make_photo()
        self.assertEqual(self.put(photo, {"Description": "At dawn"}).json()["Caption"], "At dawn")

    def test_a_new_title_is_found_and_the_old_one_not(self) -> None:
        photo = make_photo()
        for title in ("Sunrise", "Moonlight"):
            self.put(photo, {"Title": title})
        photo.refresh_from_db()
        self.assertFound("moonlight", photo)
        self.assertFound("sunrise")

    def test_a_word_that_stands_elsewhere_stays(self) -> None:
        photo = make_photo(title="Sunrise", keywords=["sunrise"], details={"subject": "sunrise"})
        self.put(photo, {"Title": "Moonlight"})
        photo.refresh_from_db()
        self.assertFound("sunrise", photo)
        self.assertEqual(Keyword.objects.filter(keyword="moonlight").count(), 1)

    def test_an_edit_ends_the_review(self) -> None:
        photo = make_photo(quality=1)
        self.assertEqual(self.put(photo, {"Title": "New"}).json()["Quality"], 3)

    def test_favourite_and_private(self) -> None:
        photo = make_photo()
        found = self.put(photo, {"Favorite": True, "Private": True}, self.admin).json()
        self.assertEqual((found["Favorite"], found["Private"]), (True, True))

    def test_a_title_that_is_no_text_is_refused(self) -> None:
        photo = make_photo()
        for values in ({"Title": ["x"]}, {"Title": "x" * 201}, {"Private": "perhaps"}):
            self.assertEqual(self.put(photo, values).status_code, 400, values)

    def test_a_viewer_may_not(self) -> None:
        photo = make_photo(title="Old")
        self.assertEqual(self.put(photo, {"Title": "New"}, self.bob).status_code, 403)


class LikeTest(TestCase):
    def test_liked_and_not(self) -> None:
        photo, client = make_photo(), self.client_of(self.bob)
        liked = client.post(f"/api/v1/photos/{photo.uid}/like")
        self.assertEqual((liked.status_code, liked.json()["photo"]["Favorite"]), (200, True))
        unliked = client.delete(f"/api/v1/photos/{photo.uid}/like")
        self.assertFalse(unliked.json()["photo"]["Favorite"])

    def test_an_unknown_photo(self) -> None:
        client = self.client_of(self.bob)
        for answer in (client.post("/api/v1/photos/xxx/like"), client.delete("/api/v1/photos/xxx/like")):
            self.assertEqual(answer.status_code, 404)

    def test_a_guest_may_not_like_what_is_not_shared(self) -> None:
        photo = make_photo()
        self.assertEqual(self.client_of(self.guest).post(f"/api/v1/photos/{photo.uid}/like").status_code, 404)


class ApproveTest(TestCase):
    def test_the_score_rises(self) -> None:
        photo = make_photo(quality=1)
        answer = self.client_of(self.alice).post(f"/api/v1/photos/{photo.uid}/approve")
        self.assertEqual(answer.json()["photo"]["Quality"], 3)

    def test_a_viewer_may_not(self) -> None:
        photo = make_photo(quality=1)
        self.assertEqual(self.client_of(self.bob).post(f"/api/v1/photos/{photo.uid}/approve").status_code, 403)
