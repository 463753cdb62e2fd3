"""What a query was understood as."""

from unittest.mock import patch

from django.contrib.auth.models import User
from django.utils.translation import override

from library.query import parse
from library.search import known_keys
from library.search.filter_help import FILTERS, SWITCH
from library.search.understanding import Term, Understanding, understanding
from tests.base import TestCase
from tests.make import make_album, make_label, make_photo, make_subject


class Terms(TestCase):
    def read(self, query: str, user: User | None = None) -> Understanding:
        return understanding(query, self.grant_of(user or self.admin))

    def terms(self, query: str, user: User | None = None) -> list[Term]:
        return list(self.read(query, user).terms)

    def told(self, query: str, user: User | None = None) -> list[tuple[str, str]]:
        return [(term.kind, term.label) for term in self.terms(query, user)]


class UnderstandingTest(Terms):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.florence = make_photo(
            taken="2019-08-01",
            labels=["sunset"],
            place="Florence, Tuscany, Italy",
            country="it",
            camera="Canon EOS 5D",
            keywords=["mountain"],
        )
        cls.york = make_photo(place="New York, New York, United States", country="us", labels=["robin"])
        cls.anna = make_subject("Anna Smith", cls.florence)
        cls.robin = make_subject("Robin Hood", cls.florence)
        cls.album = make_album("Trip 2019", cls.florence)

    def test_near_a_photo_is_called_by_its_city_if_it_is_seen(self) -> None:
        self.assertEqual(self.told(f"near:{self.florence.uid}"), [("place", "Near Florence")])
        secret = make_photo(place="Rome, Lazio, Italy", country="it", private=True)
        self.assertEqual(self.told(f"near:{secret.uid}")[0][1], f"Near {secret.uid}")

    def test_countries_are_called_in_the_language_of_the_reader(self) -> None:
        with override("de"):
            self.assertEqual(self.told("country:it italy"), [("place", "Italien"), ("place", "Italien")])

    def test_every_kind_of_name(self) -> None:
        for query, kind, label in (
            ("italy", "place", "Italy"),
            ("tuscany", "place", "Tuscany"),
            ("florence", "place", "Florence"),
            ("anna", "person", "Anna Smith"),
            ("sunsets", "label", "Sunset"),
            ("trip 2019", "album", "Trip 2019"),
            ("eos 5d", "camera", "Canon EOS 5D"),
            ("red", "color", "Red"),
            ("video", "type", "Videos"),
            ("favourites", "favorite", "Favorites"),
            ("july", "date", "July"),
            ("last summer", "date", "Last summer"),
            ("mountain", "keyword", "mountain"),
            ("something", "text", "something"),
        ):
            self.assertEqual(self.told(query), [(kind, label)], query)

    def test_a_term_has_the_filter_it_stands_for(self) -> None:
        found = [(term.key, term.value) for term in self.terms("2019 italy tuscany anna sunset")]
        self.assertEqual(
            found,
            [
                ("year", "2019"),
                ("country", "it"),
                ("state", "Tuscany"),
                ("subject", self.anna.uid),
                ("label", "sunset"),
            ],
        )

    def test_a_term_knows_its_piece_and_the_query_without_it(self) -> None:
        found = [(term.text, term.without) for term in self.terms("sunset in tuscany 2019")]
        self.assertEqual(
            found,
            [("sunset", "in tuscany 2019"), ("tuscany", "sunset 2019"), ("2019", "sunset in tuscany")],
        )

    def test_the_pieces_put_together_are_the_query(self) -> None:
        query = "the lost anna smith iso:200 new york"
        again = " ".join(term.text for term in self.terms(query))
        self.assertEqual(parse(again), parse(query))

    def test_without_its_only_term_nothing_is_left(self) -> None:
        for query in ("anna smith", "photos of anna smith", "label:cat", "-cat", "the"):
            self.assertEqual([term.without for term in self.terms(query)], [""], query)

    def test_all_meanings_are_told_the_first_on_the_chip(self) -> None:
        (term,) = self.terms("robin")
        self.assertEqual(
            [(one.kind, one.label) for one in term.meanings], [("person", "Robin Hood"), ("label", "Robin")]
        )
        self.assertEqual((term.kind, term.label), ("person", "Robin Hood"))

    def test_filters_are_called_by_the_names_of_what_they_name(self) -> None:
        queries = {
            "country:it": "Italy",
            "country:us|it": "United States or Italy",
            "label:sunset": "Sunset",
            f"subject:{self.anna.uid}": "Anna Smith",
            f"album:{self.album.uid}": "Trip 2019",
            'person:"Anna Smith"': "Anna Smith",
            "month:7": "July",
            "month:6-8": "June–August",
            "taken:2024-05-30": "30 May 2024",
            "taken:last-summer": "Last summer",
            "before:2019-06": "Until June 2019",
            "color:red|blue": "Red or Blue",
            "rating:4": "4 stars",
            "iso:>800": "ISO >800",
            "video:yes": "Videos",
            "video:no": "Not videos",
            "title:lake*": "title: lake*",
            f"camera:{self.florence.camera_id}": "Canon EOS 5D",
            "label:": "label:",
        }
        self.assertEqual({query: self.terms(query)[0].label for query in queries}, queries)

    def test_what_is_not_wanted_is_negated(self) -> None:
        found = [(term.label, term.negated, term.text) for term in self.terms("-anna label:!sunset")]
        self.assertEqual(found, [("Anna Smith", True, "-anna"), ("Sunset", True, "-label:sunset")])

    def test_alternatives_and_groups_are_one_term(self) -> None:
        self.assertEqual(self.told("italy or new york"), [("group", "Italy or New York")])
        self.assertEqual(self.told("-(sunset red)"), [("group", "Sunset Red")])

    def test_a_phrase_in_quotes_names_who_is_called_so(self) -> None:
        self.assertEqual(self.told('"anna smith"'), [("person", "Anna Smith")])
        self.assertEqual(self.told('"last summer"'), [("text", "“last summer”")])

    def test_an_empty_query_has_no_terms(self) -> None:
        self.assertEqual(self.read("  "), Understanding("  "))


