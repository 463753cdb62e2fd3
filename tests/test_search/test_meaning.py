"""Words that are compared with what pictures show: found, ranked, bounded, explained."""

import threading
from dataclasses import replace
from unittest.mock import patch

from django.conf import settings
from django.test import override_settings

from library.models import Label, Photo, PhotoLabel
from library.query import Filter, QueryError
from library.search import encoding, find, search
from library.search.alike import Alike
from library.search.buckets import bucket, bucket_list
from library.search.reasons import reasons
from library.search.suggestions import suggestions
from library.search.understanding import understanding
from tests.base import TestCase
from tests.make import make_album, make_photo, make_seen
from tests.test_search.large import LargeTestCase

# Classes of ImageNet.
GOLDEN_RETRIEVER, TOY_TERRIER, TABBY, EGYPTIAN_CAT, BEETLE, STRAWBERRY, JEEP, DRUM, ESPRESSO, CLIFF = (
    *(207, 158, 281, 285, 305, 949, 609, 541, 967, 972),
)


class PictureCase(TestCase):
    dog: Photo
    faint: Photo
    cat: Photo
    beetle: Photo
    berry: Photo
    jeep: Photo
    drum: Photo
    coffee: Photo
    cliff: Photo

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.dog = _shows({GOLDEN_RETRIEVER: 0.6, TOY_TERRIER: 0.1}, taken="2023-05-01", country="it")
        cls.faint = _shows({TOY_TERRIER: 0.25, DRUM: 0.02}, taken="2024-05-01")
        cls.cat = _shows({EGYPTIAN_CAT: 0.7, TABBY: 0.1}, taken="2024-06-01")
        cls.beetle = _shows({BEETLE: 0.5})
        cls.berry = _shows({STRAWBERRY: 0.6})
        cls.jeep = _shows({JEEP: 0.6})
        cls.drum = _shows({DRUM: 0.8})
        cls.coffee = _shows({ESPRESSO: 0.8})
        cls.cliff = _shows({CLIFF: 0.8})
        make_photo(taken="2024-07-01")  # nobody has looked at it


class FoundTest(PictureCase):
    def test_words_that_are_no_class_find_what_they_mean(self) -> None:
        for query, photos in {
            "puppy": [self.dog, self.faint],
            "kitten": [self.cat],
            "insect": [self.beetle],
            "fruit": [self.berry],
            "vehicle": [self.jeep],
            "musical instrument": [self.drum],
            "cup of coffee": [self.coffee],
        }.items():
            with self.subTest(query):
                self.assertFound(query, *photos)

    def test_what_no_class_has_to_do_with_finds_nothing(self) -> None:
        for query in ("tuesday", "xyzzy", "invoice", "birthday party"):
            with self.subTest(query):
                self.assertFound(query)

    def test_a_word_and_filters_must_all_hold(self) -> None:
        self.assertFound("puppy 2024", self.faint)
        self.assertFound("puppy italy 2023", self.dog)
        self.assertFound("puppy year:2020")
        self.assertFound("-puppy 2024 month:5-6", self.cat, *self._others())

    def test_either_of_two_words(self) -> None:
        self.assertFound("kitten or puppy", self.cat, self.dog, self.faint)

    def test_the_filter_takes_any_text(self) -> None:
        self.assertFound("meaning:puppy", self.dog, self.faint)
        self.assertFound('meaning:"musical instrument|insect"', self.drum, self.beetle)
        self.assertFound("-meaning:puppy meaning:animal", self.cat, self.beetle)
        self.assertFound("meaning:tuesday")

    def test_a_keyword_is_found_beside_what_looks_like_it(self) -> None:
        written = make_photo(keywords=["puppy"])
        titled = make_photo(title="Kitten at last")
        self.assertFound("puppy", written, self.dog, self.faint)
        self.assertFound("kitten", titled, self.cat)

    def test_quotes_ask_for_the_very_words(self) -> None:
        titled = make_photo(title="The puppy")
        self.assertFound('"puppy"', titled)

    def test_beside_labelled_photos_only_sure_ones_are_found(self) -> None:
        labelled = make_photo(labels=["puppy"])
        self.assertFound("puppy", labelled, self.dog)

    def test_a_label_that_somebody_took_away_is_not_seen_again(self) -> None:
        labelled = make_photo(labels=["puppy"])
        PhotoLabel.objects.create(photo=self.dog, label=Label.objects.get(slug="puppy"), uncertainty=100, src="manual")
        self.assertFound("puppy", labelled)

    def test_the_name_of_a_person_or_place_means_just_that(self) -> None:
        italian = make_photo(country="it")
        self.assertFound("italy", self.dog, italian)

    def _others(self) -> list[Photo]:
        return [self.beetle, self.berry, self.jeep, self.drum, self.coffee, self.cliff]


