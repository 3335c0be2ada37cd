"""Rows back to records: equal to what was written."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from onrecord.records import Article, Dateline, Entity, Event, Evidence, Mention, Record, Spans, Stance, Statement
from onrecord.store.jsonform import record_from_dict
from onrecord.store.rows import ATTITUDES
from onrecord.store.schema import OF_AN_ARTICLE
from onrecord.store.seen import put_in, stored
from onrecord.store.tables import Snapshot

Row = dict[str, Any]
OF_A_RECORD = {
    "statements": (
        "position", "id", "quote", "parent", "confidence", "venue", "said_on", "speaker_confidence", "source_spans",
        "cue_spans", "content_spans", "speaker_id", "addressee_id", "about_ids", "through", "topics", "provenance",
        "topic_ten_thousandths", "stance_numbers", "meaning",
    ),
    "entities": (
        "position", "id", "name", "kind", "named", "country", "role", "code", "link", "mentions", "aliases",
    ),
    "events": (
        "position", "id", "actor_code", "recipient_code", "type", "mode", "cameo", "quad", "goldstein", "status",
        "on_word_of", "date", "confidence", "actor_id", "recipient_id", "trigger_spans", "context",
    ),
}  # fmt: skip
"""The columns that a record is read back from."""


def records_of(snapshot: Snapshot, ids: Sequence[str]) -> Iterator[Record]:
    """The current records of these articles, in the order of the ids; those not there are left out."""
    articles = {row["id"]: row for row in snapshot.rows_of("articles", "id", ids).to_pylist()}
    parts = {name: grouped(_rows(snapshot, name, list(articles))) for name in OF_AN_ARTICLE}
    for id_ in ids:
        if row := articles.get(id_):
            yield record_of(row, *(parts[name].get(id_, []) for name in OF_AN_ARTICLE))


def all_records(snapshot: Snapshot, at_once: int = 1_000) -> Iterator[Record]:
    """Every current record, in the order of adding, `at_once` of them in memory."""
    for batch in snapshot.batches("articles", ["id"], at_once):
        yield from records_of(snapshot, batch["id"].to_pylist())


def record_of(article: Row, statements: Iterable[Row], entities: Iterable[Row], events: Iterable[Row]) -> Record:
    """The record whose rows these are; theirs must be in order."""
    if article["exact"]:
        return record_from_dict(json.loads(article["exact"]))
    found = tuple(_entity(row) for row in entities)
    return Record(
        _article(article),
        found,
        tuple(_statement(row, found) for row in statements),
        tuple(_event(row) for row in events),
        article["model"],
    )


def _rows(snapshot: Snapshot, name: str, ids: Sequence[str]) -> list[Row]:
    """The rows of these articles, with what a record is made of."""
    columns = ("article", *OF_A_RECORD[name])
    rows = snapshot.rows_of(name, "article", ids, stored(name, columns))
    found: list[Row] = put_in(snapshot, name, rows, columns).to_pylist()
    return found


def grouped(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by their article, in order."""
    groups = defaultdict(list)
    for row in sorted(rows, key=lambda row: int(row["position"])):
        groups[row["article"]].append(row)
    return groups


def _article(row: Row) -> Article:
    dateline = None
    if row["dateline_start"] is not None:
        span = (row["dateline_start"], row["dateline_end"])
        dateline = Dateline(row["dateline_place"], row["dateline_date"], row["dateline_agency"], span)
    fields = {name: row[name] for name in ("id", "text", "url", "outlet", "title", "language", "published")}
    return Article(**fields, byline=tuple(row["byline"]), dateline=dateline)


def _entity(row: Row) -> Entity:
    fields = {name: row[name] for name in ("id", "name", "kind", "named", "country", "role", "code", "link")}
    mentions = tuple(Mention((m["start"], m["end"]), m["type"]) for m in row["mentions"])
    return Entity(**fields, aliases=tuple(row["aliases"]), mentions=mentions)


def _statement(row: Row, entities: Sequence[Entity]) -> Statement:
    provenance = tuple(Evidence(e["kind"], e["value"], (e["start"], e["end"]), e["carried"]) for e in row["provenance"])
    fields = ("id", "quote", "parent", "confidence", "venue", "said_on", "speaker_confidence")
    return Statement(
        **{name: row[name] for name in fields},
        source=_spans(row["source_spans"]),
        cue=_spans(row["cue_spans"]),
        content=_spans(row["content_spans"]),
        speaker=row["speaker_id"],
        addressee=row["addressee_id"],
        about=tuple(row["about_ids"]),
        through=tuple(row["through"]),
        topics=tuple(row["topics"]),
        provenance=provenance,
        topic_confidence=tuple(_confidence(c) for c in row["topic_ten_thousandths"] or ()),
        stances=tuple(
            Stance(entities[s["entity"]].id, ATTITUDES[s["attitude"]], _confidence(s))
            for s in row["stance_numbers"] or ()
        ),
        meaning=row["meaning"].hex() if row["meaning"] else None,
    )


def _confidence(row: Row) -> float:
    exact: float | None = row["exact"]
    return row["ten_thousandths"] / 10_000 if exact is None else exact


def _event(row: Row) -> Event:
    same = (
        "id", "actor_code", "recipient_code", "type", "mode", "cameo", "quad", "goldstein", "status", "on_word_of",
        "date", "confidence",
    )  # fmt: skip
    return Event(
        **{name: row[name] for name in same},
        actor=row["actor_id"],
        recipient=row["recipient_id"],
        trigger=_spans(row["trigger_spans"]),
        context=tuple(row["context"]),
    )


def _spans(pairs: Iterable[Row]) -> Spans:
    return tuple((pair["start"], pair["end"]) for pair in pairs)
