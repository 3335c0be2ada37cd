"""Records to rows: what is written into the tables of an archive."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, get_args

import pyarrow as pa

from onrecord.records import MEANING_BITS, Article, Attitude, Entity, Record, Statement
from onrecord.store.jsonform import cleaned, exact_json, is_clean
from onrecord.store.schema import NUMBER, TABLES
from onrecord.store.words import exact_tokens, fold

Name = tuple[str, str]
"""The kind of a name (speaker, outlet, about, via, topics, month) and the name."""
Numbering = Callable[[Name], int]
QUOTES = ("direct", "indirect", "mixed")
ATTITUDES: tuple[Attitude, ...] = get_args(Attitude)
AND = "\x1f"
"""Between the topics of one statement, where they are numbered together."""


@dataclass(frozen=True, slots=True)
class Version:
    """A record and its place among the versions of its article."""

    record: Record
    """As the tables can hold it."""
    exact: str | None
    """The record as JSON where the tables cannot hold it as it is."""
    number: int
    previous: int | None
    hash: str
    added: datetime


Columns = dict[str, list[Any]]
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])(?![0-9])")
_MEANING = re.compile(f"[0-9a-f]{{{MEANING_BITS // 4}}}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")


def storable(record: Record) -> tuple[Record, str | None]:
    """The record as the tables can hold it, and the exact JSON of one that they cannot hold as it is."""
    if is_clean(record) and _fits(record):
        return record, None
    return _fitting(cleaned(record)), exact_json(record)


def names_in(record: Record) -> Iterable[Name]:
    """Every name that a filter or a facet of its statements can ask for."""
    entities = {e.id: e for e in record.entities}
    outlet, agency = record.article.outlet, _agency(record.article)
    month = month_of(record.article.published)
    for statement in record.statements:
        if month:
            yield "month", month
        if speaker := entities.get(statement.speaker or ""):
            yield "speaker", speaker.name
        for name in (outlet, agency):
            if name:
                yield "outlet", name
        for id_ in statement.about:
            if about := entities.get(id_):
                yield "about", about.name
        for name in statement.through:
            yield "via", name
        if statement.topics:
            yield "topics", AND.join(statement.topics)


def tables_of(versions: Sequence[Version], number_of: Numbering) -> dict[str, pa.Table]:
    """The rows of `articles`, `statements`, `entities` and `events` for these versions."""
    columns: dict[str, Columns] = {
        name: {column: [] for column in TABLES[name].schema.names}
        for name in ("articles", "statements", "entities", "events")
    }
    for version in versions:
        record = version.record
        _add_article(columns["articles"], version)
        entities = {e.id: e for e in record.entities}
        for position, statement in enumerate(record.statements):
            row = _statement_row(record, statement, entities, number_of)
            _append(columns["statements"], version, position, row)
        for position, entity in enumerate(record.entities):
            _append(columns["entities"], version, position, _entity_row(record.article, entity))
        for position in range(len(record.events)):
            _append(columns["events"], version, position, _event_row(record, position, entities))
    return {name: _table(name, values) for name, values in columns.items()}


def month_of(published: str | None) -> str | None:
    """`2020-11` of an ISO 8601 date or date-time."""
    return published[:7] if published and _MONTH.match(published) else None


def day_of(published: str | None) -> int | None:
    """The day of the month of an ISO 8601 date or date-time."""
    return int(published[8:10]) if published and _DAY.match(published) else None


def level_of(confidence: float) -> int:
    """The most whole hundredths that are not above a confidence, exactly as comparing with h / 100 would tell."""
    level = math.floor(confidence * 100)
    if (level + 1) / 100 <= confidence:
        return level + 1
    return level - 1 if level / 100 > confidence else level


def _fits(record: Record) -> bool:
    """Are its stances towards entities that it has, and its meanings bits?"""
    ids = {e.id for e in record.entities}
    return all(
        (s.meaning is None or _MEANING.fullmatch(s.meaning)) and all(stance.entity in ids for stance in s.stances)
        for s in record.statements
    )


def _fitting(record: Record) -> Record:
    ids = {e.id for e in record.entities}
    statements = tuple(
        replace(
            s,
            stances=tuple(stance for stance in s.stances if stance.entity in ids),
            meaning=s.meaning if s.meaning and _MEANING.fullmatch(s.meaning) else None,
        )
        for s in record.statements
    )
    return replace(record, statements=statements)


def _add_article(columns: Columns, version: Version) -> None:
    article, dateline = version.record.article, version.record.article.dateline
    row = {
        "id": article.id, "version": version.number, "previous": version.previous, "hash": version.hash,
        "model": version.record.model, "added": version.added, "url": article.url, "outlet": article.outlet,
        "title": article.title, "byline": article.byline, "language": article.language,
        "published": article.published, "month": month_of(article.published),
        "dateline_place": dateline.place if dateline else None,
        "dateline_date": dateline.date if dateline else None,
        "dateline_agency": dateline.agency if dateline else None,
        "dateline_start": dateline.span[0] if dateline else None,
        "dateline_end": dateline.span[1] if dateline else None,
        "text": article.text, "exact": version.exact,
    }  # fmt: skip
    for name, value in row.items():
        columns[name].append(value)


def _statement_row(
    record: Record, statement: Statement, entities: dict[str, Entity], number_of: Numbering
) -> dict[str, Any]:
    article = record.article
    speaker, addressee = entities.get(statement.speaker or ""), entities.get(statement.addressee or "")
    about = [entities[id_] for id_ in statement.about if id_ in entities]
    content = record.text_of(statement.content)
    published, agency = article.published, _agency(article)
    whole, exact = _confidence(statement.confidence)
    return {
        "id": statement.id, "content": content, "cue": record.text_of(statement.cue),
        "tokens": " ".join(exact_tokens(fold(content))) or None, "quote": statement.quote,
        "speaker_code": speaker.code if speaker else None, "speaker_country": speaker.country if speaker else None,
        "speaker_role": speaker.role if speaker else None, "speaker_kind": speaker.kind if speaker else None,
        "addressee": addressee.name if addressee else None,
        "about_numbers": [number_of(("about", e.name)) for e in about],
        "about_codes": [e.code for e in about if e.code],
        "through": statement.through, "venue": statement.venue, "said_on": statement.said_on,
        "topics": statement.topics, "ten_thousandths": whole, "exact_confidence": exact,
        "level": level_of(statement.confidence), "speaker_confidence": statement.speaker_confidence,
        "parent": statement.parent, "outlet": article.outlet, "agency": agency,
        "language": article.language, "published": published,
        "month": month_of(published), "day": day_of(published),
        "title": article.title, "url": article.url, "speaker_id": statement.speaker,
        "addressee_id": statement.addressee, "about_ids": statement.about, "source_spans": statement.source,
        "cue_spans": statement.cue, "content_spans": statement.content,
        "provenance": [(e.kind, e.value, *e.span, e.carried) for e in statement.provenance],
        "topic_ten_thousandths": [_confidence(confidence) for confidence in statement.topic_confidence],
        "stance_numbers": _stances(record, statement),
        "meaning": bytes.fromhex(statement.meaning) if statement.meaning else None,
        **_facets(article, statement, speaker, number_of),
    }  # fmt: skip


def _confidence(confidence: float) -> tuple[int | None, float | None]:
    """As whole ten thousandths, or as it is."""
    whole = round(confidence * 10_000)
    return (whole, None) if whole / 10_000 == confidence else (None, confidence)


def _stances(record: Record, statement: Statement) -> list[tuple[Any, ...]]:
    ids = [e.id for e in record.entities] if statement.stances else []
    return [(ids.index(s.entity), ATTITUDES.index(s.attitude), *_confidence(s.confidence)) for s in statement.stances]


def _facets(article: Article, statement: Statement, speaker: Entity | None, number_of: Numbering) -> dict[str, int]:
    outlet, month = article.outlet or _agency(article), month_of(article.published)
    return {
        "speaker_number": number_of(("speaker", speaker.name)) if speaker else 0,
        "outlet_number": number_of(("outlet", outlet)) if outlet else 0,
        "quote_number": QUOTES.index(statement.quote),
        "month_number": int(month[:4]) * 12 + int(month[5:]) - 1 if month else 0,
        "topics_number": number_of(("topics", AND.join(statement.topics))) if statement.topics else 0,
    }


def _entity_row(article: Article, entity: Entity) -> dict[str, Any]:
    row = {name: getattr(entity, name) for name in ("id", "name", "kind", "named", "country", "role", "code", "link")}
    mentions = [(*m.span, m.type) for m in entity.mentions]
    return {
        **row, "aliases": entity.aliases, "mentions": mentions, "outlet": article.outlet,
        "published": article.published,
    }  # fmt: skip


def _event_row(record: Record, position: int, entities: dict[str, Entity]) -> dict[str, Any]:
    event, published = record.events[position], record.article.published
    actor, recipient = entities.get(event.actor or ""), entities.get(event.recipient or "")
    row = asdict(event)
    return {
        **row, "actor": actor.name if actor else None, "recipient": recipient.name if recipient else None,
        "actor_id": event.actor, "recipient_id": event.recipient, "trigger": record.text_of(event.trigger),
        "trigger_spans": event.trigger, "outlet": record.article.outlet, "published": published,
        "month": month_of(published),
    }  # fmt: skip


def _append(columns: Columns, version: Version, position: int, row: dict[str, Any]) -> None:
    fields = {"article": version.record.article.id, "version": version.number, "position": position, **row}
    for name, value in fields.items():
        columns[name].append(value)


def _agency(article: Article) -> str | None:
    return article.dateline.agency if article.dateline else None


def _table(name: str, columns: Columns) -> pa.Table:
    schema = TABLES[name].schema
    arrays = [_array(columns[field.name], field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_list(kind) and pa.types.is_struct(kind.value_type):
        return _lists_of_structs(values, kind)
    return pa.array(values, kind)


def _lists_of_structs(rows: list[Sequence[tuple[Any, ...]]], kind: pa.ListType) -> pa.Array:
    """Lists of tuples column by column: several times faster than a dict a struct."""
    offsets: list[int] = [0]
    flat: list[tuple[Any, ...]] = []
    for row in rows:
        flat.extend(row)
        offsets.append(len(flat))
    fields = list(kind.value_type)
    parts = list(zip(*flat, strict=True)) or [()] * len(fields)
    struct = pa.StructArray.from_arrays(
        [pa.array(part, field.type) for part, field in zip(parts, fields, strict=True)], fields=fields
    )
    return pa.ListArray.from_arrays(pa.array(offsets, NUMBER), struct, type=kind)
