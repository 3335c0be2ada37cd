"""What pages and API ask of statements: those that answer, in an order; how they spread; one with its evidence."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from onrecord.explore.asked import Asked
from onrecord.explore.paging import MOST, Paged, Place
from onrecord.explore.timeline import By, coarseness, day_of, filled
from onrecord.records import Entity, Record, Spans, Statement
from onrecord.store.archive import Archive
from onrecord.store.search import SHOWN, Facets, Hit, split_key, statement_key
from onrecord.store.snippets import snippet


@dataclass(frozen=True, slots=True)
class Series:
    """Statements a day or month, from the first to the last that has any, none left out between."""

    by: By
    points: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text with their place: `text[start:end]`, in code points."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Evidenced:
    """One statement, with the words of the article behind each thing that is said of it."""

    key: str
    article: str
    version: int
    id: str
    title: str | None
    outlet: str | None
    agency: str | None
    published: str | None
    url: str | None
    quote: str
    confidence: float
    speaker: dict[str, Any] | None
    """The entity without its mentions."""
    speaker_confidence: float | None
    addressee: str | None
    about: tuple[str, ...]
    source: tuple[Piece, ...]
    cue: tuple[Piece, ...]
    content: tuple[Piece, ...]
    through: tuple[str, ...]
    venue: str | None
    said_on: str | None
    provenance: tuple[dict[str, Any], ...]
    within: tuple[str, ...]
    """Keys of the statements in whose words it stands, the nearest first."""
    holds: tuple[str, ...]
    """Keys of those that stand in its words."""
    citation: str
    model: str | None


def statements(archive: Archive, asked: Asked, place: Place) -> Paged[Hit]:
    """A page of the statements that answer. Raises BadQuery.

    Orders other than the best first are those of the thousand best answers (the newest, where no words are asked for):
    `total` says whether there are more.
    """
    total = archive.facets(asked.words, asked.filters, top=1).total
    if asked.sort == "best":
        limit = place.limit
        found = archive.search(asked.words, asked.filters, limit=limit, cursor=place.cursor)
        return Paged(found.hits, total, found.cursor)
    hits = archive.search(asked.words, asked.filters, limit=MOST).hits
    page = place.cut(_ordered(hits, asked.sort), asked)
    return Paged(page.rows, total, page.cursor)


def _ordered(hits: tuple[Hit, ...], sort: str) -> list[Hit]:
    if sort in {"least certain", "surest"}:
        return sorted(hits, key=lambda hit: hit.confidence, reverse=sort == "surest")
    dated = sorted((hit for hit in hits if hit.published), key=lambda hit: str(hit.published), reverse=sort == "newest")
    return dated + [hit for hit in hits if not hit.published]


def counts(archive: Archive, asked: Asked, top: int = 8) -> Facets:
    """How what answers spreads over speakers, outlets, quotation, topics and months. Raises BadQuery."""
    return archive.facets(asked.words, asked.filters, top=top)


def series(archive: Archive, asked: Asked) -> Series:
    """What answers, over time: by month; by day where it is few and near in time. Raises BadQuery."""
    found = archive.facets(asked.words, asked.filters, top=1)
    months = dict(found.month)
    if found.total <= MOST:
        hits = archive.search(asked.words, asked.filters, limit=MOST).hits
        days = Counter(day for hit in hits if (day := day_of(hit.published)))
        if coarseness(days) == "day":
            return Series("day", filled({day.isoformat(): n for day, n in days.items()}))
    return Series("month", filled(months))


def alike(many: Sequence[Series]) -> list[Series]:
    """Several series by the same measure: by month unless all are by day."""
    if all(one.by == "day" or not one.points for one in many):
        return list(many)
    return [one if one.by == "month" else _by_month(one) for one in many]


def _by_month(one: Series) -> Series:
    months: Counter[str] = Counter()
    for day, count in one.points:
        months[day[:7]] += count
    return Series("month", filled(months))


def hit_of(row: Mapping[str, Any]) -> Hit:
    """A row of the view `statements` as a search would give it."""
    values = {name: row[name] for name in SHOWN}
    lists = {name: tuple(row[name] or ()) for name in ("about", "through", "topics")}
    key = statement_key(row["article"], row["version"], row["id"])
    return Hit(**{**values, **lists}, key=key, score=0.0, snippet=snippet(row["content"], ())[0], marks=())


def evidence(archive: Archive, key: str) -> Evidenced | None:
    """The statement of a key, `article@version#statement`; None when there is none."""
    article, version, id_ = split_key(key)
    record = archive.record(article, version) if article else None
    statement = next((s for s in record.statements if s.id == id_), None) if record else None
    return None if record is None or statement is None else evidenced(record, statement, version)


def evidenced(record: Record, statement: Statement, version: int) -> Evidenced:
    """A statement of a record as it is shown."""
    article, entities = record.article, {entity.id: entity for entity in record.entities}
    key = statement_key(article.id, version, statement.id)
    speaker, addressee = entities.get(statement.speaker or ""), entities.get(statement.addressee or "")
    provenance = ({"kind": e.kind, "value": e.value, "start": e.span[0], "end": e.span[1], "carried": e.carried}
                  for e in statement.provenance)  # fmt: skip
    return Evidenced(
        key, article.id, version, statement.id, article.title, article.outlet,
        article.dateline.agency if article.dateline else None, article.published, article.url,
        statement.quote, statement.confidence, _entity(speaker), statement.speaker_confidence,
        addressee.name if addressee else None, tuple(entities[id_].name for id_ in statement.about if id_ in entities),
        _pieces(record, statement.source), _pieces(record, statement.cue), _pieces(record, statement.content),
        statement.through, statement.venue, statement.said_on, tuple(provenance),
        tuple(statement_key(article.id, version, id_) for id_ in _around(record, statement)),
        tuple(statement_key(article.id, version, s.id) for s in record.statements if s.parent == statement.id),
        citation(record, statement, key), record.model,
    )  # fmt: skip


def citation(record: Record, statement: Statement, key: str) -> str:
    """How to cite a statement: who, where, when, which characters, and its key."""
    article = record.article
    speaker = record.speaker_of(statement)
    spans = statement.content or statement.cue or statement.source
    where = ", ".join(f"{start}–{end}" for start, end in spans)
    agency = article.dateline.agency if article.dateline else None
    parts = [f"“{article.title}”" if article.title else None, article.outlet or agency, (article.published or "")[:10]]
    who = speaker.name if speaker else record.text_of(statement.source) or "nobody named"
    return f"{who}, in: {', '.join(filter(None, parts)) or article.id}, characters {where}. onrecord {key}"


def _around(record: Record, statement: Statement) -> list[str]:
    known = {s.id: s for s in record.statements}
    found: list[str] = []
    at = known.get(statement.parent or "")
    while at is not None and at.id not in found and at is not statement:
        found.append(at.id)
        at = known.get(at.parent or "")
    return found


def _entity(entity: Entity | None) -> dict[str, Any] | None:
    return {name: value for name, value in asdict(entity).items() if name != "mentions"} if entity else None


def _pieces(record: Record, spans: Spans) -> tuple[Piece, ...]:
    return tuple(Piece(start, end, record.article.text[start:end]) for start, end in spans)
