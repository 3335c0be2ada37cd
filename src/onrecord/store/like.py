"""Statements near in meaning to one, or to a text: those whose bits differ least, and those that share its rare words.

Neither alone finds them all: bits see other words for the same, words see the name that makes all the difference. So
both give some hundred, and `closeness` puts these in order.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
from lance.query import BooleanQuery, FullTextOperator, MatchQuery, Occur
from numpy.typing import NDArray

from onrecord.errors import BadQuery, NoMeanings
from onrecord.records import MEANING_BITS
from onrecord.store.faults import guarded
from onrecord.store.filters import Filters
from onrecord.store.search import LONGEST, SHOWN, STORED, Hit, Question, hit_of, rows_at, scanner
from onrecord.store.seen import put_in
from onrecord.store.tables import Snapshot

_FEWEST = 300
"""Candidates that bits and words give each, at least."""
_AT_ONCE = 65_536


@dataclass(frozen=True, slots=True)
class Sought:
    """What statements are to be like."""

    meaning: str
    """MEANING_BITS bits as hexadecimal digits."""
    words: tuple[str, ...]
    """Those that tell most of it, to find others by."""
    closeness: Callable[[Sequence[str], Sequence[int]], Sequence[float]]
    """How like each of some contents is, given also how many of its bits differ."""


def like(now: Snapshot, sought: Sought, query: str | None, filters: Filters, limit: int) -> tuple[Hit, ...]:
    """The statements most like it among those that answer a query and filters; `score` is the closeness.

    Raises BadQuery, and ArchiveError when no statement of the archive has a meaning.
    """
    if not 0 < limit <= LONGEST:
        raise BadQuery(f"limit: {limit} is not between 1 and {LONGEST}")
    asked = Question.of(now, query, filters)
    if not asked.possible:
        return ()
    count = max(_FEWEST, 2 * limit)
    with guarded(now.root):
        found = _nearest(now, asked, sought, count)
        if not found:
            _check_for_meanings(now)
        found |= _sharing(now, asked, sought, count)
        if not found:
            return ()
        best = _in_order(now, found, sought)[:limit]
        rows = rows_at(now["statements"], [id_ for id_, _ in best], STORED)
    shown = put_in(now, "statements", rows, SHOWN).to_pylist()
    return tuple(hit_of(row, score, asked.terms) for row, (_, score) in zip(shown, best, strict=True))


def _nearest(now: Snapshot, asked: Question, sought: Sought, count: int) -> dict[int, int]:
    """The `count` rows whose bits differ least, by row id, with how many do."""
    ids, far = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
    batches = scanner(now["statements"], asked, ["meaning"], with_row_id=True, batch_size=_AT_ONCE).to_batches()
    for batch in batches:
        rows, distances = _differing(batch, sought.meaning)
        near = _least(distances, count)
        ids.append(rows[near])
        far.append(distances[near])
    rows, distances = np.concatenate(ids), np.concatenate(far)
    near = _least(distances, count)
    return dict(zip(rows[near].tolist(), distances[near].tolist(), strict=True))


def _sharing(now: Snapshot, asked: Question, sought: Sought, count: int) -> dict[int, int]:
    """The `count` rows that answer the words best, by row id, with how many of their bits differ."""
    if not sought.words:
        return {}
    words = MatchQuery(" ".join(sought.words), "content", operator=FullTextOperator.OR)
    both = BooleanQuery([(Occur.MUST, asked.query), (Occur.MUST, words)]) if asked.query else words
    found = scanner(now["statements"], replace(asked, query=both), ["meaning", "_score"], with_row_id=True, limit=count)
    pairs: dict[int, int] = {}
    for batch in found.to_batches():
        rows, distances = _differing(batch, sought.meaning)
        pairs |= dict(zip(rows.tolist(), distances.tolist(), strict=True))
    return pairs


def _differing(batch: pa.RecordBatch, meaning: str) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Row ids of those with a meaning, and how many of its bits are other than these."""
    batch = batch.filter(batch["meaning"].is_valid())
    held = batch["meaning"]
    if not len(held):
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    width = MEANING_BITS // 8
    bits = np.frombuffer(held.buffers()[1], np.uint8)[held.offset * width : (held.offset + len(held)) * width]
    other = bits.reshape(-1, width) ^ np.frombuffer(bytes.fromhex(meaning), np.uint8)
    return batch["_rowid"].to_numpy(), np.bitwise_count(other.view(np.uint64)).sum(1, dtype=np.int64)


def _least(distances: NDArray[np.int64], count: int) -> NDArray[np.intp]:
    """Places of the `count` smallest, in any order."""
    if len(distances) <= count:
        return np.arange(len(distances))
    return np.argpartition(distances, count)[:count]


def _in_order(now: Snapshot, found: dict[int, int], sought: Sought) -> list[tuple[int, float]]:
    """Row ids with their closeness, the closest first."""
    ids: Sequence[int] = sorted(found)
    contents: list[Any] = rows_at(now["statements"], ids, ["content"])["content"].to_pylist()
    scores = sought.closeness(contents, [found[id_] for id_ in ids])
    return sorted(zip(ids, scores, strict=True), key=lambda one: -one[1])


def _check_for_meanings(now: Snapshot) -> None:
    table = now["statements"]
    if table.count_rows() and not table.count_rows("meaning IS NOT NULL"):
        raise NoMeanings(now.root, "its statements were read before meanings were kept; run onrecord reread")
