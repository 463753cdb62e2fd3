"""Text to nodes and back."""

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from library.query import (
    And,
    Filter,
    Node,
    Not,
    Or,
    QueryError,
    QueryTooLong,
    Text,
    conjoin,
    either,
    negate,
    parse,
    unparse,
)
from library.query.syntax import MAX_CHARACTERS, MAX_DEPTH, MAX_TERMS

CAT, DOG = Text("cat"), Text("dog")

literals = st.text(alphabet="abzÄ0 -!|&*%:()\"“\\or+#'", min_size=1, max_size=8)
plain_words = st.text(alphabet="abzÄ0*'#", min_size=1, max_size=6).map(Text)
phrases = st.text(alphabet="ab or", min_size=1, max_size=6).map(lambda word: Text(word, quoted=True))
filters = st.builds(Filter, st.sampled_from(["label", "iso", "s2"]), st.text(alphabet="ab :()!\"<>-|&*'", max_size=8))
nodes = st.recursive(
    plain_words | phrases | filters,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: conjoin(*parts)),
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: either(*parts)),
        inner.map(negate),
    ),
    max_leaves=12,
)


class WordsTest(SimpleTestCase):
    def test_an_empty_query_is_everything(self) -> None:
        self.assertEqual(parse("  "), And())

    def test_words_are_anded(self) -> None:
        self.assertEqual(parse("cat  dog"), And((CAT, DOG)))

    def test_and_says_nothing_new(self) -> None:
        for text in ("cat and dog", "cat & dog", "cat + dog", "cat&dog", "and cat dog &"):
            self.assertEqual(parse(text), And((CAT, DOG)), text)

    def test_or_joins_words(self) -> None:
        for text in ("cat or dog", "cat OR dog", "cat|dog", "cat | dog", "| cat or or dog |"):
            self.assertEqual(parse(text), Or((CAT, DOG)), text)

    def test_or_binds_tighter_than_a_blank(self) -> None:
        self.assertEqual(parse("cat or dog beach"), And((Or((CAT, DOG)), Text("beach"))))

    def test_quotes_make_a_phrase(self) -> None:
        self.assertEqual(parse('"lake como"'), Text("lake como", quoted=True))

    def test_a_phrase_is_literal(self) -> None:
        self.assertEqual(parse('"label:cat|dog*"'), Text(r"label:cat\|dog\*", quoted=True))

    def test_typographic_quotes_are_quotes(self) -> None:
        self.assertEqual(parse("„lake como“"), Text("lake como", quoted=True))

    def test_an_open_quote_ends_with_the_text(self) -> None:
        self.assertEqual(parse('"lake como'), Text("lake como", quoted=True))

    def test_quoted_or_is_a_word(self) -> None:
        self.assertEqual(parse('cat "or" dog'), And((CAT, Text("or", quoted=True), DOG)))

    def test_a_time_of_day_is_a_word(self) -> None:
        self.assertEqual(parse("12:30"), Text("12:30"))


class FiltersTest(SimpleTestCase):
    def test_keys_are_read_in_lower_case(self) -> None:
        self.assertEqual(parse("Label:Cat"), Filter("label", "Cat"))

    def test_quotes_protect_blanks_and_colons(self) -> None:
        self.assertEqual(parse('title:"te:st it"'), Filter("title", "te:st it"))

    def test_joins_in_a_value_belong_to_the_value(self) -> None:
        self.assertEqual(
            parse('color:"red|blue" keywords:a&b'), And((Filter("color", "red|blue"), Filter("keywords", "a&b")))
        )

    def test_a_value_takes_every_sign(self) -> None:
        for value in ("&cat", "|cat", "ca+(t", "^cat$#", "<cat", "*c@t", "`cat", "-5", ">800"):
            self.assertEqual(parse(f"raw:{value}"), Filter("raw", value), value)

    def test_an_empty_value_stays_visible(self) -> None:
        self.assertEqual(parse("label: cat"), And((Filter("label", ""), CAT)))

    def test_q_is_the_words_alone(self) -> None:
        self.assertEqual(parse('q:"red a:b|c"'), And((Text("red"), Or((Text("a:b"), Text("c"))))))

    def test_a_filter_may_be_the_last_alternative_of_a_word(self) -> None:
        self.assertEqual(parse("cat|label:dog|cow"), Or((CAT, Filter("label", "dog|cow"))))


