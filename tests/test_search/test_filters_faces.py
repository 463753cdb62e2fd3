"""Filters on faces and people, and that nobody learns a name they may not know."""

from dataclasses import replace

from faces.models import Face, FaceKind
from library.query import BadValue
from library.search import find
from tests.base import TestCase
from tests.make import make_marker, make_photo, make_subject

CLUSTER = "PN6QO5INYTUSAATOFL43LL2ABAV5ACZK"
OTHER = "TOSCDXCS4VI3PGIUTCNIQCNI6HSFXQVZ"


class PersonFilterTest(TestCase):
    def test_by_the_whole_name(self) -> None:
        photo = make_photo()
        anna = make_subject("Anna Smith", photo)
        make_subject("Anna Smithson", make_photo())
        queries = ('person:"Anna Smith"', 'subject:"anna smith"', "person:anna-smith", f"subject:{anna.uid}")
        for query in queries:
            self.assertFound(query, photo)
        self.assertFound("person:anna")

    def test_accents_and_signs_make_no_difference(self) -> None:
        photo = make_photo()
        make_subject("Zoë O’Hara", photo, slug="zoe-ohara")
        self.assertFound('person:"Zoe OHara"', photo)

    def test_both_and_one_of_them(self) -> None:
        both, one = make_photo(), make_photo()
        make_subject("Jane Doe", both, one)
        make_subject("John Doe", both)
        self.assertFound('person:"Jane Doe & John Doe"', both)
        self.assertFound('person:"Jane Doe and John Doe"', both)
        self.assertFound('person:"Jane Doe | John Doe"', both, one)

    def test_without_somebody(self) -> None:
        make_subject("Jane", make_photo())
        nobody = make_photo()
        self.assertFound("-person:jane", nobody)

    def test_a_face_that_is_none_shows_nobody(self) -> None:
        photo = make_photo()
        make_marker(photo, subject=make_subject("Jane"), invalid=True)
        self.assertFound("person:jane")

    def test_two_faces_in_two_files_find_a_photo_once(self) -> None:
        photo = make_photo()
        make_subject("Jane", photo, photo)
        self.assertFound("person:jane", photo)


class PeopleFilterTest(TestCase):
    def test_by_a_part_of_a_name_or_an_alias(self) -> None:
        jane, john = make_photo(), make_photo()
        make_subject("Jane Doe", jane, alias="Janie")
        make_subject("John Doe", john)
        self.assertFound("people:doe", jane, john)
        self.assertFound("people:janie", jane)
        self.assertFound("subjects:jo*", john)

    def test_several_words_are_the_beginning(self) -> None:
        jane = make_photo()
        make_subject("Jane Doe Miller", jane)
        self.assertFound('people:"jane doe"', jane)
        self.assertFound('people:"doe miller"')

    def test_both(self) -> None:
        both = make_photo()
        make_subject("Jane", both, make_photo())
        make_subject("John", both)
        self.assertFound('people:"Jane & John"', both)


class FaceFilterTest(TestCase):
    def setUp(self) -> None:
        super().setUp()
        self.named, self.new, self.plain = make_photo(faces=1), make_photo(faces=3), make_photo()
        jane = make_subject("Jane")
        cluster = Face.objects.create(id=CLUSTER, subject=jane, kind=FaceKind.CHILD)
        make_marker(self.named, subject=jane, face=cluster)
        make_marker(self.new)

    def test_without_a_name(self) -> None:
        for query in ("face:new", "faces:new", "face:New"):
            self.assertFound(query, self.new)

    def test_with_and_without_a_cluster(self) -> None:
        self.assertFound("face:yes", self.named)
        self.assertFound("face:no", self.new)

    def test_a_kind_of_cluster(self) -> None:
        self.assertFound("face:2", self.named)
        self.assertFound("face:1")

    def test_a_cluster_by_its_id(self) -> None:
        make_marker(self.named, face=Face.objects.create(id=OTHER))
        self.assertFound(f"face:{CLUSTER}", self.named)
        self.assertFound(f"face:{CLUSTER.lower()}&{OTHER}", self.named)
        self.assertFound(f"face:{'A' * 32}|{OTHER}", self.named)
        self.assertFound(f"face:{CLUSTER}&{'A' * 32}")

    def test_several_that_are_no_ids_say_so(self) -> None:
        with self.assertRaisesMessage(BadValue, "the id of a cluster"):
            find("face:yes|new", self.grant_of(self.admin))

    def test_how_many(self) -> None:
        self.assertFound("faces:yes", self.named, self.new)
        self.assertFound("faces:no", self.plain)
        self.assertFound("faces:2", self.new)
        self.assertFound("faces:<3", self.named, self.plain)
        self.assertFound("faces:1-2", self.named)


class HiddenPersonTest(TestCase):
    def test_who_may_not_know_people_finds_none_by_name(self) -> None:
        photo = make_photo(faces=1)
        jane = make_subject("Jane")
        make_marker(photo, subject=jane, face=Face.objects.create(id=CLUSTER, subject=jane))
        grant = self.grant_of(self.bob)
        grant = replace(grant, permissions=grant.permissions - {"faces.search_subject"})
        for query in ("person:jane", "people:j*", f"person:{jane.uid}", f"face:{CLUSTER}"):
            self.assertFalse(find(query, grant).exists(), query)
            self.assertFound(query, photo, by=self.bob)
        self.assertEqual(find("faces:yes", grant).get(), photo)

    def test_a_private_person_is_not_told(self) -> None:
        photo = make_photo()
        jane = make_subject("Jane", private=True)
        make_marker(photo, subject=jane, face=Face.objects.create(id=CLUSTER, subject=jane))
        for query in ("person:jane", "people:jane", f"face:{CLUSTER}"):
            self.assertFound(query, by=self.bob)
            self.assertFound(query, photo)

    def test_a_deleted_person_is_gone(self) -> None:
        photo = make_photo()
        make_subject("Jane", photo, deleted_at=photo.taken_at)
        self.assertFound("person:jane")

    def test_a_person_shows_no_photo_that_is_not_seen(self) -> None:
        make_subject("Jane", make_photo(private=True), make_photo(owner=self.alice), make_photo(archived=True))
        self.assertFound("person:jane", by=self.bob)