class MistakesTest(Terms):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        make_photo(labels=["dog"], keywords=["mountain"], place="Bergen, Vestland, Norway", country="no", title="Yodel")
        make_photo(private=True, labels=["zebra"], keywords=["giraffe"])

    def test_an_unknown_filter_is_named_with_the_nearest(self) -> None:
        read = self.read("lable:dog 2024")
        self.assertEqual(read.error, "There is no filter “lable”; did you mean “label”?")
        self.assertEqual(read.suggestion, "label:dog year:2024".replace("year:", ""))
        self.assertEqual([term.label for term in read.terms], ["lable: dog", "2024"])

    def test_a_bad_value_is_named(self) -> None:
        self.assertIn("iso:fast", self.read("iso:fast").error)

    def test_a_query_beyond_all_bounds_is_refused_in_a_sentence(self) -> None:
        read = self.read("a " * 3000)
        self.assertIn("characters", read.error)
        self.assertEqual(read.terms, ())

    def test_a_typing_error_is_corrected_in_the_whole_query(self) -> None:
        self.assertEqual(self.read("mountian 2024").suggestion, "mountain 2024")
        self.assertEqual(self.read("-vidoes").suggestion, "-videos")
        self.assertEqual(self.read("brgen").suggestion, "bergen")
        self.assertEqual(self.read("dgo").suggestion, "dog")

    def test_more_than_one_error_behind_a_right_beginning(self) -> None:
        self.assertEqual(self.read("mountaaain").suggestion, "mountain")

    def test_a_word_that_finds_something_is_right(self) -> None:
        self.assertEqual([self.read(word).suggestion for word in ("dog", "yode", "mountain", '"mountian"')], [""] * 4)

    def test_far_from_all_words_nothing_is_suggested(self) -> None:
        self.assertEqual(self.read("xyzzyx").suggestion, "")

    def test_of_many_words_the_first_are_corrected(self) -> None:
        words = [f"mountian{letter}" for letter in "abcdefgh"]
        with patch("library.search.understanding.nearest_word", return_value="") as looked_up:
            self.read(" ".join(words))
        self.assertEqual([call.args[0] for call in looked_up.call_args_list], words[:5])

    def test_what_only_hidden_photos_have_is_not_suggested(self) -> None:
        for word in ("zebar", "girafe", "giraaaffe"):
            self.assertEqual(self.read(word, self.bob).suggestion, "", word)


class LeakTest(Terms):
    def test_names_of_what_is_hidden_are_words(self) -> None:
        hidden = make_photo(private=True, labels=["zebra"], country="zm", keywords=["savanna"])
        person = make_subject("Zoe", hidden)
        album = make_album("Safari", hidden)
        for query in ("zebra", "zambia", "zoe", "safari", "savanna"):
            self.assertEqual(self.told(query, self.bob), [("text", query)])
        for query in (f"subject:{person.uid}", f"album:{album.uid}"):
            self.assertEqual(self.told(query, self.bob)[0][1], query.partition(":")[2])

    def test_a_label_of_hidden_photos_is_called_as_it_was_typed(self) -> None:
        make_photo(private=True)
        make_label("zebra", custom_slug="secret-name")
        self.assertEqual(self.told("label:zebra", self.bob), [("label", "Zebra")])

    def test_for_a_guest_all_are_words(self) -> None:
        make_subject("Zoe", make_photo(labels=["zebra"], country="zm"))
        for query in ("zebra", "zambia", "zoe"):
            self.assertEqual(self.told(query, self.guest), [("text", query)])


class HelpTest(TestCase):
    def test_each_filter_has_a_line_of_help(self) -> None:
        self.assertEqual(set(FILTERS), set(known_keys()))

    def test_each_example_is_a_query_for_its_filter(self) -> None:
        for key, told in FILTERS.items():
            if key in ("near", "similar"):  # their examples would have to exist
                continue
            examples = [word for word in told.help.split() if word.startswith(f"{key}:")]
            for example in examples:
                self.assertEqual(self.problem(example.rstrip(",;")), "", example)

    def test_each_value_that_is_offered_is_understood(self) -> None:
        for key, told in FILTERS.items():
            for value in told.values:
                self.assertEqual(self.problem(f"{key}:{value}"), "")

    def test_a_switch_says_what_it_shows(self) -> None:
        for key, told in FILTERS.items():
            if told.values == SWITCH:
                self.assertNotEqual(told.help.partition(":")[0], "", key)

    def problem(self, query: str) -> str:
        return understanding(query, self.grant_of(self.admin)).error
