"""Free words."""

from library.models import Category, Photo, PhotoLabel
from library.query import parse
from library.query.words import phrases
from library.search.sight import sight_of
from library.search.visibility import Shown
from library.search.words import REMOVED, Lexicon
from tests.base import TestCase
from tests.make import make_album, make_label, make_photo, make_subject


class WordsTest(TestCase):
    def test_every_word_has_to_be_found(self) -> None:
        both = make_photo(keywords=["red", "car"])
        make_photo(keywords=["red"])
        self.assertFound("red car", both)

    def test_long_words_may_be_cut_off(self) -> None:
        photo = make_photo(keywords=["mountain"])
        self.assertFound("moun", photo)

    def test_short_words_are_whole(self) -> None:
        make_photo(keywords=["cathedral"])
        cat = make_photo(keywords=["cat"])
        self.assertFound("cat", cat)
        self.assertFound("cats", cat)

    def test_a_keyword_is_found_in_the_singular_and_the_plural(self) -> None:
        one, many = make_photo(keywords=["city"]), make_photo(keywords=["cities"])
        self.assertFound("city", one, many)
        self.assertFound("cities", one, many)

    def test_a_wildcard_stands_for_any_text(self) -> None:
        fountain, mountain = make_photo(keywords=["fountain"]), make_photo(labels=["mountain"])
        make_photo(keywords=["river"], title="River")
        self.assertFound("*ountain", fountain, mountain)
        self.assertFound("mo*tain", mountain)

    def test_a_word_that_only_a_title_a_caption_or_a_name_has(self) -> None:
        title, caption = make_photo(title="Opa 80"), make_photo(caption="With opa on the bench")
        name = make_photo(name="opa_1")
        make_photo(title="Oma")
        self.assertFound("opa", title, caption, name)

    def test_numbers_are_words(self) -> None:
        photo = make_photo(title="Opa 80")
        make_photo(title="Opa 70")
        self.assertFound("opa 80", photo)

    def test_a_phrase_is_meant_literally(self) -> None:
        lake = make_photo(title="At Lake Como today", keywords=["lake", "como"])
        make_photo(title="Como on the lake", keywords=["lake", "como"])
        self.assertFound('"lake como"', lake)

    def test_not_a_word(self) -> None:
        make_photo(keywords=["cat"])
        dog = make_photo(keywords=["dog"])
        self.assertFound("-cat", dog)

    def test_either_word(self) -> None:
        cat, dog = make_photo(keywords=["cat"]), make_photo(keywords=["dog"])
        make_photo(keywords=["car"])
        self.assertFound("cat or dog", cat, dog)

    def test_words_that_only_join_are_not_searched(self) -> None:
        photo = make_photo(keywords=["sunset", "beach"])
        make_photo(keywords=["sunset"])
        self.assertFound("photos of a sunset at the beach", photo)


class DatesAndKindsTest(TestCase):
    def test_a_month(self) -> None:
        photo = make_photo(taken="2024-05-17")
        make_photo(taken="2024-06-17")
        self.assertFound("may", photo)
        self.assertFound("mai", photo)

    def test_a_year_and_a_season_in_any_order(self) -> None:
        photo = make_photo(taken="2024-07-17")
        make_photo(taken="2024-05-17")
        make_photo(taken="2023-07-17")
        self.assertFound("summer 2024", photo)
        self.assertFound("2024 summer", photo)

    def test_the_winter_of_a_year_reaches_into_the_next(self) -> None:
        december, february = make_photo(taken="2019-12-24"), make_photo(taken="2020-02-29")
        before = make_photo(taken="2019-01-10")
        make_photo(taken="2020-03-01")
        self.assertFound("winter 2019", december, february, before)

    def test_days_and_months_with_their_year(self) -> None:
        photo = make_photo(taken="2024-05-30")
        other = make_photo(taken="2024-05-29")
        for query in ("2024-05-30", "30.5.2024", "30 may 2024", "may 30"):
            self.assertFound(query, photo)
        self.assertFound("2024-05", photo, other)

    def test_a_kind(self) -> None:
        video, raw = make_photo(type="video"), make_photo(type="raw")
        heic = make_photo(file={"type": "heic"})
        self.assertFound("videos", video)
        self.assertFound("raw", raw)
        self.assertFound("heic", heic)

    def test_favorites_are_those_of_who_asks(self) -> None:
        own = make_photo(favorite_of=self.alice)
        make_photo(favorite_of=self.bob)
        self.assertFound("favourites", own, by=self.alice)

    def test_a_color(self) -> None:
        red = make_photo(color=14)
        make_photo(color=6)
        self.assertFound("red", red)

    def test_numbers_of_the_camera(self) -> None:
        photo = make_photo(focal_length=50, iso=800, f_number=2.8)
        make_photo(focal_length=35, iso=100, f_number=8)
        for query in ("50mm", "iso 800", "f/2.8"):
            self.assertFound(query, photo)


