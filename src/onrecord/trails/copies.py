"""Wire copy: articles that carry each other's text word for word, and passages that they have in common.

1. A text becomes its runs of five words.
2. An article that has half of the runs of another of the same days, or of which another has half, is a copy: moved
   paragraphs, a trimmed end, another credit line or a changed word leave most runs whole.
3. Copies of copies are of one group: one report, by however many outlets.

Whether the agency is credited plays no part in it; `Copy.credited` says whether it is.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from onrecord.across.profiles import day_of
from onrecord.records import Article, Span
from onrecord.trails.index import WINDOW
from onrecord.trails.sayings import ordinal

RUN = 5
HALF = 0.48
"""Share of the runs of the one that has fewer: half, less a little for the words at the seams of what was moved."""
FEWEST = 16
"""Runs that an article needs to be compared at all: twenty words."""
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
    """Of its runs, those that the group's first article has too; 1.0 for that one itself."""
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
    runs: frozenset[int]


class Copies:
    """Finds copies among articles as they come."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        self._with_run: dict[int, dict[str, None]] = defaultdict(dict)
        self._alike: dict[str, dict[str, float]] = {}

    def add(self, article: Article) -> None:
        """Take in an article; one that is there already, by its id, is replaced."""
        if article.id in self._held:
            self.remove(article.id)
        held = _Held(article, ordinal(day_of(article)), frozenset(_runs(article.text)))
        alike = self._alike[article.id] = self._copies_of(held)
        for other, share in alike.items():
            self._alike[other][article.id] = share
        self._held[article.id] = held
        for run in held.runs:
            self._with_run[run][article.id] = None

    def remove(self, article: str) -> None:
        """Forget an article. Raises KeyError when it is not there."""
        for run in self._held.pop(article).runs:
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
        found = {article: None}
        waiting = [article]
        while waiting:
            for other in self._alike[waiting.pop()]:
                if other not in found:
                    found[other] = None
                    waiting.append(other)
        return frozenset(found)

    def groups(self) -> Iterator[Group]:
        """The groups of two articles and more."""
        done: set[str] = set()
        for article in self._held:
            if article not in done and self._alike[article]:
                group = self.group(article)
                done |= group
                yield self._shown(group)

    def passages(self, one: str, other: str) -> list[tuple[Span, Span]]:
        """The passages of PASSAGE words or more that two articles have word for word, as spans of both texts."""
        return common_passages(self._held[one].article.text, self._held[other].article.text)

    def _copies_of(self, held: _Held) -> dict[str, float]:
        """Other articles with the greater share, 0 to 1, that one of the two has of the other's runs."""
        if len(held.runs) < FEWEST:
            return {}
        shared: Counter[str] = Counter()
        for run in held.runs:
            having = self._with_run.get(run, {})
            if len(having) <= BOILERPLATE:
                shared.update(having.keys())
        found = {}
        for other, count in shared.items():
            share = count / min(len(held.runs), max(len(self._held[other].runs), FEWEST))
            if share >= HALF and _same_days(held.day, self._held[other].day):
                found[other] = share
        return found

    def _shown(self, group: frozenset[str]) -> Group:
        first, *rest = sorted((self._held[article] for article in group), key=_first)
        name = _agency(first.article) or first.article.outlet
        copies = [Copy(first.article.id, first.article.outlet, first.article.published, 1.0, True)]
        for held in rest:
            share = len(held.runs & first.runs) / max(len(held.runs), 1)
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


def _runs(text: str) -> Iterator[int]:
    stems = [m[0].casefold() for m in _WORD.finditer(text)]
    for at in range(len(stems) - RUN + 1):
        yield crc32(" ".join(stems[at : at + RUN]).encode("utf-8", "surrogatepass"))


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
