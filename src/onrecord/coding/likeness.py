"""How likely reports are of one event, by their words, days and speakers: many with many at once.

The decision is a logistic regression over `FEATURES`: `likeness.json` beside this file has a weight for each, learned
by `training/event_reports.py` from pairs that were judged by reading.
"""

import itertools
import json
import math
import re
from collections import Counter
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
from onrecord.trails.words import mean_vector, rarity

WEIGHTS = Path(__file__).with_name("likeness.json")
FEATURES = {
    "bias": "always 1",
    "sense": "cosine of the mean vectors of the triggers' stems, each by its rarity",
    "length": "logarithm of the shorter trigger's count of stems",
    "near": "share of the stems within `REACH` of the triggers in common (Dice), by rarity; 0 for two in one sentence",
    "named": "share of the shorter sentence's names and numbers that the other has; 0 for two in one sentence",
    "code": "1 when the words of both speak for one and the same deeper code (arrested, detained)",
    "claimant": "1 when both rest on the word of one and the same speaker",
    "days": "days apart, over `WINDOW`",
    "undated": "1 when one of two articles names no day",
    "around": "the same as `near` of the text around the triggers, where one of two articles names no day",
    "dated": "1 when both say when, and the same, and it is not merely the day on which they were published",
    "said": "1 for what was said, where one says much to another in a day",
    "accused": "1 for accusations, of which there are most",
}
WINDOW = 2
"""Days that reports of one event lie apart at most: news tells an event on its day or the next ones."""
REACH = 8
"""Stems on either side of a trigger, names of the two sides left out, that tell what it is about."""
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
    """Which stems m texts have in common, and how rare they are."""

    held: NDArray[np.float32]
    """(m, s) 0 or 1, of the stems that two texts or more have"""
    rarity: NDArray[np.float32]
    """(s,)"""
    counts: Floats
    """(m,) how many stems each text has"""
    weights: Floats
    """(m,) their rarities' sum"""

    @classmethod
    def of(cls, texts: Sequence[set[str]]) -> "Stems":
        """Of the stems of each text."""
        shared = sorted(stem for stem, n in Counter(itertools.chain(*texts)).items() if n > 1)
        numbers = {stem: k for k, stem in enumerate(shared)}
        held = np.zeros((len(texts), len(numbers)), np.float32)
        for row, own in zip(held, texts, strict=True):
            row[[numbers[stem] for stem in own if stem in numbers]] = 1
        return cls(
            held,
            np.array([rarity(stem) for stem in numbers], np.float32),
            np.array([len(own) for own in texts], float),
            np.array([sum(map(rarity, own)) for own in texts]),
        )

    def covered(self, left: list[int], right: list[int]) -> Floats:
        """(l, r) the share of the one with fewer stems that the other has."""
        fewer = np.minimum(self.counts[left][:, None], self.counts[right][None])
        out: Floats = self.held[left] @ self.held[right].T / np.maximum(fewer, 1)
        return out

    def shared(self, left: list[int], right: list[int]) -> Floats:
        """(l, r) the share of both texts' stems that they have in common (Dice), each by its rarity."""
        common = (self.held[left] * self.rarity) @ self.held[right].T
        out: Floats = 2 * common / np.maximum(self.weights[left][:, None] + self.weights[right][None], 1)
        return out


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What m reports of one block (one type, the same two sides) are compared by."""

    sense: Floats
    """(m, d) unit vectors of their triggers, the names of the sides left out; zeros where no stem has one"""
    length: Floats
    """(m,) how many stems the triggers have"""
    near: Stems
    """of their triggers and the words beside them"""
    around: Stems
    """of the text around; of no text when all have a day"""
    named: Stems
    """names and numbers in their sentences"""
    code: Ints
    """(m,) numbers of deeper codes, negative and all different where there is none"""
    claimant: Ints
    """(m,) numbers of speakers, in the same way"""
    date: Ints
    """(m,) numbers of dates that events have, in the same way"""
    fresh: NDArray[np.bool_]
    """(m,) whether that is the day of publication"""
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
        days = [day_of(report) for report in reports]
        undated = None in days and len(reports) > 1
        triggers = [{stem: rarity(stem) for stem in _stems(r.trigger) if stem not in names} for r in reports]
        return cls(
            np.array([mean_vector(stems) for stems in triggers], float),
            np.array([len(stems) for stems in triggers], float),
            Stems.of([_near(r, names) for r in reports]),
            Stems.of([_stems(r.around) - names if undated else set() for r in reports]),
            Stems.of([set(_NAMED.findall(r.told)) for r in reports]),
            _numbers(codes),
            _numbers([name_key(r.claimant.name) if r.claimant else None for r in reports]),
            _numbers([r.event.date for r in reports]),
            np.array([r.event.date == (r.published or "")[:10] for r in reports]),
            np.array([day.toordinal() if day else np.nan for day in days]),
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
    apart = ~_same(reports.sentence, left, right)
    days = np.abs(reports.day[left][:, None] - reports.day[right][None]) / WINDOW
    undated = np.isnan(days) & ~_same(reports.article, left, right)
    fresh = reports.fresh[left][:, None] & reports.fresh[right][None]
    yield np.ones((len(left), len(right)))
    yield reports.sense[left] @ reports.sense[right].T
    yield np.log1p(np.minimum(reports.length[left][:, None], reports.length[right][None]))
    yield apart * reports.near.shared(left, right)
    yield apart * reports.named.covered(left, right)
    yield _same(reports.code, left, right).astype(float)
    yield _same(reports.claimant, left, right).astype(float)
    yield np.nan_to_num(days)
    yield undated.astype(float)
    yield undated * reports.around.shared(left, right)
    yield (_same(reports.date, left, right) & ~fresh).astype(float)
    yield np.full((1, 1), float(reports.said))
    yield np.full((1, 1), float(reports.accused))


def _same(numbers: Ints, left: list[int], right: list[int]) -> NDArray[np.bool_]:
    out: NDArray[np.bool_] = numbers[left][:, None] == numbers[right][None]
    return out


def _numbers(values: Sequence[str | None]) -> Ints:
    """Equal numbers for equal values; None is like nothing else."""
    known: dict[str, int] = {}
    return np.array([-k if value is None else known.setdefault(value, k) for k, value in enumerate(values, 1)])


def _near(report: Report, names: set[str]) -> set[str]:
    """The stems of the trigger and, on either side of it, of REACH more."""
    start, end = report.at
    before = [stem for stem in _in_order(report.told[:start]) if stem not in names]
    after = [stem for stem in _in_order(report.told[end:]) if stem not in names]
    return {*before[-REACH:], *(_stems(report.told[start:end]) - names), *after[:REACH]}


def _stems(text: str) -> set[str]:
    return set(_in_order(text))


def _in_order(text: str) -> list[str]:
    found: list[str] = _stemmer.stemWords([word for word in _WORD.findall(fold(text)) if word not in _PLAIN])
    return found