class PlacesTest(TestCase):
    def test_a_year_and_a_country(self) -> None:
        trip = make_photo(taken="2024-07-01", country="it", place="Rome, Lazio, Italy")
        make_photo(taken="2023-07-01", country="it", place="Rome, Lazio, Italy")
        make_photo(taken="2024-07-01", country="fr", place="Paris, Ile-de-France, France")
        self.assertFound("2024 italy", trip)
        self.assertFound("2024 in Italy", trip)
        self.assertFound("italien 2024", trip)

    def test_short_forms_of_countries(self) -> None:
        york, london = make_photo(country="us"), make_photo(country="gb")
        self.assertFound("usa", york)
        self.assertFound("united states", york)
        self.assertFound("uk", london)

    def test_a_name_of_two_words(self) -> None:
        york = make_photo(place="New York, New York, United States", country="us")
        make_photo(place="York, England, United Kingdom", country="gb")
        self.assertFound("new york", york)

    def test_a_sunset_somewhere_some_year(self) -> None:
        place = {"place": "Florence, Tuscany, Italy", "country": "it"}
        photo = make_photo(taken="2019-08-01", labels=["sunset"], **place)
        make_photo(taken="2018-08-01", labels=["sunset"], **place)
        make_photo(taken="2019-08-01", **place)
        self.assertFound("sunset in tuscany 2019", photo)
        self.assertFound("2019 TUSCANY sunset", photo)

    def test_accents_need_not_be_typed(self) -> None:
        photo = make_photo(place="São Paulo, Brazil", country="br")
        self.assertFound("sao paulo", photo)
        self.assertFound("são paulo", photo)

    def test_either_of_two_names_of_several_words(self) -> None:
        york = make_photo(place="New York, New York, United States", country="us")
        paris = make_photo(place="Paris, Ile-de-France, France", country="fr")
        make_photo(title="New shoes")
        self.assertFound("new york or paris", york, paris)


class LabelsTest(TestCase):
    def test_a_label_is_found_by_a_word(self) -> None:
        photo = make_photo(labels=["sunset"])
        self.assertFound("sunset", photo)

    def test_a_label_of_several_words(self) -> None:
        photo = make_photo(labels=["golden retriever"])
        make_photo(labels=["golden gate"])
        self.assertFound("golden retriever", photo)
        self.assertFound("golden retrievers", photo)

    def test_a_label_stands_for_those_below_it(self) -> None:
        poodle, dog = make_photo(labels=["poodle"]), make_photo(labels=["dog"])
        Category.objects.create(label=make_label("poodle"), parent=make_label("dog"))
        Category.objects.create(label=make_label("dog"), parent=make_label("animal"))
        self.assertFound("animal", poodle, dog)
        self.assertFound("dog", poodle, dog)
        self.assertFound("poodle", poodle)

    def test_categories_that_lead_to_each_other_end(self) -> None:
        cat = make_photo(labels=["cat"])
        Category.objects.create(label=make_label("cat"), parent=make_label("pet"))
        Category.objects.create(label=make_label("pet"), parent=make_label("cat"))
        self.assertFound("pet", cat)

    def test_another_word_for_the_same(self) -> None:
        photo = make_photo(labels=["bicycle"])
        self.assertFound("bike", photo)
        self.assertFound("bikes", photo)

    def test_a_renamed_label_is_found_by_both_names(self) -> None:
        photo = make_photo()
        PhotoLabel.objects.create(photo=photo, label=make_label("kitten", custom_slug="felix"))
        self.assertFound("felix", photo)
        self.assertFound("kitten", photo)

    def test_a_label_that_was_removed_from_a_photo_does_not_find_it(self) -> None:
        photo = make_photo(labels=["cat"])
        kept = make_photo(labels=["cat"])
        PhotoLabel.objects.filter(photo=photo).update(uncertainty=REMOVED)
        self.assertFound("cat", kept)


