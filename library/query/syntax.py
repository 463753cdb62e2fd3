r"""Pure: the text of a query to nodes and back.

    street lake                and: both words
    cat or dog, cat|dog, cat | dog    either; `or` binds tighter than the blank between words
    label:cat|dog iso:200-400  filters; what a value may hold is in `library.query.values`
    title:"Lake Como"          quotes protect blanks, colons and parentheses
    "lake como"                a phrase, meant literally
    -dog  -label:dog  label:!dog  -(dog cat)    negation
    (cat | dog) -(raw:yes iso:>800)             groups
    12\:30  \-x  label:a\|b    a backslash takes a character's meaning
    q:"red car"                the same as the words alone

Reading never fails on form: an open quote or group ends with the text, an operator without a partner
is dropped. Only a text that is too long, or has too many terms or nested groups, is refused.
"""

from library.query.nodes import (
    EVERYTHING,
    And,
    Filter,
    Node,
    Not,
    Or,
    QueryTooLong,
    Text,
    conjoin,
    either,
    negate,
    terms,
)
from library.query.values import escape, groups, split, unescape

MAX_CHARACTERS = 4000
MAX_TERMS = 64
MAX_DEPTH = 16
# Of all filters together. SQLite bears a thousand conditions within each other, of which one folder makes four.
MAX_ALTERNATIVES = 150
MAX_VALUES = 16_000  # characters

_JOINS = "|&"
_QUOTES = '"“”„'
_SPECIAL = _QUOTES + "\\():!-|&*%"
_OR_WORDS = ("|", "or")
_AND_WORDS = ("&", "and", "+")
_KEY_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


def parse(text: str) -> Node:
    """The query that a text means, in normal form; And() for an empty one. Raises QueryTooLong."""
    if len(text) > MAX_CHARACTERS:
        raise QueryTooLong(f"A search may have at most {MAX_CHARACTERS} characters; this one has {len(text)}.")
    return bounded(_Reader(printable(text)).read())


def bounded(node: Node) -> Node:
    """The same query. Raises QueryTooLong if one search cannot be asked for so much; `&` makes terms of a value."""
    values = [term.word if isinstance(term, Text) else term.value for term in terms(node)]
    if (length := sum(map(len, values))) > MAX_VALUES:
        raise QueryTooLong(f"The values of a search may have at most {MAX_VALUES} characters; here are {length}.")
    count = sum(max(1, len(groups(value))) for value in values)
    if count > MAX_TERMS:
        raise QueryTooLong(f"A search may have at most {MAX_TERMS} words and filters; this one has {count}.")
    count = sum(len(group) for value in values for group in groups(value))
    if count > MAX_ALTERNATIVES:
        raise QueryTooLong(f"A search may have at most {MAX_ALTERNATIVES} alternatives; this one has {count}.")
    return node


def unparse(node: Node) -> str:
    """The text of a node; parse() makes the same node of it, if it is in normal form."""
    match node:
        case Text(word, quoted=quoted):
            return _write_text(word, quoted=quoted)
        case Filter(key, value):
            return f"{key}:{_write_value(value)}"
        case Not(part):
            return "-" + _write_inside(part, And, Or, Not)
        case Or(parts):
            return " | ".join(_write_inside(part, And, Or) for part in parts)
        case And(parts):
            return " ".join(_write_inside(part, And, Or) for part in parts)


