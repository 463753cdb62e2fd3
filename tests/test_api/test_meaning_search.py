"""Photos that are found by what they show, over the API: for members, viewers, and visitors of a link."""

from django.test import Client

from library.models import Photo
from sharing.models import Link
from tests.base import TestCase
from tests.make import make_album, make_photo, make_seen

GOLDEN_RETRIEVER, TOY_TERRIER, TABBY = 207, 158, 281


class MeaningSearchTest(TestCase):
    dog: Photo
    faint: Photo
    cat: Photo
    secret: Photo

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.dog = _shows(GOLDEN_RETRIEVER, 0.6, taken="2021-05-01")
        cls.faint = _shows(TOY_TERRIER, 0.2, taken="2024-05-01")
        cls.cat = _shows(TABBY, 0.8, taken="2022-05-01")
        cls.secret = _shows(TOY_TERRIER, 0.9, private=True)

    def test_a_word_finds_pictures_the_best_first_where_that_is_asked_for(self) -> None:
        admin = self.client_of(self.admin)
        self.assertEqual(_uids(admin, q="puppy"), [self.faint.uid, self.dog.uid])
        self.assertEqual(_uids(admin, q="puppy", order="relevance"), [self.dog.uid, self.faint.uid])
        self.assertEqual(_uids(admin, q="puppy", year="2024"), [self.faint.uid])
        self.assertEqual(_uids(admin, meaning="puppy", order="oldest"), [self.dog.uid, self.faint.uid])

    def test_pages_by_mark_follow_each_other(self) -> None:
        admin = self.client_of(self.admin)
        first = admin.get("/api/v1/photos", {"q": "animal", "order": "relevance", "count": 2})
        rest = _uids(admin, q="animal", order="relevance", cursor=first.headers["X-Next-Cursor"])
        found = [*(photo["UID"] for photo in first.json()), *rest]
        self.assertEqual(found, [self.cat.uid, self.dog.uid, self.faint.uid])

    def test_the_timeline_tells_how_it_stands(self) -> None:
        admin = self.client_of(self.admin)
        told = admin.get("/api/v1/timeline/buckets", {"q": "puppy"}).json()
        self.assertEqual(told, {"total": 2, "buckets": [["best.0", 2]], "order": "relevance", "can_rank": True})
        columns = admin.get("/api/v1/timeline/bucket/best.0", {"q": "puppy"}).json()
        self.assertEqual(columns["uid"], [self.dog.uid, self.faint.uid])
        told = admin.get("/api/v1/timeline/buckets", {"q": "puppy", "order": "newest"}).json()
        self.assertEqual((told["order"], told["can_rank"]), ("newest", True))
        self.assertEqual(admin.get("/api/v1/timeline/buckets", {"q": "puppy", "order": "no"}).status_code, 400)
        self.assertEqual(admin.get("/api/v1/timeline/bucket/best.x", {"q": "puppy"}).status_code, 400)

    def test_what_is_private_is_told_to_nobody_who_may_not_see_it(self) -> None:
        bob = self.client_of(self.bob)
        self.assertNotIn(self.secret.uid, _uids(bob, q="puppy private:yes"))
        self.assertEqual(bob.get("/api/v1/timeline/buckets", {"q": "puppy"}).json()["total"], 2)
        asked = {"q": "puppy", "uids": self.secret.uid}
        self.assertEqual(bob.get("/api/v1/search/reasons", asked).json()["reasons"], {})

    def test_a_visitor_of_a_link_finds_within_the_album_alone(self) -> None:
        album = make_album("Shared", self.faint, self.cat, self.secret)
        Link.objects.create(share_uid=album.uid, slug="shared", token="a-token", created_by=self.admin)
        page = Client().get("/s/a-token/shared").context["page_config"]
        visitor = Client(headers={"X-Auth-Token": page["authToken"]})
        self.assertEqual(_uids(visitor, q="puppy", s=album.uid), [self.faint.uid])
        self.assertEqual(_uids(visitor, q="meaning:animal", order="relevance"), [self.cat.uid, self.faint.uid])
        told = visitor.get("/api/v1/timeline/buckets", {"q": "puppy"}).json()
        self.assertEqual(told["total"], 1)

    def test_reasons_name_what_is_seen(self) -> None:
        asked = {"q": "meaning:puppy", "uids": f"{self.dog.uid},{self.cat.uid}"}
        told = self.client_of(self.admin).get("/api/v1/search/reasons", asked).json()["reasons"]
        self.assertEqual(told, {self.dog.uid: [{"kind": "meaning", "label": "Golden retriever 60 %"}]})


def _shows(number: int, probability: float, **fields: object) -> Photo:
    photo = make_photo(**fields)  # type: ignore[arg-type]
    make_seen(photo, {number: probability})
    return photo


def _uids(client: Client, **query: str) -> list[str]:
    answer = client.get("/api/v1/photos", {"count": 50, **query})
    assert answer.status_code == 200, answer.content
    return [photo["UID"] for photo in answer.json()]
