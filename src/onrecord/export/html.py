"""A page that shows each text exactly as read, with every source, cue and content marked where it stands, whom every
mention means, and how each statement came.

The page carries its own styles and script and asks for nothing else: it opens from a disk without a network, and its
content security policy lets only that one script run.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from onrecord.export.cards import Card, CastRow, cards_of, cast_of
from onrecord.export.days import day_in_words, moment_in_words
from onrecord.export.marks import Marker, Piece
from onrecord.export.ribbon import ribbons
from onrecord.export.who import Who, standing, who_is
from onrecord.export.wording import counted, title_of, visible, without_surrogates
from onrecord.records import Dateline, Record

if TYPE_CHECKING:
    from jinja2 import Environment

_QUOTES = ("direct", "mixed", "indirect")


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article as the template shows it."""

    anchor: str
    title: str
    url: str | None
    outlet: str | None
    published: str | None
    printed: str | None
    """When it was published, in words."""
    dateline: str | None
    byline: str
    counts: tuple[str, ...]
    pieces: Iterator[Piece]
    cards: tuple[Card, ...]
    cast: tuple[CastRow, ...]
    language: str | None


def render_page(records: Sequence[Record], framed: bool = False) -> str:
    """One self-contained HTML page of all the records, in their order; `framed` to stand in the `srcdoc` of a frame.

    Takes time and memory linear in the texts. What HTML cannot carry (lone surrogates, control characters) is shown
    by one replacement character each, so the result can always be written as UTF-8. The same records give the same
    page.
    """
    templates = environment()
    taken: set[str] = set()
    views = [article_view(record, _unique(anchor_of(record.article.id), taken)) for record in records]
    script = _asset("page.js")
    statements = sum(len(record.statements) for record in records)
    return templates.get_template("page.html.j2").render(
        articles=views,
        framed=framed,
        title=views[0].title if len(views) == 1 else f"{counted(len(views), 'article')} on the record",
        summary=f"{counted(len(views), 'article')}, {counted(statements, 'statement')}",
        models=sorted({record.model for record in records if record.model}),
        styles=_asset("tokens.css") + _asset("page.css"),
        script=script,
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
    )


@cache
def environment(*folders: str) -> "Environment":
    """Templates of the page, and of further folders of the package, which may take its parts. Whatever they show is
    made fit for HTML."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=ChoiceLoader([PackageLoader("onrecord", folder) for folder in (*folders, "export/templates")]),
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

    templates = environment()
    assert templates.loader is not None
    return Markup(templates.loader.get_source(templates, name)[0])


def anchor_of(text: str, otherwise: str = "article") -> str:
    """The text as a fragment of a URL and an HTML id: no spaces, nothing to escape."""
    return percent_encode(without_surrogates(text), safe=":@!$()*,;=~-._") or otherwise


def _unique(name: str, taken: set[str]) -> str:
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name}~{number}", number + 1
    taken.add(candidate)
    return candidate


def article_view(record: Record, anchor: str) -> ArticleView:
    """An article as `article.html.j2` shows it; every id within it begins with the anchor."""
    taken = {"title"}
    keys = [_unique(anchor_of(statement.id, "statement"), taken) for statement in record.statements]
    people: dict[str | None, Who] = {}
    for entity in record.entities:
        key = _unique(anchor_of(entity.id, "entity"), taken)
        people[entity.id] = who_is(entity, key, f"{anchor}/{key}")
    ways = ribbons(record)
    article = record.article
    return ArticleView(
        anchor=anchor,
        title=title_of(record),
        url=_web_address(article.url),
        outlet=article.outlet,
        published=article.published,
        printed=moment_in_words(article.published) if article.published else None,
        dateline=_dateline(article.dateline),
        byline=", ".join(article.byline),
        counts=_counts(record),
        pieces=Marker(record, anchor, keys, people, ways).pieces(),
        cards=tuple(cards_of(record, anchor, keys, people, ways)),
        cast=tuple(cast_of(record, anchor, keys, people)),
        language=article.language if re.fullmatch(r"[A-Za-z]{1,8}(-\w{1,8})*", article.language or "") else None,
    )


def _web_address(url: str | None) -> str | None:
    """The URL when it is one a reader may safely follow."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _dateline(dateline: Dateline | None) -> str | None:
    if dateline is None:
        return None
    day = day_in_words(dateline.date) if dateline.date else None
    return " · ".join(filter(None, (dateline.place, day, dateline.agency)))


def _counts(record: Record) -> tuple[str, ...]:
    statements = record.statements
    quotes = [statement.quote for statement in statements]
    known = {statement.id for statement in statements}
    within = sum(statement.parent in known for statement in statements)
    speaking = {statement.speaker for statement in statements} - {None}
    unnamed = sum(standing(entity) != "named" for entity in record.entities if entity.id in speaking)
    return (
        counted(len(statements), "statement"),
        *(f"{quotes.count(quote)} {quote}" for quote in _QUOTES if quote in quotes),
        *([f"{within} nested"] if within else []),
        *([counted(len(speaking), "speaker")] if speaking else []),
        *([f"{unnamed} not named"] if unnamed else []),
    )
