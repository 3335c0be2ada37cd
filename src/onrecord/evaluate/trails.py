"""Trails against gold: which statements of several articles report one utterance.

    pairs   precision, recall, F1 over pairs of gold statements of different articles that stand in one trail
    found   the same recall, over the pairs whose two statements were both found

A predicted statement stands for the gold one whose content shares half of its words with it. Predicted statements that
stand for none, articles that no gold trail speaks of, and pairs that gold leaves open are left aside.

Gold is a list of groups, {"trails": [{"members": [{"article", "statement"}]}], "undecided": [[member, member]]}; a
prediction the members of each trail, as (article id, statement id).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from onrecord.errors import GoldError
from onrecord.evaluate.record import pair_contents
from onrecord.evaluate.words import Figure

_Row = Mapping[str, Any]
_Key = tuple[str, str]
_Pair = tuple[_Key, _Key]


@dataclass(frozen=True, slots=True)
class TrailScore:
    """Counts of pairs."""

    pairs: Figure
    findable: int
    """Gold pairs whose two statements were both found."""
    findable_hits: int

    @property
    def found(self) -> float | None:
        """Recall over the findable pairs, 0 to 1; None where there are none."""
        return self.findable_hits / self.findable if self.findable else None

    def to_dict(self) -> dict[str, Any]:
        """`{"pairs": {"p", "r", "f1"}, "found", "gold pairs", "predicted pairs"}`."""
        counts = {"gold pairs": self.pairs.gold, "predicted pairs": self.pairs.predicted}
        return {"pairs": self.pairs.to_dict(), "found": self.found, **counts}


def score(
    gold: Sequence[_Row], groups: Sequence[_Row], records: Sequence[_Row], predicted: Iterable[Iterable[_Key]]
) -> TrailScore:
    """Hold predicted trails to gold ones: `gold` and `records` as for `record.score`, paired by `id`."""
    stands_for = _stand_ins(gold, records)
    wanted = _pairs([[_key(m) for m in trail["members"]] for group in groups for trail in group["trails"]])
    unsure = _pairs([[_key(m) for m in two] for group in groups for two in group.get("undecided", ())])
    articles = {key[0] for pair in wanted for key in pair} | {
        m["article"] for group in groups for trail in group["trails"] for m in trail["members"]
    }
    given = _pairs([{stands_for[key] for key in trail if key in stands_for} for trail in predicted])
    given = {pair for pair in given if pair[0][0] in articles and pair[1][0] in articles} - (unsure - wanted)
    found = set(stands_for.values())
    findable = {pair for pair in wanted if pair[0] in found and pair[1] in found}
    return TrailScore(Figure(len(wanted & given), len(given), len(wanted)), len(findable), len(findable & given))


def _stand_ins(gold: Sequence[_Row], records: Sequence[_Row]) -> dict[_Key, _Key]:
    """Predicted statement to the gold one that it stands for."""
    by_id = {record["id"]: record for record in records}
    found = {}
    for row in gold:
        predicted = by_id.get(row["id"], {}).get("statements", ())
        for i, j in pair_contents(row["text"], row["statements"], predicted).items():
            found[row["id"], predicted[j]["id"]] = (row["id"], row["statements"][i]["id"])
    return found


def _key(member: _Row) -> _Key:
    return member["article"], member["statement"]


def _pairs(trails: Iterable[Iterable[_Key]]) -> set[_Pair]:
    """Pairs of statements of different articles within a trail."""
    return {(a, b) for trail in trails for a, b in combinations(sorted(trail), 2) if a[0] != b[0]}


def load_groups(path: Path) -> list[dict[str, Any]]:
    """Gold trails from a JSON file. Raises GoldError, naming the field, when it is not in the format."""
    try:
        groups = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise GoldError(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise GoldError(f"{path}: not JSON ({error})") from error
    if not isinstance(groups, list):
        raise GoldError(f"{path}: not a list of groups")
    for n, group in enumerate(groups):
        if not isinstance(group, dict) or not all(map(_is_member, _members(group))):
            raise GoldError(f"{path}: group {n}: trails must hold members, undecided pairs, each article and statement")
    return groups


def _members(group: dict[str, Any]) -> list[object]:
    """All members that a group speaks of; [None] where it is not built as it should be."""
    trails, undecided = group.get("trails"), group.get("undecided", [])
    if not isinstance(trails, list) or not isinstance(undecided, list):
        return [None]
    many = [trail.get("members") if isinstance(trail, dict) else None for trail in trails] + undecided
    return [member for one in many for member in (one if isinstance(one, list) else [None])]


def _is_member(member: object) -> bool:
    return isinstance(member, dict) and {"article", "statement"} <= member.keys()


def format_score(score: TrailScore) -> str:
    """The figures as a line for people."""
    counts = f"gold {score.pairs.gold}, predicted {score.pairs.predicted}"
    return f"pairs  {score.pairs}  ({counts}); of the findable {score.found or 0:.3f} ({score.findable})"
