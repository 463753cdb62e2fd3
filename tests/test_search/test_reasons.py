"""Why photos were found."""

from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.models import Category, Photo
from library.query import BadValue
from library.search.reasons import reasons
from tests.base import TestCase
from tests.make import make_album, make_label, make_photo, make_subject


class Reasons(TestCase):
    def why(self, query: str, photo: Photo, user: User | None = None) -> list[tuple[str, str]]:
        found = reasons(query, [photo.uid], self.grant_of(user or self.admin))
        return [(reason.kind, reason.label) for reason in found.get(photo.uid, [])]


class ReasonsTest(Reasons):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.photo = make_photo(
            taken="2019-08-01",
            title="Opa 80",
            labels=["sunset", "dog"],
            keywords=["mountain"],
            place="New York City, New York, United States",
            country="us",
            camera="Canon EOS 5D",
            color=14,
            caption="Hooray",
            name="DSC_77",
        )
        cls.other = make_photo(labels=["robin"], taken="2018-01-01")
        Category.objects.create(label=make_label("dog"), parent=make_label("animal"))
        make_subject("Anna Smith", cls.photo)
        make_subject("Robin", cls.photo)
        cls.album = make_album("Trip", cls.photo)

    def test_each_term_gives_its_reason(self) -> None:
        self.assertEqual(
            self.why("sunset new york 2019", self.photo),
            [("label", "Sunset"), ("place", "New York"), ("date", "2019")],
        )

    def test_every_kind_of_reason(self) -> None:
        for query, reason in (
            ("anna", ("person", "Anna Smith")),
            ("trip", ("album", "Trip")),
            ("eos 5d", ("camera", "Canon EOS 5D")),
            ("usa", ("place", "United States")),
            ("red", ("color", "Red")),
            ("mountain", ("keyword", "Mountain")),
            ("opa", ("text", "Opa 80")),
            ("77", ("text", "DSC_77")),
            ("hooray", ("text", "“hooray”")),
            ('"opa 80"', ("text", "Opa 80")),
            ('"New York City"', ("place", "New York City")),
            ("label:sunset", ("label", "Sunset")),
            ("keywords:mountain", ("keyword", "Mountain")),
            ("country:us", ("place", "United States")),
            ('person:"anna smith"', ("person", "anna smith")),
            (f"album:{self.album.uid}", ("album", "Trip")),
            ("taken:2019-08", ("date", "August 2019")),
        ):
            self.assertIn(reason, self.why(query, self.photo), query)

    def test_a_label_is_the_one_that_the_photo_has(self) -> None:
        self.assertEqual(self.why("animal", self.photo), [("label", "Dog")])

    def test_each_photo_has_its_own_reasons(self) -> None:
        self.assertEqual(self.why("robin", self.photo), [("person", "Robin")])
        self.assertEqual(self.why("robin", self.other), [("label", "Robin")])

    def test_alternatives_give_the_one_that_holds(self) -> None:
        self.assertEqual(self.why("sunset or 2018", self.photo), [("label", "Sunset")])
        self.assertEqual(self.why("sunset or 2018", self.other), [("date", "2018")])

    def test_words_of_a_name_that_a_photo_does_not_have_are_reasons_by_themselves(self) -> None:
        photo = make_photo(keywords=["new", "york"])
        self.assertEqual(self.why("new york", photo), [("keyword", "New"), ("keyword", "York")])

    def test_a_name_is_told_once(self) -> None:
        photo = make_photo(labels=["cat"], keywords=["cat"])
        self.assertEqual(self.why("cat", photo), [("label", "Cat")])

    def test_what_is_not_wanted_is_no_reason(self) -> None:
        self.assertEqual(self.why("sunset -cat", self.photo), [("label", "Sunset")])

    def test_a_filter_without_a_value_is_no_reason(self) -> None:
        self.assertEqual(self.why("label:", self.photo), [])

    def test_a_smart_album_and_its_words(self) -> None:
        smart = make_album("Nature", filter="mountain 2019")
        self.assertEqual(self.why(f"album:{smart.uid}", self.photo), [("album", "Nature")])

    def test_photos_that_the_query_does_not_find_are_left_out(self) -> None:
        found = reasons("sunset", [self.photo.uid, self.other.uid, "unknown"], self.grant_of(self.admin))
        self.assertEqual(list(found), [self.photo.uid])

    def test_a_wrong_query_is_refused(self) -> None:
        with self.assertRaises(BadValue):
            self.why("iso:fast", self.photo)

    def test_the_number_of_queries_does_not_grow_with_the_photos(self) -> None:
        more = [make_photo(labels=["sunset"], taken="2019-01-01") for _ in range(5)]
        grant = self.grant_of(self.admin)
        counts = []
        for photos in ([self.photo], [self.photo, *more]):
            with CaptureQueriesContext(connection) as queries:
                reasons("sunset 2019", [photo.uid for photo in photos], grant)
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])


class LeakTest(Reasons):
    def test_of_hidden_photos_there_are_none(self) -> None:
        hidden = make_photo(private=True, labels=["cat"])
        make_photo(labels=["cat"])
        self.assertEqual(reasons("cat", [hidden.uid], self.grant_of(self.bob)), {})
        self.assertEqual(self.why("private:yes cat", hidden), [("filter", "Private photos"), ("label", "Cat")])

    def test_a_guest_is_told_nothing(self) -> None:
        photo = make_photo(labels=["cat"])
        self.assertEqual(reasons("cat", [photo.uid], self.grant_of(self.guest)), {})

    def test_people_are_no_reason_for_who_may_not_know_them(self) -> None:
        photo = make_photo(keywords=["zoe"])
        make_subject("Zoe", photo, private=True)
        self.assertEqual(self.why("zoe", photo, self.bob), [("keyword", "Zoe")])
        self.assertEqual(self.why("zoe", photo, self.alice), [("person", "Zoe")])
