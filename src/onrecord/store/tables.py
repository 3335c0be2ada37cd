"""The tables as Lance keeps them, opened at the versions that a head names."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from queue import Queue
from typing import Any

import lance
import pyarrow as pa

from onrecord.store.faults import guarded
from onrecord.store.place import TABLES as FOLDER
from onrecord.store.place import Head
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


def path_of(root: Path, name: str) -> str:
    """Where a table lies."""
    return str(root / FOLDER / f"{name}.lance")


def make_tables(root: Path) -> dict[str, int]:
    """Make all tables, empty but with their full-text indexes, and return their versions."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    return {name: make_table(root, name) for name in TABLES}


def make_table(root: Path, name: str) -> int:
    """Make one table, over whatever lies there, and return its version.

    Row ids are stable, so that indexes need no rebuilding when small files are put together.
    """
    table, path = TABLES[name], path_of(root, name)
    made = lance.write_dataset(
        table.schema.empty_table(),
        path,
        mode="overwrite" if Path(path).exists() else "create",
        schema=table.schema,
        enable_stable_row_ids=True,
    )
    for index in table.indexes:
        made.create_scalar_index(index.column, index.kind, **index.options)
    return int(made.version)


class Snapshot:
    """All tables as one head has them; frozen, however much is written meanwhile.

    Tables are opened when first asked for. The names and words that a snapshot was asked for stay with it and go on to
    the one `after` it: those tables only grow.
    """

    def __init__(self, root: Path, head: Head, shared: Any = None, after: "Snapshot | None" = None) -> None:
        self.root, self.head = root, head
        self._session = shared
        self._open: dict[str, lance.LanceDataset] = {}
        self._kept: dict[str, pa.Table] = dict(after._kept) if after else {}
        self.idle: Queue[Any] = Queue(_IDLE)
        """Connections of sql.py that are between two queries."""

    def __getitem__(self, name: str) -> lance.LanceDataset:
        """A table. Raises DamagedArchive when it is not there at that version."""
        if name not in self._open:
            with guarded(self.root):
                self._open[name] = lance.dataset(
                    path_of(self.root, name), version=self.head.tables[name], session=self._session
                )
        return self._open[name]

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


def clean_up(root: Path, name: str, older_than: timedelta) -> None:
    """Remove versions of a table that nobody reads any more, with their files, and what killed writers left.

    Only for who holds the lock: what no version names might else be what somebody is writing.
    """
    lance.dataset(path_of(root, name)).cleanup_old_versions(older_than=older_than, delete_unverified=True)
