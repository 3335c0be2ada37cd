"""What the scorers share: word tokens, overlap of spans, one-to-one pairing, precision and recall."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

TokenSet = frozenset[int]

_TOKEN = re.compile(r"(\w+)|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Figure:
    """Hits among what was predicted and what gold holds, as counts; precision, recall and F1 follow (0 to 1)."""

    hits: int
    predicted: int
    gold: int

    @property
    def p(self) -> float:
        """Share of the predicted that is right; 0 when nothing was predicted."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def r(self) -> float:
        """Share of gold that was found; 0 when gold is empty."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of `p` and `r`; 0 when both are."""
        return 2 * self.p * self.r / (self.p + self.r) if self.p + self.r else 0.0

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(self.hits + other.hits, self.predicted + other.predicted, self.gold + other.gold)

    def to_dict(self) -> dict[str, float]:
        """`{"p", "r", "f1"}`."""
        return {"p": self.p, "r": self.r, "f1": self.f1}

    def __str__(self) -> str:
        return f"P {self.p:.3f}  R {self.r:.3f}  F1 {self.f1:.3f}"


class Tokens:
    """The tokens of one text: runs of word characters, and single other characters that are not space."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._words: set[int] = set()
        for index, match in enumerate(_TOKEN.finditer(text)):
            self._starts.append(match.start())
            self._ends.append(match.end())
            if match[1] is not None:
                self._words.add(index)

    def under(self, spans: Iterable[Sequence[int]] | None) -> TokenSet:
        """Indexes of the words that spans ([start, end) in code points) touch; of all tokens where none is a word."""
        touched: set[int] = set()
        for start, end in spans or ():
            touched.update(range(bisect_right(self._ends, start), bisect_left(self._starts, end)))
        return frozenset(touched & self._words) or frozenset(touched)


def share(a: TokenSet, b: TokenSet) -> float:
    """Intersection over union, 0 to 1; two empty sets agree."""
    return len(a & b) / len(a | b) if a or b else 1.0


def pair_up(n_gold: int, n_predicted: int, worth: Callable[[int, int], float | None]) -> dict[int, int]:
    """One-to-one pairs, gold index to predicted index, the worthiest first, ties to the earlier.

    `worth(gold, predicted)` is None for two that must not be paired.
    """
    candidates = []
    for i in range(n_gold):
        for j in range(n_predicted):
            value = worth(i, j)
            if value is not None:
                candidates.append((-value, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs
