"""A query as it was understood, for a grant: the photos that it finds, as rows or, in a large library, as a set."""

from dataclasses import dataclass

from django.db.models import Q

from library.access import Grant
from library.models import Photo
from library.query import EVERYTHING as EVERY_PHOTO
from library.query import BadValue, Node, Text, parse, terms, understand
from library.query.words import phrases
from library.querysets import PhotoQuerySet
from library.search.compile import Ask, Reach, to_q
from library.search.matching import Matcher, Tree, tree_of, tree_of_q
from library.search.memory import MEMORY
from library.search.sight import sight_of
from library.search.stored import written_out
from library.search.visibility import Shown, View, asked_for, visible_q, with_view
from library.search.words import Lexicon


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, and by whom."""

    grant: Grant
    node: Node
    lexicon: Lexicon
    shown: Shown

    @classmethod
    def of(cls, query: str | Node, grant: Grant, view: View) -> "Asked":
        """Raises QueryError with a sentence for the person who typed the query."""
        node = with_view(parse(query) if isinstance(query, str) else query, view)
        _refuse_what_no_database_takes(node)
        node = written_out(node, grant)
        shown = asked_for(node)
        words = set(phrases(node))
        lexicon = Lexicon.of(words, sight_of(grant, shown)) if words else Lexicon()
        return cls(grant, understand(node, lexicon.knows), lexicon, shown)

    @property
    def is_everything(self) -> bool:
        return self.node == EVERY_PHOTO

    def bound(self, reach: Reach) -> Q:
        """What the grant may see of what was asked for."""
        return visible_q(self.grant, self.shown, reach)

    def photos(self, reach: Reach) -> PhotoQuerySet:
        """The photos in no order; `reach` says which will be looked at."""
        return Photo.objects.filter(self.bound(reach)).filter(to_q(self.node, Ask(self.grant, reach, self.lexicon)))

    def matching(self) -> tuple[Matcher, Tree] | None:
        """What puts the photos together in memory, where the library is large; None where rows are to be asked."""
        if not MEMORY.refresh():
            return None
        tree = tree_of(self.node, Ask(self.grant, "few", self.lexicon))
        return Matcher(tree_of_q(self.bound("all")), MEMORY), tree


def _refuse_what_no_database_takes(node: Node) -> None:
    """PostgreSQL fails at a NUL, and no text that is stored has one. Raises BadValue."""
    for term in terms(node):
        value, key = (term.word, "") if isinstance(term, Text) else (term.value, term.key)
        if "\0" in value:
            raise BadValue(value.replace("\0", "\N{SYMBOL FOR NULL}"), "a text", key)
