"""Flags of reversals and contradictions against pairs of statements that were judged by reading.

Gold is a line a pair, {"pair": [[article, content], [article, content]], "reversal": true or false}: the contents as
offsets into the articles of those ids, the earlier one first. The texts are read from where the user has them.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import GoldError
from onrecord.positions.turns import Uttered, reasons
from onrecord.records import Record, Spans

_Side = tuple[str, Spans]


@dataclass(frozen=True, slots=True)
class Judged:
    """Two statements of one speaker on one topic, and whether the later one reverses or contradicts the other."""

    pair: tuple[_Side, _Side]
    reversal: bool


@dataclass(frozen=True, slots=True)
class PositionScore:
    """Counts of pairs whose two statements are in the records."""

    pairs: int
    true: int
    flagged: int
    right: int
    """Of the flagged, those that are reversals."""


def load_gold(path: Path) -> list[Judged]:
    """The judged pairs of a file. Raises GoldError, naming the line."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            was, now = ((article, tuple((int(s), int(e)) for s, e in content)) for article, content in row["pair"])
            found.append(Judged((was, now), bool(row["reversal"])))
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(f"{path}:{number}: is no judged pair ({error!r})") from error
    return found


def score(judged: Iterable[Judged], records: Iterable[Record]) -> PositionScore:
    """Hold the flags to the judgements; a judged side stands for the statement with just these offsets."""
    judged = list(judged)
    wanted = {side for one in judged for side in one.pair}
    uttered = {
        (record.article.id, statement.content): Uttered.of(record, statement)
        for record in records
        for statement in record.statements
        if (record.article.id, statement.content) in wanted
    }
    found = [one for one in judged if all(side in uttered for side in one.pair)]
    flags = [bool(reasons(*(uttered[side] for side in one.pair))) for one in found]
    right = sum(flag and one.reversal for flag, one in zip(flags, found, strict=True))
    return PositionScore(len(found), sum(one.reversal for one in found), sum(flags), right)


def format_score(score: PositionScore) -> str:
    """Lines for a terminal."""
    share = f"{score.right / score.flagged:.3f}" if score.flagged else "none flagged"
    return (
        f"{score.pairs} pairs, {score.true} of them reversals\n"
        f"{score.flagged} flagged, {score.right} of them right: precision {share}\n"
        f"{score.right} of {score.true} reversals found"
    )
