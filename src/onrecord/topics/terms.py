"""Where the words of topics stand in a text.

A text is gone through once, for all topics: at each word, the terms that begin with its stem, and with the next word's,
are tried. Words hold in any form. A term's word that begins with a capital holds where the text's does too, one in
capitals where it is in capitals; a term after "=" holds only as it is spelt. Words that a longer term has taken are not
taken again: in "West Bank" there is no bank.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import ge

from onrecord.records import Span
from onrecord.topics.scheme import Scheme
from onrecord.trails.words import stem_of

HINT = 0.35
"""What a hint counts beside a term."""
PHRASE = 1.25
"""What a term of several words, a name, or a term that a user gave, counts beside one word."""
_Word = tuple[str, int, str]
"""Its stem, its case and its letters."""
_END: _Word = ("", 0, "")
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
    """The terms of a scheme: those of several words by the first two stems, those of one by it and no other."""

    def __init__(self, scheme: Scheme) -> None:
        self._begun: dict[str, dict[str, list[_Term]]] = defaultdict(lambda: defaultdict(list))
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
                        known = _Term(stems, cases, spelt, topic.code, number, weight * telling)
                        self._begun[stems[0]]["".join(stems[1:2])].append(known)
                        number += 1

    def find(self, text: str) -> list[Hit]:
        """The terms in a text, in text order."""
        matches = list(_WORD.finditer(text))
        words = [_known(m[0]) for m in matches]
        hits: list[Hit] = []
        taken = 0
        for at in [at for at, word in enumerate(words) if word[0] in self._begun]:
            word, following = words[at], words[at + 1] if at + 1 < len(words) else _END
            begun = self._begun[word[0]]
            terms = [term for term in begun.get(following[0], ()) if _stands(term, words[at : at + len(term.stems)])]
            if not terms:  # one word counts where no longer term stands
                terms = [term for term in begun.get("", ()) if _stands(term, (word,))]
            if not terms:
                continue
            longest = max(len(term.stems) for term in terms)
            end = matches[at + longest - 1].end()
            if end > taken:
                taken, span = end, (matches[at].start(), end)
                hits += (Hit(span, t.code, t.number, t.weight) for t in terms if len(t.stems) == longest)
        return hits


def _stands(term: _Term, words: Sequence[_Word]) -> bool:
    """Do these words make the term, of whose first two stems they have the stems?"""
    stems, cases, letters = zip(*words, strict=True)
    return stems == term.stems and all(map(ge, cases, term.cases)) and (not term.spelt or letters == term.spelt)


def _case(form: str) -> int:
    letters = form.replace(".", "")
    if letters[:1].isupper():
        return 2 if letters.isupper() and len(letters) > 1 else 1
    return 0


@lru_cache(maxsize=1 << 17)
def _known(form: str) -> _Word:
    return stem_of(form), _case(form), form.casefold()