class NegationTest(SimpleTestCase):
    def test_a_minus_negates_a_word(self) -> None:
        self.assertEqual(parse("-dog"), Not(DOG))

    def test_a_minus_covers_all_alternatives_of_the_word(self) -> None:
        self.assertEqual(parse("-cat|dog"), Not(Or((CAT, DOG))))

    def test_a_filter_is_negated_before_its_key_or_its_value(self) -> None:
        for text in ("-label:dog", "!label:dog", "label:!dog", "--label:!dog"):
            self.assertEqual(parse(text), Not(Filter("label", "dog")), text)

    def test_a_quoted_exclamation_mark_is_a_character(self) -> None:
        self.assertEqual(parse('title:"!hey"'), Filter("title", "!hey"))

    def test_a_lone_dash_says_nothing(self) -> None:
        self.assertEqual(parse("cat - dog"), And((CAT, DOG)))

    def test_a_dash_inside_a_word_is_a_character(self) -> None:
        self.assertEqual(parse("rock-n-roll"), Text("rock-n-roll"))


class GroupsTest(SimpleTestCase):
    def test_parentheses_group(self) -> None:
        self.assertEqual(parse("-(cat dog) | label:x"), Or((Not(And((CAT, DOG))), Filter("label", "x"))))

    def test_a_value_in_a_group_may_hold_parentheses(self) -> None:
        self.assertEqual(parse("(name:IMG(1) cat)"), And((Filter("name", "IMG(1)"), CAT)))

    def test_an_open_group_ends_with_the_text(self) -> None:
        self.assertEqual(parse("(cat | (dog"), Or((CAT, DOG)))

    def test_a_stray_closing_parenthesis_is_a_character(self) -> None:
        self.assertEqual(parse("cat :)"), And((CAT, Text(":)"))))

    def test_nothing_can_be_written(self) -> None:
        self.assertEqual(unparse(either()), "-()")
        self.assertEqual(parse("-()"), Not(And()))

    def test_an_empty_group_widens_nothing(self) -> None:
        self.assertEqual(parse("cat | () | || |"), CAT)


class EscapesTest(SimpleTestCase):
    def test_a_backslash_takes_the_meaning(self) -> None:
        self.assertEqual(parse(r"label\:cat \-x a\ b"), And((Text("label:cat"), Text("-x"), Text("a b"))))

    def test_a_value_keeps_the_escapes_that_it_needs(self) -> None:
        self.assertEqual(parse(r"label:a\|b\"c"), Filter("label", r'a\|b"c'))

    def test_another_backslash_is_itself(self) -> None:
        self.assertEqual(parse("path:foo\\bar"), Filter("path", r"foo\\bar"))

    def test_control_characters_and_half_surrogates_are_blanks(self) -> None:
        self.assertEqual(parse("cat\x00dog\ud800"), And((CAT, DOG)))


class LimitsTest(SimpleTestCase):
    def test_too_many_characters_are_refused(self) -> None:
        with self.assertRaisesMessage(QueryTooLong, f"at most {MAX_CHARACTERS} characters"):
            parse("x" * (MAX_CHARACTERS + 1))

    def test_too_many_terms_are_refused(self) -> None:
        with self.assertRaisesMessage(QueryTooLong, f"at most {MAX_TERMS} words"):
            parse("x " * (MAX_TERMS + 1))

    def test_too_many_groups_within_each_other_are_refused(self) -> None:
        with self.assertRaisesMessage(QueryTooLong, f"at most {MAX_DEPTH} parentheses"):
            parse("(" * (MAX_DEPTH + 1) + "cat")

    def test_a_value_may_name_a_hundred_photos(self) -> None:
        uids = "|".join(["pqbcf5j446s0futy"] * 100)
        self.assertEqual(parse(f"uid:{uids}"), Filter("uid", uids))


class RoundTripTest(SimpleTestCase):
    @settings(max_examples=2000, deadline=None)
    @given(nodes)
    def test_a_written_node_reads_as_itself(self, node: Node) -> None:
        self.assertEqual(parse(unparse(node)), node)

    @settings(max_examples=5000, deadline=None)
    @given(st.lists(literals, max_size=6).map(" ".join))
    def test_a_read_text_writes_and_reads_the_same(self, text: str) -> None:
        node = parse(text)
        self.assertEqual(parse(unparse(node)), node)

    @settings(max_examples=5000, deadline=None)
    @given(st.text())
    def test_no_text_raises_anything_but_a_query_error(self, text: str) -> None:
        try:
            unparse(parse(text))
        except QueryError as error:
            self.assertTrue(str(error).endswith("."))
