"""The tables as Lance keeps them, opened at the versions that a head names."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from queue import Queue
from typing import Any

import lance
import pyarrow as pa

from onrecord.store.faults import guarded
from onrecord.store.mirror import near
from onrecord.store.place import Address, Head, Root, storage
from onrecord.store.schema import TABLES

_INDEX_CACHE, _METADATA_CACHE = 512 << 20, 128 << 20
"""Bytes of indexes and of tables' metadata that one process keeps in memory, at most."""
_IDLE = 4
"""Connections for SQL that a snapshot keeps."""
_AT_ONCE = 2_000
"""Ids in one predicate: more are asked for in several."""


def session() -> Any:
    """Memory shared by all snapshots of a process, so that an index stays warm over a commit."""
    return lance.Session(index_cache_size_bytes=_INDEX_CACHE, metadata_cache_size_bytes=_METADATA_CACHE)


def path_of(root: Root, name: str) -> str:
    """Where a table lies."""
    return storage(root).table(name)


def open_table(root: Root, name: str, version: int | None = None, shared: Any = None) -> lance.LanceDataset:
    """A table where it lies, at a version or as it is now."""
    place = storage(root)
    return lance.dataset(place.table(name), version=version, session=shared, storage_options=place.options)


def make_tables(root: Root) -> dict[str, int]:
    """Make all tables, empty but with their full-text indexes, and return their versions."""
    return {name: make_table(root, name) for name in TABLES}


def make_table(root: Root, name: str) -> int:
    """Make one table, over whatever lies there, and return its version.

    Row ids are stable, so that indexes need no rebuilding when small files are put together.
    """
    table, place = TABLES[name], storage(root)
    made = lance.write_dataset(
        table.schema.empty_table(),
        place.table(name),
        mode="overwrite" if place.has_table(name) else "create",
        schema=table.schema,
        enable_stable_row_ids=True,
        storage_options=place.options,
    )
    for index in table.indexes:
        made.create_scalar_index(index.column, index.kind, **index.options)
    return int(made.version)


class Snapshot:
    """All tables as one head has them; frozen, however much is written meanwhile.

    Tables are opened when first asked for. The names and words that a snapshot was asked for stay with it and go on to
    the one `after` it: those tables only grow. Of an archive on object storage the tables are read from this machine's
    copy, or where they lie when `afar`.
    """

    def __init__(
        self, root: Root, head: Head, shared: Any = None, after: "Snapshot | None" = None, *, afar: bool = False
    ) -> None:
        self.root, self.head = root, head
        self._session, self._afar = shared, afar
        self._open: dict[str, lance.LanceDataset] = {}
        self._kept: dict[str, pa.Table] = dict(after._kept) if after else {}
        self.idle: Queue[Any] = Queue(_IDLE)
        """Connections of sql.py that are between two queries."""

    def __getitem__(self, name: str) -> lance.LanceDataset:
        """A table. Raises DamagedArchive when it is not there at that version."""
        if name not in self._open:
            with guarded(self.root):
                self._open[name] = self._opened(name)
        return self._open[name]

    def _opened(self, name: str) -> lance.LanceDataset:
        if isinstance(self.root, Address) and not self._afar and (copy := near(self.root, self.head, name)):
            return lance.dataset(str(copy), version=self.head.tables[name], session=self._session)
        return open_table(self.root, name, self.head.tables[name], self._session)

    @property
    def afar(self) -> "Snapshot":
        """The same for who asks for so little that no copy is worth making."""
        return Snapshot(self.root, self.head, self._session, afar=True) if isinstance(self.root, Address) else self

    def whole(self, name: str, prepared: Callable[[pa.Table], pa.Table]) -> pa.Table:
        """All of a table that only grows, each row read and `prepared` once."""
        known, rows = self._kept.get(name), self.count(name)
        if known is None or len(known) < rows:
            with guarded(self.root):
                more = prepared(self[name].to_table(offset=len(known) if known else 0))
            self._kept[name] = pa.concat_tables([known, more]).combine_chunks() if known else more
        return self._kept[name]

    def rows(self, name: str, where: str | None = None, columns: Sequence[str] | None = None) -> pa.Table:
        """Rows of a table, those for which an SQL predicate holds when one is given."""
        with guarded(self.root):
            return self[name].to_table(columns=list(columns) if columns else None, filter=where)

    def rows_of(self, name: str, column: str, ids: Sequence[str], columns: Sequence[str] | None = None) -> pa.Table:
        """Rows whose `column` is among `ids`."""
        parts = [
            self.rows(name, f"{column} IN ({listed(ids[at : at + _AT_ONCE])})", columns)
            for at in range(0, len(ids), _AT_ONCE)
        ]
        return pa.concat_tables(parts) if parts else self.rows(name, "false", columns)

    def batches(self, name: str, columns: Sequence[str] | None = None, size: int = 8192) -> Iterator[pa.RecordBatch]:
        """A whole table, a batch at a time, in the order it was written."""
        with guarded(self.root):
            yield from self[name].to_batches(columns=list(columns) if columns else None, batch_size=size)

    def count(self, name: str) -> int:
        """Rows of a table."""
        with guarded(self.root):
            return int(self[name].count_rows())


def listed(values: Sequence[str] | Sequence[int]) -> str:
    """Strings or numbers as the inside of an SQL list."""
    return ", ".join(quoted(value) if isinstance(value, str) else str(value) for value in values)


def quoted(value: str) -> str:
    """A string as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def clean_up(root: Root, name: str, version: int, older_than: timedelta) -> None:
    """Remove versions of a table before this one that nobody reads any more, with their files.

    Only for who holds the lock. Files that no version names are what killed writers left, and go too; where another
    might be writing all the same, only once they are a week old.
    """
    open_table(root, name, version).cleanup_old_versions(older_than=older_than, delete_unverified=storage(root).alone)