class _Reader:
    """Reads one text from left to right; each character is looked at a bounded number of times."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    def read(self) -> Node:
        """Everything up to the end of the text or of the open group."""
        parts: list[Node] = []
        while self._skip_to_term():
            if self._take_word(_OR_WORDS):
                continue
            parts.append(self._alternatives())
        return conjoin(*parts)

    def _alternatives(self) -> Node:
        parts = self._term()
        while self._skip_to_term() and self._take_word(_OR_WORDS):
            while self._skip_to_term() and self._take_word(_OR_WORDS):
                pass
            if self._skip_to_term():
                parts += self._term()
        return either(*parts) if parts else EVERYTHING

    def _term(self) -> list[Node]:
        """The node at this point, in a list that is empty for a lone dash or an empty group."""
        is_negative = False
        while self._peek() and self._peek() in "-!":
            is_negative = not is_negative
            self.at += 1
        if self._at_blank():
            return []
        node = self._group() if self._peek() == "(" else self._word()
        # An empty group still being typed must not widen `cat | (`; `-()` is how "nothing" is written.
        if node is None or (node == EVERYTHING and not is_negative):
            return []
        return [negate(node) if is_negative else node]

    def _group(self) -> Node:
        if self.depth == MAX_DEPTH:
            raise QueryTooLong(f"A search may have at most {MAX_DEPTH} parentheses within each other.")
        self.at += 1
        self.depth += 1
        node = self.read()
        self.depth -= 1
        self.at += 1
        return node

    def _word(self) -> Node | None:
        """What stands between blanks: pieces joined by `&`, then by `|`, the last of which may be a filter."""
        groups: list[list[Node]] = [[]]
        while True:
            key = self._take_key()
            if key:
                groups[-1] += self._filter(key)
                break
            if piece := self._text():
                groups[-1].append(piece)
            if self._peek() not in ("|", "&"):
                break
            if self._peek() == "&":
                groups.append([])
            self.at += 1
        parts = [either(*group) for group in groups if group]
        return conjoin(*parts) if parts else None

    def _filter(self, key: str) -> list[Node]:
        is_negative = False
        while self._peek() == "!":
            is_negative = not is_negative
            self.at += 1
        value, _ = self._take()
        node = _words(value) if key == "q" else Filter(key, value)
        return [] if node == EVERYTHING else [negate(node) if is_negative else node]

    def _text(self) -> Text | None:
        word, is_quoted = self._take(stop=_JOINS)
        return _text(word, quoted=is_quoted) if word else None

    def _take(self, *, stop: str = "") -> tuple[str, bool]:
        """The characters up to a blank, one of `stop` or the group's end, quotes removed; whether there were any."""
        taken: list[str] = []
        quote_open = has_quotes = False
        balance = 0
        while self.at < len(self.text):
            character = self.text[self.at]
            if character == "\\":
                taken.append(self._take_escape())
                continue
            if character in _QUOTES:
                quote_open, has_quotes = not quote_open, True
                self.at += 1
                continue
            if not quote_open:
                if character.isspace() or character in stop or self._ends_group(balance):
                    break
                balance += (character == "(") - (character == ")")
            # A joining sign in the quotes of a word is a character; in those of a value it still joins.
            taken.append(escape(character) if quote_open and character in stop else character)
            self.at += 1
        return "".join(taken), has_quotes

    def _take_escape(self) -> str:
        """The escaped character, with its backslash if the value language needs it."""
        following = self.text[self.at + 1 : self.at + 2]
        if following and (following in _SPECIAL or following.isspace()):
            self.at += 2
            return escape(following)
        self.at += 1
        return escape("\\")

    def _take_key(self) -> str:
        end = self.at
        while end < len(self.text) and self.text[end].lower() in _KEY_LETTERS:
            end += 1
        key = self.text[self.at : end].lower()
        if not key or not key[0].isalpha() or self.text[end : end + 1] != ":":
            return ""
        self.at = end + 1
        return key

    def _take_word(self, words: tuple[str, ...]) -> bool:
        """Whether one of the words stands here alone, and then steps over it."""
        for word in words:
            end = self.at + len(word)
            if self.text[self.at : end].lower() == word and self._at_blank(end):
                self.at = end
                return True
        return False

    def _skip_to_term(self) -> bool:
        """Steps over blanks and the words for and; whether anything is left in this group."""
        while self.at < len(self.text):
            if self._peek().isspace():
                self.at += 1
            elif not self._take_word(_AND_WORDS):
                return not self._ends_group(0)
        return False

    def _at_blank(self, at: int | None = None) -> bool:
        at = self.at if at is None else at
        following = self.text[at : at + 1]
        return not following or following.isspace() or (following == ")" and self.depth > 0)

    def _ends_group(self, balance: int) -> bool:
        return self.depth > 0 and balance <= 0 and self._peek() == ")"

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]


def printable(text: str) -> str:
    """Control characters and half surrogates, which no database stores, become blanks."""
    return "".join(" " if character < " " or "\ud800" <= character <= "\udfff" else character for character in text)


def _words(value: str) -> Node:
    """The words of `q:"..."`, in which colons mean nothing."""
    groups = (split(word, "&") for word in value.split())
    return conjoin(
        *(either(*(_text(word, quoted=False) for word in split(piece, "|"))) for group in groups for piece in group)
    )


def _text(word: str, *, quoted: bool) -> Text:
    """A word; all of it is literal when part of it was quoted."""
    # A lone "or" in quotes has to stay a word when it is written and read again.
    if quoted or word.lower() in _OR_WORDS + _AND_WORDS:
        return Text(escape(unescape(word)), quoted=True)
    return Text(word)


def _write_inside(node: Node, *grouped: type[Node]) -> str:
    return f"({unparse(node)})" if isinstance(node, grouped) else unparse(node)


def _write_text(word: str, *, quoted: bool) -> str:
    if quoted:
        return '"' + _backslash(unescape(word), _QUOTES + "\\") + '"'
    written = _backslash(word, _QUOTES + "(): ")
    return "\\" + written if written[:1] in ("-", "!") else written


def _write_value(value: str) -> str:
    written = _backslash(value, _QUOTES)
    needs_quotes = value[:1] == "!" or any(character.isspace() or character in "():" for character in value)
    return f'"{written}"' if needs_quotes else written


def _backslash(text: str, special: str) -> str:
    """The text with a backslash before each special character; a blank in `special` stands for every blank."""
    return "".join(
        "\\" + character if character in special or (" " in special and character.isspace()) else character
        for character in text
    )