class NamesTest(TestCase):
    def test_a_camera_is_found_by_its_maker_model_or_a_part_that_tells(self) -> None:
        photo = make_photo(camera="Canon EOS 5D Mark IV")
        phone = make_photo(camera="Apple iPhone 12 Pro")
        for query in ("canon", "canon eos 5d", "eos 5d", "5D"):
            self.assertFound(query, photo)
        self.assertFound("iphone 12", phone)
        self.assertFound("-iphone", photo)

    def test_common_parts_of_models_name_no_camera(self) -> None:
        make_photo(camera="Canon EOS 5D Mark IV")
        photo = make_photo(title="Mark at home")
        self.assertFound("mark", photo)

    def test_a_lens(self) -> None:
        photo = make_photo(lens="Canon EF24-105mm f/4L")
        make_photo(lens="Sigma 35mm")
        self.assertFound("ef24-105mm", photo)

    def test_a_person_by_any_name(self) -> None:
        photo = make_photo()
        make_subject("Anna Smith", photo, alias="Annie")
        make_photo()
        for query in ("anna", "smith", "Anna Smith", "annie", '"anna smith"', "ANNA"):
            self.assertFound(query, photo)

    def test_a_person_with_accents_and_hyphens(self) -> None:
        photo = make_photo()
        make_subject("Anna-Lena Müller", photo)
        for query in ("müller", "muller", "MÜLLER", "lena", "anna-lena", "anna lena müller"):
            self.assertFound(query, photo)

    def test_part_of_a_first_name_is_nobody(self) -> None:
        photo = make_photo()
        make_subject("Annabel", photo)
        self.assertFound("anna")

    def test_a_person_somewhere_some_month(self) -> None:
        photo = make_photo(taken="2023-07-05", labels=["beach"])
        make_subject("Anna", photo, make_photo(taken="2023-07-06"), make_photo(taken="2023-08-06", labels=["beach"]))
        self.assertFound("anna beach july", photo)
        self.assertFound("photos of anna at the beach", *Photo.objects.filter(photo_labels__label__slug="beach"))

    def test_all_who_share_a_first_name(self) -> None:
        smith, jones = make_photo(), make_photo()
        make_subject("Anna Smith", smith)
        make_subject("Anna Jones", jones)
        self.assertFound("anna", smith, jones)
        self.assertFound("anna jones", jones)

    def test_a_word_may_be_a_bird_and_a_person(self) -> None:
        bird, person = make_photo(labels=["robin"]), make_photo()
        make_subject("Robin", person)
        self.assertFound("robin", bird, person)

    def test_an_album_by_its_title(self) -> None:
        photo = make_photo()
        make_album("Trip to the Sea", photo)
        make_photo()
        self.assertFound("trip to the sea", photo)

    def test_an_album_that_is_called_as_other_words_does_not_hide_them(self) -> None:
        inside = make_photo(taken="2020-01-01")
        italy = make_photo(taken="2024-07-01", country="it")
        make_album("2024 Italy", inside)
        self.assertFound("2024 italy", inside, italy)

    def test_a_smart_album_finds_what_it_finds_now(self) -> None:
        photo = make_photo(labels=["cat"])
        make_photo(labels=["dog"])
        make_album("My darlings", filter="label:cat")
        self.assertFound("my darlings", photo)

    def test_smart_albums_that_name_each_other_end(self) -> None:
        photo = make_photo(keywords=["yang"])
        make_album("Yin", filter="yang")
        make_album("Yang", filter="yin")
        self.assertFound("yin", photo)


class LeakTest(TestCase):
    """What a word means to somebody follows from the photos that they see."""

    def meanings(self, query: str, user: object) -> list[str]:
        sight = sight_of(self.grant_of(user), Shown())
        lexicon = Lexicon.of(set(phrases(parse(query))), sight)
        return [thing.meaning.label for things in lexicon.things.values() for thing in things]

    def test_names_that_only_hidden_photos_have_are_no_names(self) -> None:
        hidden = make_photo(
            private=True,
            labels=["zebra"],
            place="Lusaka, Lusaka Province, Zambia",
            country="zm",
            camera="Leica M11",
            lens="Noctilux 50mm",
        )
        make_subject("Zoe", hidden)
        make_album("Safari", hidden)
        for word in ("zebra", "zambia", "lusaka", "leica", "noctilux", "zoe", "safari"):
            self.assertEqual(self.meanings(word, self.bob), [], word)

    def test_the_same_names_are_known_to_who_sees_the_photos(self) -> None:
        seen = make_photo(owner=self.alice, labels=["zebra"], country="zm", camera="Leica M11")
        make_subject("Zoe", seen)
        for word in ("zebra", "zambia", "leica", "zoe"):
            self.assertEqual(len(self.meanings(word, self.alice)), 1, word)
            self.assertEqual(self.meanings(word, self.bob), [], word)

    def test_private_people_are_known_to_who_sees_what_is_private(self) -> None:
        make_subject("Zoe", make_photo(), private=True)
        self.assertEqual(self.meanings("zoe", self.bob), [])
        self.assertEqual(self.meanings("zoe", self.alice), ["Zoe"])

    def test_a_private_album_is_known_to_its_owner(self) -> None:
        make_album("Secrets", make_photo(), private=True, owner=self.alice)
        self.assertEqual(self.meanings("secrets", self.alice), ["Secrets"])
        self.assertEqual(self.meanings("secrets", self.bob), [])

    def test_an_unknown_word_is_searched_in_titles_whatever_others_have(self) -> None:
        make_photo(private=True, labels=["zebra"], keywords=["zebra"])
        probe = make_photo(title="A zebra crossing")
        self.assertFound("zebra", probe, by=self.bob)

    def test_who_may_find_nothing_knows_no_names(self) -> None:
        make_subject("Zoe", make_photo(labels=["zebra"], country="zm"))
        for word in ("zebra", "zambia", "zoe"):
            self.assertEqual(self.meanings(word, self.guest), [], word)


class CostTest(TestCase):
    def test_a_query_of_words_takes_few_lookups(self) -> None:
        make_subject("Anna", make_photo(taken="2023-07-05", labels=["beach"], country="it"))
        sight = sight_of(self.grant_of(self.admin), Shown())
        words = set(phrases(parse("anna beach july italy")))
        with self.assertNumQueries(11):
            Lexicon.of(words, sight)
