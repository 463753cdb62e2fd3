"""The tree of labels, and which of them a picture gets."""

from unittest import TestCase

import numpy as np

from library.classify.rules import CLASSES, Rules, Seen, WrongRules, read_rules, rules

ROBIN, PERSIAN, SIAMESE, TABBY, PUG, ALP, LAKE, BRASSIERE = 15, 283, 284, 281, 254, 970, 975, 459

SMALL = """
# a comment
Animal | rank 5 | at 60
  Dog | shown | at 40 | in Pet
    Pug | 1 | also pug dog, mops
    Boxer | 2
  Cat | 3 4
Pet | group
Food | rank 1 2 | at 30
  Cake | 5
"""


def likely(**classes: float) -> np.ndarray:
    """Probabilities of classes given as c15=0.8; the rest is spread over all others."""
    found = np.zeros(CLASSES, dtype=np.float32)
    for name, value in classes.items():
        found[int(name[1:])] = value
    return found


def names(tree: Rules, probabilities: np.ndarray) -> list[tuple[str, int]]:
    return [(tree.kinds[seen.slug].name, seen.uncertainty) for seen in tree.labels_of(probabilities)]


class ReadingTest(TestCase):
    def setUp(self) -> None:
        self.tree = read_rules(SMALL)

    def test_a_line_has_the_rank_and_the_threshold_of_the_one_above(self) -> None:
        self.assertEqual([self.tree.kinds[slug].percent for slug in ("animal", "pug", "cat", "cake")], [60, 40, 60, 30])
        self.assertEqual([self.tree.kinds[slug].rank for slug in ("animal", "pug", "food", "cake")], [5, 5, 1, 2])

    def test_what_lies_above_comes_nearest_first(self) -> None:
        self.assertEqual(self.tree.above("pug"), ("dog", "animal", "pet"))
        self.assertEqual(self.tree.above("something-of-a-person"), ())

    def test_other_words_mean_a_label(self) -> None:
        self.assertEqual(self.tree.meant_by(["mops", "pug-dog", "cake"]), ("pug",))

    def test_a_wrong_line_is_named(self) -> None:
        wrong = {
            "Dog\nDog": "Line 2 of the labels: a name that was there before",
            "Dog\n      Pug": "Line 2 of the labels: more blanks",
            "Dog | 1000": "a class that the model does not have",
            "Dog | at much": "Line 1 of the labels",
            "Dog | in Heaven": "parents that have no line: heaven",
        }
        for text, said in wrong.items():
            with self.subTest(text), self.assertRaisesRegex(WrongRules, said):
                read_rules(text)


class LabelsTest(TestCase):
    def setUp(self) -> None:
        self.tree = read_rules(SMALL)

    def test_the_most_exact_label_is_given_and_those_that_are_always_shown(self) -> None:
        self.assertEqual(names(self.tree, likely(c1=0.7)), [("Dog", 30), ("Pug", 30)])

    def test_classes_count_together_where_none_is_likely_alone(self) -> None:
        self.assertEqual(names(self.tree, likely(c1=0.3, c2=0.25)), [("Dog", 45)])
        self.assertEqual(names(self.tree, likely(c3=0.35, c4=0.35)), [("Cat", 30)])
        self.assertEqual(names(self.tree, likely(c1=0.3, c3=0.35)), [("Animal", 35)])

    def test_nothing_is_said_below_the_threshold(self) -> None:
        self.assertEqual(names(self.tree, likely(c1=0.2, c3=0.2, c5=0.29)), [])

    def test_a_label_much_less_likely_than_the_best_is_left_out(self) -> None:
        self.assertEqual(names(self.tree, likely(c1=0.95, c5=0.31)), [("Dog", 5), ("Pug", 5)])

    def test_what_a_person_took_away_is_not_given_nor_what_is_a_kind_of_it(self) -> None:
        seen = self.tree.labels_of(likely(c1=0.7))
        self.assertEqual(self.tree.without(seen, {"pug"}), (Seen("dog", 30),))
        self.assertEqual(self.tree.without(seen, {"pet"}), ())
        self.assertEqual(self.tree.without(seen, {"cake"}), seen)

    def test_another_look_is_taken_only_where_it_may_matter(self) -> None:
        self.assertTrue(self.tree.is_unclear(likely(c1=0.35)))
        self.assertFalse(self.tree.is_unclear(likely(c1=0.9)))
        self.assertFalse(self.tree.is_unclear(likely(c1=0.1, c900=0.2)))


class OwnTreeTest(TestCase):
    def test_a_robin_is_a_thrush_a_bird_and_an_animal(self) -> None:
        self.assertEqual(names(rules(), likely(c15=0.9)), [("Bird", 10), ("Robin", 10)])
        self.assertEqual(rules().above("robin"), ("thrush", "bird", "animal"))

    def test_a_persian_cat_is_a_cat_a_pet_and_an_animal(self) -> None:
        self.assertLessEqual({"cat", "pet", "animal"}, {*rules().above("persian-cat")})

    def test_a_cat_of_no_clear_breed_is_a_cat(self) -> None:
        found = likely(**{f"c{TABBY}": 0.2, f"c{PERSIAN}": 0.2, f"c{SIAMESE}": 0.2})
        self.assertEqual(names(rules(), found), [("Cat", 40)])

    def test_an_alp_is_a_mountain(self) -> None:
        self.assertIn(("Mountain", 40), names(rules(), likely(**{f"c{ALP}": 0.6})))
        self.assertEqual(rules().meant_by(["summit"]), ("mountain",))

    def test_what_is_private_or_about_people_is_no_label(self) -> None:
        for number in (459, 465, 529, 652, 680, 916):
            with self.subTest(number):
                self.assertEqual(names(rules(), likely(**{f"c{number}": 0.99})), [])

    def test_ranks_and_thresholds_are_within_what_they_mean(self) -> None:
        for kind in rules().kinds.values():
            with self.subTest(kind.name):
                self.assertTrue(-3 <= kind.rank <= 5 and 20 <= kind.percent <= 100)

    def test_no_label_has_a_name_that_another_is_found_by_alone(self) -> None:
        """Else one who looks for the one would be given the other first."""
        tree = rules()
        both = {word: slugs for word, slugs in tree.words.items() if word in tree.kinds and word not in slugs}
        strangers = {word: slugs for word, slugs in both.items() if not any(word in tree.above(slug) for slug in slugs)}
        self.assertEqual(strangers, {})
