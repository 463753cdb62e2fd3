"""/api/v1/search: understand, suggest, reasons, choices."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User

from library.media.colors import NAMES
from library.search.reasons import MOST
from tests.base import TestCase
from tests.make import make_album, make_photo, make_subject

PATHS = ("understand?q=cat", "suggest?q=c", "reasons?q=cat&uids=p1", "choices")


class Searching(TestCase):
    def get(self, path: str, user: User | None = None, **asked: Any) -> Any:
        address = f"/api/v1/search/{path}{'?' if asked else ''}{urlencode(asked)}"
        return self.client_of(user or self.admin).get(address)

    def told(self, path: str, user: User | None = None, **asked: Any) -> Any:
        return self.get(path, user, **asked).json()


class WhoMayTest(Searching):
    def test_without_a_sign_in_nothing(self) -> None:
        for path in PATHS:
            self.assertEqual(self.client.get(f"/api/v1/search/{path}").status_code, 401, path)

    def test_they_are_only_read(self) -> None:
        for path in PATHS:
            self.assertEqual(self.client_of(self.admin).post(f"/api/v1/search/{path}").status_code, 405, path)

    def test_names_of_hidden_photos_are_in_no_answer(self) -> None:
        hidden = make_photo(
            private=True,
            taken="1977-01-01",
            type="vector",
            title="Zanzibar",
            labels=["zanzibar"],
            keywords=["zanzibar"],
            place="Zanzibar, Tanzania",
            country="tz",
            camera="Zanzibar X1",
            lens="Zanzibar 50mm",
        )
        make_photo(labels=["cat"])
        make_subject("Zanzibar Jones", hidden)
        make_album("Zanzibar", hidden)
        asked = ("", "z", "zan", "zanzibr", "label:z", "person:z", "private:yes z", "city:", "camera:z")
        for user in (self.bob, self.guest):
            answers = [self.get("suggest", user, q=query, count=50).content for query in asked]
            answers += [self.get("understand", user, q=query).content for query in ("zanzibr", "jnoes", "jones")]
            answers += [self.get("reasons", user, q="zanzibar private:yes", uids=hidden.uid).content]
            answers += [self.get("choices", user).content]
            for answer in answers:
                told = answer.decode().lower().replace("zanzibr", "").replace('"zanzibar private:yes', "")
                for secret in ("zanzibar", "tanzania", "jones,", "1977", "vector", hidden.uid):
                    self.assertNotIn(secret, told)


class UnderstandTest(Searching):
    def test_its_shape(self) -> None:
        make_photo(country="it")
        self.assertEqual(
            self.told("understand", q="2024 -italy"),
            {
                "query": "2024 -italy",
                "error": "",
                "suggestion": "",
                "terms": [
                    {
                        "kind": "date",
                        "key": "year",
                        "value": "2024",
                        "label": "2024",
                        "negated": False,
                        "text": "2024",
                        "without": "-italy",
                        "thumb": "",
                        "meanings": [{"kind": "date", "key": "year", "value": "2024", "label": "2024"}],
                    },
                    {
                        "kind": "place",
                        "key": "country",
                        "value": "it",
                        "label": "Italy",
                        "negated": True,
                        "text": "-italy",
                        "without": "2024",
                        "thumb": "",
                        "meanings": [{"kind": "place", "key": "country", "value": "it", "label": "Italy"}],
                    },
                ],
            },
        )

    def test_a_meaning_of_several_filters_is_a_query(self) -> None:
        (term,) = self.told("understand", q="winter 2019")["terms"]
        self.assertEqual((term["key"], term["value"]), ("", "after:2019-12-01 before:2020-02-29"))

    def test_what_is_wrong_is_said_and_not_refused(self) -> None:
        answer = self.get("understand", q="lable:cat 2024")
        self.assertEqual(answer.status_code, 200)
        told = answer.json()
        self.assertEqual((told["suggestion"], len(told["terms"])), ("label:cat 2024", 2))
        self.assertIn("lable", told["error"])

    def test_a_view_says_what_is_seen(self) -> None:
        make_photo(archived=True, country="it")
        kinds = [self.told("understand", q="italy", **view)["terms"][0]["kind"] for view in ({}, {"view": "archive"})]
        self.assertEqual(kinds, ["text", "place"])

    def test_an_unknown_view_is_refused(self) -> None:
        self.assertEqual(self.get("understand", q="italy", view="all").status_code, 400)


class SuggestTest(Searching):
    def test_its_shape(self) -> None:
        make_subject("Anna Smith", make_photo())
        (found,) = self.told("suggest", q="2024 anna")["suggestions"]
        self.assertEqual(
            found,
            {
                "kind": "person",
                "label": "Anna Smith",
                "detail": "Person",
                "match": [0, 4],
                "query": '2024 person:"Anna Smith" ',
                "count": 1,
                "thumb": "",
            },
        )

    def test_a_blank_at_the_end_completes_the_word(self) -> None:
        make_subject("Anna", make_photo())
        found = self.told("suggest", q="sunset ")["suggestions"]
        self.assertEqual([one["query"] for one in found], ["sunset person:Anna "])

    def test_so_many_as_asked_for(self) -> None:
        for name in ("cat", "car", "cake"):
            make_photo(labels=[name])
        self.assertEqual(len(self.told("suggest", q="ca", count=2)["suggestions"]), 2)

    def test_a_wrong_number_is_refused(self) -> None:
        for count in (0, 51, "many"):
            self.assertEqual(self.get("suggest", q="a", count=count).status_code, 400, count)


class ReasonsTest(Searching):
    def test_its_shape(self) -> None:
        photo = make_photo(labels=["lake"], taken="2024-05-05")
        self.assertEqual(
            self.told("reasons", q="lake 2024", uids=f"{photo.uid}, unknown"),
            {"reasons": {photo.uid: [{"kind": "label", "label": "Lake"}, {"kind": "date", "label": "2024"}]}},
        )

    def test_a_wrong_query_is_refused_with_a_sentence(self) -> None:
        answer = self.get("reasons", q="lable:cat", uids="p1")
        self.assertEqual((answer.status_code, answer.json()["suggestion"]), (400, "label"))

    def test_too_many_photos_are_refused(self) -> None:
        answer = self.get("reasons", q="cat", uids=",".join(f"p{number}" for number in range(MOST + 1)))
        self.assertEqual(answer.status_code, 400)
        self.assertIn(str(MOST), answer.json()["error"])

    def test_photos_have_to_be_named(self) -> None:
        self.assertEqual(self.get("reasons", q="cat").status_code, 400)


class ChoicesTest(Searching):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        place = {"place": "Rome, Lazio, Italy", "country": "it"}
        cls.photo = make_photo(taken="2024-05-05", labels=["cat"], camera="Canon 5D", lens="Canon 50mm", **place)
        make_photo(taken="2019-05-05", country="it", type="video")
        make_photo(owner=cls.alice, taken="2001-01-01", country="fr", labels=["dog"])
        cls.anna = make_subject("Anna", cls.photo)

    def test_its_lists(self) -> None:
        told = self.told("choices", self.bob)
        colors = told.pop("colors")
        self.assertEqual(
            told,
            {
                "years": [2024, 2019],
                "countries": [{"code": "it", "name": "Italy", "count": 2}],
                "people": [{"uid": self.anna.uid, "name": "Anna", "thumb": ""}],
                "labels": [{"slug": "cat", "name": "Cat", "count": 1}],
                "cameras": [{"id": self.photo.camera_id, "name": "Canon 5D"}],
                "lenses": [{"id": self.photo.lens_id, "name": "Canon 50mm"}],
                "types": ["image", "video"],
            },
        )
        self.assertEqual([color["name"] for color in colors], list(NAMES))
        for color in colors:
            self.assertRegex(color["hex"], r"#[0-9a-f]{6}")

    def test_each_has_their_own(self) -> None:
        told = self.told("choices", self.alice)
        self.assertEqual(told["years"], [2024, 2019, 2001])
        self.assertEqual({country["code"] for country in told["countries"]}, {"it", "fr"})
        self.assertEqual({label["slug"] for label in told["labels"]}, {"cat", "dog"})

    def test_a_guest_has_none(self) -> None:
        told = self.told("choices", self.guest)
        lists = ("years", "countries", "people", "labels", "cameras", "lenses", "types")
        self.assertEqual([told[name] for name in lists], [[]] * 7)
