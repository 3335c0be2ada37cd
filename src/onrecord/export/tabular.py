"""Rows as CSV, JSON, JSON lines and Parquet, with the same columns however few there are."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from io import TextIOWrapper
from typing import Any, BinaryIO

from onrecord.errors import OnrecordError

Columns = Mapping[str, type]
"""Names of columns with what they hold: str, int, float, bool, or list for lists of strings. Any may be None."""
Row = Mapping[str, Any]


def write_csv(rows: Iterable[Row], columns: Columns, stream: BinaryIO) -> None:
    """Write a header and a line a row; lists are written as JSON."""
    text = _text(stream)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    _end(text)


def write_json(rows: Iterable[Row], stream: BinaryIO) -> None:
    """Write one indented list."""
    text = _text(stream)
    text.write(json.dumps([dict(row) for row in rows], indent=1, ensure_ascii=False) + "\n")
    _end(text)


def write_lines(rows: Iterable[Row], stream: BinaryIO) -> None:
    """Write a JSON object a line; anything beyond ASCII is escaped, so that no program breaks a line elsewhere."""
    for row in rows:
        stream.write(json.dumps(row).encode("ascii") + b"\n")


def write_parquet(rows: Sequence[Row], columns: Columns, stream: BinaryIO) -> None:
    """Write a Parquet file. Raises OnrecordError when pyarrow is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise OnrecordError("Parquet needs pyarrow; pip install 'onrecord[parquet]'") from error
    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), list: pa.list_(pa.string())}
    schema = pa.schema([(name, kinds[kind]) for name, kind in columns.items()])
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows], schema=schema), stream)


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | tuple) else value


def _text(stream: BinaryIO) -> TextIOWrapper:
    return TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="", write_through=True)


def _end(text: TextIOWrapper) -> None:
    text.flush()
    text.detach()  # the stream is the caller's to close
