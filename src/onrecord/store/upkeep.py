"""Indexes and files looked after, by whoever writes, when it is due.

New rows are found at once: a search reads those that no index holds yet one by one. So indexes are refreshed before
there are so many of them that a search would feel it (20,000 rows cost it about 40 ms), and small files are put
together before opening them would. Both take in only what is new: their cost follows the batches added, not the
size of the archive.
"""

from datetime import timedelta

from onrecord.store.schema import TABLES
from onrecord.store.tables import clean_up
from onrecord.store.writing import Transaction

UNINDEXED = 10_000
"""Rows without an index that make a refresh due."""
SMALL_FILES = 40
"""Small files of one table that make a compaction due."""
KEPT = timedelta(minutes=2)
"""How long what a reader may still be looking at is kept after it was replaced."""


def keep_up(transaction: Transaction, unindexed: int = UNINDEXED, small_files: int = SMALL_FILES) -> bool:
    """Do what is due to every table and commit it; says whether anything was."""
    compacted = [name for name in TABLES if _compact(transaction, name, small_files)]
    indexed = [name for name in TABLES if _index(transaction, name, unindexed)]
    if not compacted and not indexed:
        return False
    transaction.commit()
    for name in {*compacted, *indexed}:
        clean_up(transaction.root, name, KEPT)
    return True


def _index(transaction: Transaction, name: str, unindexed: int) -> bool:
    if not TABLES[name].indexes or transaction.unindexed(name) < max(unindexed, 1):
        return False
    transaction.newest(name).optimize.optimize_indices()
    transaction.changed(name, indexed=True)
    return True


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
