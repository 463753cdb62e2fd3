"""What a query being typed may go on with."""

from django.contrib.auth.models import User

from library.counts import recount_photos
from library.models import Label, Photo, PhotoLabel
from library.query import parse
from library.search import find
from library.search.names import EXACT, begins_a_word
from library.search.suggestions import Suggestion, suggestions
from tests.base import TestCase
from tests.make import make_album, make_label, make_photo, make_place, make_subject


class Suggestions(TestCase):
    def suggest(self, query: str, user: User | None = None, count: int = 10) -> list[Suggestion]:
        return suggestions(query, self.grant_of(user or self.admin), count=count)

    def labels(self, query: str, user: User | None = None, kind: str = "") -> list[str]:
        return [found.label for found in self.suggest(query, user) if kind in ("", found.kind)]

    def queries(self, query: str, user: User | None = None) -> list[str]:
        return [found.query for found in self.suggest(query, user)]


class SuggestionsTest(Suggestions):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.photo = make_photo(
            taken="2019-08-01",
            labels=["sunset", "golden retriever"],
            keywords=["savanna"],
            place="New York City, New York, United States",
            country="us",
            camera="Canon EOS 5D",
            lens="Canon EF24-105mm",
        )
        make_photo(taken="2024-01-01", place="São Paulo, Brazil", country="br", labels=["sunset", "sea"])
        make_subject("Anna Smith", cls.photo, alias="Annie")
        cls.album = make_album("Summer in the City", cls.photo)

    def test_names_of_every_kind_by_their_first_letters(self) -> None:
        for typed, kind, label in (
            ("ann", "person", "Anna Smith"),
            ("unit", "place", "United States"),
            ("new", "place", "New York City"),
            ("sun", "label", "Sunset"),
            ("summ", "album", "Summer in the City"),
            ("can", "camera", "Canon EOS 5D"),
            ("sav", "keyword", "savanna"),
            ("re", "color", "Red"),
            ("ju", "date", "July"),
            ("201", "date", "2019"),
            ("yest", "date", "Yesterday"),
            ("vid", "type", "Videos"),
            ("fav", "favorite", "Favorites"),
            ("cam", "filter", "camera:"),
        ):
            self.assertIn(label, self.labels(typed, kind=kind), typed)

    def test_a_later_word_of_a_name_counts_too(self) -> None:
        for typed, label in (
            ("smi", "Anna Smith"),
            ("retr", "Golden Retriever"),
            ("york", "New York City"),
            ("states", "United States"),
            ("5d", "Canon EOS 5D"),
            ("city", "Summer in the City"),
            ("annie", "Anna Smith"),
        ):
            self.assertIn(label, self.labels(typed), typed)

    def test_letters_within_a_word_do_not(self) -> None:
        self.assertEqual([self.labels(typed) for typed in ("mith", "etriever", "anon")], [[], [], []])

    def test_several_words_are_completed_together(self) -> None:
        self.assertIn("New York City", self.labels("2024 new yor"))
        self.assertIn('2024 city:"New York City" ', self.queries("2024 new yor"))
        self.assertIn('2024 person:"Anna Smith" ', self.queries("2024 anna smi"))
        self.assertIn("label:golden-retriever ", self.queries("golden ret"))

    def test_a_joining_word_within_a_name_is_typed_too(self) -> None:
        make_photo(country="im")
        self.assertEqual(self.queries("2024 isle of m")[0], "2024 country:im ")

    def test_accents_need_not_be_typed(self) -> None:
        self.assertIn("São Paulo", self.labels("sao"))
        self.assertIn("São Paulo", self.labels("são"))

    def test_the_typed_part_is_marked(self) -> None:
        found = {one.label: one.match for typed in ("smi", "sa") for one in self.suggest(typed)}
        self.assertEqual((found["Anna Smith"], found["São Paulo"]), ((5, 8), (0, 2)))

    def test_each_is_a_query_that_finds_what_it_says(self) -> None:
        for typed in ("", "ann", "new", "sun", "summ", "can", "sav", "2019", "unit"):
            for one in self.suggest(typed):
                if one.kind not in ("filter", "date", "type", "color", "favorite"):
                    self.assertTrue(find(one.query, self.grant_of(self.admin)).exists(), one)
                self.assertTrue(one.query.endswith(" ") or one.kind == "filter", one)

    def test_what_stands_before_stays(self) -> None:
        self.assertEqual(self.queries("2024  -iso:200 ann"), ['2024  -iso:200 person:"Anna Smith" '])
        self.assertEqual(self.queries("-ann"), ['-person:"Anna Smith" '])
        self.assertEqual(self.queries("(ann"), ['(person:"Anna Smith" '])

    def test_a_filter_comes_with_help_and_waits_for_its_value(self) -> None:
        found = next(one for one in self.suggest("lab") if one.kind == "filter")
        self.assertEqual((found.label, found.query), ("label:", "label:"))
        self.assertIn("label:dog|cat", found.offer.detail)

    def test_nothing_typed_is_answered_by_what_there_is_most_of(self) -> None:
        found = self.labels("")
        self.assertLessEqual({"Anna Smith", "United States", "Sunset", "Summer in the City"}, set(found))
        self.assertEqual([one.split(" ")[0] for one in self.queries("2024 ")], ["2024"] * len(found))

    def test_the_count_is_that_of_the_photos(self) -> None:
        counts = {one.label: one.offer.count for one in self.suggest("s") if one.kind == "label"}
        self.assertEqual(counts, {"Sunset": 2, "Sea": 1})

    def test_a_place_says_where_it_lies(self) -> None:
        found = {one.label: one.offer.detail for one in self.suggest("new")}
        self.assertEqual((found["New York City"], found["New York"]), ("New York, United States", "United States"))

    def test_at_most_so_many(self) -> None:
        self.assertEqual(len(self.suggest("s", count=3)), 3)
        self.assertEqual(len(self.suggest("", count=1)), 1)

    def test_no_name_of_a_kind_stands_there_twice(self) -> None:
        found = [(one.kind, one.label.lower()) for one in self.suggest("s")]
        self.assertEqual(len(found), len(set(found)))

    def test_a_query_beyond_all_bounds_has_none(self) -> None:
        self.assertEqual(self.suggest("a " * 3000), [])

    def test_a_query_that_cannot_be_read_so_far_is_completed_too(self) -> None:
        self.assertIn("Anna Smith", self.labels("(" * 20 + " ann"))

    def test_signs_find_nothing(self) -> None:
        self.assertEqual([self.labels(typed) for typed in ("%", "_", "*", "'", "''''", "\\")], [[]] * 6)


