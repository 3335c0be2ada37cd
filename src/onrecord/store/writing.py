"""One writer at a time, and all of a batch or nothing.

Whoever writes holds a lock, which in a folder goes when its process does, even by `kill -9`. While it is held:

1. take back what a writer that died left in the tables beyond the head
2. write the tables, in any order
3. replace the head: now it is on the record

The lock is held for the writing alone, some tens of milliseconds a batch: models run outside of it. So the writes of
several processes follow one another and cannot conflict, and readers, who follow the head, wait for nobody.

On object storage the lock is a lease, and a writer that was put to sleep may wake up after it ran out, amid the writes
of the next. So nothing rests on it alone: every change starts from the head's versions and must be the only one since,
and the head is replaced only in the place of the one that was begun from. Who finds another's change gives up, and the
next writer takes back what is beyond the head.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import lance
import pyarrow as pa

from onrecord.errors import StorageError
from onrecord.store.faults import guarded
from onrecord.store.place import Head, Root, read_head, storage, write_head
from onrecord.store.schema import TABLES
from onrecord.store.tables import Snapshot, open_table

PATIENCE = 600.0
"""Seconds that a writer waits for the one before it."""
_NO_ROWS_CHANGED = {"Rewrite", "CreateIndex", "BaseOperation", "Merge", "Project", "UpdateConfig"}
"""What Lance does to a table when files are put together (which reserves numbers first), indexes refreshed, columns
added, taken away or described anew."""


class Transaction:
    """The tables, open for writing, from one head to the next. Made by `writing`."""

    def __init__(self, root: Root, head: Head, session: Any) -> None:
        self.root, self.head = root, head
        self._session = session
        self._tables: dict[str, lance.LanceDataset] = {}
        self._versions: dict[str, int] = {}
        """Of the tables that this has changed."""
        self._unindexed = dict(head.unindexed)

    @property
    def before(self) -> Snapshot:
        """What was on the record when this began."""
        return Snapshot(self.root, self.head, self._session, afar=True)

    @property
    def now(self) -> Snapshot:
        """What this has written so far on top of it."""
        return Snapshot(self.root, replace(self.head, tables=self._all_versions()), self._session, afar=True)

    def append(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table; nothing when there are none."""
        if rows.num_rows:
            table = lance.write_dataset(
                rows, self.newest(name), mode="append", max_rows_per_file=TABLES[name].rows_per_file
            )
            self._take_step(name, table)
            if TABLES[name].indexes:
                self._unindexed[name] = self._unindexed.get(name, 0) + rows.num_rows

    def delete(self, name: str, where: str) -> None:
        """Take away the rows for which an SQL predicate holds."""
        table = self.newest(name)
        table.delete(where)
        self._take_step(name, table)

    def newest(self, name: str) -> lance.LanceDataset:
        """A table with what this transaction has done to it."""
        if name not in self._tables:
            self._tables[name] = open_table(self.root, name, self.head.tables.get(name), self._session)
        return self._tables[name]

    def changed(self, name: str, indexed: bool = False) -> None:
        """Say that the files of a table were changed, not its rows; `indexed`, that its indexes now hold all rows."""
        table, before = open_table(self.root, name, shared=self._session), self._version(name)
        if not storage(self.root).alone:
            done = {type(t.operation).__name__ for t in table.get_transactions(int(table.version) - before)}
            if not done <= _NO_ROWS_CHANGED:
                raise self._overtaken(name)
        self._tables[name], self._versions[name] = table, int(table.version)
        if indexed:
            self._unindexed.pop(name, None)

    def made(self, name: str, version: int) -> None:
        """Say that a table was made anew, with its indexes, whatever was there."""
        self._tables[name], self._versions[name] = open_table(self.root, name, version, self._session), version
        self._unindexed.pop(name, None)

    def unindexed(self, name: str) -> int:
        """Rows of a table that its indexes do not hold yet."""
        return self._unindexed.get(name, 0)

    def commit(self, **changes: Any) -> Head:
        """Put all of it on the record, with `changes` of the head's own fields."""
        self.head = write_head(self.root, replace(self.head.after(self._all_versions(), self._unindexed), **changes))
        return self.head

    def _take_step(self, name: str, table: lance.LanceDataset) -> None:
        """A change of rows makes one version. Where it made more, somebody else's came between."""
        if table.version != self._version(name) + 1:
            raise self._overtaken(name)
        self._tables[name], self._versions[name] = table, int(table.version)

    def _version(self, name: str) -> int:
        return self._versions.get(name, self.head.tables.get(name, 0))

    def _all_versions(self) -> dict[str, int]:
        return {**self.head.tables, **self._versions}

    def _overtaken(self, name: str) -> StorageError:
        why = "another writer changed it meanwhile; nothing of this batch is on the record, run it again"
        return StorageError(self.root, f"table {name}: {why}")


@contextmanager
def locked(root: Root, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the archive for writing. Raises ArchiveBusy when others do for longer than `patience` seconds."""
    with storage(root).locked(patience):
        yield


@contextmanager
def writing(root: Root, session: Any = None, patience: float = PATIENCE) -> Iterator[Transaction]:
    """A transaction under the lock. What is not committed when the block is left never was."""
    with locked(root, patience), guarded(root):
        yield Transaction(root, recover(root, read_head(root)), session)


def recover(root: Root, head: Head) -> Head:
    """Take every table back to the head's version; returns the head that then stands.

    Only for who holds the lock: what lies beyond the head is then left of a writer that is no more.
    """
    beyond: dict[str, int] = {}
    for name, version in head.tables.items():
        table = open_table(root, name)
        if table.version != version:
            old = table.checkout_version(version)
            old.restore()
            beyond[name] = int(old.version)
    if beyond:
        # restoring writes the old state as a new version: the head goes along, the content stays the same
        return write_head(root, head.after({**head.tables, **beyond}, head.unindexed))
    return head
