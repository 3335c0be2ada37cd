"""Tables as readers see them: what is not stored with every row (see schema.py) is put in, column by column as asked.

    source            of statements: its spans, cut out of the article's text
    speaker, about    of statements: looked up by the names' numbers
    confidence        of statements: from whole ten thousandths, as are those of topics
    stances           of statements: attitudes in words

DuckDB hands the columns that a query needs to `Seen.scanner`, so a query pays for what it names.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from onrecord.records import cut_out
from onrecord.store.rows import ATTITUDES
from onrecord.store.schema import NUMBER, REAL, SEEN, TABLES, TEXT, TEXTS
from onrecord.store.tables import Snapshot
from onrecord.store.vocabulary import names_at

_NEEDS = {
    "source": ("article", "source_spans"),
    "speaker": ("speaker_number",),
    "about": ("about_numbers",),
    "confidence": ("ten_thousandths", "exact_confidence"),
    "topic_confidence": ("topic_ten_thousandths",),
    "stances": ("stance_numbers",),
}
"""The stored columns that one which is put in follows from."""
_STANCE = pa.struct([("entity", NUMBER), ("attitude", TEXT), ("confidence", REAL)])
_KINDS = {
    "source": TEXT, "speaker": TEXT, "about": TEXTS, "confidence": REAL, "topic_confidence": pa.list_(REAL),
    "stances": pa.list_(_STANCE),
}  # fmt: skip
_AT_ONCE = 8_192


def stored(name: str, wanted: Sequence[str]) -> list[str]:
    """The stored columns that the wanted ones follow from."""
    have = TABLES[name].schema.names
    needed = (column for seen in wanted for column in ((seen,) if seen in have else _NEEDS.get(seen, ())))
    return list(dict.fromkeys(needed))


def put_in(now: Snapshot, name: str, rows: pa.Table, wanted: Sequence[str]) -> pa.Table:
    """The wanted columns, of rows that have the stored ones which they follow from (see `stored`)."""
    have = TABLES[name].schema.names
    return pa.table({column: rows[column] if column in have else _made(now, rows, column) for column in wanted})


class Seen(ds.Dataset):  # type: ignore[misc]  # pyarrow has no types
    """A table for DuckDB, which asks a dataset of Arrow's for columns and hands it simple filters."""

    def __init__(self, now: Snapshot, name: str) -> None:
        self.now, self.name = now, name
        self._stored = TABLES[name].schema.names
        own = [field.remove_metadata() for field in TABLES[name].schema]
        self._schema = pa.schema([*own, *(pa.field(n, _KINDS[n]) for n in SEEN[name] if n not in self._stored)])

    @property
    def schema(self) -> pa.Schema:
        """Of all columns, those that are only stored included."""
        return self._schema

    def scanner(self, columns: list[str] | None = None, filter: Any = None, **_: Any) -> ds.Scanner:
        """The columns of the rows that a filter leaves, read as they are taken."""
        wanted = columns or self._schema.names
        asked = [] if filter is None else [n for n in self._schema.names if re.search(rf"\b{n}\b", str(filter))]
        late = not {*asked} <= {*self._stored}  # Lance cannot filter by what it does not store
        needed = list(dict.fromkeys([*wanted, *asked])) if late else wanted
        schema = pa.schema([self._schema.field(n) for n in wanted])
        found = self.now[self.name].to_batches(
            columns=stored(self.name, needed), filter=None if late else filter, batch_size=_AT_ONCE
        )

        def batches() -> Iterator[pa.RecordBatch]:
            for batch in found:
                rows = put_in(self.now, self.name, pa.Table.from_batches([batch]), needed)
                yield from (rows.filter(filter).select(wanted) if late else rows).cast(schema).to_batches()

        return ds.Scanner.from_batches(batches(), schema=schema)


def _made(now: Snapshot, rows: pa.Table, column: str) -> pa.Array | pa.ChunkedArray:
    """A column made from the stored ones."""
    if column == "source":
        return _sources(now, rows["article"].to_pylist(), rows["source_spans"].to_pylist())
    if column == "speaker":
        return names_at(now, rows["speaker_number"].combine_chunks())
    if column == "about":
        return _lists(rows["about_numbers"], lambda numbers: names_at(now, numbers))
    if column == "topic_confidence":
        return _lists(rows["topic_ten_thousandths"], _of_structs)
    if column == "stances":
        return _lists(rows["stance_numbers"], _attitudes)
    return _confidences(rows["ten_thousandths"], rows["exact_confidence"])


def _lists(lists: pa.ChunkedArray, of_all: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """The same lists with other values, made of all of theirs at once; none is an empty one."""
    whole = lists.combine_chunks()
    lengths = pc.fill_null(pc.list_value_length(whole), 0)
    starts = np.concatenate([[0], np.cumsum(lengths.to_numpy())])
    return pa.ListArray.from_arrays(pa.array(starts, NUMBER), of_all(whole.flatten()))


def _confidences(whole: pa.Array, exact: pa.Array) -> pa.Array:
    return pc.coalesce(pc.divide(pc.cast(whole, REAL), 10_000.0), exact)


def _of_structs(numbers: pa.StructArray) -> pa.Array:
    return _confidences(pc.struct_field(numbers, "ten_thousandths"), pc.struct_field(numbers, "exact"))


def _attitudes(numbers: pa.StructArray) -> pa.Array:
    words = pa.array(ATTITUDES).take(pc.struct_field(numbers, "attitude"))
    parts = [pc.struct_field(numbers, "entity"), words, _of_structs(numbers)]
    return pa.StructArray.from_arrays(parts, fields=list(_STANCE))


def _sources(now: Snapshot, articles: list[str], spans: list[list[dict[str, int]]]) -> pa.Array:
    found = now.rows_of("articles", "id", sorted(set(articles)), ["id", "text"])
    texts = dict(zip(found["id"].to_pylist(), found["text"].to_pylist(), strict=True))
    cut = (
        cut_out(texts[article], [(s["start"], s["end"]) for s in each]) if article in texts else None
        for article, each in zip(articles, spans, strict=True)
    )
    return pa.array(cut, TEXT)
