"""Reports of events: from records, or from rows of an archive, the same either way."""

from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.coding.sentences import sentences
from onrecord.paragraphs import paragraphs
from onrecord.records import Entity, Event, Party, Record, Report, Span, Spans

AROUND = 800
"""Characters on each side of a trigger in which its sentence is looked for, and what it is about."""


def reports_of(record: Record) -> Iterator[Report]:
    """The reports in one record, one for each of its events."""
    article = record.article
    entities = {e.id: e for e in record.entities}
    statements = {s.id: s for s in record.statements}
    agency = article.dateline.agency if article.dateline else None
    for event in record.events:
        word = statements[event.on_word_of] if event.on_word_of else None
        start = max(event.trigger[0][0] - AROUND, 0) if event.trigger else 0
        end = event.trigger[-1][1] + AROUND if event.trigger else 0
        speaker = entities.get(word.speaker or "") if word else None
        around = article.text[start:end]
        sentence, at = told(around, start, event.trigger)
        yield Report(
            event=event,
            article=article.id,
            actor=_party(entities.get(event.actor or ""), event.actor_code),
            recipient=_party(entities.get(event.recipient or ""), event.recipient_code),
            claimant=_party(speaker, speaker.code if speaker else None),
            trigger=record.text_of(event.trigger),
            told=sentence,
            at=at,
            around=around,
            outlet=article.outlet or agency,
            url=article.url,
            published=article.published,
        )


def report_of_row(row: Mapping[str, Any]) -> Report:
    """The report in a row that has the columns of the archive's `events` and: `url`, `added`, `agency`, `around` (the
    text from `around_start` on, AROUND characters on both sides of the trigger), `actor_country`, `recipient_country`,
    `claimant`, `claimant_code`, `claimant_country`.
    """
    spans = tuple((s["start"], s["end"]) for s in row["trigger_spans"])
    same = (
        "id", "actor_code", "recipient_code", "type", "mode", "cameo", "quad", "goldstein", "status", "on_word_of",
        "date", "confidence",
    )  # fmt: skip
    event = Event(
        **{name: row[name] for name in same},
        actor=row["actor_id"],
        recipient=row["recipient_id"],
        trigger=spans,
        context=tuple(row["context"]),
    )
    around = row["around"] or ""
    sentence, at = told(around, row["around_start"] or 0, spans)
    return Report(
        event=event,
        article=row["article"],
        actor=_named(row, "actor"),
        recipient=_named(row, "recipient"),
        claimant=_named(row, "claimant"),
        trigger=row["trigger"],
        told=sentence,
        at=at,
        around=around,
        outlet=row["outlet"] or row["agency"],
        url=row["url"],
        published=row["published"],
        added=row["added"].isoformat(),
    )


def told(around: str, start: int, trigger: Spans) -> tuple[str, Span]:
    """The sentences that hold the trigger, of the text `around` it, which begins at `start` in the article; and from
    where to where in them it stands.
    """
    if not trigger:
        return "", (0, 0)
    first, last = trigger[0][0] - start, trigger[-1][1] - start
    held = [(a, b) for a, b in sentences(around, paragraphs(around)) if a < last and first < b]
    if not held:
        return "", (0, 0)
    begin, end = held[0][0], held[-1][1]
    return around[begin:end], (max(first - begin, 0), min(last, end) - begin)


def _party(entity: Entity | None, code: str | None) -> Party | None:
    return Party(entity.name, code or entity.country, entity.country) if entity else None


def _named(row: Mapping[str, Any], who: str) -> Party | None:
    country = row[f"{who}_country"]
    return Party(row[who], row[f"{who}_code"] or country, country) if row[who] else None
