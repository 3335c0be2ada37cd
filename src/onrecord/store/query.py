"""What a person types, as a full-text query.

sanctions regime        both words, in any form ("sanctioned")
"sanctions regime"      the phrase
sanction*               words that begin so
S-400                   the token as written
a OR b, NOT a, -a, ( )  joined; AND binds closer than OR and may be left out
"""

import re
from dataclasses import dataclass
from itertools import islice, product
from typing import Literal

from lance.query import BooleanQuery, FullTextOperator, FullTextQuery, MatchQuery, Occur, PhraseQuery

from onrecord.errors import BadQuery
from onrecord.store.tables import Snapshot
from onrecord.store.vocabulary import spellings, words_from
from onrecord.store.words import exact_tokens, fold, is_exact, words_in

_TOKEN = re.compile(r'(?P<phrase>-?"[^"]*"?)|(?P<open>-?\()|(?P<close>\))|(?P<word>[^\s()"]+)')
_MOST = 1_000
"""Words that one prefix may stand for."""
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Term:
    """One word, phrase or prefix to look for: folded words; of a prefix the last one is only a beginning."""

    words: tuple[str, ...]
    exact: tuple[str, ...] = ()
    """Tokens that must stand there as they are written."""
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Terms and groups joined by AND or OR; `without` holds what must not be there."""

    join: Literal["and", "or"]
    parts: tuple["Term | Group", ...]
    without: tuple["Term | Group", ...] = ()


Node = Term | Group


def parse(text: str) -> Node:
    """The tree of a query. Raises BadQuery when it asks for nothing or its brackets do not close."""
    tokens = [(match.lastgroup or "", match.group()) for match in _TOKEN.finditer(text)]
    node = _Parser(tokens).whole()
    if node is None:
        raise BadQuery(f"{text!r} has no word to look for")
    return node


def compiled(snapshot: Snapshot, node: Node) -> FullTextQuery | None:
    """The query for Lance; None when a prefix that must be there begins no word of the archive."""
    if isinstance(node, Term):
        return _term(snapshot, node)
    found = [compiled(snapshot, part) for part in node.parts]
    if node.join == "and" and None in found:
        return None
    wanted = [query for query in found if query is not None]
    if not wanted:
        return None
    occur = Occur.MUST if node.join == "and" else Occur.SHOULD
    unwanted = [query for part in node.without if (query := compiled(snapshot, part)) is not None]
    if len(wanted) == 1 and not unwanted:
        return wanted[0]
    return BooleanQuery([(occur, q) for q in wanted] + [(Occur.MUST_NOT, q) for q in unwanted])


def terms(node: Node) -> list[Term]:
    """The terms to be highlighted: all but the unwanted."""
    return [node] if isinstance(node, Term) else [term for part in node.parts for term in terms(part)]


class _Parser:
    """Recursive descent: either := both (OR both)*, both := part+, part := [NOT|-] (term | "(" either ")")."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    def whole(self) -> Node | None:
        node = self.either()
        if self.at < len(self.tokens):
            raise BadQuery("a bracket closes that was not opened")
        return node

    def either(self) -> Node | None:
        choices = [self.both()]
        while self._next_is("OR", "|"):
            self.at += 1
            choices.append(self.both())
        nodes = [node for node in choices if node is not None]
        return Group("or", tuple(nodes)) if len(nodes) > 1 else nodes[0] if nodes else None

    def both(self) -> Node | None:
        wanted: list[Node] = []
        unwanted: list[Node] = []
        while self.at < len(self.tokens) and self.tokens[self.at][0] != "close" and not self._next_is("OR", "|"):
            negated, node = self.part()
            if node is not None:
                (unwanted if negated else wanted).append(node)
        if unwanted and not wanted:
            raise BadQuery("NOT needs something beside it to look for")
        if len(wanted) == 1 and not unwanted:
            return wanted[0]
        return Group("and", tuple(wanted), tuple(unwanted)) if wanted else None

    def part(self) -> tuple[bool, Node | None]:
        negated = False
        while self._next_is("NOT", "AND"):
            negated = negated or self.tokens[self.at][1] == "NOT"
            self.at += 1
        if self.at == len(self.tokens) or self.tokens[self.at][0] == "close":
            return negated, None
        kind, text = self.tokens[self.at]
        self.at += 1
        if text.startswith("-") and len(text) > 1:
            negated, text = True, text[1:]
        if kind != "open":
            return negated, _read_term(text.strip('"'), kind == "phrase")
        return negated, self.bracket()

    def bracket(self) -> Node | None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise BadQuery("brackets are nested too deep")
        node = self.either()
        if self.at == len(self.tokens):
            raise BadQuery("a bracket is not closed")
        self.at += 1
        self.depth -= 1
        return node

    def _next_is(self, *words: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at] in {("word", word) for word in words}


def _read_term(text: str, phrase: bool) -> Node | None:
    folded = fold(text)
    words = tuple(words_in(folded))
    if not words:
        return None
    whole = folded.strip(".,:;!?'")
    exact = tuple(exact_tokens(folded)) if phrase else (whole,) if is_exact(whole) else ()
    return Term(words, exact, prefix=folded.endswith("*"))


def _term(snapshot: Snapshot, term: Term) -> FullTextQuery | None:
    if term.prefix:
        return _prefixed(snapshot, term)
    needed: list[FullTextQuery] = [MatchQuery(token, "tokens") for token in term.exact]
    if not (term.exact and _only_token(term)):
        needed.append(_beside_each_other(snapshot, term.words))
    return needed[0] if len(needed) == 1 else BooleanQuery([(Occur.MUST, query) for query in needed])


def _only_token(term: Term) -> bool:
    """Is the term nothing but one exact token?"""
    return tuple(words_in(term.exact[0])) == term.words


def _prefixed(snapshot: Snapshot, term: Term) -> FullTextQuery | None:
    *before, beginning = term.words
    words = words_from(snapshot, beginning)
    if len(words) > _MOST:
        raise BadQuery(f"{beginning}* begins {len(words):,} words; give more letters")
    if not words:
        return None
    if not before:
        return MatchQuery(" ".join(words), "content", operator=FullTextOperator.OR)
    return BooleanQuery([(Occur.SHOULD, _beside_each_other(snapshot, (*before, word))) for word in words])


def _beside_each_other(snapshot: Snapshot, words: tuple[str, ...]) -> FullTextQuery:
    choices = [spellings(snapshot, word) for word in words]
    if len(words) == 1:
        return MatchQuery(" ".join(choices[0]), "content", operator=FullTextOperator.OR)
    phrases = [PhraseQuery(" ".join(chosen), "content") for chosen in islice(product(*choices), _MOST)]
    return phrases[0] if len(phrases) == 1 else BooleanQuery([(Occur.SHOULD, phrase) for phrase in phrases])
