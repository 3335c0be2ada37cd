"""The way a statement came, link by link: the speaker, those it came through, who carries it, on what occasion.

A link is anchored to the words of the text that say it, where there are any: the outlet that an article was found at
stands nowhere in its text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from onrecord.export.days import day_in_words
from onrecord.export.wording import one_line, shorten, speakers, tidy
from onrecord.records import Article, Entity, Evidence, ProvenanceKind, Record, Span, Statement

LinkRole = Literal["speaker", "through", "teller", "agency", "outlet", "article", "venue", "addressee", "said_on"]

_TEXT = 60
"""Characters of a link's text: it keeps cards narrow and pages linear in their texts."""
_TELLERS = 4
"""Statements around a nested one whose speakers are shown as having told it."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the ribbon."""

    role: LinkRole
    text: str
    span: Span | None = None
    """The words it is anchored to."""
    carried: bool = False
    """Whether those words stand with an earlier statement."""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The chain, nearest the speaker first and ending with the article's own house, and the circumstances."""

    chain: tuple[Link, ...]
    around: tuple[Link, ...]

    @property
    def links(self) -> tuple[Link, ...]:
        return (*self.chain, *self.around)


def ribbons(record: Record) -> dict[str, Ribbon]:
    """The ribbon of each statement by its id."""
    entities = speakers(record)
    statements = {statement.id: statement for statement in record.statements}
    house = tuple(_house(record.article))
    return {
        statement.id: Ribbon(
            _once((*_chain(record, statement, statements, entities), *house)),
            tuple(_around(record, statement, entities)),
        )
        for statement in record.statements
    }


def short_provenance(record: Record, statement: Statement, entities: Mapping[str | None, Entity]) -> str:
    """How a statement came, for a table's cell: `Kommersant, interview, to reporters, Nov 3`; empty when not known."""
    year = (record.article.published or (record.article.dateline and record.article.dateline.date) or "")[:4]
    addressee = [f"to {to.text}" for to in _addressees(record, statement, entities)]
    day = [day_in_words(statement.said_on, year)] if statement.said_on else []
    return ", ".join(map(one_line, (*statement.through, *filter(None, [statement.venue]), *addressee, *day)))


def _chain(
    record: Record,
    statement: Statement,
    statements: Mapping[str, Statement],
    entities: Mapping[str | None, Entity],
) -> Iterator[Link]:
    """The speaker and outlets of a statement, then of those in whose words it stands, from the inside out."""
    yield _speaker(record, statement, entities, "speaker")
    yield from _through(record, statement)
    seen = {statement.id}
    for _ in range(_TELLERS):
        parent = statements.get(statement.parent or "")
        if parent is None or parent.id in seen:
            return
        seen.add(parent.id)
        yield _speaker(record, parent, entities, "teller")
        yield from _through(record, parent)
        statement = parent


def _once(links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Each link whose words no link before has (state radio that tells is also what it came through), nor its name."""
    kept: list[Link] = []
    for link in links:
        if not any(_same(link, other) for other in kept):
            kept.append(link)
    return tuple(kept)


def _same(link: Link, other: Link) -> bool:
    if link.span and other.span and link.span[0] < other.span[1] and other.span[0] < link.span[1]:
        return True
    speaking = {"speaker", "teller"} & {link.role, other.role}
    return not speaking and link.text.casefold() == other.text.casefold()


def _speaker(
    record: Record, statement: Statement, entities: Mapping[str | None, Entity], role: Literal["speaker", "teller"]
) -> Link:
    """Who spoke, anchored to the source; a speaker whom no words beside the cue name has no words."""
    entity = entities.get(statement.speaker)
    words = one_line(record.text_of(statement.source))
    text = one_line(entity.name) if entity else words or "nobody named"
    source = tidy(statement.source, len(record.article.text))
    return Link(role, shorten(text, _TEXT), source[0] if source else None)


def _through(record: Record, statement: Statement) -> Iterator[Link]:
    for outlet in statement.through:
        yield _link(record, "through", outlet, _evidence(statement, "through", outlet))


def _house(article: Article) -> Iterator[Link]:
    """Whose report the article is: the agency of the dateline, then the outlet that carries it."""
    agency = article.dateline.agency if article.dateline else None
    if article.dateline and agency:
        start, end = article.dateline.span
        named = re.search(re.escape(agency), article.text[start:end], re.IGNORECASE)
        span = (start + named.start(), start + named.end()) if named else (start, end)
        spans = tidy((span,), len(article.text))
        yield Link("agency", shorten(one_line(agency), _TEXT), spans[0] if spans else None)
    if article.outlet:
        yield Link("outlet", shorten(one_line(article.outlet), _TEXT))
    elif not agency:
        yield Link("article", "this article")


def _around(record: Record, statement: Statement, entities: Mapping[str | None, Entity]) -> Iterator[Link]:
    """The occasion, to whom, and the day."""
    if statement.venue:
        yield _link(record, "venue", statement.venue, _evidence(statement, "venue", statement.venue))
    yield from _addressees(record, statement, entities)
    if statement.said_on:
        day = day_in_words(statement.said_on)
        yield _link(record, "said_on", day, _evidence(statement, "said_on", statement.said_on))


def _addressees(record: Record, statement: Statement, entities: Mapping[str | None, Entity]) -> Iterator[Link]:
    told = [evidence for evidence in statement.provenance if evidence.kind == "addressee"]
    if entity := entities.get(statement.addressee):
        yield _link(record, "addressee", entity.name, told[0] if told else None)
    else:
        yield from (_link(record, "addressee", evidence.value, evidence) for evidence in told)


def _evidence(statement: Statement, kind: ProvenanceKind, value: str) -> Evidence | None:
    return next((e for e in statement.provenance if (e.kind, e.value) == (kind, value)), None)


def _link(record: Record, role: LinkRole, text: str, evidence: Evidence | None) -> Link:
    spans = tidy((evidence.span,), len(record.article.text)) if evidence else []
    carried = evidence is not None and evidence.carried
    return Link(role, shorten(one_line(text), _TEXT), spans[0] if spans else None, carried)
