"""Hidden files and .ppignore."""

from django.test import SimpleTestCase

from library.media.ignore import IgnoreRules, is_hidden, parse_patterns


class HiddenTest(SimpleTestCase):
    def test_the_beginning_of_the_name_hides(self) -> None:
        names = ("a/.folder", "a/_.folder", "a/__MACOSX", "@eaDir", "a/b.jpg.", "a/_b", "ea@Dir", "@/eaDir", "")
        self.assertEqual([is_hidden(name) for name in names], [True] * 4 + [False] * 5)


class PatternsTest(SimpleTestCase):
    def test_lines_are_trimmed_and_comments_left_out(self) -> None:
        text = "/foo/bar/\n/\n\t\n\nbaz/\t\n\r\n# a comment\n#recycle\nTest_ \n"
        self.assertEqual(parse_patterns(text), ("foo/bar", "baz", "#recycle", "test_"))


class IgnoreRulesTest(SimpleTestCase):
    def ignored(self, rules: IgnoreRules, *paths: str) -> list[bool]:
        return [rules.ignores(path) for path in paths]

    def test_without_rules_nothing_is_ignored(self) -> None:
        self.assertFalse(IgnoreRules().ignores("a/b.jpg"))

    def test_names_match_at_any_depth_in_any_case(self) -> None:
        rules = IgnoreRules().within("", "*.TXT\nthumb?\n[^q]oo")
        paths = ("a.txt", "x/y/B.Txt", "x/thumbs", "x/thumbs2", "foo", "qoo", "a.jpg")
        self.assertEqual(self.ignored(rules, *paths), [True, True, True, False, True, False, False])

    def test_a_pattern_with_a_slash_is_relative_to_its_file(self) -> None:
        rules = IgnoreRules().within("a/b", "sub/x*")
        paths = ("a/b/sub/xy", "A/b/SUB/x", "a/b/c/sub/xy", "sub/xy", "a/b/sub/x/y")
        self.assertEqual(self.ignored(rules, *paths), [True, True, False, False, False])

    def test_a_star_alone_ignores_the_folder(self) -> None:
        self.assertTrue(IgnoreRules().within("a", "*").ignores("a/anything.jpg"))

    def test_deeper_files_add_to_the_rules_above(self) -> None:
        rules = IgnoreRules().within("", "*.txt").within("a", "*.raw")
        self.assertEqual(self.ignored(rules, "a/b.txt", "a/b.raw", "a/b.jpg"), [True, True, False])

    def test_signs_of_patterns_in_a_folder_name_are_plain(self) -> None:
        rules = IgnoreRules().within("a[1]", "b/c")
        self.assertEqual(self.ignored(rules, "a[1]/b/c", "a1/b/c"), [True, False])

    def test_malformed_and_greedy_patterns_are_harmless(self) -> None:
        rules = IgnoreRules().within("", "[\n[a\n" + "*a" * 40 + "b\n")
        self.assertFalse(rules.ignores("a" * 250))
