"""A page that shows each text exactly as read, with every source, cue and content marked where it stands.

The page carries its own styles and script and asks for nothing else: it opens from a disk without a network, and its
content security policy lets only that one script run.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from onrecord.export.segments import Segment, line, quoted_parts, segments
from onrecord.export.wording import (
    certainty,
    counted,
    nested,
    one_line,
    speakers,
    tidy,
    title_of,
    visible,
    without_surrogates,
)
from onrecord.records import Dateline, Entity, Record, Statement

if TYPE_CHECKING:
    from jinja2 import Environment

_QUOTES = ("direct", "mixed", "indirect")
_DOTS = {"sure": "●●●", "likely": "●●○", "check": "●○○"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A span element: its text, classes and data attributes, all but the text safe by construction."""

    text: str
    classes: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One statement beside the text. `anchor` is its permanent link, `key` names it within its article."""

    anchor: str
    key: str
    label: str
    depth: int
    within: str | None
    """Anchor of the statement in whose words this one stands."""
    speaker: str | None
    source: str
    """The words of the source, where they differ from the speaker's name."""
    cue: str
    content: tuple[Piece, ...]
    quote: str
    certainty: str
    dots: str
    confidence: float
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article as the template shows it."""

    anchor: str
    title: str
    url: str | None
    outlet: str | None
    published: str | None
    dateline: str | None
    byline: str
    counts: tuple[str, ...]
    pieces: Iterator[Piece]
    cards: tuple[Card, ...]
    language: str | None


def render_page(records: Sequence[Record]) -> str:
    """One self-contained HTML page of all the records, in their order.

    Takes time and memory linear in the texts. What HTML cannot carry (lone surrogates, control characters) is shown
    by one replacement character each, so the result can always be written as UTF-8. The same records give the same
    page.
    """
    environment = _environment()
    taken: set[str] = set()
    views = [_article_view(record, _unique(_anchor(record.article.id, "article"), taken)) for record in records]
    script = _asset("page.js")
    statements = sum(len(record.statements) for record in records)
    return environment.get_template("page.html.j2").render(
        articles=views,
        title=views[0].title if len(views) == 1 else f"{counted(len(views), 'article')} on the record",
        summary=f"{counted(len(views), 'article')}, {counted(statements, 'statement')}",
        models=sorted({record.model for record in records if record.model}),
        styles=_asset("page.css"),
        script=script,
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
    )


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("onrecord", "export/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _finalize(value: object) -> object:
    """What every expression of the template passes through: text made fit for HTML, markup of ours left alone."""
    from markupsafe import Markup, escape

    if isinstance(value, str) and not isinstance(value, Markup):
        return Markup(str(escape(visible(value))).replace("\r", "&#13;"))
    return value


def _asset(name: str) -> str:
    """A style sheet or script of ours, as markup."""
    from markupsafe import Markup

    environment = _environment()
    assert environment.loader is not None
    return Markup(environment.loader.get_source(environment, name)[0])


def _anchor(text: str, otherwise: str) -> str:
    """The text as a fragment of a URL and an HTML id: no spaces, nothing to escape."""
    return percent_encode(without_surrogates(text), safe=":@!$()*,;=~-._") or otherwise


def _unique(name: str, taken: set[str]) -> str:
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name}~{number}", number + 1
    taken.add(candidate)
    return candidate


def _article_view(record: Record, anchor: str) -> ArticleView:
    taken = {"title"}
    keys = [_unique(_anchor(statement.id, "statement"), taken) for statement in record.statements]
    article = record.article
    return ArticleView(
        anchor=anchor,
        title=title_of(record),
        url=_web_address(article.url),
        outlet=article.outlet,
        published=article.published.replace("T", " ") if article.published else None,
        dateline=_dateline(article.dateline),
        byline=", ".join(article.byline),
        counts=_counts(record),
        pieces=_pieces(record, keys, anchor),
        cards=tuple(_cards(record, keys, anchor)),
        language=article.language if re.fullmatch(r"[A-Za-z]{1,8}(-\w{1,8})*", article.language or "") else None,
    )


def _web_address(url: str | None) -> str | None:
    """The URL when it is one a reader may safely follow."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _dateline(dateline: Dateline | None) -> str | None:
    return " · ".join(filter(None, (dateline.place, dateline.date, dateline.agency))) if dateline else None


def _counts(record: Record) -> tuple[str, ...]:
    statements = record.statements
    quotes = [statement.quote for statement in statements]
    known = {statement.id for statement in statements}
    within = sum(statement.parent in known for statement in statements)
    named = len({statement.speaker for statement in statements} - {None})
    return (
        counted(len(statements), "statement"),
        *(f"{quotes.count(quote)} {quote}" for quote in _QUOTES if quote in quotes),
        *([f"{within} nested"] if within else []),
        *([counted(named, "speaker")] if named else []),
    )


