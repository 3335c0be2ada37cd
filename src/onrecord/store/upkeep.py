"""Indexes and files looked after, by whoever writes, when it is due.

New rows are found at once: a search reads those that no index holds yet one by one. So indexes are refreshed before
there are so many of them that a search would feel it (20,000 rows cost it about 40 ms), and small files are put
together before opening them would. A refresh indexes the new rows by themselves, as one more segment beside those that
are there; segments are put together when there are many, small ones with small ones. So the cost follows what was
added, not the size of the archive.

At the end of a run `settle` leaves the archive small: it does the same with less patience, by the same rule, and
removes what nobody reads any more at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import inf

import lance

from onrecord.store.readers import someone_reads
from onrecord.store.schema import TABLES
from onrecord.store.tables import clean_up
from onrecord.store.writing import Transaction

UNINDEXED = 10_000
"""Rows without an index that make a refresh due."""
SMALL_FILES = 40
"""Small files of one table that make a compaction due."""
SEGMENTS = 12
"""Segments of one index that make putting some together due."""
MUCH = 2.0
"""Times the rows of all smaller segments, or files, from which one is left alone."""
SHARE = 100
"""A file of this part of a full one is not worth leaving alone for being larger than the last."""
COMMITS = 200
"""Commits after which old versions are removed."""
KEPT = timedelta(minutes=2)
"""How long what a reader may still be looking at is kept after it was replaced."""


@dataclass(frozen=True, slots=True)
class Patience:
    """What is let be: so many rows without an index, small files, segments of an index, and what is `much` larger."""

    unindexed: int = UNINDEXED
    small_files: int = SMALL_FILES
    segments: int = SEGMENTS
    much: float = MUCH


AT_THE_END = Patience(unindexed=500, small_files=3, segments=1)
NONE = Patience(unindexed=1, small_files=1, segments=1, much=inf)


def keep_up(transaction: Transaction, patience: Patience | None = None) -> bool:
    """Do what is due to every table and commit it; says whether anything was."""
    patience = patience or Patience()
    done = [_compact(transaction, name, patience) for name in TABLES]
    done += [_index(transaction, name, patience) for name in TABLES]
    if any(done):
        transaction.commit()
    if transaction.head.sequence - transaction.head.cleaned >= COMMITS:
        clean(transaction)
    return any(done)


def settle(transaction: Transaction, patience: Patience | None = None) -> None:
    """Leave the archive small: files and segments put together, and nothing kept that no long reader holds.

    A search that was under way looks again when a file is gone under it (see Archive), so none needs to be waited for.
    """
    keep_up(transaction, patience or AT_THE_END)
    clean(transaction, timedelta(0))


def clean(transaction: Transaction, kept: timedelta | None = None) -> None:
    """Remove the versions and files that nobody reads any more; nothing while somebody reads for long."""
    if someone_reads(transaction.root):
        return
    transaction.commit(cleaned=transaction.head.sequence)
    for name in TABLES:
        clean_up(transaction.root, name, transaction.head.tables[name], KEPT if kept is None else kept)


def _index(transaction: Transaction, name: str, patience: Patience) -> bool:
    indexes = TABLES[name].indexes
    new = transaction.unindexed(name)
    due = new >= max(patience.unindexed, 1)
    if not indexes or (not due and patience.segments >= SEGMENTS):  # the quick no, to nearly every batch
        return False
    table = transaction.newest(name)
    merge = to_merge(_segments(table, indexes[0].column), new, patience)
    if not due and merge < 2:
        return False
    table.optimize.optimize_indices(num_indices_to_merge=merge)
    transaction.changed(name, indexed=True)
    return True


def to_merge(segments: Sequence[int], new: int, patience: Patience) -> int:
    """How many of an index's segments (rows of each, oldest first) to put together with `new` rows.

    None while there are few; then all up to the last that is not far larger than those behind it together.
    """
    if len(segments) < max(patience.segments, 1):
        return 0
    if new:
        return _tail(segments, new, patience.much)
    *others, last = segments
    return 1 + _tail(others, last, patience.much)


def _tail(sizes: Sequence[int], rows: int, much: float) -> int:
    """How many of the last sizes to put with `rows`: up to the last that is not far larger than all behind it."""
    merged = 0
    for count, size in enumerate(reversed(sizes), 1):
        if size <= much * rows:
            merged = count
        rows += size
    return merged


def _segments(table: lance.LanceDataset, column: str) -> list[int]:
    (name,) = (d.name for d in table.describe_indices() if d.field_names[0] == column)
    return [int(rows) for rows in table.stats.index_stats(name)["num_indexed_rows_per_delta"]]


def _compact(transaction: Transaction, name: str, patience: Patience) -> bool:
    if name not in transaction.head.tables:
        return False
    table, full = transaction.newest(name), TABLES[name].rows_per_file
    if len(table.get_fragments()) <= patience.small_files:  # the quick no
        return False
    rows = {fragment.fragment_id: fragment.count_rows() for fragment in table.get_fragments()}
    # a file half full is left alone: put together with each new handful it would be written again and again
    small = [id_ for id_, count in rows.items() if count < full // 2]
    if len(small) <= patience.small_files:
        return False
    *others, last = (rows[id_] for id_ in small)
    small = small[len(others) - _tail(others, max(last, full // SHARE), patience.much) :]
    if len(small) == 1:
        return False
    table.optimize.compact_files(target_rows_per_fragment=full, excluded_fragment_ids=sorted(set(rows) - set(small)))
    transaction.changed(name)
    return True
