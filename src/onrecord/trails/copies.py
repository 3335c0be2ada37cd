"""Wire copy: articles that carry each other's text word for word, and passages that they have in common.

1. A text becomes its runs of seven words.
2. Two articles of the same days are copies when more than half of the words of one stand in runs that the other has:
   moved paragraphs, a trimmed end, another credit line or a changed word leave most runs whole, while a story brought
   up to date in other words keeps few.
3. Notices of one form are told apart by their numbers: two that have fewer than half of them in common are no copies.
4. Copies of one story are of one group (`copy_groups.py`): one report, by however many outlets.

Whether the agency is credited plays no part in it; `Copy.credited` says whether it is.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from onrecord.across.profiles import day_of
from onrecord.records import Article, Span
from onrecord.trails.copy_groups import joined
from onrecord.trails.index import WINDOW
from onrecord.trails.sayings import ordinal

RUN = 7
COVERED = 0.56
"""Share of one article's words that stand in runs of the other's, from which on the two are copies."""
WORTH = 0.15
"""Share of the runs of the one that has fewer, below which two are not looked at more closely."""
FEWEST = 14
"""Runs that an article needs to be compared at all: twenty words."""
NUMBERS = 3
"""Different numbers in both articles from which on they must have half of them in common."""
BOILERPLATE = 200
"""Runs that more articles than this have are an outlet's standing text, or a phrase."""
PASSAGE = 25
"""Words of a passage that is shown as carried over."""
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Copy:
    """One article of a group of copies."""

    article: str
    outlet: str | None
    published: str | None
    share: float
    """Of its words, those in runs that the group's first article has too; 1.0 for that one itself."""
    credited: bool
    """Whether dateline, byline or text name the agency or outlet of the first."""


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that are one report, the first of them by agency and day first."""

    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    article: Article
    day: int | None
    runs: npt.NDArray[np.uint32]
    """By the place of its first word."""
    numbers: frozenset[str]


class Copies:
    """Finds copies among articles as they come."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        self._with_run: dict[int, dict[str, None]] = defaultdict(dict)
        self._alike: dict[str, dict[str, float]] = {}
        self._groups: dict[str, frozenset[str]] = {}
        """What was asked for, until an article comes or goes that hangs together with it."""

    def add(self, article: Article) -> None:
        """Take in an article; one that is there already, by its id, is replaced."""
        if article.id in self._held:
            self.remove(article.id)
        words = [m[0].casefold() for m in _WORD.finditer(article.text)]
        numbers = frozenset(word for word in words if word[0].isdigit())
        held = _Held(article, ordinal(day_of(article)), np.fromiter(_runs(words), np.uint32), numbers)
        alike = self._alike[article.id] = self._copies_of(held)
        for other, share in alike.items():
            self._alike[other][article.id] = share
        self._held[article.id] = held
        for run in set(held.runs.tolist()):
            self._with_run[run][article.id] = None
        self._forget(article.id)

    def remove(self, article: str) -> None:
        """Forget an article. Raises KeyError when it is not there."""
        self._forget(article)
        for run in set(self._held.pop(article).runs.tolist()):
            del self._with_run[run][article]
            if not self._with_run[run]:
                del self._with_run[run]
        for other in self._alike.pop(article):
            del self._alike[other][article]

    def alike(self, article: str) -> frozenset[str]:
        """The ids of the articles that this one was found to be a copy of, or these of it."""
        return frozenset(self._alike[article])

    def group(self, article: str) -> frozenset[str]:
        """The ids of all articles that are one report with this one, itself included."""
        if article not in self._groups:
            together = self._together(article)
            for group in joined({id_: self._alike[id_] for id_ in together}, self._length):
                self._groups.update(dict.fromkeys(group, group))
        return self._groups[article]

    def _together(self, article: str) -> list[str]:
        found = {article: None}
        waiting = [article]
        while waiting:
            for other in self._alike[waiting.pop()]:
                if other not in found:
                    found[other] = None
                    waiting.append(other)
        return list(found)

    def _forget(self, article: str) -> None:
        for other in self._together(article):
            self._groups.pop(other, None)

    def _length(self, article: str) -> tuple[int, str]:
        return len(self._held[article].runs), article

    def groups(self) -> Iterator[Group]:
        """The groups of two articles and more."""
        done: set[str] = set()
        for article in self._held:
            if article not in done and len(group := self.group(article)) > 1:
                done |= group
                yield self._shown(group)

    def passages(self, one: str, other: str) -> list[tuple[Span, Span]]:
        """The passages of PASSAGE words or more that two articles have word for word, as spans of both texts."""
        return common_passages(self._held[one].article.text, self._held[other].article.text)

    def _copies_of(self, held: _Held) -> dict[str, float]:
        """Other articles with the greater share, 0 to 1, of the words of one of the two that the other has."""
        if len(held.runs) < FEWEST:
            return {}
        shared: Counter[str] = Counter()
        for run in set(held.runs.tolist()):
            having = self._with_run.get(run, ())
            for id_ in having if len(having) <= BOILERPLATE else ():
                shared[id_] += 1
        found = {}
        for id_, count in shared.items():
            other = self._held[id_]
            if count < WORTH * min(len(held.runs), max(len(other.runs), FEWEST)) or not _same_days(held.day, other.day):
                continue
            share = max(_covered(held, other), _covered(other, held))
            if share >= COVERED and _same_numbers(held.numbers, other.numbers):
                found[id_] = share
        return found

    def _shown(self, group: frozenset[str]) -> Group:
        first, *rest = sorted((self._held[article] for article in group), key=_first)
        name = _agency(first.article) or first.article.outlet
        copies = [Copy(first.article.id, first.article.outlet, first.article.published, 1.0, True)]
        for held in rest:
            share = _covered(held, first)
            credited = name is not None and _names(held.article, name)
            copies.append(Copy(held.article.id, held.article.outlet, held.article.published, share, credited))
        return Group(tuple(copies))


