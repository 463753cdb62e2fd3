"""What the lists of albums, labels, people, faces and folders may be asked for."""

from typing import Any

from albums.forms import ALBUMS
from albums.models import Album
from faces.forms import FACES, SUBJECTS
from faces.models import Face, Subject
from library.models import Folder, Label
from library.query import BadValue, QueryTooLong, UnknownFilter
from library.search.forms import FOLDERS, LABELS, Form
from tests.base import TestCase
from tests.make import make_album, make_folder, make_label, make_subject

FORMS: tuple[tuple[Form, Any], ...] = (
    (ALBUMS, Album),
    (LABELS, Label),
    (SUBJECTS, Subject),
    (FACES, Face),
    (FOLDERS, Folder),
)


class FormTest(TestCase):
    def found(self, query: str = "", **parameters: str) -> set[str]:
        return {label.slug for label in Label.objects.filter(LABELS.ask(query, parameters).condition)}

    def setUp(self) -> None:
        super().setUp()
        for name, photos in (("lake", 3), ("snow lake", 1), ("dog", 0)):
            make_label(name, photo_count=photos, favorite=name == "dog")

    def test_nothing_asked_is_everything(self) -> None:
        self.assertEqual(self.found(), {"lake", "snow-lake", "dog"})

    def test_words_are_anded(self) -> None:
        self.assertEqual(self.found("lake"), {"lake", "snow-lake"})
        self.assertEqual(self.found("LAKE snow"), {"snow-lake"})
        self.assertEqual(self.found('"snow lake" | dog'), {"snow-lake", "dog"})

    def test_words_and_filters_are_negated_and_grouped(self) -> None:
        self.assertEqual(self.found("-lake"), {"dog"})
        self.assertEqual(self.found("(dog | lake) -snow photos:<3"), {"dog"})

    def test_a_parameter_is_a_filter(self) -> None:
        self.assertEqual(self.found(slug="lake|dog"), {"lake", "dog"})
        self.assertEqual(self.found("lake", photos="2"), {"lake"})

    def test_a_parameter_of_another_name_is_for_somebody_else(self) -> None:
        self.assertEqual(self.found(slug="dog", count="10", q="lake", order="name"), {"dog"})

    def test_a_switch_that_is_off_restricts_nothing(self) -> None:
        self.assertEqual(self.found(favorite="true"), {"dog"})
        self.assertEqual(self.found(favorite="false"), {"lake", "snow-lake", "dog"})
        self.assertEqual(self.found("-favorite:yes"), {"lake", "snow-lake"})

    def test_an_empty_value_restricts_nothing(self) -> None:
        self.assertEqual(self.found("name:", slug=" "), {"lake", "snow-lake", "dog"})

    def test_a_setting_is_told_and_restricts_nothing(self) -> None:
        asked = LABELS.ask("lake all:yes", {"count": "3"})
        self.assertTrue(asked.has("all"))
        self.assertFalse(LABELS.ask("lake", {"all": "false"}).has("all"))
        self.assertEqual(asked.given, {"all": "yes"})

    def test_an_unknown_filter_is_named_with_the_nearest(self) -> None:
        with self.assertRaisesMessage(UnknownFilter, "“favorit”; did you mean “favorite”?"):
            LABELS.ask("favorit:yes")

    def test_a_wrong_value_is_shown_with_its_filter(self) -> None:
        with self.assertRaisesMessage(BadValue, "photos:many"):
            LABELS.ask("photos:many")

    def test_too_much_is_refused(self) -> None:
        with self.assertRaises(QueryTooLong):
            LABELS.ask("a " * 100)


class ListTest(TestCase):
    def test_each_filter_takes_each_value_or_says_why_not(self) -> None:
        for form, model in FORMS:
            for key in form.keys:
                for value in ("yes", "no", "1", "0-9", "*", "a|b", "'; DROP TABLE x; --", "-1", "9" * 30, "\\", "é%_"):
                    for query in (f'{key}:"{value}"', f'-{key}:"{value}"', f"{value} {key}:x"):
                        try:
                            list(model.objects.filter(form.ask(query).condition))
                        except (BadValue, UnknownFilter) as error:
                            self.assertTrue(str(error))

    def test_albums(self) -> None:
        make_album("Berlin", location="Germany", year=2019, favorite=True)
        make_album("Secret", private=True, type="folder", path="2024/05")
        for query, titles in (
            ("berl", ["Berlin"]),
            ("2024/05", ["Secret"]),
            ("germany year:2019", ["Berlin"]),
            ("type:folder|month", ["Secret"]),
            ("public:yes", ["Berlin"]),
            ("private:yes", ["Secret"]),
            ("private:no favorite:no", ["Berlin", "Secret"]),
            ("title:ber*", ["Berlin"]),
        ):
            found = Album.objects.filter(ALBUMS.ask(query).condition).order_by("title")
            self.assertEqual([album.title for album in found], titles, query)

    def test_people(self) -> None:
        make_subject("Jane Doe", alias="Janie", hidden=True)
        make_subject("John Doe", favorite=True)
        for query, names in (
            ("doe", ["Jane Doe", "John Doe"]),
            ("janie", ["Jane Doe"]),
            ("hidden:no", ["John Doe"]),
            ("hidden:yes", ["Jane Doe"]),
            ("favorite:yes", ["John Doe"]),
            ("name:jane*", ["Jane Doe"]),
        ):
            found = Subject.objects.filter(SUBJECTS.ask(query).condition).order_by("name")
            self.assertEqual([subject.name for subject in found], names, query)

    def test_faces(self) -> None:
        jane = make_subject("Jane")
        known, unknown = Face.objects.create(id="A" * 32, subject=jane), Face.objects.create(id="B" * 32, hidden=True)
        for query, face in (
            ("unknown:yes", unknown),
            ("unknown:no", known),
            (f"subject:{jane.uid}", known),
            ("hidden:yes", unknown),
            ("uid:" + "A" * 32, known),
            ("jane markers:yes", known),
        ):
            self.assertEqual(Face.objects.get(FACES.ask(query).condition), face, query)

    def test_folders(self) -> None:
        make_folder("2024/05", year=2024)
        make_folder("2019", year=2019, private=True)
        for query, path in (
            ("year:2024", "2024/05"),
            ("public:yes", "2024/05"),
            ("2019", "2019"),
            ("path:2019", "2019"),
        ):
            self.assertEqual(Folder.objects.get(FOLDERS.ask(f"{query} recursive:yes").condition).path, path)
