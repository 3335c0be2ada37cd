"""The shapes in which the API answers: one for what was asked, one for what went wrong, and lists as files."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, Field
from starlette.responses import Response

from onrecord.explore.paging import Paged

T = TypeVar("T")
_NAME = re.compile(r"[^\w-]+", re.ASCII)


class Format(StrEnum):
    """How a list is written."""

    json = "json"
    csv = "csv"
    parquet = "parquet"


class One(BaseModel, Generic[T]):
    """One thing."""

    data: T


class Many(BaseModel, Generic[T]):
    """A page of a list."""

    data: list[T]
    total: int = Field(description="How many there are on all pages.")
    cursor: str | None = Field(None, description="Give this as `cursor` for the next page; null on the last one.")


class Wrong(BaseModel):
    """What went wrong."""

    status: int
    kind: str = Field(description="A word to tell errors by, such as bad_query or not_found.")
    message: str = Field(description="One line: what is wrong and what to do about it.")


class Failure(BaseModel):
    """The one shape of every error."""

    error: Wrong


def failed(status: int, kind: str, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """An error."""
    body = {"error": {"status": status, "kind": kind, "message": message}}
    return Response(_json(body), status, headers, media_type="application/json")


def one(value: Any, status: int = 200) -> Response:
    """One thing: a dataclass or what JSON can hold."""
    return Response(_json({"data": value}), status, media_type="application/json")


def many(page: Paged[Any], kind: type, format: Format, name: str) -> Response:
    """A page of a list of dataclasses of a `kind`; as a file it says the cursor of the next one in a header."""
    if format is Format.json:
        body = {"data": page.rows, "total": page.total, "cursor": page.cursor}
        return Response(_json(body), media_type="application/json")
    headers = {"content-disposition": f'attachment; filename="{_NAME.sub("-", name)}.{format}"'}
    if page.cursor:
        headers["x-next-cursor"] = page.cursor
    columns = [field.name for field in fields(kind)]
    rows = [asdict(row) for row in page.rows]
    if format is Format.csv:
        return Response(_csv(columns, rows), headers=headers, media_type="text/csv; charset=utf-8")
    return Response(_parquet(columns, rows), headers=headers, media_type="application/vnd.apache.parquet")


def _json(value: Any) -> bytes:
    return json.dumps(value, default=_plain, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat()


def _csv(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    # a spreadsheet would run what begins so
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def _parquet(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({name: [row[name] for row in rows] for name in columns}), out)
    return out.getvalue()
