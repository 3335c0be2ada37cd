"""What is written down beside the records: runs that added them, and what people decided."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import pyarrow as pa

from onrecord.store.adding import Added
from onrecord.store.schema import DECISIONS, RUNS
from onrecord.store.tables import Snapshot
from onrecord.store.writing import Transaction


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Run:
    """One run that added articles, with what became of them."""

    command: str
    model: str | None
    started: datetime
    finished: datetime
    added: int = 0
    unchanged: int = 0
    corrected: int = 0
    reread: int = 0
    failed: int = 0
    """Inputs that could not be read."""
    made_by: str = field(default_factory=lambda: f"onrecord {version('onrecord')}")
    id: str = field(default_factory=_new_id)

    @classmethod
    def of(cls, command: str, model: str | None, started: datetime, added: Added, failed: int) -> "Run":
        """The run that ends now."""
        counts = {name: getattr(added, name) for name in ("added", "unchanged", "corrected", "reread")}
        return cls(command, model, started, _now(), failed=failed, **counts)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of two things: that they are the same, or not. Never overwritten; later ones win."""

    kind: str
    """What it is about: "actor", "statement", …"""
    left: str
    right: str
    verdict: str
    """What was decided, in the words of the kind: "same", "different", …"""
    by: str
    note: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    """Anything more that JSON can hold."""
    at: datetime = field(default_factory=_now)
    id: str = field(default_factory=_new_id)


def note_run(transaction: Transaction, run: Run) -> None:
    """Append a run."""
    transaction.append("runs", pa.Table.from_pylist([asdict(run)], schema=RUNS))


def note_decision(transaction: Transaction, decision: Decision) -> None:
    """Append a decision."""
    row = {**asdict(decision), "details": json.dumps(dict(decision.details))}
    transaction.append("decisions", pa.Table.from_pylist([row], schema=DECISIONS))


def runs(now: Snapshot) -> list[Run]:
    """All runs, oldest first."""
    return [Run(**row) for row in now.rows("runs").to_pylist()]


def decisions(now: Snapshot) -> list[Decision]:
    """All decisions, oldest first."""
    rows = now.rows("decisions").to_pylist()
    return [Decision(**{**row, "details": json.loads(row["details"])}) for row in rows]
