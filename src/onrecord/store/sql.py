"""SQL over the archive: the tables as views, for reading only."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, Full
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from onrecord.errors import BadQuery, OnrecordError
from onrecord.store.faults import Vanished, guarded, is_gone, one_line
from onrecord.store.schema import SEEN
from onrecord.store.seen import Seen
from onrecord.store.tables import Snapshot

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave."""

    table: pa.Table

    def to_arrow(self) -> pa.Table:
        """As a pyarrow table."""
        return self.table

    def to_pandas(self) -> "pd.DataFrame":
        """As a pandas frame. Raises OnrecordError when pandas is not installed."""
        _needs("pandas")
        return self.table.to_pandas()

    def to_polars(self) -> "pl.DataFrame":
        """As a polars frame. Raises OnrecordError when polars is not installed."""
        _needs("polars")
        import polars

        frame = polars.from_arrow(self.table)
        assert isinstance(frame, polars.DataFrame)
        return frame


def ask(now: Snapshot, query: str) -> Answer:
    """The answer to one SELECT. It can write nothing and see no files. Raises BadQuery."""
    try:
        with _connection(now) as connection:
            _check(connection, query)
            with guarded(now.root):
                return Answer(connection.sql(query).to_arrow_table())
    except duckdb.Error as error:
        if is_gone(error):
            raise Vanished(now.root, f"a file of the archive is missing ({one_line(error)})") from error
        raise BadQuery(f"sql: {one_line(error)}") from error


@contextmanager
def _connection(now: Snapshot) -> Iterator[Any]:
    """One that nobody else is using. Making one costs five times a small query, so a snapshot keeps those it has;
    queries cannot change them."""
    try:
        connection = now.idle.get_nowait()
    except Empty:
        connection = _connect(now)
    yield connection
    try:
        now.idle.put_nowait(connection)
    except Full:
        connection.close()


def _connect(now: Snapshot) -> Any:
    connection = duckdb.connect(":memory:", config={"python_enable_replacements": "false"})
    for name, columns in SEEN.items():
        connection.register(f"_{name}", Seen(now, name))
        listed = ", ".join(f'"{column}"' for column in columns)
        connection.execute(f"CREATE VIEW {name} AS SELECT {listed} FROM _{name}")
    connection.execute("SET enable_external_access = false; SET lock_configuration = true")
    return connection


def _check(connection: Any, query: str) -> None:
    statements = connection.extract_statements(query)
    if len(statements) != 1:
        raise BadQuery(f"sql: one SELECT is wanted, this is {len(statements)} statements")
    if statements[0].type not in {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}:
        raise BadQuery("sql: only SELECT is possible, the archive is not written in SQL")


def _needs(package: str) -> None:
    from importlib.util import find_spec

    if find_spec(package) is None:
        raise OnrecordError(f"{package} is not installed; pip install {package}")
