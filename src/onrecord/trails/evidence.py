"""What speaks for and against two statements being reports of one utterance, as numbers; and the decision on them.

The decision is a logistic regression over `FEATURES`: `weights.json` beside this file has a weight for each, learned
by `training/trail_pairs.py` from pairs that were judged by reading.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log1p
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.trails.sayings import Key, Saying
from onrecord.trails.speakers import Compatible, compatible
from onrecord.trails.words import COMMON, Word, rarity

WEIGHTS = Path(__file__).with_name("weights.json")
FEATURES = {
    "bias": "always 1",
    "shared": "weight of the words in common, logarithm",
    "overlap": "weight in common over the weight of both together",
    "cosine": "cosine of the mean vectors",
    "quote covered": "share of the weight in one's quotation marks that the other has anywhere; the better side",
    "quotes differ": "where both quote: share of the shorter quotation's weight that the other does not quote",
    "fragment": "weight of the heaviest quotation of one that the other has word for word, logarithm",
    "numbers agree": "1 when they have a number in common",
    "numbers differ": "1 when both have numbers, and none in common",
    "allied": "1 when one speaks for the other",
    "unknown": "1 when a speaker is not known",
    "different": "1 when they are two actors",
    "doubtful": "1 when they are two actors, one of which is not named there (a pronoun)",
    "days": "days between the articles, up to 5, over 5",
    "undated": "1 when an article has no day",
    "story": "share of the words that the articles are about in common",
    "venue agrees": "1 when both name the same occasion",
    "venue differs": "1 when both name an occasion, and not the same",
    "cue agrees": "1 when both cues accuse, deny, promise, …, the same",
    "claims": "1 when both claim responsibility, or take credit, for something",
    "nested differs": "1 when one stands inside another statement's words and one does not",
    "brevity": "logarithm of the shorter one's weight",
    "best for one": "1 when nothing else in the other's article is more like one of the two",
    "best for both": "1 when that holds for both",
}
_LIKENESS = [list(FEATURES).index(name) for name in ("overlap", "cosine", "quote covered")]
Vector = npt.NDArray[np.float64]
Pair = tuple[Saying, Saying]


def compared(pairs: Iterable[Pair]) -> dict[tuple[Key, Key], Vector]:
    """One number for each of FEATURES, by the keys of the two.

    The pairs must be all that are candidates between their articles: which are the best is told among them.
    """
    keys, rows = [], []
    for a, b in pairs:
        keys.append((a.key, b.key))
        rows.append(_features(a, b))
    if not keys:
        return {}
    values = np.array(rows)
    scores = values[:, _LIKENESS].sum(1).tolist()
    best: dict[tuple[Key, str], float] = defaultdict(float)
    for (one, other), score in zip(keys, scores, strict=True):
        for side in ((one, other[0]), (other, one[0])):
            best[side] = max(best[side], score)
    sides = [(s >= best[a, b[0]]) + (s >= best[b, a[0]]) for (a, b), s in zip(keys, scores, strict=True)]
    values[:, -2] = np.greater_equal(sides, 1)
    values[:, -1] = np.equal(sides, 2)
    return dict(zip(keys, values, strict=True))


def features(a: Saying, b: Saying) -> Vector:
    """One number for each of FEATURES, the same both ways round; the last two, on what is best, are left at 0."""
    return np.array(_features(a, b), np.float64)


def _features(a: Saying, b: Saying) -> tuple[float, ...]:
    if (b.weight, b.key) < (a.weight, a.key):
        a, b = b, a
    shared = sum(weight for stem, weight in a.weights.items() if stem in b.weights)
    speakers = compatible(a.speaker, b.speaker)
    guessed = a.guessed or b.guessed
    one, other = a.statement, b.statement
    return (
        1.0,
        log1p(shared),
        shared / max(a.weight + b.weight - shared, 1.0),
        float(a.vector @ b.vector),
        max(_quote_cover(a, b), _quote_cover(b, a)),
        _quotes_differ(a, b),
        log1p(max(_fragment(a, b), _fragment(b, a))),
        bool(a.numbers & b.numbers),
        bool(a.numbers) and bool(b.numbers) and not (a.numbers & b.numbers),
        speakers is Compatible.ALLIED,
        speakers is Compatible.UNKNOWN,
        speakers is Compatible.DIFFERENT and not guessed,
        speakers is Compatible.DIFFERENT and guessed,
        0.0 if a.day is None or b.day is None else min(abs(a.day - b.day), 5) / 5,
        a.day is None or b.day is None,
        len(a.story & b.story) / max(min(len(a.story), len(b.story)), 1),
        one.venue is not None and one.venue == other.venue,
        _differ(one.venue, other.venue),
        bool(a.cues & b.cues),
        a.claims and b.claims,
        a.nested != b.nested,
        log1p(a.weight),
        0.0,
        0.0,
    )


def _differ(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and a != b


def _fragment(a: Saying, b: Saying) -> float:
    """Weight of the heaviest run of quoted words of `a` that `b` has word for word."""
    if not a.quoted:
        return 0.0
    whole = " ".join(["", *(word.stem for word in b.words), ""])
    return max((_weight(run) for run in a.quotations if f" {' '.join(w.stem for w in run)} " in whole), default=0.0)


def _weight(run: Sequence[Word]) -> float:
    return sum(rarity(word.stem) for word in run if rarity(word.stem) > COMMON)


def _quote_cover(a: Saying, b: Saying) -> float:
    quoted = sum(a.weights[stem] for stem in a.quoted)
    return sum(a.weights[stem] for stem in a.quoted if stem in b.weights) / quoted if quoted else 0.0


def _quotes_differ(a: Saying, b: Saying) -> float:
    if not a.quoted or not b.quoted:
        return 0.0
    sides = [sum(side.weights[stem] for stem in side.quoted) for side in (a, b)]
    return 1.0 - sum(a.weights[stem] for stem in a.quoted if stem in b.quoted) / min(sides)


@dataclass(frozen=True, slots=True)
class Weights:
    """The decision: a weight for each feature, and the probability from which on two are one."""

    values: Vector
    threshold: float

    def probability(self, values: Vector) -> float:
        """0 to 1: that two statements with these features report one utterance."""
        return 1 / (1 + exp(-max(-30.0, min(30.0, float(self.values @ values)))))


@cache
def shipped() -> Weights:
    """The weights that come with the package."""
    held = json.loads(WEIGHTS.read_text("utf-8"))
    return Weights(np.array([held["weights"][name] for name in FEATURES]), held["threshold"])
