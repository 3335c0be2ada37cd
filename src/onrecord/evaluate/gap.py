"""GAP: pronouns in encyclopedia text with two candidate names each, half of them feminine.

The official figures: every (pronoun, name) is one decision, F1 over all, over masculine and over feminine pronouns, and
the bias ratio, feminine F1 over masculine. The two names are given, as in the task's gold-two-mention setting.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.annotate import session, stage
from onrecord.errors import GoldError
from onrecord.evaluate.words import Figure
from onrecord.read.articles import article_from_text
from onrecord.resolve.speakers import antecedent_among

COLUMNS = ("ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "A-coref", "B", "B-offset", "B-coref")
FEMININE = frozenset(("she", "her", "hers"))


@dataclass(frozen=True, slots=True)
class GapScore:
    """The decisions over masculine and over feminine pronouns."""

    masculine: Figure
    feminine: Figure

    @property
    def overall(self) -> Figure:
        """Both together."""
        return self.masculine + self.feminine

    @property
    def bias(self) -> float | None:
        """Feminine F1 over masculine; None when the latter is nothing."""
        return self.feminine.f1 / self.masculine.f1 if self.masculine.f1 else None

    def to_dict(self) -> dict[str, object]:
        """One JSON object of all figures."""
        return {
            "overall": self.overall.to_dict(),
            "masculine": self.masculine.to_dict(),
            "feminine": self.feminine.to_dict(),
            "bias ratio": self.bias,
        }


def load(path: str | Path) -> list[dict[str, str]]:
    """The rows of a GAP file; raises GoldError when a column is missing."""
    with Path(path).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows, 2):
        missing = [c for c in COLUMNS if row.get(c) is None]
        if missing:
            raise GoldError(f"{path}:{number}: no {missing[0]}")
    return rows


def score(rows: Iterable[Mapping[str, str]]) -> GapScore:
    """Resolve every row's pronoun and count."""
    return score_answers((row, answer(row)) for row in rows)


def score_answers(answers: Iterable[tuple[Mapping[str, str], tuple[bool, bool]]]) -> GapScore:
    """Count rows with their two decisions, whether A and whether B is meant."""
    figures = {True: Figure(0, 0, 0), False: Figure(0, 0, 0)}
    for row, decisions in answers:
        wanted = [row[f"{letter}-coref"].upper() == "TRUE" for letter in "AB"]
        hits = sum(w and d for w, d in zip(wanted, decisions, strict=True))
        figures[row["Pronoun"].casefold() in FEMININE] += Figure(hits, sum(decisions), sum(wanted))
    return GapScore(figures[False], figures[True])


def answer(row: Mapping[str, str]) -> tuple[bool, bool]:
    """Does the pronoun mean A, and does it mean B?"""
    at = int(row["Pronoun-offset"])
    names = [(int(row[f"{x}-offset"]), int(row[f"{x}-offset"]) + len(row[x])) for x in "AB"]
    article = article_from_text(row["Text"])
    annotation = stage.annotate(article, session.load(1), nested=False)
    chosen = antecedent_among(article, annotation, (at, at + len(row["Pronoun"])), names)
    return chosen == 0, chosen == 1


def format_score(score: GapScore) -> str:
    """The figures as aligned lines for people, no newline at the end."""
    lines = [f"{name:10} {getattr(score, name)}" for name in ("overall", "masculine", "feminine")]
    return "\n".join([*lines, f"bias ratio {'none' if score.bias is None else format(score.bias, '.3f')}"])
