"""Parquet to articles: one article a row, through pyarrow, a batch of rows in memory at a time."""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from onrecord.errors import BadLine, Damaged, InputError, NotText
from onrecord.read.fields import Finds
from onrecord.read.jsonl import draft_of
from onrecord.read.streams import MEGABYTE, seekable
from onrecord.read.tables import as_given, chosen_columns

_BATCH = 256


def read_parquet(stream: BinaryIO, where: str, columns: Mapping[str, str]) -> Finds:
    """The articles of a table; `columns` maps our fields to its columns' names.

    A row that is no article comes as BadLine in its place. Raises Damaged when the file is no whole Parquet, NoArticle
    when no column holds the text, NotText when there is no row, InputError where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise InputError(where, "is Parquet, which pyarrow reads: pip install 'onrecord[parquet]'") from error
    with seekable(stream) as file:
        try:
            # read as it is needed: whole row groups ahead, as by default, are gigabytes in some files
            table = pq.ParquetFile(file, pre_buffer=False, buffer_size=MEGABYTE)
            chosen = chosen_columns(table.schema_arrow.names, columns, where)
            number = 0
            for row in _rows(table, chosen):
                number += 1
                try:
                    yield draft_of(row, f"{where}, row {number}")
                except BadLine as error:
                    yield error
        except (pa.ArrowException, OSError, ValueError) as error:  # ValueErrors are texts that are not in UTF-8
            raise Damaged(where, f"is Parquet, but broken or cut off ({_reason(error)})") from error
    if not number:
        raise NotText(where, "is a table without a row")


def _rows(table: Any, chosen: dict[str, str]) -> Iterator[dict[str, Any]]:
    for batch in table.iter_batches(_BATCH, columns=list(dict.fromkeys(chosen.values())), use_threads=False):
        cells = {field: _cells(batch.column(name)) for field, name in chosen.items()}
        for index in range(batch.num_rows):
            yield {field: as_given(field, values[index]) for field, values in cells.items()}


def _cells(column: Any) -> list[Any]:
    import pyarrow as pa

    # Python's times have no nanoseconds, and pyarrow refuses those that would lose some
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    cells: list[Any] = column.to_pylist()
    return cells


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
