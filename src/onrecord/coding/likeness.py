"""How likely reports are of one event, by their words, days and speakers: many with many at once.

The decision is a logistic regression over `FEATURES`: `likeness.json` beside this file has a weight for each, learned
by `training/event_reports.py` from pairs that were judged by reading.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import Stemmer
from numpy.typing import NDArray

from onrecord.coding.plover import QUAD_OF, default_code
from onrecord.coding.voices import name_key
from onrecord.names import fold
from onrecord.records import Report
from onrecord.trails.words import rarity

WEIGHTS = Path(__file__).with_name("likeness.json")
FEATURES = {
    "bias": "always 1",
    "trigger": "share of the shorter trigger's stems that the other has",
    "length": "logarithm of the shorter trigger's count of stems",
    "told": "share of the two sentences' stems that they have in common (Dice), each by its rarity; 0 for two in one",
    "named": "share of the shorter sentence's names and numbers that the other has; 0 for two in one",
    "brevity": "logarithm of the shorter sentence's count of stems",
    "code": "1 when the words of both speak for one and the same deeper code (arrested, detained)",
    "claimant": "1 when both rest on the word of one and the same speaker",
    "status": "1 when both tell it as done, or as to come, and so on",
    "days": "days apart, over `WINDOW`; half of it where an article names no day",
    "said": "1 for what was said, where one says much to another in a day",
    "accused": "1 for accusations, of which there are most",
}
WINDOW = 2
"""Days that reports of one event lie apart at most: news tells an event on its day or the next ones."""
DOUBT = 0.25
"""Two reports this improbable to be of one event are never joined, not through others either."""
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pair = tuple[int, int]
Near = tuple[list[int], list[int]]
_AT_ONCE = 4_000_000
"""Pairs compared at once."""
_WORD = re.compile(r"\w+")
_NAMED = re.compile(r"\b(?:[A-Z][\w’'-]+|\d[\d,.]*)\b")
"""Names, numbers, and what else is written with a capital."""
_PLAIN = frozenset(_WORD.findall(
    "a an the and or but of in on at by to for from with as into over after before against about between during is "
    "are was were be been being has have had having do does did will would could should may might can must not no it "
    "its he his him she her they their them we our us you your i my this that these those who which what when where "
    "also said says say saying told tell tells year years day days monday tuesday wednesday thursday friday saturday "
    "sunday"
))  # fmt: skip
_stemmer = Stemmer.Stemmer("english")


@dataclass(frozen=True, slots=True, eq=False)
class Stems:
    """Which stems m texts have, and how rare each is."""

    held: Floats
    """(m, s) 0 or 1"""
    rarity: Floats
    """(s,)"""

    @classmethod
    def of(cls, texts: Sequence[set[str]]) -> "Stems":
        """Of the stems of each text."""
        numbers = {stem: k for k, stem in enumerate(sorted(set().union(*texts)))}
        held = np.zeros((len(texts), len(numbers)))
        for row, own in zip(held, texts, strict=True):
            row[[numbers[stem] for stem in own]] = 1
        return cls(held, np.array([rarity(stem) for stem in numbers]))

    def common(self, left: list[int], right: list[int]) -> Floats:
        """(l, r) how many stems each on the left has in common with each on the right."""
        out: Floats = self.held[left] @ self.held[right].T
        return out

    def shorter(self, left: list[int], right: list[int]) -> Floats:
        """(l, r) how many stems the one of them has that has fewer."""
        counts = self.held.sum(1)
        out: Floats = np.minimum(counts[left][:, None], counts[right][None])
        return out

    def rare(self, left: list[int], right: list[int]) -> Floats:
        """(l, r) the rarity of all stems in common."""
        out: Floats = (self.held[left] * self.rarity) @ self.held[right].T
        return out


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What m reports of one block (one type, the same two sides) are compared by."""

    trigger: Stems
    """of their triggers, the names of the sides left out"""
    told: Stems
    """the same of their sentences"""
    named: Stems
    """names and numbers in their sentences"""
    code: Ints
    """(m,) numbers of deeper codes, negative and all different where there is none"""
    claimant: Ints
    """(m,) numbers of speakers, in the same way"""
    status: Ints
    """(m,) numbers of the ways of telling it: asserted, future, …"""
    day: Floats
    """(m,) days of the calendar, nan where there is none"""
    article: Ints
    """(m,) numbers of articles"""
    sentence: Ints
    """(m,) numbers of the sentences of articles"""
    said: bool
    accused: bool

    @classmethod
    def of(cls, reports: Sequence[Report]) -> "Compared":
        """Of one block's reports."""
        type_ = reports[0].event.type
        names = _stems(" ".join(p.name for r in reports for p in (r.actor, r.recipient) if p))
        codes = [None if r.event.cameo == default_code(type_) else r.event.cameo for r in reports]
        return cls(
            Stems.of([_stems(r.trigger) - names for r in reports]),
            Stems.of([_stems(r.told) - names for r in reports]),
            Stems.of([set(_NAMED.findall(r.told)) for r in reports]),
            _numbers(codes),
            _numbers([name_key(r.claimant.name) if r.claimant else None for r in reports]),
            _numbers([r.event.status for r in reports]),
            np.array([d.toordinal() if (d := day_of(r)) else np.nan for r in reports]),
            _numbers([r.article for r in reports]),
            _numbers([f"{r.article}\x1f{r.told}" for r in reports]),
            QUAD_OF[type_] not in (2, 4) and type_ != "CONSULT",
            type_ == "ACCUSE",
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """The decision: a weight for each feature, and the probability from which on two reports are of one event."""

    values: Floats
    threshold: float


@cache
def shipped() -> Weights:
    """The decision that ships with the package."""
    held = json.loads(WEIGHTS.read_text("utf-8"))
    return Weights(np.array([held["weights"][name] for name in FEATURES]), held["threshold"])


def day_of(report: Report) -> date | None:
    """The day of a report's event: its own date, else that of publication, unless the event is dated, to the week,
    month or year, at another time; None when neither names a day.
    """
    own, published = _day(report.event.date), _day(report.published)
    if own or published is None:
        return own
    return published if _may_be(published, report.event.date) else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10]) if text and "W" not in text else None
    except ValueError:
        return None


