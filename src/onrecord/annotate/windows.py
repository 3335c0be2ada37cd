"""Windows over a text's words: what one pass of the encoder sees.

A window is made of whole paragraphs (long ones are cut at sentence ends) up to `PIECES` wordpieces, the length the
encoder was trained on. Neighbouring windows overlap; each owns a core, and an attribution belongs to the window whose
core holds its cue, so none is lost or found twice at an edge.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from onrecord.annotate.words import CLS, NO_FEATURE, SEP, Ints, Words

PIECES = 254
"""Wordpieces in a window, CLS and SEP not counted."""
OVERLAP = 48
"""Wordpieces of context wanted on either side of the core, where whole paragraphs allow."""
_SENTENCE_END = frozenset((1012, 999, 1029, 1000, 1524))
"""Vocabulary ids of . ! ? " ”"""


@dataclass(frozen=True, slots=True)
class Window:
    """Words [begin, end) of `words`; cues in [core_begin, core_end) are this window's."""

    words: Words
    begin: int
    end: int
    core_begin: int
    core_end: int

    def __len__(self) -> int:
        return self.end - self.begin


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, or a sentence-bounded part of a long one: words [begin, end) with `size` wordpieces."""

    begin: int
    end: int
    size: int


def units(words: Words, limit: int = PIECES) -> list[Unit]:
    """Paragraphs of at most `limit` wordpieces; longer ones cut after a sentence where one ends in the latter half."""
    out: list[Unit] = []
    bounds = [*np.flatnonzero(words.opens).tolist(), len(words)]
    if bounds[0] != 0:
        bounds.insert(0, 0)
    for start, end in pairwise(bounds):
        begin = start
        while words.first[end] - words.first[begin] > limit:
            cut = _cut(words, begin, limit)
            out.append(Unit(begin, cut, int(words.first[cut] - words.first[begin])))
            begin = cut
        out.append(Unit(begin, end, int(words.first[end] - words.first[begin])))
    return out


def _cut(words: Words, begin: int, limit: int) -> int:
    furthest = int(np.searchsorted(words.first, words.first[begin] + limit, side="right")) - 1
    furthest = max(furthest, begin + 1)
    for k in range(furthest, begin + (furthest - begin) // 2, -1):
        if int(words.pieces[words.first[k - 1]]) in _SENTENCE_END:
            return k
    return furthest


def windows(words: Words, limit: int = PIECES, overlap: int = OVERLAP) -> Iterator[Window]:
    """Windows whose cores partition the words."""
    parts = units(words, limit)
    k, core = 0, 0
    while True:
        first, size = k, 0
        while k < len(parts) and (k == first or size + parts[k].size <= limit):
            size += parts[k].size
            k += 1
        if k == len(parts):
            yield Window(words, parts[first].begin, len(words), core, len(words))
            return
        back, shared = k, 0
        room = min(2 * overlap, limit - parts[k].size)  # the next unit must still fit behind what is seen again
        while back - 1 > first and shared + parts[back - 1].size <= room:
            back -= 1
            shared += parts[back].size
        middle, half = k, 0
        while middle > back and half + parts[middle - 1].size <= shared / 2 + 1:
            middle -= 1
            half += parts[middle].size
        edge = parts[middle].begin
        yield Window(words, parts[first].begin, parts[k - 1].end, core, edge)
        core, k = edge, back


def inputs(window: Window) -> tuple[Ints, Ints, Ints]:
    """What the encoder takes: pieces (l,), features (l,), and the index of each word's first piece (n,)."""
    words, begin, end = window.words, window.begin, window.end
    low, high = words.first[begin], words.first[end]
    pieces = np.concatenate(([CLS], words.pieces[low:high], [SEP]))
    own = np.repeat(words.feature[begin:end], words.sizes(begin, end))
    features = np.concatenate(([NO_FEATURE], own, [NO_FEATURE]))
    return pieces, features, words.first[begin:end] - low + 1
