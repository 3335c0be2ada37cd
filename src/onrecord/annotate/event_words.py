"""A scene to what the event network reads: wordpieces, features, and where each participant stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.windows import PIECES
from onrecord.annotate.words import CLS, NO_FEATURE, SEP, Ints, Words, tokens_of, words_from
from onrecord.records import Scene, Span

AFTER_LEAD = ": "


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A scene as l wordpieces and n words, with its k participants that are within the network's reach."""

    words: Words
    sentence: Span
    lead: Span | None
    pieces: Ints
    """(l,)"""
    features: Ints
    """(l,)"""
    first: Ints
    """(n,) index of each word's first piece"""
    members: tuple[Ints, ...]
    """Of every participant the scene has, its words; none when it lies out of reach."""
    pairs: tuple[tuple[int, int], ...]
    """The scene's pairs of which neither is out of reach; one whom no words name (a demand to nobody) is not."""
    targets: tuple[int, ...] = ()
    """Those of the scene's participants that are in reach whom its speaker may be for or against."""

    @property
    def led(self) -> int:
        """How many of the words are the lead's."""
        return int(np.searchsorted(self.words.start[: len(self.first)], _led(self.lead), side="left"))

    def marks(self) -> Ints:
        """(l,) 1 on the wordpieces of participants."""
        words = np.zeros(len(self.first), np.int64)
        for member in self.members:
            words[member] = 1
        return np.concatenate(([0], np.repeat(words, self.words.sizes(0, len(words))), [0]))

    def pool(self) -> NDArray[np.float32]:
        """(k, n) the share of each word in each participant; rows sum to one, or nothing for one out of reach."""
        out = np.zeros((len(self.members), len(self.first)), np.float32)
        for row, member in zip(out, self.members, strict=True):
            if len(member):
                row[member] = 1 / len(member)
        return out

    def ranges(self, spans: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
        """Word ranges [begin, end) that spans of the article touch, those within reach."""
        for start, end in spans:
            a, b = _moved(start, self.sentence, self.lead), _moved(end, self.sentence, self.lead)
            begin = int(np.searchsorted(self.words.end, a, side="right"))
            stop = min(int(np.searchsorted(self.words.start, b, side="left")), len(self.first))
            if begin < stop:
                yield begin, stop

    def span(self, begin: int, end: int) -> Span:
        """Words [begin, end) of the sentence as a span of the article."""
        by = self.sentence[0] - _led(self.lead)
        return int(self.words.start[begin]) + by, int(self.words.end[end - 1]) + by


def asked(text: str, scene: Scene) -> Asked | None:
    """What the network reads of a scene; None when no pair and no target lies within its reach."""
    spans = (scene.lead, scene.sentence) if scene.lead else (scene.sentence,)
    # a sentence is one line to the network, however a wire has wrapped it
    line = AFTER_LEAD.join(text[start:end] for start, end in spans).replace("\n", " ").replace("\r", " ")
    words = words_from(line, tokens_of(text, spans, AFTER_LEAD))
    if not len(words):
        return None
    n = int(np.searchsorted(words.first, PIECES, side="right")) - 1
    blank = Asked(
        words, scene.sentence, scene.lead,
        np.concatenate(([CLS], words.pieces[: words.first[n]], [SEP])),
        np.concatenate(([NO_FEATURE], np.repeat(words.feature[:n], words.sizes(0, n)), [NO_FEATURE])),
        words.first[:n] + 1, (), (),
    )  # fmt: skip
    members = tuple(_words(blank, spans) for _, spans in scene.participants)
    seen = [len(m) > 0 or not spans for m, (_, spans) in zip(members, scene.participants, strict=True)]
    pairs = tuple((i, j) for i, j in scene.pairs if seen[i] and seen[j])
    targets = tuple(k for k in scene.targets if len(members[k]))
    if not pairs and not targets:
        return None
    return replace(blank, members=members, pairs=pairs, targets=targets)


def _words(asked: Asked, spans: Sequence[Span]) -> Ints:
    found = [k for begin, end in asked.ranges(spans) for k in range(begin, end)]
    return np.array(sorted(set(found)), np.int64)


def _led(lead: Span | None) -> int:
    return lead[1] - lead[0] + len(AFTER_LEAD) if lead else 0


def _moved(offset: int, sentence: Span, lead: Span | None) -> int:
    if lead and lead[0] <= offset <= lead[1]:
        return offset - lead[0]
    return offset - sentence[0] + _led(lead)
