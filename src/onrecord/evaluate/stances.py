"""Attitudes towards marked targets against gold: against, neither, for.

A row is a mapping with `sentence` and `targets`, a list of {"start", "end", "polarity"}: code points of the sentence,
and -1, 0 or 1; the form of NewsMTSC (Hamborg and Donnay, EACL 2021). Macro-F1 is the mean over the three attitudes, as
its authors have it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from onrecord.annotate.events import EventModel, load_events, read_scenes
from onrecord.evaluate.lines import load_lines
from onrecord.records import Scene

POLARITIES = (-1, 0, 1)
NAMES = {-1: "against", 0: "neither", 1: "for"}


@dataclass(frozen=True, slots=True)
class StanceScore:
    """Figures over all targets."""

    macro_f1: float
    accuracy: float
    f1: Mapping[str, float]
    """Of each attitude."""
    targets: int

    def to_dict(self) -> dict[str, Any]:
        """One JSON object."""
        return {"macro_f1": self.macro_f1, "accuracy": self.accuracy, "f1": dict(self.f1), "targets": self.targets}


def load(path: str | Path) -> list[dict[str, Any]]:
    """The rows of a file in that form; raises GoldError naming what a row lacks."""
    return load_lines(path, _checked, "sentence and targets of start, end, polarity")


def _checked(row: dict[str, Any]) -> dict[str, Any]:
    for target in row["targets"]:
        if not 0 <= target["start"] < target["end"] <= len(row["sentence"]):
            raise KeyError("a target outside the sentence")
        if target["polarity"] not in POLARITIES:
            raise KeyError(f"polarity {target['polarity']}")
    return row


def judge_rows(rows: Iterable[Mapping[str, Any]], model: EventModel | None = None) -> Iterator[list[int | None]]:
    """The likeliest polarity towards each target of each row, by the shipped weights or `model`; None where a target
    lies beyond the network's reach in a very long sentence, which counts as wrong.
    """
    model = model or load_events()
    for row in rows:
        participants = tuple((str(k), ((t["start"], t["end"]),)) for k, t in enumerate(row["targets"]))
        scene = Scene((0, len(row["sentence"])), None, participants, (), tuple(range(len(participants))))
        _, feelings = read_scenes(row["sentence"], [scene], model)
        found = {f.participant: POLARITIES[max(range(3), key=f.shares.__getitem__)] for f in feelings}
        yield [found.get(k) for k in range(len(participants))]


def score(rows: Iterable[Mapping[str, Any]], said: Iterable[Sequence[int | None]]) -> StanceScore:
    """Figures of what was said of each row's targets."""
    pairs = Counter(
        (target["polarity"], given)
        for row, those in zip(rows, said, strict=True)
        for target, given in zip(row["targets"], those, strict=True)
    )
    gold, given = Counter[int](), Counter[int | None]()
    for (right, other), count in pairs.items():
        gold[right] += count
        given[other] += count
    f1 = {NAMES[p]: 2 * pairs[p, p] / max(1, gold[p] + given[p]) for p in POLARITIES}
    hits = sum(pairs[p, p] for p in POLARITIES)
    return StanceScore(fmean(f1.values()), hits / max(1, gold.total()), f1, gold.total())


def format_score(score: StanceScore) -> str:
    """The figures as lines to print."""
    each = ", ".join(f"{name} {value:.3f}" for name, value in score.f1.items())
    return f"macro-F1 {score.macro_f1:.3f}, accuracy {score.accuracy:.3f} over {score.targets} targets\nF1 {each}"
