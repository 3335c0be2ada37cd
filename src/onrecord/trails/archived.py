"""Records as far as trails need them, from the rows of an archive.

Asked through SQL over the archive's tables, so that nothing here knows how it is stored. Only articles of the days
asked for are read: to join new ones to an archive, those of the days around them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from onrecord.records import Article, Dateline, Entity, Mention, Record, Span, Statement
from onrecord.trails.index import WINDOW
from onrecord.trails.sayings import ordinal


class Tabular(Protocol):
    """An answer in SQL: `table` is an Arrow table."""

    @property
    def table(self) -> Any: ...


class Asked(Protocol):
    """An archive, as far as it is needed: `onrecord.store.archive.Archive` is one."""

    def sql(self, query: str) -> Tabular:
        """The answer to one SELECT over articles, statements and entities."""
        ...


_ARTICLES = """select id, text, url, outlet, title, byline, language, published, dateline_place, dateline_date,
dateline_agency, dateline_start, dateline_end from articles {where} order by added, id"""
_STATEMENTS = """select article, id, source_spans, cue_spans, content_spans, quote, speaker_id, parent, confidence,
through, venue, said_on, about_ids from statements where article in (select id from articles {where})
order by article, position"""
_ENTITIES = """select article, id, name, kind, named, aliases, country, role, code, link, mentions
from entities where article in (select id from articles {where}) order by article, position"""
Row = Mapping[str, Any]


def records_of(archive: Asked, since: str | None = None, until: str | None = None) -> Iterator[Record]:
    """The archive's articles published from `since` to `until` (ISO 8601 days, both included), in the order of adding.

    Undated articles are among them. Raises what the archive's `sql` does.
    """
    where = _where(since, until)
    statements = _by_article(archive.sql(_STATEMENTS.format(where=where)).table.to_pylist())
    entities = _by_article(archive.sql(_ENTITIES.format(where=where)).table.to_pylist())
    for row in archive.sql(_ARTICLES.format(where=where)).table.to_pylist():
        yield Record(
            _article(row),
            tuple(_entity(e) for e in entities[row["id"]]),
            tuple(_statement(s) for s in statements[row["id"]]),
        )


def versions_of(archive: Asked, since: str | None = None, until: str | None = None) -> frozenset[tuple[str, int]]:
    """Id and version of each article that `records_of` gives."""
    rows = archive.sql(f"select id, version from articles {_where(since, until)}").table.to_pylist()
    return frozenset((row["id"], row["version"]) for row in rows)


def days_around(archive: Asked, article: str) -> tuple[str | None, str | None]:
    """From when until when an article's statements may be reported by others; (None, None) when it has no day."""
    quoted = article.replace("'", "''")
    rows = archive.sql(f"select published from articles where id = '{quoted}'").table.to_pylist()
    day = ordinal(rows[0]["published"]) if rows else None
    if day is None:
        return None, None
    first, last = date.fromordinal(day - WINDOW), date.fromordinal(day + WINDOW)
    return first.isoformat(), last.isoformat()


def _where(since: str | None, until: str | None) -> str:
    bounds = [f"substr(published, 1, 10) {sign} '{day}'" for sign, day in ((">=", since), ("<=", until)) if day]
    return f"where published is null or ({' and '.join(bounds)})" if bounds else ""


def _by_article(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["article"]].append(row)
    return found


def _article(row: Row) -> Article:
    names = ("id", "text", "url", "outlet", "title", "language", "published")
    place, day, agency, start, end = (row[f"dateline_{part}"] for part in ("place", "date", "agency", "start", "end"))
    dateline = Dateline(place, day, agency, (start, end)) if start is not None else None
    return Article(**{name: row[name] for name in names}, byline=tuple(row["byline"] or ()), dateline=dateline)


def _entity(row: Row) -> Entity:
    names = ("id", "name", "kind", "named", "country", "role", "code", "link")
    mentions = tuple(Mention((m["start"], m["end"]), m["type"]) for m in row["mentions"] or ())
    return Entity(**{name: row[name] for name in names}, aliases=tuple(row["aliases"] or ()), mentions=mentions)


def _statement(row: Row) -> Statement:
    names = ("id", "quote", "parent", "confidence", "venue", "said_on")
    return Statement(
        **{name: row[name] for name in names},
        source=_spans(row["source_spans"]),
        cue=_spans(row["cue_spans"]),
        content=_spans(row["content_spans"]),
        speaker=row["speaker_id"],
        about=tuple(row["about_ids"] or ()),
        through=tuple(row["through"] or ()),
    )


def _spans(rows: Iterable[Row] | None) -> tuple[Span, ...]:
    return tuple((row["start"], row["end"]) for row in rows or ())
