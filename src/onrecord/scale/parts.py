"""Records as plain Parquet: files of some hundred articles each, in any folder or on any storage that pyarrow reaches.

A part is named after what it holds and comes into being whole, so whoever writes the same once more changes nothing;
and a run that goes on begins by looking what the parts hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.fs import FileSelector, FileType

from onrecord.errors import InputError, OnrecordError
from onrecord.read.remote import Place, is_remote, open_place, shown
from onrecord.records import Record, Statement
from onrecord.store.jsonform import clean_text, content_hash, exact_json

_TEXT = pa.string()
STATEMENT = pa.struct(
    {
        "id": _TEXT, "speaker": _TEXT, "content": _TEXT, "cue": _TEXT, "source": _TEXT, "quote": _TEXT,
        "confidence": pa.float64(), "parent": _TEXT, "said_on": _TEXT,
    }
)  # fmt: skip
SCHEMA = pa.schema(
    {
        "id": _TEXT, "hash": _TEXT, "model": _TEXT, "url": _TEXT, "outlet": _TEXT, "title": _TEXT,
        "published": _TEXT, "language": _TEXT, "text": _TEXT, "statements": pa.list_(STATEMENT), "record": _TEXT,
    }
)  # fmt: skip
"""Of a part: an article a row. `hash` tells versions of one apart, `record` is the whole record as `onrecord read
--format jsonl` writes it. Half of a pair of surrogates, which UTF-8 cannot hold, is U+FFFD but in `record`."""


@dataclass(frozen=True, slots=True)
class Written:
    """What went into parts."""

    articles: int = 0
    statements: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Parts:
    """A folder of parts, at a path or an address."""

    place: str

    def write(self, records: Sequence[Record]) -> Written:
        """Write one part, all or nothing. Raises OnrecordError when the storage refuses."""
        if not records:
            return Written()
        rows = [_row(record) for record in records]
        place = self._open()
        name = f"part-{_name(rows)}.parquet"
        try:
            place.files.create_dir(place.path)
            draft, whole = f"{place.path}/.{name}", f"{place.path}/{name}"
            pq.write_table(pa.Table.from_pylist(rows, SCHEMA), draft, filesystem=place.files, compression="zstd")
            place.files.move(draft, whole)
        except OSError as error:
            raise OnrecordError(f"{self.shown}: cannot be written ({' '.join(str(error).split())})") from error
        words = sum(len(record.article.text.split()) for record in records)
        return Written(len(records), sum(len(record.statements) for record in records), words)

    def standing(self, model: str | None) -> Iterator[tuple[str, str]]:
        """Id and content hash of every version in the parts that this model read. Raises OnrecordError."""
        place = self._open()
        try:
            for path in self._paths(place):
                rows = pq.read_table(path, columns=["id", "hash", "model"], filesystem=place.files)
                yield from ((row["id"], row["hash"]) for row in rows.to_pylist() if row["model"] == model)
        except (OSError, pa.ArrowException) as error:
            raise OnrecordError(f"{self.shown}: cannot be read ({' '.join(str(error).split())})") from error

    @property
    def shown(self) -> str:
        """The place as messages have it."""
        return shown(self.place) if is_remote(self.place) else self.place

    def _open(self) -> Place:
        try:
            place = open_place(self.place if is_remote(self.place) else Path(self.place).absolute().as_uri())
        except InputError as error:
            raise OnrecordError(str(error)) from error
        return Place(place.files, place.path.rstrip("/"))

    def _paths(self, place: Place) -> list[str]:
        found = place.files.get_file_info(FileSelector(place.path, allow_not_found=True))
        named = (info for info in found if info.type == FileType.File and info.base_name.startswith("part-"))
        return sorted(info.path for info in named)


def _name(rows: Sequence[dict[str, Any]]) -> str:
    told = "\n".join(f"{row['id']} {row['hash']} {row['model']}" for row in rows)
    return blake2b(told.encode(), digest_size=10).hexdigest()


def _row(record: Record) -> dict[str, Any]:
    article = record.article
    fields = {
        name: getattr(article, name) for name in ("id", "url", "outlet", "title", "published", "language", "text")
    }
    names = {entity.id: entity.name for entity in record.entities}
    return {
        **{name: clean_text(value) if value else value for name, value in fields.items()},
        "hash": content_hash(article),
        "model": record.model,
        "statements": [_statement(record, one, names) for one in record.statements],
        "record": exact_json(record),
    }


def _statement(record: Record, statement: Statement, names: dict[str, str]) -> dict[str, Any]:
    spans = {name: record.text_of(getattr(statement, name)) for name in ("content", "cue", "source")}
    speaker = names.get(statement.speaker or "")
    kept = {name: getattr(statement, name) for name in ("id", "quote", "confidence", "parent", "said_on")}
    texts = {**spans, "speaker": speaker}
    return {**kept, **{name: clean_text(text) if text else text for name, text in texts.items()}}
