"""Hits and facets as Arrow tables, with the same columns however few there are."""

from collections.abc import Sequence
from dataclasses import asdict

import pyarrow as pa

from onrecord.store.schema import NUMBER, REAL, SPANS, TEXT, TEXTS
from onrecord.store.search import Facets, Hit

FACETS = ("speaker", "outlet", "quote", "topic", "month")
_COUNTS = pa.schema([("facet", TEXT), ("value", TEXT), ("statements", pa.int64())])
_OTHER = {
    "version": NUMBER, "score": REAL, "confidence": REAL, "about": TEXTS, "through": TEXTS, "topics": TEXTS,
    "marks": SPANS,
}  # fmt: skip
_HITS = pa.schema([(name, _OTHER.get(name, TEXT)) for name in Hit.__dataclass_fields__])


def hits_table(hits: Sequence[Hit]) -> pa.Table:
    """One row a hit, one column a field."""
    rows = [{**asdict(hit), "marks": [{"start": s, "end": e} for s, e in hit.marks]} for hit in hits]
    return pa.Table.from_pylist(rows, schema=_HITS)


def facets_table(facets: Facets) -> pa.Table:
    """One row a value of a facet; the first is the total."""
    rows = [{"facet": name, "value": v, "statements": n} for name in FACETS for v, n in getattr(facets, name)]
    return pa.Table.from_pylist([{"facet": "total", "value": None, "statements": facets.total}, *rows], schema=_COUNTS)
