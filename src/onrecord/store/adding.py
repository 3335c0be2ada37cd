"""A batch of records on the record: what is new, what is known, what was corrected.

The articles of a batch are taken one after another, so a batch may hold two versions of one article.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

import pyarrow as pa

from onrecord.records import Record
from onrecord.store.jsonform import clean_text, content_hash, exact_json
from onrecord.store.reading import records_of
from onrecord.store.rows import Version, storable, tables_of
from onrecord.store.schema import OF_AN_ARTICLE, PAST
from onrecord.store.tables import Snapshot, listed
from onrecord.store.vocabulary import Known, every_name
from onrecord.store.writing import Transaction

Outcome = Literal["added", "unchanged", "corrected", "reread"]
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a batch, in articles."""

    added: int = 0
    unchanged: int = 0
    corrected: int = 0
    """New versions of articles that were there with another text or other fields."""
    reread: int = 0
    """Articles that were there as they are, but read by another model."""

    def __add__(self, other: "Added") -> "Added":
        return Added(
            self.added + other.added,
            self.unchanged + other.unchanged,
            self.corrected + other.corrected,
            self.reread + other.reread,
        )


@dataclass(frozen=True, slots=True)
class State:
    """What is known of one article."""

    version: int = 0
    """The current version's number; 0 when the article is not there."""
    previous: int | None = None
    hash: str = ""
    model: str | None = None
    added: datetime | None = None
    older: frozenset[str] = frozenset()
    """The hashes of the versions before."""

    def outcome(self, hash_: str, model: str | None) -> Outcome:
        """What adding a version with this hash, read by this model, would be.

        A version that was there before is unchanged: else a folder that holds both versions of an article would make
        two new ones of them each time it is added.
        """
        if not self.version:
            return "added"
        if hash_ == self.hash:
            return "unchanged" if model == self.model else "reread"
        return "unchanged" if hash_ in self.older else "corrected"


@dataclass(slots=True)
class _Batch:
    """What a batch comes to: rows to write, articles to take out, versions to keep as past."""

    known: dict[str, State]
    now: datetime
    counts: dict[Outcome, int] = field(
        default_factory=lambda: dict.fromkeys(("added", "unchanged", "corrected", "reread"), 0)
    )
    live: dict[str, Version] = field(default_factory=dict)
    out: set[str] = field(default_factory=set)
    to_keep: list[str] = field(default_factory=list)
    """Articles whose version on the record now becomes a past one."""
    kept: list[Version] = field(default_factory=list)
    """Versions that this very batch brings and corrects."""

    def take(self, record: Record) -> None:
        """Decide about one record."""
        hash_ = content_hash(record.article)
        record, exact = storable(record)
        id_ = record.article.id
        state = self.known.get(id_, State())
        outcome = state.outcome(hash_, record.model)
        self.counts[outcome] += 1
        if outcome == "unchanged":
            return
        number, previous, older = state.version + 1, state.previous, state.older
        if outcome == "corrected":
            previous, older = state.version, older | {state.hash}
            if id_ in self.live:
                self.kept.append(self.live[id_])
            else:
                self.to_keep.append(id_)
        if state.version and id_ not in self.live:
            self.out.add(id_)
        self.live[id_] = Version(record, exact, number, previous, hash_, self.now)
        self.known[id_] = State(number, previous, hash_, record.model, self.now, older)


def states(snapshot: Snapshot, ids: Sequence[str]) -> dict[str, State]:
    """What is known of these articles; those not there are left out."""
    unique = sorted({clean_text(id_) for id_ in ids})
    columns = ["id", "version", "previous", "hash", "model", "added"]
    known = {
        row["id"]: State(row["version"], row["previous"], row["hash"], row["model"], row["added"])
        for row in snapshot.rows_of("articles", "id", unique, columns).to_pylist()
    }
    if known and snapshot.count("past"):
        for row in snapshot.rows_of("past", "article", list(known), ["article", "hash"]).to_pylist():
            state = known[row["article"]]
            known[row["article"]] = replace(state, older=state.older | {row["hash"]})
    return known


def standing(snapshot: Snapshot, model: str | None) -> Iterator[tuple[str, str]]:
    """Id and content hash of every version that would be left unchanged if it were added once more, read by `model`."""
    for batch in snapshot.batches("articles", ["id", "hash", "model"]):
        yield from ((row["id"], row["hash"]) for row in batch.to_pylist() if row["model"] == model)
    for batch in snapshot.batches("past", ["article", "hash"]):
        yield from ((row["article"], row["hash"]) for row in batch.to_pylist())


def add(transaction: Transaction, records: Sequence[Record], known: Known) -> Added:
    """Write a batch and commit it. Nothing is committed when nothing changes."""
    before = transaction.before
    batch = _Batch(states(before, [r.article.id for r in records]), datetime.now(UTC))
    old = dict(batch.known)
    for record in records:
        batch.take(record)
    if batch.live:
        if batch.to_keep or batch.kept:
            _keep_past(transaction, batch, old)
        _take_out(transaction, sorted(batch.out))
        known.catch_up(before)
        write_versions(transaction, list(batch.live.values()), known)
        transaction.commit()
    return Added(**batch.counts)


def write_versions(transaction: Transaction, versions: Sequence[Version], known: Known) -> None:
    """Append the rows of versions whose articles are not in the tables."""
    records = [version.record for version in versions]
    numbers = known.number(transaction, every_name(records))
    known.note_words(transaction, records)
    for name, rows in tables_of(versions, numbers.__getitem__).items():
        transaction.append(name, rows)


def _keep_past(transaction: Transaction, batch: _Batch, old: dict[str, State]) -> None:
    versions = list(batch.kept)
    for record in records_of(transaction.before, batch.to_keep):
        state = old[clean_text(record.article.id)]
        versions.append(Version(record, None, state.version, state.previous, state.hash, state.added or batch.now))
    rows = [
        {
            "article": clean_text(v.record.article.id), "version": v.number, "hash": v.hash, "model": v.record.model,
            "added": v.added, "replaced": batch.now, "record": v.exact or exact_json(v.record),
        }
        for v in versions
    ]  # fmt: skip
    transaction.append("past", pa.Table.from_pylist(rows, schema=PAST))


def _take_out(transaction: Transaction, ids: Sequence[str]) -> None:
    for at in range(0, len(ids), _AT_ONCE):
        inside = listed(ids[at : at + _AT_ONCE])
        transaction.delete("articles", f"id IN ({inside})")
        for name in OF_AN_ARTICLE:
            transaction.delete(name, f"article IN ({inside})")
