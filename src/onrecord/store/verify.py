"""Is the archive whole? Every span in its text, every reference to something, nothing twice, indexes in step."""

from collections.abc import Iterable, Iterator
from itertools import chain

from onrecord.errors import ArchiveError, OnrecordError
from onrecord.records import Record, Spans
from onrecord.store.faults import guarded
from onrecord.store.reading import records_of
from onrecord.store.schema import OF_AN_ARTICLE, TABLES
from onrecord.store.sql import ask
from onrecord.store.tables import Snapshot

_SHOWN = 5
"""Of one kind of fault, how many are named; the rest is counted."""


def faults(now: Snapshot, at_once: int = 500) -> Iterator[str]:
    """What is wrong with an archive, one line each; nothing when it is whole."""
    try:
        yield from _tables(now)
        yield from _doubles(now)
        yield from _strays(now)
        yield from _indexes(now)
    except ArchiveError as error:
        yield str(error)
        return
    for batch in now.batches("articles", ["id"], at_once):
        ids = batch["id"].to_pylist()
        try:
            for record in records_of(now, ids):
                yield from record_faults(record)
        except (OnrecordError, ValueError, KeyError, TypeError) as error:
            yield f"articles {ids[0]} to {ids[-1]}: cannot be read ({error})"


def record_faults(record: Record) -> Iterator[str]:
    """What is wrong within one record: spans beyond the text, references to nothing, ids twice."""
    article, size = record.article.id, len(record.article.text)
    entities, statements = [e.id for e in record.entities], [s.id for s in record.statements]
    for what, ids in (("entity", entities), ("statement", statements), ("event", [v.id for v in record.events])):
        for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            yield f"article {article}: {what} {id_} is there twice"
    for where, spans in _spans(record):
        yield from (
            f"article {article}: {where}: span {start}-{end} lies not in its text of {size} characters"
            for start, end in spans
            if not 0 <= start <= end <= size
        )
    known = {"entity": set(entities), "statement": set(statements)}
    for where, what, id_ in _references(record):
        if id_ not in known[what]:
            yield f"article {article}: {where} refers to {what} {id_}, which is not there"


def _spans(record: Record) -> Iterator[tuple[str, Spans]]:
    if record.article.dateline:
        yield "dateline", (record.article.dateline.span,)
    for entity in record.entities:
        yield f"entity {entity.id}", tuple(m.span for m in entity.mentions)
    for s in record.statements:
        yield f"statement {s.id}", (*s.source, *s.cue, *s.content, *(e.span for e in s.provenance))
    for event in record.events:
        yield f"event {event.id}", event.trigger


def _references(record: Record) -> Iterator[tuple[str, str, str]]:
    for s in record.statements:
        pairs = (("entity", s.speaker), ("statement", s.parent), ("entity", s.addressee))
        for what, id_ in chain(pairs, (("entity", id_) for id_ in (*s.about, *(t.entity for t in s.stances)))):
            if id_ is not None:
                yield f"statement {s.id}", what, id_
    for v in record.events:
        for what, id_ in (("entity", v.actor), ("entity", v.recipient), ("statement", v.on_word_of)):
            if id_ is not None:
                yield f"event {v.id}", what, id_


def _tables(now: Snapshot) -> Iterator[str]:
    for name, table in TABLES.items():
        with guarded(now.root):
            now[name].validate()
        if now[name].schema.names != table.schema.names:
            yield f"table {name}: its columns are not those of this format"


def _doubles(now: Snapshot) -> Iterator[str]:
    keys = {
        "articles": "id", "past": "article || ' version ' || version",
        **dict.fromkeys(OF_AN_ARTICLE, "article || ' ' || id"),
    }  # fmt: skip
    for name, key in keys.items():
        yield from _lines(
            now,
            f"SELECT {key}, count(*) FROM {name} GROUP BY 1 HAVING count(*) > 1",
            f"{name}: {{}} is there {{}} times",
        )
    yield from _lines(
        now,
        "SELECT p.article, p.version FROM past p JOIN articles a ON p.article = a.id WHERE p.version >= a.version",
        "past: {} version {} is not older than the current one",
    )


def _strays(now: Snapshot) -> Iterator[str]:
    """Rows whose article is not there, or is there in another version."""
    for name in OF_AN_ARTICLE:
        yield from _lines(
            now,
            f"SELECT DISTINCT t.article, t.version FROM {name} t LEFT JOIN articles a"
            " ON t.article = a.id AND t.version = a.version WHERE a.id IS NULL",
            f"{name}: article {{}} version {{}} is not there",
        )
    yield from _lines(
        now,
        "SELECT a.id, a.previous FROM articles a LEFT JOIN past p ON p.article = a.id AND p.version = a.previous"
        " WHERE a.previous IS NOT NULL AND p.article IS NULL",
        "articles: {} says its version before is {}, which is not there",
    )


def _indexes(now: Snapshot) -> Iterator[str]:
    """Do all indexes stand, hold the same rows, and leave out no more than the head says?"""
    for name, table in TABLES.items():
        with guarded(now.root):
            described = {d.field_names[0]: d for d in now[name].describe_indices()}
        missing = {index.column for index in table.indexes} - set(described)
        yield from (f"table {name}: the index over {column} is missing" for column in sorted(missing))
        rows = now.count(name)
        for index in table.indexes:
            if index.column in described:
                stats = now[name].stats.index_stats(described[index.column].name)
                unindexed = int(stats["num_unindexed_rows"])
                if unindexed > min(now.head.unindexed.get(name, 0), rows):
                    yield f"table {name}: the index over {index.column} leaves out {unindexed} rows"


def _lines(now: Snapshot, query: str, shape: str) -> Iterable[str]:
    rows = ask(now, query).table.to_pylist()
    lines = [shape.format(*row.values()) for row in rows[:_SHOWN]]
    return lines if len(rows) <= _SHOWN else [*lines, f"… and {len(rows) - _SHOWN} more like the last"]
