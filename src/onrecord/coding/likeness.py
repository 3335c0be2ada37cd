"""How alike the words of reports are: many with many at once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import Stemmer
from numpy.typing import NDArray

from onrecord.coding.plover import QUAD_OF, default_code
from onrecord.names import fold
from onrecord.records import Report

Floats = NDArray[np.float32]
Near = tuple[list[int], list[int]]
SAID, DONE = 0.4, 0.3
"""Likeness from which two reports of what was said, or done, are of one event: of deeds between the same two within
days there are few, of words many."""
SAME_CODE = 0.2
"""What it adds when the words of both speak for one and the same deeper code ("arrested", "detained")."""
_AT_ONCE = 2_000
_WORD = re.compile(r"\w+")
_PLAIN = frozenset(_WORD.findall(
    "a an the and or but of in on at by to for from with as into over after before against about between during is "
    "are was were be been being has have had having do does did will would could should may might can must not no it "
    "its he his him she her they their them we our us you your i my this that these those who which what when where "
    "also said says say saying told tell tells year years day days monday tuesday wednesday thursday friday saturday "
    "sunday"
))  # fmt: skip
_stemmer = Stemmer.Stemmer("english")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Of m reports, which stems their triggers and their sentences have."""

    trigger: Floats
    """(m, t) 0 or 1"""
    told: Floats
    """(m, s) 0 or 1"""
    code: NDArray[np.int64]
    """(m,) numbers of deeper codes, negative and all different where there is none"""
    place: NDArray[np.int64]
    """(m,) numbers of the sentences of articles"""
    threshold: float

    @classmethod
    def of(cls, reports: Sequence[Report]) -> "Words":
        """Of one block's reports: one type, the same two sides."""
        type_ = reports[0].event.type
        names = _stems(" ".join(p.name for r in reports for p in (r.actor, r.recipient) if p))
        numbers: dict[str, int] = {}
        places: dict[tuple[str, str], int] = {}
        code = [
            -k if r.event.cameo in (None, default_code(type_)) else numbers.setdefault(str(r.event.cameo), k)
            for k, r in enumerate(reports, 1)
        ]
        done = QUAD_OF[type_] in (2, 4) or type_ == "CONSULT"
        return cls(
            _incidence([_stems(r.trigger) - names for r in reports]),
            _incidence([_stems(r.told) - names for r in reports]),
            np.array(code),
            np.array([places.setdefault((r.article, r.told), k) for k, r in enumerate(reports)]),
            DONE if done else SAID,
        )


def alike(words: Words, near: Iterable[Near]) -> Iterator[tuple[int, int]]:
    """Pairs of reports alike enough to be of one event, the likeliest first; only of `near` pairs of groups."""
    found: dict[tuple[int, int], float] = {}
    for left, right in near:
        for at in range(0, len(left), _AT_ONCE):
            part = left[at : at + _AT_ONCE]
            scores = _likeness(words, part, right)
            for i, j in zip(*np.nonzero(scores >= words.threshold), strict=True):
                a, b = sorted((part[i], right[j]))
                if a != b:
                    found[a, b] = round(float(scores[i, j]), 4)
    yield from sorted(found, key=lambda pair: (-found[pair], pair))


def _likeness(words: Words, left: list[int], right: list[int]) -> Floats:
    """(l, r) half the share of the shorter trigger's stems that the other has, half the share of the sentences' stems
    that they have in common, and something for the same deeper code. Of two in one sentence only the triggers count."""
    trigger, other = words.trigger[left], words.trigger[right]
    shorter = np.minimum(trigger.sum(1)[:, None], other.sum(1)[None])
    triggers = trigger @ other.T / np.maximum(shorter, 1)
    told, others = words.told[left], words.told[right]
    sentences = 2 * (told @ others.T) / np.maximum(told.sum(1)[:, None] + others.sum(1)[None], 1)
    sentences[words.place[left][:, None] == words.place[right][None]] = 0
    same = words.code[left][:, None] == words.code[right][None]
    out: Floats = (triggers + sentences) / 2 + SAME_CODE * same
    return out


def _incidence(stems: Sequence[set[str]]) -> Floats:
    numbers = {stem: k for k, stem in enumerate(sorted(set().union(*stems)))}
    out = np.zeros((len(stems), len(numbers)), np.float32)
    for row, own in zip(out, stems, strict=True):
        row[[numbers[stem] for stem in own]] = 1
    return out


def _stems(text: str) -> set[str]:
    return set(_stemmer.stemWords([word for word in _WORD.findall(fold(text)) if word not in _PLAIN]))