def _may_be(day: date, time: str | None) -> bool:
    """May a time of less than a day be this day? Nothing is known of a time without a year."""
    if not time or time.startswith("--"):
        return True
    return ("{}-W{:02}".format(*day.isocalendar()) if "W" in time else day.isoformat()).startswith(time)


def alike(reports: Compared, near: Iterable[Near]) -> dict[Pair, float]:
    """How probable it is that two reports, the lower index first, are of one event; only of `near` pairs of groups, and
    nothing below DOUBT.
    """
    weights = shipped().values
    least = np.log(DOUBT / (1 - DOUBT))
    found: dict[Pair, float] = {}
    for left, right in near:
        rows = max(_AT_ONCE // len(right), 1)
        for at in range(0, len(left), rows):
            part = left[at : at + rows]
            scores = sum(w * column for w, column in zip(weights, _columns(reports, part, right), strict=True))
            for i, j in zip(*np.nonzero(scores >= least), strict=True):
                a, b = sorted((part[i], right[j]))
                if a != b:
                    found[a, b] = round(1 / (1 + math.exp(-scores[i, j])), 4)
    return found


def features(one: Report, other: Report) -> Floats:
    """(FEATURES,) of two reports of one type and the same two sides."""
    both = Compared.of((one, other))
    return np.array([float(np.ravel(column)[0]) for column in _columns(both, [0], [1])])


def _columns(reports: Compared, left: list[int], right: list[int]) -> Iterator[Floats]:
    """The FEATURES of each report on the left with each on the right, one (l, r) after the other."""
    trigger, told, named = reports.trigger, reports.told, reports.named
    weight = told.held @ told.rarity
    one_article = _same(reports.article, left, right)
    apart = ~_same(reports.sentence, left, right)
    days = np.abs(reports.day[left][:, None] - reports.day[right][None]) / WINDOW
    yield np.ones((len(left), len(right)))
    yield trigger.common(left, right) / np.maximum(trigger.shorter(left, right), 1)
    yield np.log1p(trigger.shorter(left, right))
    yield apart * 2 * told.rare(left, right) / np.maximum(weight[left][:, None] + weight[right][None], 1)
    yield apart * named.common(left, right) / np.maximum(named.shorter(left, right), 1)
    yield np.log1p(told.shorter(left, right))
    yield _same(reports.code, left, right).astype(float)
    yield _same(reports.claimant, left, right).astype(float)
    yield _same(reports.status, left, right).astype(float)
    yield np.where(np.isnan(days), np.where(one_article, 0.0, 0.5), days)
    yield np.full((1, 1), float(reports.said))
    yield np.full((1, 1), float(reports.accused))


def _same(numbers: Ints, left: list[int], right: list[int]) -> NDArray[np.bool_]:
    out: NDArray[np.bool_] = numbers[left][:, None] == numbers[right][None]
    return out


def _numbers(values: Sequence[str | None]) -> Ints:
    """Equal numbers for equal values; None is like nothing else."""
    known: dict[str, int] = {}
    return np.array([-k if value is None else known.setdefault(value, k) for k, value in enumerate(values, 1)])


def _stems(text: str) -> set[str]:
    return set(_stemmer.stemWords([word for word in _WORD.findall(fold(text)) if word not in _PLAIN]))
