"""Labels of what is in the pictures, from the file to the search."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyvips
from django.conf import settings
from django.test import override_settings
from skimage import data

from library.classify.model import NETWORK
from library.label_merging import merge_label, split_label
from library.labelling import judge_label, remove_label
from library.models import Category, Classification, ErrorLog, Label, Photo, PhotoLabel
from library.states import archive
from tests.originals import LONG_AGO, OriginalsTestCase, age, run_index

# Their names say when they were taken, early enough that small pictures pass review, and nothing of what they show.
CAT, COFFEE = "IMG_20060506_121314.jpg", "IMG_20060507_121314.jpg"
OTHER_CAT = "IMG_20060508_121314.jpg"


def write_cat(folder: Path, name: str, *, mirrored: bool = False) -> None:
    """A picture of a cat, whose name says nothing."""
    write_array(folder / name, data.chelsea()[:, ::-1] if mirrored else data.chelsea())


def write_coffee(folder: Path, name: str) -> None:
    write_array(folder / name, data.coffee())


def write_array(path: Path, pixels: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pyvips.Image.new_from_array(pixels.copy()).write_to_file(str(path))
    age(path, LONG_AGO)


class LabelsTestCase(OriginalsTestCase):
    def setUp(self) -> None:
        self.cat = self.photo(CAT)

    @classmethod
    def fill(cls) -> None:
        write_cat(cls.originals, CAT)
        write_coffee(cls.originals, COFFEE)
        run_index()

    def labels(self, photo: Photo | None = None) -> dict[str, str]:
        """The labels that are on a photo, by their slugs: where from."""
        rows = PhotoLabel.objects.filter(photo=photo or self.cat, uncertainty__lt=100)
        return dict(rows.values_list("label__slug", "src"))

    def row(self, slug: str) -> PhotoLabel:
        return PhotoLabel.objects.select_related("photo", "label").get(photo=self.cat, label__slug=slug)


class MergedLabelsTest(LabelsTestCase):
    """What was merged stays so, whatever is looked at again."""

    def setUp(self) -> None:
        super().setUp()
        self.mieze = Label.objects.create(name="Mieze", slug="mieze", custom_slug="mieze")
        self.cats = Label.objects.get(slug="cat")
        merge_label(self.cats, self.mieze)

    def test_a_rescan_says_the_label_that_it_is_part_of(self) -> None:
        write_cat(self.originals, OTHER_CAT, mirrored=True)
        run_index(rescan=True)
        for name in (CAT, OTHER_CAT):
            with self.subTest(name):
                shown = PhotoLabel.objects.filter(photo=self.photo(name), label__deleted_at=None, uncertainty__lt=100)
                slugs = set(shown.values_list("label__slug", flat=True))
                self.assertIn("mieze", slugs)
                self.assertNotIn("cat", slugs)

    def test_taken_back_it_is_as_it_was(self) -> None:
        run_index(rescan=True)
        split_label(Label.objects.get(slug="cat"))
        self.assertEqual(self.row("cat").src, "image")
        self.assertFalse(PhotoLabel.objects.filter(photo=self.cat, label=self.mieze).exists())

    def test_where_a_person_took_it_away_it_stays_away(self) -> None:
        remove_label(PhotoLabel.objects.select_related("photo", "label").get(photo=self.cat, label=self.mieze))
        run_index(rescan=True)
        self.assertNotIn("mieze", self.labels())


class IndexedLabelsTest(LabelsTestCase):
    def test_what_is_seen_is_a_label_with_its_source_and_doubt(self) -> None:
        self.assertEqual(self.labels()["cat"], "image")
        self.assertTrue(0 <= self.row("cat").uncertainty < 40)

    def test_it_is_found_by_what_it_is_a_kind_of_and_by_other_words(self) -> None:
        for query in ("cat", "cats", "pet", "animal", "kitty", "label:cat", "label:animal", "label:kitten"):
            with self.subTest(query):
                self.assertFound(query, self.cat)
        self.assertFound("label:food", self.photo(COFFEE))

    def test_the_categories_are_those_of_the_tree(self) -> None:
        parents = Category.objects.filter(label__slug="cat").values_list("parent__slug", flat=True)
        self.assertEqual(set(parents), {"mammal", "animal", "pet"})

    def test_a_photo_whose_name_says_nothing_is_called_by_its_label(self) -> None:
        self.assertEqual(self.photo(COFFEE).title, "Coffee / 2006")
        self.assertTrue(self.cat.title.startswith("Cat"))

    def test_labels_and_what_they_are_kinds_of_are_keywords(self) -> None:
        words = set(self.cat.photo_keywords.values_list("keyword__keyword", flat=True))
        self.assertLessEqual({"cat", "animal", "pet"}, words)

    def test_the_photos_of_a_label_are_counted(self) -> None:
        self.assertEqual(Label.objects.get(slug="coffee").photo_count, 1)

    def test_ten_classes_and_a_vector_are_kept(self) -> None:
        kept = Classification.objects.get(photo=self.cat)
        self.assertEqual((len(bytes(kept.classes)), len(bytes(kept.vector)), kept.version), (30, 128, 1))

    def test_the_api_tells_them(self) -> None:
        answer = self.client_of(self.admin).get(f"/api/v1/photos/{self.cat.uid}").json()
        self.assertIn(("cat", "image"), [(row["Label"]["Slug"], row["LabelSrc"]) for row in answer["Labels"]])


class AgainTest(LabelsTestCase):
    """What a person said of a label outlasts every further look."""

    def again(self) -> None:
        run_index(rescan=True)

    def test_another_run_changes_nothing(self) -> None:
        before = list(PhotoLabel.objects.order_by("pk").values())
        changed = self.cat.updated_at
        self.again()
        self.assertEqual(list(PhotoLabel.objects.order_by("pk").values()), before)
        self.assertEqual(self.photo(CAT).updated_at, changed)

    def test_a_removed_label_stays_removed_with_what_is_a_kind_of_it(self) -> None:
        remove_label(self.row("cat"))
        self.again()
        self.assertEqual(self.labels(), {})
        self.assertFound("label:cat")

    def test_a_removed_label_is_neither_title_nor_keyword_any_more(self) -> None:
        for slug in self.labels():
            remove_label(self.row(slug))
        photo = self.photo(CAT)
        self.assertEqual(photo.title, "Unknown / 2006")
        self.assertFound("animal")
        self.assertFalse(photo.photo_keywords.filter(keyword__keyword="cat").exists())

    def test_a_label_that_was_confirmed_and_then_removed_stays_removed(self) -> None:
        judge_label(self.row("cat"), 0)
        remove_label(self.row("cat"))
        self.again()
        self.assertNotIn("cat", self.labels())

    def test_a_confirmed_label_stays_sure(self) -> None:
        judge_label(self.row("cat"), 0)
        self.again()
        self.assertEqual((self.row("cat").src, self.row("cat").uncertainty), ("manual", 0))

    def test_a_title_by_hand_stays(self) -> None:
        Photo.objects.filter(pk=self.cat.pk).update(title="Tom", title_src="manual")
        self.again()
        self.assertEqual(self.photo(CAT).title, "Tom")

    def test_a_label_that_was_deleted_is_put_on_no_photo(self) -> None:
        PhotoLabel.objects.filter(label__slug="cat").delete()
        Label.objects.filter(slug="cat").update(deleted_at=LONG_AGO)
        self.again()
        self.assertNotIn("cat", self.labels())

    def test_a_label_that_was_renamed_keeps_its_name(self) -> None:
        Label.objects.filter(slug="cat").update(name="Tomcat", custom_slug="tomcat")
        self.again()
        self.assertEqual(self.row("cat").label.name, "Tomcat")
        self.assertFound("tomcat", self.photo(CAT))

    def test_a_label_that_is_not_seen_any_more_goes_and_is_counted(self) -> None:
        write_coffee(self.originals, CAT)
        age(self.originals / CAT, LONG_AGO.replace(year=2013))
        self.addCleanup(write_cat, self.originals, CAT)
        Label.objects.filter(slug="cat").update(photo_count=1)
        (self.originals / COFFEE).rename(self.home / "away.jpg")
        self.addCleanup((self.home / "away.jpg").rename, self.originals / COFFEE)
        run_index()
        self.assertEqual(set(self.labels()), {"coffee"})
        self.assertEqual(Label.objects.get(slug="cat").photo_count, 0)

    def test_labels_by_hand_are_left_alone(self) -> None:
        body = {"Name": "Garden Gnome"}
        self.app_of(self.admin).post(f"/api/v1/photos/{self.cat.uid}/label", body, content_type="application/json")
        self.again()
        self.assertEqual(self.labels()["garden-gnome"], "manual")
        self.assertFound("gnome", self.photo(CAT))

    def test_what_is_private_or_archived_is_told_to_nobody_by_its_labels(self) -> None:
        archive([self.cat.uid], self.grant_of(self.admin))
        self.assertFound("cat")


class WithoutModelTest(OriginalsTestCase):
    def setUp(self) -> None:
        self.models = self.home / "models"
        shutil.rmtree(self.models, ignore_errors=True)
        shutil.copytree(settings.MODELS_PATH, self.models)
        self.write("cat.jpg")
        write_cat(self.originals, "cat.jpg")

    def index(self, **options: Any) -> Any:
        with override_settings(MODELS_PATH=self.models), self.assertLogs("library.model_troubles") as logged:
            result = run_index(**options)
        self.assertEqual(len(logged.records), 1)
        return result

    def test_a_missing_model_is_one_message_and_the_photo_is_indexed(self) -> None:
        (self.models / NETWORK.name).unlink()
        result = self.index()
        self.assertEqual((result.added, result.failed), (1, 0))
        self.assertIn(f"{NETWORK.name} is missing", str(result))
        self.assertEqual([row.level for row in ErrorLog.objects.all()], ["warning"])
        self.assertFalse(PhotoLabel.objects.exists())

    def test_a_damaged_model_is_not_loaded(self) -> None:
        (self.models / NETWORK.name).write_bytes(b"TFL3 but not quite")
        self.assertIn("damaged", str(self.index()))

    def test_the_message_goes_once_the_model_is_there(self) -> None:
        (self.models / NETWORK.name).unlink()
        self.index()
        result = run_index(rescan=True)
        self.assertFalse(ErrorLog.objects.exists())
        self.assertTrue(str(result).endswith("updated, 0 unchanged"))
        self.assertTrue(PhotoLabel.objects.exists())

    def test_the_model_needs_no_memory_that_decoding_has(self) -> None:
        options = replace(settings.OPTIONS, index_memory=256, originals_limit=10)
        with override_settings(OPTIONS=options):
            run_index()
        self.assertFalse(ErrorLog.objects.exists())
        self.assertTrue(PhotoLabel.objects.exists())

    def test_labels_can_be_switched_off(self) -> None:
        with override_settings(OPTIONS=replace(settings.OPTIONS, disable_classification=True), MODELS_PATH=Path("/no")):
            run_index()
        self.assertEqual((Photo.objects.count(), Classification.objects.count()), (1, 0))
        self.assertFalse(ErrorLog.objects.exists())