class ValuesTest(Suggestions):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.photo = make_photo(
            taken="2019-08-01",
            labels=["cat", "dog"],
            place="Florence, Tuscany, Italy",
            country="it",
            camera="Canon EOS 5D",
            lens="Canon EF24-105mm",
        )
        make_subject("Anna Smith", cls.photo)
        cls.album = make_album("Trip", cls.photo)

    def test_values_of_filters(self) -> None:
        for typed, label, query in (
            ("label:d", "Dog", "label:dog "),
            ("person:an", "Anna Smith", 'person:"Anna Smith" '),
            ('person:"Anna S', "Anna Smith", 'person:"Anna Smith" '),
            ("people:smi", "Anna Smith", 'people:"Anna Smith" '),
            ("country:it", "Italy", "country:it "),
            ("city:flo", "Florence", "city:Florence "),
            ("state:tus", "Tuscany", "state:Tuscany "),
            ("place:flo", "Florence", "place:Florence "),
            ("camera:can", "Canon EOS 5D", 'camera:"Canon EOS 5D" '),
            ("lens:can", "Canon EF24-105mm", 'lens:"Canon EF24-105mm" '),
            ("color:r", "Red", "color:red "),
            ("type:vi", "Video", "type:video "),
            ("month:ju", "July", "month:7 "),
            ("year:20", "2019", "year:2019 "),
            ("taken:last-su", "Last summer", "taken:last-summer "),
            ("video:y", "Videos", "video:yes "),
            ("rating:4", "4 stars", "rating:4 "),
        ):
            found = {one.label: one.query for one in self.suggest(typed)}
            self.assertEqual(found.get(label), query, typed)

    def test_an_album_is_written_by_its_uid_and_shown_by_its_title(self) -> None:
        (found,) = self.suggest("album:tr")
        self.assertEqual((found.label, found.query), ("Trip", f"album:{self.album.uid} "))

    def test_a_filter_offers_only_its_own(self) -> None:
        self.assertEqual(self.labels("lens:"), ["Canon EF24-105mm"])
        self.assertEqual(self.labels("city:"), ["Florence"])
        self.assertEqual(self.labels("country:"), ["Italy"])
        self.assertEqual(self.labels("title:a"), [])

    def test_alternatives_before_it_stay(self) -> None:
        self.assertIn("2024 label:cat|dog ", self.queries("2024 label:cat|d"))

    def test_what_is_not_wanted_is_negated(self) -> None:
        self.assertIn("-label:dog ", self.queries("label:!d"))
        self.assertIn("-label:dog ", self.queries("-label:d"))

    def test_a_filter_that_does_not_exist_has_none(self) -> None:
        self.assertEqual(self.labels("lable:d"), [])

    def test_a_name_with_signs_is_written_so_that_it_is_read_again(self) -> None:
        make_subject('Tom & "Jerry" | Co', make_photo())
        (query,) = self.queries("person:tom")
        self.assertTrue(find(parse(query), self.grant_of(self.admin)).exists())


