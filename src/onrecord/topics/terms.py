"""Where the words of topics stand in a text.

A text is gone through once, for all topics: at each word, the terms that begin with its stem are tried. Words hold in
any form. A term's word that begins with a capital holds where the text's does too, one in capitals where it is in
capitals; a term after "=" holds only as it is spelt. Words that a longer term has taken are not taken again: in "West
Bank" there is no bank.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from onrecord.records import Span
from onrecord.topics.scheme import Scheme
from onrecord.trails.words import stem_of

HINT = 0.35
"""What a hint counts beside a term."""
PHRASE = 1.25
"""What a term of several words, a name, or a term that a user gave, counts beside one word."""
_Word = tuple[Span, str, int, str]
"""Where it stands, its stem, its case and its letters."""
_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Hit:
    """One term where it stands."""

    span: Span
    code: str
    term: int
    """Its number in the scheme."""
    weight: float


@dataclass(frozen=True, slots=True)
class _Term:
    stems: tuple[str, ...]
    cases: tuple[int, ...]
    """Of each word: 0 for any, 1 for a capital, 2 for capitals."""
    spelt: tuple[str, ...]
    """Its words in small letters, where only they hold."""
    code: str
    number: int
    weight: float


class Terms:
    """The terms of a scheme by the stem that they begin with."""

    def __init__(self, scheme: Scheme) -> None:
        self._by_first: dict[str, list[_Term]] = defaultdict(list)
        number = 0
        for topic in scheme.topics.values():
            for words, weight in ((topic.terms, 1.0), (topic.hints, HINT)):
                for term in words:
                    forms = [m[0] for m in _WORD.finditer(term)]
                    cases = tuple(_case(form) for form in forms)
                    stems = tuple(stem_of(form) for form in forms)
                    spelt = tuple(form.casefold() for form in forms) if term.startswith("=") else ()
                    telling = PHRASE if weight == 1.0 and (len(forms) > 1 or any(cases) or topic.own) else 1.0
                    if stems:
                        self._by_first[stems[0]].append(
                            _Term(stems, cases, spelt, topic.code, number, weight * telling)
                        )
                        number += 1

    def find(self, text: str) -> list[Hit]:
        """The terms in a text, in text order."""
        return list(self._hits([(m.span(), *_known(m[0])) for m in _WORD.finditer(text)]))

    def _hits(self, words: list[_Word]) -> Iterator[Hit]:
        taken = 0
        for at, (span, stem, *_) in enumerate(words):
            terms = [term for term in self._by_first.get(stem, ()) if _stands(term, words, at)]
            if not terms:
                continue
            longest = max(len(term.stems) for term in terms)
            end = words[at + longest - 1][0][1]
            if end > taken:
                taken = end
                for term in terms:
                    if len(term.stems) == longest:
                        yield Hit((span[0], end), term.code, term.number, term.weight)


def _stands(term: _Term, words: list[_Word], at: int) -> bool:
    if at + len(term.stems) > len(words):
        return False
    return all(
        words[at + n][1] == stem
        and words[at + n][2] >= term.cases[n]
        and (not term.spelt or words[at + n][3] == term.spelt[n])
        for n, stem in enumerate(term.stems)
    )


def _case(form: str) -> int:
    letters = form.replace(".", "")
    if letters[:1].isupper():
        return 2 if letters.isupper() and len(letters) > 1 else 1
    return 0


@lru_cache(maxsize=1 << 17)
def _known(form: str) -> tuple[str, int, str]:
    return stem_of(form), _case(form), form.casefold()
