"""Indexes and files looked after, by whoever writes, when it is due.

New rows are found at once: a search reads those that no index holds yet one by one. So indexes are refreshed before
there are so many of them that a search would feel it (20,000 rows cost it about 40 ms), and small files are put
together before opening them would. A refresh indexes the new rows by themselves, as one more segment beside those that
are there; segments are put together when there are many, small ones with small ones. So the cost follows what was
added, not the size of the archive.
"""

from collections.abc import Sequence
from datetime import timedelta

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
MUCH = 2
"""Times the rows of all smaller segments from which one is left alone."""
COMMITS = 200
"""Commits after which old versions are removed."""
KEPT = timedelta(minutes=2)
"""How long what a reader may still be looking at is kept after it was replaced."""


def keep_up(transaction: Transaction, unindexed: int = UNINDEXED, small_files: int = SMALL_FILES) -> bool:
    """Do what is due to every table and commit it; says whether anything was."""
    done = [_compact(transaction, name, small_files) for name in TABLES]
    done += [_index(transaction, name, unindexed) for name in TABLES]
    if any(done):
        transaction.commit()
    if transaction.head.sequence - transaction.head.cleaned >= COMMITS:
        clean(transaction)
    return any(done)


def clean(transaction: Transaction) -> None:
    """Remove the versions and files that nobody reads any more; nothing while somebody reads for long."""
    if someone_reads(transaction.root):
        return
    transaction.commit(cleaned=transaction.head.sequence)
    for name in TABLES:
        clean_up(transaction.root, name, KEPT)


def _index(transaction: Transaction, name: str, unindexed: int) -> bool:
    indexes = TABLES[name].indexes
    if not indexes or transaction.unindexed(name) < max(unindexed, 1):
        return False
    table = transaction.newest(name)
    merge = to_merge(_segments(table, indexes[0].column), transaction.unindexed(name))
    table.optimize.optimize_indices(num_indices_to_merge=merge)
    transaction.changed(name, indexed=True)
    return True


def to_merge(segments: Sequence[int], new: int) -> int:
    """How many of an index's segments (rows of each, oldest first) to put together with `new` rows.

    None while there are few; then all small ones up to the first that is far larger than they are together.
    """
    if len(segments) < SEGMENTS:
        return 0
    merged, rows = 0, new
    for size in reversed(segments):
        if size > MUCH * rows:
            break
        merged, rows = merged + 1, rows + size
    return merged


def _segments(table: lance.LanceDataset, column: str) -> list[int]:
    (name,) = (d.name for d in table.describe_indices() if d.field_names[0] == column)
    return [int(rows) for rows in table.stats.index_stats(name)["num_indexed_rows_per_delta"]]


def _compact(transaction: Transaction, name: str, small_files: int) -> bool:
    if name not in transaction.head.tables:
        return False
    table, full = transaction.newest(name), TABLES[name].rows_per_file
    if len(table.get_fragments()) <= small_files:  # the quick no
        return False
    rows = {fragment.fragment_id: fragment.count_rows() for fragment in table.get_fragments()}
    # a file half full is left alone: put together with each new handful it would be written again and again
    large = [id_ for id_, count in rows.items() if count >= full // 2]
    if len(rows) - len(large) <= small_files:
        return False
    table.optimize.compact_files(target_rows_per_fragment=full, excluded_fragment_ids=large)
    transaction.changed(name)
    return True
