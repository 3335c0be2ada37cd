"""Events of marked pairs against gold: which of PLOVER's roots, which of four kinds, conflict or cooperation.

A row is a mapping with `sentence`, `source_spans` and `target_spans` (lists of [start, end) code points), `root` (a
PLOVER type; CONCEDE and RETREAT count as YIELD, economic sanctions as COERCE, as PLOVER's table of 2021 has them),
`penta` (1 verbal cooperation to 4 material conflict) and `binary` (1 conflict); the form of PLV (ZSP, ACL 2024). Every
row holds an event: what is asked is which. Macro-F1 is the mean over the classes that gold has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, inf
from pathlib import Path
from typing import Any

from onrecord.annotate.event_words import asked
from onrecord.annotate.events import TYPES, EventModel, load_events
from onrecord.coding.plover import QUAD_OF
from onrecord.evaluate.lines import load_lines
from onrecord.records import Scene

ROOT_OF = {"CONCEDE": "YIELD", "RETREAT": "YIELD", "EMBARGO": "COERCE"}
PENTA_OF = {**QUAD_OF, "YIELD": QUAD_OF["CONCEDE"]}
FIELDS = ("sentence", "source_spans", "target_spans", "root")


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Of one division into classes."""

    macro_f1: float
    accuracy: float

    def to_dict(self) -> dict[str, float]:
        """`macro_f1` and `accuracy`, 0 to 1."""
        return {"macro_f1": self.macro_f1, "accuracy": self.accuracy}


@dataclass(frozen=True, slots=True)
class EventScore:
    """All figures of one evaluation."""

    root: ClassFigures
    penta: ClassFigures
    binary: ClassFigures
    rows: int

    def to_dict(self) -> dict[str, Any]:
        """One JSON object: `root`, `penta`, `binary`, and the number of rows."""
        return {
            "root": self.root.to_dict(),
            "penta": self.penta.to_dict(),
            "binary": self.binary.to_dict(),
            "rows": self.rows,
        }


def load(path: str | Path) -> list[dict[str, Any]]:
    """The rows of a file in that form; raises GoldError naming what a row lacks."""
    return load_lines(path, _checked, ", ".join(FIELDS))


def _checked(row: dict[str, Any]) -> dict[str, Any]:
    root = ROOT_OF.get(row["root"], row["root"])
    if root not in PENTA_OF:
        raise KeyError(f"unknown root {root}")
    for side in ("source_spans", "target_spans"):
        if not all(0 <= a < b <= len(row["sentence"]) for a, b in row[side]):
            raise KeyError(f"{side} outside the sentence")
    return row


def code_rows(rows: Iterable[Mapping[str, Any]], model: EventModel | None = None) -> list[str | None]:
    """The root that the shipped weights (or `model`) give each row's marked pair; None where the marks lie beyond the
    network's reach in a very long sentence, which counts as wrong.
    """
    model = model or load_events()
    return [_root(row, model) for row in rows]


def _root(row: Mapping[str, Any], model: EventModel) -> str | None:
    text = row["sentence"]
    participants = tuple((side, tuple((a, b) for a, b in row[f"{side}_spans"])) for side in ("source", "target"))
    given = asked(text, Scene((0, len(text)), None, participants, ((0, 1),)))
    return None if given is None else likeliest_root(model.run(given, least=-inf).types[0].tolist())


def likeliest_root(logits: Sequence[float]) -> str:
    """The root whose types together are likeliest, from the network's logits."""
    top = max(logits)
    shares: dict[str, float] = {}
    for name, logit in zip(TYPES, logits, strict=True):
        root = ROOT_OF.get(name, name)
        shares[root] = shares.get(root, 0.0) + exp(logit - top)
    return max(shares, key=shares.__getitem__)


def score(rows: Sequence[Mapping[str, Any]], roots: Sequence[str | None]) -> EventScore:
    """Figures of predicted roots against the rows'."""
    gold = [ROOT_OF.get(row["root"], row["root"]) for row in rows]
    penta = [row.get("penta", PENTA_OF[root]) for row, root in zip(rows, gold, strict=True)]
    binary = [row.get("binary", int(p > 2)) for row, p in zip(rows, penta, strict=True)]
    said = [PENTA_OF[root] if root else None for root in roots]
    return EventScore(
        _figures(gold, roots),
        _figures(penta, said),
        _figures(binary, [None if p is None else int(p > 2) for p in said]),
        len(rows),
    )


def _figures(gold: Sequence[object], said: Sequence[object]) -> ClassFigures:
    f1 = []
    for name in set(gold):
        right = sum(g == s == name for g, s in zip(gold, said, strict=True))
        f1.append(2 * right / (sum(g == name for g in gold) + sum(s == name for s in said)))
    hits = sum(g == s for g, s in zip(gold, said, strict=True))
    return ClassFigures(sum(f1) / len(f1) if f1 else 0.0, hits / len(gold) if gold else 0.0)


def format_score(score: EventScore) -> str:
    """The figures as lines to print."""
    lines = [f"{'':8}{'macro-F1':>9}{'accuracy':>10}"]
    for name, figures in (("root", score.root), ("penta", score.penta), ("binary", score.binary)):
        lines.append(f"{name:8}{figures.macro_f1:9.3f}{figures.accuracy:10.3f}")
    return "\n".join([*lines, f"{score.rows} marked pairs"])
