"""Finding statements: the best twenty of five million, or how they spread over speakers and months."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import unquote

import lance
import numpy as np
import pyarrow as pa
from lance.query import FullTextQuery

from onrecord.errors import BadQuery
from onrecord.records import Span
from onrecord.store.faults import guarded
from onrecord.store.filters import Filters, predicate
from onrecord.store.query import Term, compiled, parse, terms
from onrecord.store.rows import AND, QUOTES
from onrecord.store.schema import FACETS
from onrecord.store.seen import put_in, stored
from onrecord.store.snippets import marks, snippet
from onrecord.store.tables import Snapshot, listed
from onrecord.store.vocabulary import names_at, names_of_kind

SHOWN = (
    "article", "version", "id", "content", "quote", "speaker", "speaker_code", "speaker_role", "about", "through",
    "venue", "said_on", "outlet", "agency", "published", "title", "url", "confidence", "parent", "addressee", "topics",
)  # fmt: skip
STORED = stored("statements", SHOWN)
LONGEST = 1_000
"""Hits a page may have."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One statement found. `key` names it in the archive for good: article, version and statement."""

    key: str
    article: str
    version: int
    id: str
    score: float
    """How well it answers (BM25); 0 where no words were asked for."""
    content: str
    snippet: str
    marks: tuple[Span, ...]
    """The words that answered, as spans of the snippet."""
    quote: str
    confidence: float
    speaker: str | None = None
    speaker_code: str | None = None
    speaker_role: str | None = None
    addressee: str | None = None
    about: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    venue: str | None = None
    said_on: str | None = None
    topics: tuple[str, ...] = ()
    parent: str | None = None
    outlet: str | None = None
    agency: str | None = None
    published: str | None = None
    title: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Hits in order, and the cursor of the page after them; None when there is none."""

    hits: tuple[Hit, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Facets:
    """Statements that answer, counted: all, by value (most first), and by month (in order)."""

    total: int
    speaker: tuple[tuple[str, int], ...]
    outlet: tuple[tuple[str, int], ...]
    quote: tuple[tuple[str, int], ...]
    topic: tuple[tuple[str, int], ...]
    month: tuple[tuple[str, int], ...]


def statement_key(article: str, version: int, id_: str) -> str:
    """The name of a statement across the archive: `article@version#statement`, with %, @ and # of ids escaped."""
    return f"{_escaped(article)}@{version}#{_escaped(id_)}"


def split_key(key: str) -> tuple[str, int, str]:
    """Article, version and statement of a key; an empty article when it is no key."""
    article, _, rest = key.rpartition("@")
    version, _, id_ = rest.partition("#")
    if not version.isascii() or not version.isdigit() or len(version) > 9:
        return "", 0, ""
    return unquote(article), int(version), unquote(id_)


def search(now: Snapshot, query: str | None, filters: Filters, limit: int, cursor: str | None) -> Page:
    """One page of the statements that answer. Raises BadQuery."""
    if not 0 < limit <= LONGEST:
        raise BadQuery(f"limit: {limit} is not between 1 and {LONGEST}")
    asked = Question.of(now, query, filters)
    start = _start_of(cursor, asked.mark)
    if not asked.possible:
        return Page((), None)
    found = _best(now, asked, start + limit + 1) if asked.query else _newest(now, asked, start + limit + 1)
    page = found.slice(start, limit)
    rows = put_in(now, "statements", page, SHOWN).to_pylist()
    scores = page["_score"].to_pylist() if asked.query else [0.0] * len(rows)
    hits = tuple(hit_of(row, score, asked.terms) for row, score in zip(rows, scores, strict=True))
    return Page(hits, _cursor(start + limit, asked.mark) if len(found) > start + limit else None)


def facets(now: Snapshot, query: str | None, filters: Filters, top: int) -> Facets:
    """What answers, counted. Raises BadQuery."""
    asked = Question.of(now, query, filters)
    if not asked.possible:
        return Facets(0, (), (), (), (), ())
    with guarded(now.root):
        found = scanner(now["statements"], asked, list(FACETS)).to_table()
    speaker, outlet, quote, month, topics = (found[name].to_numpy() for name in FACETS)
    return Facets(
        len(found),
        _named(now, speaker, top),
        _named(now, outlet, top),
        tuple((QUOTES[q], n) for q, n in _counted(quote)),
        _topics(now, topics, top),
        tuple((f"{m // 12:04}-{m % 12 + 1:02}", n) for m, n in sorted(_counted(month)) if m),
    )


@dataclass(frozen=True, slots=True)
class Question:
    """A query and its filters, understood."""

    query: FullTextQuery | None
    terms: Sequence[Term]
    where: str | None
    possible: bool
    """False when it is known without looking that nothing answers."""
    mark: str
    """Tells this query from others, for cursors."""

    @classmethod
    def of(cls, now: Snapshot, text: str | None, filters: Filters) -> "Question":
        where = predicate(now, filters)
        mark = hashlib.blake2b(json.dumps([text, asdict(filters)]).encode(), digest_size=6).hexdigest()
        if text is None or not text.strip():
            return cls(None, (), where, where != "false", mark)
        node = parse(text)
        query = compiled(now, node)
        return cls(query, terms(node), where, query is not None and where != "false", mark)