class RankedTest(PictureCase):
    def test_relevance_puts_the_best_match_first(self) -> None:
        self.assertEqual(self._ranked("puppy"), [self.dog.pk, self.faint.pk])

    def test_what_is_called_so_comes_before_what_looks_so(self) -> None:
        written = make_photo(keywords=["puppy"], taken="1999-01-01")
        self.assertEqual(self._ranked("puppy"), [written.pk, self.dog.pk, self.faint.pk])

    def test_pages_follow_each_other(self) -> None:
        first = search("animal", self.grant_of(self.admin), order="relevance", count=2)
        rest = search("animal", self.grant_of(self.admin), order="relevance", count=9, after=first.after)
        self.assertTrue(first.has_more)
        self.assertEqual([p.pk for p in (*first.photos, *rest.photos)], self._ranked("animal"))
        self.assertEqual(len(self._ranked("animal")), 4)

    def test_other_orders_stay_what_they_are(self) -> None:
        newest = search("puppy", self.grant_of(self.admin)).photos
        self.assertEqual([photo.pk for photo in newest], [self.faint.pk, self.dog.pk])

    def test_the_timeline_of_such_a_word_is_by_match(self) -> None:
        found = bucket_list("puppy", self.grant_of(self.admin))
        self.assertEqual((found.buckets, found.order, found.can_rank), ((("best.0", 2),), "relevance", True))
        columns = bucket("best.0", "puppy", self.grant_of(self.admin))
        self.assertEqual(columns["uid"], [self.dog.uid, self.faint.uid])

    def test_the_timeline_is_by_day_where_that_is_asked_for_or_more_than_words_is(self) -> None:
        grant = self.grant_of(self.admin)
        self.assertEqual(bucket_list("puppy", grant, order="newest").buckets, (("2024-05", 1), ("2023-05", 1)))
        self.assertEqual(bucket_list("puppy 2024", grant).order, "newest")
        self.assertEqual(bucket_list("puppy 2024", grant, order="relevance").buckets, (("best.0", 1),))
        self.assertFalse(bucket_list("year:2024", grant, order="relevance").can_rank)

    def _ranked(self, query: str) -> list[int]:
        return [photo.pk for photo in search(query, self.grant_of(self.admin), order="relevance").photos]


class ToldTest(PictureCase):
    def test_a_chip_says_that_it_was_compared(self) -> None:
        terms = understanding("puppy 2024", self.grant_of(self.admin)).terms
        self.assertEqual(
            [(term.kind, term.label) for term in terms], [("meaning", "Looks like puppy"), ("date", "2024")]
        )

    def test_words_that_are_one_name_are_one_chip(self) -> None:
        terms = understanding("old musical instrument", self.grant_of(self.admin)).terms
        self.assertIn(
            ("meaning", "Looks like musical instrument", "musical instrument"),
            [(term.kind, term.label, term.text) for term in terms],
        )

    def test_a_reason_names_what_the_picture_shows(self) -> None:
        told = reasons("puppy", [self.dog.uid, self.faint.uid, self.cat.uid], self.grant_of(self.admin))
        self.assertEqual([one.label for one in told[self.dog.uid]], ["Golden retriever 60 %", "Toy terrier 10 %"])
        self.assertEqual([(one.kind, one.label) for one in told[self.faint.uid]], [("meaning", "Toy terrier 25 %")])
        self.assertNotIn(self.cat.uid, told)

    def test_a_reason_of_the_filter(self) -> None:
        told = reasons("meaning:insect", [self.beetle.uid], self.grant_of(self.admin))
        self.assertEqual([one.label for one in told[self.beetle.uid]], ["Dung beetle 50 %"])


