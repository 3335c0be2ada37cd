"""People's decisions on who is who, kept in an archive's `decisions` beside what they are about.

A row of kind "actor" is one decision: `left` and `right` in short, `verdict` same or different, and in `details` both
references in full and the moment as it was written. Several that were made in one go share a `group` in their details.
A row with the verdict "undone" takes back the decision, or the group, that its `left` names.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from onrecord.across.actors import Decision
from onrecord.across.decisions import decision_of, settle
from onrecord.store.archive import Archive
from onrecord.store.notes import Decision as Row

KIND = "actor"
UNDONE = "undone"


class ArchiveDecisions:
    """Decisions in an archive (a `Decisions`, see across/decisions.py). Any number of processes may append."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def load(self) -> list[Decision]:
        """The decisions on actors that hold, in the order they were stored. Raises BadDecision for one that is none."""
        return self._read(self.archive.decisions())

    def append(self, decision: Decision) -> None:
        """Keep one more. Raises DecisionConflict, and stores nothing, when it contradicts the earlier ones."""
        self.archive.decide(_row(decision), lambda before: settle([*self._read(before), decision]))

    def _read(self, rows: Sequence[Row]) -> list[Decision]:
        noted = [row for row in rows if row.kind == KIND]
        gone = undone(noted)
        return [self._decision(row) for row in noted if row.verdict != UNDONE and group_of(row) not in gone]

    def _decision(self, row: Row) -> Decision:
        values = {"id": row.id, "who": row.by, "when": row.at.isoformat(), "same": row.verdict == "same"}
        return decision_of({**values, "note": row.note, **row.details}, f"{self.archive.root}: decision {row.id}")


def group_of(row: Row) -> str:
    """What a row was decided together with; its own id when alone."""
    return str(row.details.get("group", row.id))


def undone(rows: Sequence[Row]) -> set[str]:
    """The groups that were taken back."""
    return {row.left for row in rows if row.verdict == UNDONE}


def _row(decision: Decision) -> Row:
    sides = {"left": asdict(decision.left), "right": asdict(decision.right)}
    return Row(
        KIND,
        str(decision.left),
        str(decision.right),
        "same" if decision.same else "different",
        decision.who,
        decision.note,
        {**sides, "when": decision.when},
        datetime.fromisoformat(decision.when),
        decision.id,
    )