def scanner(table: lance.LanceDataset, asked: Question, columns: list[str], **more: Any) -> Any:
    """Lance's scanner over the rows that answer."""
    return table.scanner(
        columns=columns, full_text_query=asked.query, filter=asked.where, prefilter=True,
        disable_scoring_autoprojection=True, **more,
    )  # fmt: skip


def _best(now: Snapshot, asked: Question, count: int) -> pa.Table:
    """The first `count` rows: by score, where that is equal by place in the table, so that pages do not overlap."""
    with guarded(now.root):
        columns = [*STORED, "_score"]
        found = scanner(now["statements"], asked, columns, with_row_id=True, limit=count).to_table()
    return found.sort_by([("_score", "descending"), ("_rowid", "ascending")])


def _newest(now: Snapshot, asked: Question, count: int) -> pa.Table:
    """The first `count` rows by day of publication, newest first, those without a day last.

    Months are asked for from the newest on, in groups that double, so that not all of a large archive is sorted.
    """
    months = sorted(names_of_kind(now, "month"), reverse=True)
    found: list[pa.Table] = []
    at, size = 0, 1
    while at < len(months) and sum(map(len, found)) < count:
        found.append(_by_day(now, asked, f"month IN ({listed(months[at : at + size])})", count))
        at, size = at + size, size * 2
    if sum(map(len, found)) < count:
        found.append(_by_day(now, asked, "month IS NULL", count))
    return pa.concat_tables(found).slice(0, count)


def _by_day(now: Snapshot, asked: Question, which: str, count: int) -> pa.Table:
    table = now["statements"]
    where = f"({which}) AND ({asked.where})" if asked.where else which
    with guarded(now.root):
        dated = table.to_table(columns=["published"], filter=where, with_row_id=True)
        best = dated.sort_by([("published", "descending"), ("_rowid", "ascending")])["_rowid"].slice(0, count)
        if not len(best):
            return table.to_table(columns=STORED, filter="false")
        return rows_at(table, best.to_pylist(), STORED)


def rows_at(table: lance.LanceDataset, ids: Sequence[int], columns: Sequence[str]) -> pa.Table:
    """The rows of these row ids, in their order."""
    rows = table.to_table(columns=list(columns), filter=f"_rowid IN ({listed(ids)})", with_row_id=True)
    place = {id_: n for n, id_ in enumerate(ids)}
    order = sorted(range(len(rows)), key=lambda n: place[rows["_rowid"][n].as_py()])
    return rows.take(order).drop_columns(["_rowid"])


def hit_of(row: dict[str, Any], score: float, wanted: Sequence[Term]) -> Hit:
    """A hit of a row that has the columns SHOWN."""
    spans = marks(row["content"], wanted)
    text, inside = snippet(row["content"], spans)
    lists = {name: tuple(row[name] or ()) for name in ("about", "through", "topics")}
    key = statement_key(row["article"], row["version"], row["id"])
    return Hit(**{**row, **lists}, score=score, key=key, snippet=text, marks=inside)


def _named(now: Snapshot, numbers: np.ndarray[Any, Any], top: int) -> tuple[tuple[str, int], ...]:
    best = [(n, count) for n, count in _counted(numbers) if n][:top]
    names = names_at(now, pa.array([n for n, _ in best], pa.int32())).to_pylist()
    return tuple(zip(names, (count for _, count in best), strict=True))


def _topics(now: Snapshot, numbers: np.ndarray[Any, Any], top: int) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for topics, count in _named(now, numbers, len(numbers)):
        for topic in topics.split(AND):
            counts[topic] = counts.get(topic, 0) + count
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:top])


def _counted(numbers: np.ndarray[Any, Any]) -> list[tuple[int, int]]:
    """Each number with how often it is there, most often first."""
    counts = np.bincount(numbers) if len(numbers) else np.empty(0, np.int64)
    present = np.flatnonzero(counts)
    order = np.lexsort((present, -counts[present]))
    return [(int(n), int(counts[n])) for n in present[order]]


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("@", "%40").replace("#", "%23")


def _cursor(start: int, mark: str) -> str:
    return base64.urlsafe_b64encode(f"{start}.{mark}".encode()).decode().rstrip("=")


def _start_of(cursor: str | None, mark: str) -> int:
    """Where the page of a cursor begins."""
    if cursor is None:
        return 0
    try:
        start, of = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split(".")
        if of != mark:
            raise BadQuery("cursor: it belongs to another query; take the one of this query's last page")
        return max(int(start), 0)
    except ValueError as error:
        raise BadQuery(f"cursor: {cursor!r} is none of ours") from error