class KeptCountsTest(Suggestions):
    def test_many_photos_are_told_as_they_were_last_counted(self) -> None:
        make_photo(labels=["cat"])
        Label.objects.filter(slug="cat").update(photo_count=EXACT + 1)
        self.assertEqual([one.offer.count for one in self.suggest("label:cat", self.bob)], [EXACT + 1])

    def test_those_of_many_photos_come_first(self) -> None:
        for _ in range(3):
            make_photo(labels=["seal"])
        make_photo(labels=["sea"])
        recount_photos()
        self.assertEqual(self.labels("sea", kind="label"), ["Seal", "Sea"])


class LeakTest(Suggestions):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.seen = make_photo(labels=["zoo"])
        cls.hidden = make_photo(
            private=True,
            taken="1977-01-01",
            labels=["zebra", "zoo"],
            keywords=["zambezi"],
            place="Zomba, Zomba District, Zambia",
            country="zm",
            camera="Zenit E",
            lens="Zeiss 50mm",
        )
        make_subject("Zoe", cls.hidden)
        make_album("Zulu", cls.hidden)
        # Counted before it was made private.
        Label.objects.update(photo_count=2)
        for user in (cls.admin, cls.alice):
            make_photo(owner=user, labels=["zither"])

    def test_names_that_only_hidden_photos_have_are_not_offered(self) -> None:
        for typed in ("z", "ze", "zo", "zu", "za"):
            self.assertLessEqual(set(self.labels(typed, self.bob)), {"Zoo"}, typed)
        self.assertEqual(self.labels("", self.bob), ["Zoo"])
        for key in ("label", "person", "album", "camera", "lens", "city", "state", "country", "keywords"):
            self.assertLessEqual(set(self.labels(f"{key}:z", self.bob)), {"Zoo"}, key)

    def test_nor_are_they_counted(self) -> None:
        self.assertEqual([one.offer.count for one in self.suggest("zoo", self.bob)], [1])
        self.assertNotIn("1977", self.labels("19", self.bob))

    def test_ones_own_are(self) -> None:
        self.assertEqual(self.labels("zi", self.alice), ["Zither"])
        self.assertEqual(self.labels("zi", self.bob), [])

    def test_who_asks_for_what_is_private_is_offered_it_if_they_may(self) -> None:
        self.assertIn("Zebra", self.labels("private:yes ze"))
        self.assertEqual(self.labels("private:yes ze", self.bob), [])

    def test_a_guest_is_offered_no_names(self) -> None:
        self.assertEqual([self.labels(typed, self.guest) for typed in ("", "z", "label:")], [[], [], []])

    def test_a_picture_is_only_told_of_a_photo_that_is_seen(self) -> None:
        hash_of = {photo: photo.files.get().hash for photo in (self.seen, self.hidden)}
        make_subject("Yann", self.seen, thumb=f"{hash_of[self.hidden]}-0012340a0500")
        make_subject("Yuri", self.seen, thumb=f"{hash_of[self.seen]}-0012340a0500")
        thumbs = {one.label: one.offer.thumb for one in self.suggest("y", self.bob)}
        self.assertEqual((thumbs["Yann"], thumbs["Yuri"]), ("", f"{hash_of[self.seen]}-0012340a0500"))
        (zoo,) = self.suggest("zoo", self.bob)
        self.assertEqual(zoo.offer.thumb, hash_of[self.seen])

    def test_where_a_place_lies_is_told_of_the_one_that_is_seen(self) -> None:
        make_photo(private=True, place="Springfield, Secretland, United States", country="us")
        make_photo(place="Springfield, Ohio, United States", country="us")
        details = [one.offer.detail for one in self.suggest("springf", self.bob)]
        self.assertEqual(details, ["Ohio, United States"])


class LargeTest(Suggestions):
    def test_rows_beyond_the_first_are_looked_at_until_some_are_seen(self) -> None:
        hidden = make_photo(private=True)
        for number in range(60):
            make_photo_label(hidden, f"sea {number}", photo_count=99)
        seen = make_photo()
        make_photo_label(seen, "sea shore")
        self.assertEqual(self.labels("sea", self.bob, kind="label"), ["Sea Shore"])

    def test_places_of_one_name_are_one(self) -> None:
        for state in ("Ohio", "Illinois"):
            place = make_place(f"Springfield, {state}, United States", country="us")
            make_photo(country="us", place_id=place.pk)
        found = [(one.label, one.offer.count) for one in self.suggest("springf")]
        self.assertEqual(found, [("Springfield", 2)])


class BeginsTest(TestCase):
    def test_where_a_word_begins(self) -> None:
        for typed, name, part in (
            ("smi", "Anna Smith", (5, 8)),
            ("anna s", "Anna Smith", (0, 6)),
            ("mith", "Anna Smith", None),
            ("stra", "Große Straße", (6, 10)),
            ("strasse", "Große Straße", (6, 12)),
            ("sao", "São", (0, 3)),
            ("ii", "Rolleiflex II", (11, 13)),
        ):
            self.assertEqual(begins_a_word(typed, name), part, (typed, name))


def make_photo_label(photo: Photo, name: str, **fields: int) -> None:
    PhotoLabel.objects.create(photo=photo, label=make_label(name, **fields))
