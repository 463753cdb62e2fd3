"""What labels do to titles and words, whoever gave them."""

from library.judging import label_facts, rejudge, words_now
from library.labelling import add_label, judge_label, remove_label
from library.models import Category, PhotoLabel
from tests.base import TestCase
from tests.make import make_label, make_photo


class LabelTitleTest(TestCase):
    def setUp(self) -> None:
        self.photo = make_photo(name="DSC01234", file={"name": "2024/05/DSC01234.jpg"})
        self.photo.title = "Unknown / 2024"
        self.photo.save()

    def see(self, name: str, uncertainty: int, priority: int = 0) -> PhotoLabel:
        label = make_label(name, priority=priority)
        return PhotoLabel.objects.create(photo=self.photo, label=label, src="image", uncertainty=uncertainty)

    def title(self) -> str:
        rejudge(self.photo, set())
        self.photo.refresh_from_db()
        return self.photo.title

    def test_the_important_label_comes_before_the_sure_one(self) -> None:
        self.see("vase", 1, priority=-1)
        self.see("dog", 40, priority=5)
        self.assertEqual(self.title(), "Dog / 2024")

    def test_a_label_of_the_model_that_says_little_comes_last(self) -> None:
        self.see("animal", 1, priority=5)
        self.see("bridge", 30)
        self.assertEqual(self.title(), "Bridge / 2024")

    def test_of_equally_important_ones_the_surest_comes_first(self) -> None:
        self.see("pug", 40, priority=5)
        self.see("dog", 10, priority=5)
        self.assertEqual(self.title(), "Dog / 2024")

    def test_what_is_too_doubtful_gives_no_title(self) -> None:
        self.see("dog", 90, priority=5)
        self.assertEqual(self.title(), "Unknown / 2024")

    def test_removed_and_deleted_labels_say_nothing(self) -> None:
        self.see("dog", 100)
        gone = self.see("cat", 0).label
        gone.deleted_at = self.photo.created_at
        gone.save()
        self.assertEqual(label_facts(self.photo), ())
        self.assertTrue({"dog", "cat"}.isdisjoint(words_now(self.photo)))

    def test_a_label_by_hand_is_title_and_word_at_once(self) -> None:
        add_label(self.photo, "Garden Gnome")
        self.photo.refresh_from_db()
        self.assertEqual(self.photo.title, "Garden Gnome / 2024")
        self.assertFound("keywords:gnome", self.photo)

    def test_a_label_taken_away_takes_its_words_along_but_not_those_of_other_texts(self) -> None:
        row = self.see("dog", 10)
        Category.objects.create(label=row.label, parent=make_label("pet"))
        rejudge(self.photo, set())
        self.photo.caption = "A pet"
        self.photo.save()
        remove_label(PhotoLabel.objects.select_related("photo", "label").get(pk=row.pk))
        self.photo.refresh_from_db()
        self.assertFound("keywords:pet", self.photo)
        self.assertFound("keywords:dog")

    def test_a_title_by_hand_is_never_overruled(self) -> None:
        self.photo.title, self.photo.title_src = "Rex", "manual"
        self.photo.save()
        judge_label(self.see("dog", 10), 0)
        self.photo.refresh_from_db()
        self.assertEqual(self.photo.title, "Rex")