class SightTest(PictureCase):
    def test_what_is_private_or_archived_is_not_found(self) -> None:
        Photo.objects.filter(pk=self.dog.pk).update(private=True)
        Photo.objects.filter(pk=self.faint.pk).update(deleted_at=self.faint.taken_at)
        self.assertFound("puppy", by=self.bob)
        self.assertFound("meaning:puppy", by=self.bob)
        self.assertEqual(bucket_list("puppy", self.grant_of(self.bob)).total, 0)
        self.assertEqual(reasons("puppy", [self.dog.uid], self.grant_of(self.bob)), {})

    def test_a_visitor_finds_within_what_is_lent(self) -> None:
        album = make_album("Lent", self.faint, self.cat)
        visitor = replace(self.grant_of(self.guest), scope=Filter("s", album.uid), lender=self.grant_of(self.admin))
        self.assertEqual([photo.pk for photo in find("puppy", visitor)], [self.faint.pk])
        ranked = search("puppy", visitor, order="relevance").photos
        self.assertEqual([photo.pk for photo in ranked], [self.faint.pk])

    def test_a_smart_album_goes_by_meaning(self) -> None:
        album = make_album("Dogs", filter="puppy")
        self.assertFound(f"s:{album.uid}", self.dog, self.faint)


class UnusableTest(PictureCase):
    def test_switched_off_words_are_but_words(self) -> None:
        titled = make_photo(title="A puppy")
        off = replace(settings.OPTIONS, disable_meaning=True)
        with override_settings(OPTIONS=off):
            self.assertFound("puppy", titled)
            with self.assertRaisesMessage(QueryError, "PHOTOPRISM_DISABLE_MEANING"):
                find("meaning:puppy", self.grant_of(self.admin))

    def test_without_the_model_words_are_but_words_and_one_line_says_why(self) -> None:
        encoding.forget()
        self.addCleanup(encoding.forget)
        titled = make_photo(title="A puppy")
        with (
            patch("library.meaning.sentences.MODEL_SHA256", "0" * 64),
            self.assertLogs("library.search.encoding", "WARNING") as told,
        ):
            self.assertFound("puppy", titled)
            self.assertFound("kitten")
            with self.assertRaisesMessage(QueryError, "SHA-256"):
                find("meaning:puppy", self.grant_of(self.admin))
        self.assertEqual(len(told.output), 1, told.output)

    def test_who_begins_to_type_has_the_model_loaded(self) -> None:
        with patch("library.search.suggestions.begin_loading") as begun:
            suggestions("pup", self.grant_of(self.admin))
            begun.assert_called_once_with()
            Photo.objects.all().delete()
            suggestions("pup", self.grant_of(self.admin))
            begun.assert_called_once_with()

    def test_it_is_loaded_on_a_thread_of_its_own_and_once(self) -> None:
        encoding.forget()
        self.addCleanup(encoding.forget)
        with patch("library.search.encoding.SentenceModel") as model:
            encoding.begin_loading()
            for thread in threading.enumerate():
                if thread.name == "text-encoder":
                    thread.join()
            encoding.begin_loading()
            model.return_value.encode.return_value = [[1.0]]
            encoding.vectors_of(["puppy"])
        model.assert_called_once_with(settings.MODELS_PATH)

    def test_nothing_is_loaded_for_names_filters_and_before_pictures_were_looked_at(self) -> None:
        encoding.forget()
        with patch("library.search.encoding._state", side_effect=AssertionError("loaded")):
            self.assertFound("italy", self.dog)
            self.assertFound("year:2023", self.dog)
            Photo.objects.all().delete()
            self.assertFound("puppy")


class LargeMeaningTest(LargeTestCase, PictureCase):
    def test_the_memory_finds_the_same(self) -> None:
        for query in ("puppy", "puppy 2024", "-puppy", "kitten or insect", "animal", "meaning:vehicle"):
            for order in ("newest", "relevance"):
                self.assert_same(query, order=order)
            self.assert_same_timeline(query)

    def test_news_are_found_at_once(self) -> None:
        self.assertFoundInOrder("puppy", self.dog, self.faint)
        later = _shows({TOY_TERRIER: 0.9})
        self.assertFoundInOrder("puppy", later, self.dog, self.faint)
        later.delete()
        self.assertFoundInOrder("puppy", self.dog, self.faint)

    def assertFoundInOrder(self, query: str, *photos: Photo) -> None:  # noqa: N802
        found = search(query, self.grant_of(self.admin), order="relevance").photos
        self.assertEqual([photo.pk for photo in found], [photo.pk for photo in photos])

    def test_no_more_than_so_many_are_found(self) -> None:
        with patch("library.search.alike.MOST", 2):
            self.assertEqual(Alike(("animal",)).ids, sorted([self.dog.pk, self.cat.pk]))


def _shows(classes: dict[int, float], **fields: object) -> Photo:
    photo = make_photo(**fields)  # type: ignore[arg-type]
    make_seen(photo, classes)
    return photo
