"""A whole archive as plain files, and back: Parquet for other programs, JSON lines for the exact records.

    records.jsonl        every current record, one line each, as `onrecord read --format jsonl` writes it, with the
                         number and time of its version in `archive`
    past.jsonl           every older version
    articles.parquet, statements.parquet, entities.parquet, events.parquet, decisions.parquet, runs.parquet

The import reads the JSON lines, the decisions and the runs; the other Parquet files follow from the records.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.errors import BadLine, InputError
from onrecord.store.faults import guarded
from onrecord.store.jsonform import clean_text, content_hash, exact_json, record_from_dict
from onrecord.store.reading import all_records
from onrecord.store.rows import Version, storable
from onrecord.store.schema import SEEN, TABLES
from onrecord.store.seen import Seen
from onrecord.store.tables import Snapshot

TABLE_FILES = ("articles", "statements", "entities", "events", "decisions", "runs")
KEPT_TABLES = ("decisions", "runs")
"""Tables that do not follow from the records."""
RECORDS, PAST = "records.jsonl", "past.jsonl"


def write_export(now: Snapshot, folder: Path) -> dict[str, int]:
    """Write everything on the record into a folder and return how many rows of each. Raises StorageError."""
    with guarded(folder):
        folder.mkdir(parents=True, exist_ok=True)
        counts = {name: _write_parquet(now, name, folder / f"{name}.parquet") for name in TABLE_FILES}
        counts["past"] = _write_past(now, folder / PAST)
        _write_records(now, folder / RECORDS)
    return counts


def read_export(folder: Path, at_once: int = 500) -> Iterator[list[Version]]:
    """The current versions of an export, `at_once` articles at a time. Raises InputError."""
    batch: list[Version] = []
    for values in _lines(folder / RECORDS):
        batch.append(_version(folder / RECORDS, values))
        if len(batch) == at_once:
            yield batch
            batch = []
    if batch:
        yield batch


def read_past(folder: Path, at_once: int = 500) -> Iterator[pa.Table]:
    """The rows of `past` of an export."""
    rows: list[dict[str, Any]] = []
    for values in _lines(folder / PAST):
        moments = {name: datetime.fromisoformat(values[name]) for name in ("added", "replaced")}
        rows.append({**values, **moments, "record": json.dumps(values["record"])})
        if len(rows) == at_once:
            yield pa.Table.from_pylist(rows, schema=TABLES["past"].schema)
            rows = []
    if rows:
        yield pa.Table.from_pylist(rows, schema=TABLES["past"].schema)


def read_kept(folder: Path, name: str) -> pa.Table:
    """The decisions or the runs of an export."""
    path = folder / f"{name}.parquet"
    try:
        return pq.read_table(path).cast(TABLES[name].schema)
    except (OSError, pa.ArrowException) as error:
        raise InputError(str(path), f"is not the {name} of an export ({error})") from error


def _write_parquet(now: Snapshot, name: str, path: Path) -> int:
    rows, seen = 0, Seen(now, name).scanner(list(SEEN[name]))
    with pq.ParquetWriter(path, seen.projected_schema, compression="zstd") as writer:
        for batch in seen.to_batches():
            writer.write_batch(batch)
            rows += batch.num_rows
    return rows


def _write_records(now: Snapshot, path: Path) -> None:
    places = {row["id"]: row for batch in now.batches("articles", ["id", "version", "previous", "added"])
              for row in batch.to_pylist()}  # fmt: skip
    with path.open("w", encoding="ascii") as stream:
        for record in all_records(now):
            place = places[clean_text(record.article.id)]
            version = {"version": place["version"], "previous": place["previous"], "added": place["added"].isoformat()}
            stream.write(json.dumps({**json.loads(exact_json(record)), "archive": version}) + "\n")


def _write_past(now: Snapshot, path: Path) -> int:
    count = 0
    with path.open("w", encoding="ascii") as stream:
        for batch in now.batches("past"):
            for row in batch.to_pylist():
                moments = {name: row[name].isoformat() for name in ("added", "replaced")}
                stream.write(json.dumps({**row, **moments, "record": json.loads(row["record"])}) + "\n")
                count += 1
    return count


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                try:
                    values = json.loads(line)
                except ValueError as error:
                    raise BadLine(f"{path}:{number}", f"is not JSON ({error}); the export is damaged") from error
                yield values
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror}); name the folder of an export") from error


def _version(path: Path, values: dict[str, Any]) -> Version:
    place = values.pop("archive", None) or {}
    try:
        read = record_from_dict(values)
        added = datetime.fromisoformat(place["added"])
        number, previous = int(place["version"]), place["previous"]
    except (KeyError, TypeError, ValueError) as error:
        raise BadLine(str(path), f"article {values.get('id')!r} is no record of an export ({error})") from error
    record, exact = storable(read)
    return Version(record, exact, number, previous, content_hash(read.article), added)