def _pieces(record: Record, keys: Sequence[str], anchor: str) -> Iterator[Piece]:
    """The text in order; pieces that belong to no statement have neither classes nor attributes."""
    text = record.article.text
    marked = [bool(quoted_parts(record, statement)) for statement in record.statements]
    for segment in segments(record):
        words = text[segment.start : segment.end]
        if segment.statements:
            yield Piece(words, _classes(segment, record, marked), tuple(_attributes(segment, record, keys, anchor)))
        else:
            yield Piece(words, "dateline" if segment.dateline else "")


def _classes(segment: Segment, record: Record, marked: Sequence[bool]) -> str:
    def underline(index: int) -> str:
        return line(record.statements[index].quote, index in segment.quoted, marked[index])

    names = [role for role in ("source", "cue", "content") if getattr(segment, role)]
    if segment.content:
        names.append(underline(segment.content[-1]))
    if segment.nested:
        names += ["inner", f"inner-{underline(segment.content[0])}"]
    if segment.dateline:
        names.append("dateline")
    return " ".join(names)


def _attributes(segment: Segment, record: Record, keys: Sequence[str], anchor: str) -> Iterator[tuple[str, str]]:
    def joined(indexes: Sequence[int]) -> str:
        return " ".join(keys[index] for index in indexes)

    yield "data-s", joined(segment.statements)
    for role in ("source", "cue", "content"):
        if getattr(segment, role):
            yield f"data-{role}", joined(getattr(segment, role))
    if (lit := joined(_lit(segment, record))) != joined(segment.statements):
        yield "data-on", lit
    if segment.opens:
        yield "data-open", "[" * segment.opens
    if segment.closes:
        yield "data-close", "]" * segment.closes
    if segment.first_of:
        yield "tabindex", "0"
        yield "role", "link"
        yield "aria-describedby", f"{anchor}/{keys[segment.first_of[0]]}"


def _lit(segment: Segment, record: Record) -> tuple[int, ...]:
    """The statements to light up from this piece: those it is source or cue of, else the innermost around it."""
    if segment.source or segment.cue:
        return tuple(dict.fromkeys((*segment.source, *segment.cue)))
    innermost = record.statements[segment.content[0]].content
    return tuple(index for index in segment.content if record.statements[index].content == innermost)


def _cards(record: Record, keys: Sequence[str], anchor: str) -> Iterator[Card]:
    place = {statement.id: index for index, statement in enumerate(record.statements)}
    entities = speakers(record)
    for statement, depth in nested(record):
        key = keys[place[statement.id]]
        entity = entities.get(statement.speaker)
        source = one_line(record.text_of(statement.source))
        parent = place.get(statement.parent or "")
        yield Card(
            anchor=f"{anchor}/{key}",
            key=key,
            label=statement.id,
            depth=min(depth, 4),
            within=f"{anchor}/{keys[parent]}" if parent is not None else None,
            speaker=one_line(entity.name) if entity else source or None,
            source=source if entity and source != one_line(entity.name) else "",
            cue=one_line(record.text_of(statement.cue)),
            content=tuple(_content(record, statement)),
            quote=statement.quote,
            certainty=certainty(statement.confidence),
            dots=_DOTS[certainty(statement.confidence)],
            confidence=statement.confidence,
            notes=tuple(_notes(entities, statement)),
        )


def _content(record: Record, statement: Statement) -> Iterator[Piece]:
    """The content's words, each underlined as in the text; pieces that stand apart are joined by an ellipsis."""
    text, quoted = record.article.text, quoted_parts(record, statement)
    for number, (start, end) in enumerate(tidy(statement.content, len(text))):
        if number:
            yield Piece(" … ")
        edges = {start, end, *(edge for span in quoted for edge in span if start < edge < end)}
        places = sorted(edges)
        for a, b in pairwise(places):
            inside = any(c <= a < d for c, d in quoted)
            yield Piece(text[a:b], f"content {line(statement.quote, inside, bool(quoted))}")


def _notes(entities: Mapping[str | None, Entity], statement: Statement) -> Iterator[str]:
    """What else is known of a statement, in words."""
    if addressee := entities.get(statement.addressee):
        yield f"to {one_line(addressee.name)}"
    if statement.venue:
        yield one_line(statement.venue)
    if statement.through:
        yield f"through {one_line(', '.join(statement.through))}"
    if statement.said_on:
        yield one_line(statement.said_on)
    if about := [one_line(entities[name].name) for name in statement.about if name in entities]:
        yield f"about {', '.join(about)}"
