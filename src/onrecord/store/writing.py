"""One writer at a time, and all of a batch or nothing.

Whoever writes holds a lock of the system, which goes when its process does, even by `kill -9`. While it is held:

1. take back what a writer that died left in the tables beyond the head
2. write the tables, in any order
3. replace the head: now it is on the record

The lock is held for the writing alone, some tens of milliseconds a batch: models run outside of it. So the writes of
several processes follow one another and cannot conflict, and readers, who follow the head, wait for nobody.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import lance
import pyarrow as pa
from filelock import FileLock, Timeout

from onrecord.errors import ArchiveBusy
from onrecord.store.faults import guarded
from onrecord.store.place import LOCK, Head, read_head, write_head
from onrecord.store.schema import TABLES
from onrecord.store.tables import Snapshot, path_of

PATIENCE = 600.0
"""Seconds that a writer waits for the one before it."""


class Transaction:
    """The tables, open for writing, from one head to the next. Made by `writing`."""

    def __init__(self, root: Path, head: Head, session: Any) -> None:
        self.root, self.head = root, head
        self._session = session
        self._tables: dict[str, lance.LanceDataset] = {}
        self._unindexed = dict(head.unindexed)

    @property
    def before(self) -> Snapshot:
        """What was on the record when this began."""
        return Snapshot(self.root, self.head, self._session)

    @property
    def now(self) -> Snapshot:
        """What this has written so far on top of it."""
        versions = {**self.head.tables, **{name: int(table.version) for name, table in self._tables.items()}}
        return Snapshot(self.root, replace(self.head, tables=versions), self._session)

    def append(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table; nothing when there are none."""
        if rows.num_rows:
            self._tables[name] = lance.write_dataset(
                rows, self.newest(name), mode="append", max_rows_per_file=TABLES[name].rows_per_file
            )
            if TABLES[name].indexes:
                self._unindexed[name] = self._unindexed.get(name, 0) + rows.num_rows

    def delete(self, name: str, where: str) -> None:
        """Take away the rows for which an SQL predicate holds."""
        table = self.newest(name)
        table.delete(where)
        self._tables[name] = table

    def newest(self, name: str) -> lance.LanceDataset:
        """A table with what this transaction has done to it."""
        if name not in self._tables:
            self._tables[name] = lance.dataset(path_of(self.root, name), session=self._session)
        return self._tables[name]

    def changed(self, name: str, indexed: bool = False) -> None:
        """Say that a table was changed in place; `indexed`, that its indexes now hold all rows."""
        self._tables[name] = lance.dataset(path_of(self.root, name), session=self._session)
        if indexed:
            self._unindexed.pop(name, None)

    def unindexed(self, name: str) -> int:
        """Rows of a table that its indexes do not hold yet."""
        return self._unindexed.get(name, 0)

    def commit(self, **changes: Any) -> Head:
        """Put all of it on the record, with `changes` of the head's own fields."""
        versions = {**self.head.tables, **{name: int(table.version) for name, table in self._tables.items()}}
        head = replace(self.head.after(versions, self._unindexed), **changes)
        write_head(self.root, head)
        self.head = head
        return head


@contextmanager
def locked(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the archive for writing. Raises ArchiveBusy when others do for longer than `patience` seconds."""
    with guarded(root):
        lock = FileLock(root / LOCK, timeout=patience)
        try:
            lock.acquire()
        except Timeout:
            raise ArchiveBusy(
                root, f"another process has been writing for over {patience:.0f} s; try again when it is done"
            ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def writing(root: Path, session: Any = None, patience: float = PATIENCE) -> Iterator[Transaction]:
    """A transaction under the lock. What is not committed when the block is left never was."""
    with locked(root, patience), guarded(root):
        recover(root, read_head(root))
        yield Transaction(root, read_head(root), session)


def recover(root: Path, head: Head) -> list[str]:
    """Take every table back to the head's version and return the names of those that were beyond it.

    Only for who holds the lock: what lies beyond the head is then left of a writer that is no more.
    """
    beyond = []
    for name, version in head.tables.items():
        table = lance.dataset(path_of(root, name))
        if table.version != version:
            table.checkout_version(version).restore()
            beyond.append(name)
    if beyond:
        # restoring writes the old state as a new version: the head goes along, the content stays the same
        versions = {name: int(lance.dataset(path_of(root, name)).version) for name in head.tables}
        write_head(root, head.after(versions, head.unindexed))
    return beyond
