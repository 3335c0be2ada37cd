"""What an archive holds, in figures."""

from dataclasses import dataclass

from onrecord.store.faults import guarded
from onrecord.store.notes import Run, runs
from onrecord.store.place import storage
from onrecord.store.sql import ask
from onrecord.store.tables import Snapshot

_COUNTED = ("articles", "statements", "entities", "events", "past", "decisions")


@dataclass(frozen=True, slots=True)
class Info:
    """Counts of rows, bytes on disk, and what was done last."""

    path: str
    format: int
    made_by: str
    made: str
    counts: dict[str, int]
    text: int
    """Bytes of the articles' text."""
    size: int
    """Bytes on disk, with indexes and what is kept for readers."""
    unindexed: int
    """Statements that the indexes do not hold yet; a search finds them all the same."""
    models: dict[str, int]
    """Articles by the version of the model that read them."""
    first: str | None
    """The first and the last day of publication."""
    last: str | None
    runs: tuple[Run, ...]
    """The last five, newest first."""


def info(now: Snapshot) -> Info:
    """The figures of an archive."""
    with guarded(now.root):
        size = storage(now.root).size()
    query = "SELECT min(published) AS first, max(published) AS last, coalesce(sum(strlen(text)), 0)::BIGINT AS text"
    (row,) = ask(now, f"{query} FROM articles").table.to_pylist()
    by_model = ask(now, "SELECT coalesce(model, '-') AS model, count(*) AS n FROM articles GROUP BY 1 ORDER BY 2 DESC")
    head = now.head
    return Info(
        str(now.root), head.format, head.made_by, head.made, {name: now.count(name) for name in _COUNTED}, row["text"],
        size, head.unindexed.get("statements", 0), {r["model"]: r["n"] for r in by_model.table.to_pylist()},
        row["first"], row["last"], tuple(reversed(runs(now)[-5:])),
    )  # fmt: skip
