"""The same words in several articles: which statements were echoed, in whatever wording."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.names import fold
from onrecord.store.search import Hit

_WORD = re.compile(r"[^\W_]+")
_RUN = 3
"""Words in a row that two statements must share to be compared."""
_SHARED = 0.5
"""Of the runs of the shorter one, how many the other must have."""
_COMMON = 200
"""A run in more statements than this says nothing."""
_LEAST = 6
"""Words that a statement must have."""


@dataclass(frozen=True, slots=True)
class Echo:
    """Statements of the same words in different articles, the first published first."""

    hits: tuple[Hit, ...]
    outlets: tuple[str, ...]

    @property
    def first(self) -> Hit:
        return self.hits[0]

    @property
    def articles(self) -> int:
        return len({hit.article for hit in self.hits})


def echoes(hits: Sequence[Hit]) -> tuple[Echo, ...]:
    """The statements that stand in more than one article, those in most first. Takes time linear in their words."""
    runs = [_runs(hit.content) for hit in hits]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, found in enumerate(runs):
        for run in found:
            holders[run].append(index)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for held in holders.values():
        if 1 < len(held) <= _COMMON:
            for before, other in pairwise(held):
                # with the first and with the one before: who echoes the same words meets through these
                for one in {held[0], before}:
                    shared[one, other] += 1
    root = list(range(len(hits)))
    for (one, other), count in shared.items():
        if count >= _SHARED * min(len(runs[one]), len(runs[other])) and _may_be_one(hits[one], hits[other]):
            root[_find(root, other)] = _find(root, one)
    groups: dict[int, list[Hit]] = defaultdict(list)
    for index, hit in enumerate(hits):
        groups[_find(root, index)].append(hit)
    found_echoes = (_echo(group) for group in groups.values())
    return tuple(sorted((e for e in found_echoes if e.articles > 1), key=lambda e: (-e.articles, e.first.key)))


def _echo(group: Iterable[Hit]) -> Echo:
    ordered = sorted(group, key=lambda hit: (hit.published or "9", hit.key))
    return Echo(tuple(ordered), tuple(dict.fromkeys(n for hit in ordered if (n := hit.outlet or hit.agency))))


def _runs(content: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(fold(content))[:200]
    if len(words) < _LEAST:
        return frozenset()
    return frozenset(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def _may_be_one(one: Hit, other: Hit) -> bool:
    """Of other articles, and not of two people with unlike names."""
    if one.article == other.article:
        return False
    if not one.speaker or not other.speaker:
        return True
    return bool(set(fold(one.speaker).split()) & set(fold(other.speaker).split()))


def _find(root: list[int], at: int) -> int:
    while root[at] != at:
        root[at] = root[root[at]]
        at = root[at]
    return at