def _same_days(a: int | None, b: int | None) -> bool:
    return a is None or b is None or abs(a - b) <= WINDOW


def _agency(article: Article) -> str | None:
    return article.dateline.agency if article.dateline else None


def _first(held: _Held) -> tuple[bool, bool, bool, int, int, str]:
    """An agency's own story before one that credits it, before others; then the earliest, then the longest."""
    agency = _agency(held.article)
    own = agency is not None and agency == held.article.outlet
    return not own, agency is None, held.day is None, held.day or 0, -len(held.article.text), held.article.id


def _names(article: Article, name: str) -> bool:
    fields = (_agency(article) or "", *article.byline, article.text)
    return any(re.search(rf"\b{re.escape(name)}\b", field, re.IGNORECASE) for field in fields)


def _runs(words: list[str]) -> Iterator[int]:
    for at in range(len(words) - RUN + 1):
        yield crc32(" ".join(words[at : at + RUN]).encode("utf-8", "surrogatepass"))


def _covered(held: _Held, other: _Held) -> float:
    """Share of an article's words that stand in runs that another has, 0 to 1."""
    if not len(held.runs):
        return 0.0
    covered = np.zeros(len(held.runs) + RUN - 1, bool)
    shared = np.isin(held.runs, other.runs)
    for shift in range(RUN):
        covered[shift : shift + len(shared)] |= shared
    return float(covered.mean())


def _same_numbers(a: frozenset[str], b: frozenset[str]) -> bool:
    fewer = min(len(a), len(b))
    return fewer < NUMBERS or 2 * len(a & b) >= fewer


def common_passages(one: str, other: str) -> list[tuple[Span, Span]]:
    """Passages of PASSAGE words or more that two texts have word for word, in the order of the first."""
    sides = [[(m[0].casefold(), m.span()) for m in _WORD.finditer(text)] for text in (one, other)]
    a, b = ([word for word, _ in side] for side in sides)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(b) - RUN + 1):
        places[tuple(b[at : at + RUN])].append(at)
    found: list[tuple[Span, Span]] = []
    i = 0
    while i + RUN <= len(a):
        lengths = [(_length(a, i, b, j), -j) for j in places.get(tuple(a[i : i + RUN]), ())]
        length, j = max(lengths, default=(0, 0))
        if length >= PASSAGE:
            ends = [(side[k][1][0], side[k + length - 1][1][1]) for side, k in zip(sides, (i, -j), strict=True)]
            found.append((ends[0], ends[1]))
        i += max(length, 1)
    return found


def _length(a: list[str], i: int, b: list[str], j: int) -> int:
    length = 0
    while i + length < len(a) and j + length < len(b) and a[i + length] == b[j + length]:
        length += 1
    return length
