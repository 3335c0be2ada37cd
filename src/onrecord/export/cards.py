"""What stands beside a page's text: a card for each statement, and a line for each entity."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.export.marks import Piece, place, words_key
from onrecord.export.ribbon import Link, Ribbon
from onrecord.export.segments import line, quoted_parts
from onrecord.export.who import Who, own_words
from onrecord.export.wording import certainty, counted, nested, one_line, shorten, speakers, tidy
from onrecord.records import Mention, Record, Statement

DOTS = {"sure": "●●●", "likely": "●●○", "check": "●○○"}
_ROLES = {
    "speaker": "speaker",
    "through": "came through",
    "teller": "told by",
    "agency": "agency of the dateline",
    "outlet": "outlet",
    "article": "outlet not known",
    "venue": "occasion",
    "addressee": "said to",
    "said_on": "day it was said",
}


@dataclass(frozen=True, slots=True)
class Sureness:
    """A confidence as shown: its word, its dots and its value."""

    word: str
    dots: str
    value: float


@dataclass(frozen=True, slots=True)
class RibbonLink:
    """One link of a ribbon. Without `href` it has no words of the article to lead to."""

    role: str
    title: str
    text: str
    href: str | None
    words: str
    carried: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One statement beside the text. `anchor` is its permanent link, `key` names it within its article."""

    anchor: str
    key: str
    label: str
    depth: int
    within: str | None
    """Anchor of the statement in whose words this one stands."""
    who: Who | None
    source: str
    """The words of the source, where they differ from the speaker's name or there is no speaker."""
    cue: str
    content: tuple[Piece, ...]
    quote: str
    sure: Sureness
    who_sure: Sureness | None
    chain: tuple[RibbonLink, ...]
    around: tuple[RibbonLink, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words that mean an entity, how often they do, and where first."""

    words: str
    href: str
    times: int


@dataclass(frozen=True, slots=True)
class CastRow:
    """One entity below the text. `first` is the anchor of its first statement."""

    who: Who
    said: str
    first: str | None
    words: tuple[Said, ...]


def cards_of(
    record: Record, anchor: str, keys: Sequence[str], people: Mapping[str | None, Who], ribbons: Mapping[str, Ribbon]
) -> Iterator[Card]:
    """The cards in the record's order, each followed by those of the statements within it."""
    places = {statement.id: index for index, statement in enumerate(record.statements)}
    entities = speakers(record)
    for statement, depth in nested(record):
        key = keys[places[statement.id]]
        entity = entities.get(statement.speaker)
        parent = places.get(statement.parent or "")
        ribbon = ribbons[statement.id]
        sure = statement.speaker_confidence
        yield Card(
            anchor=f"{anchor}/{key}",
            key=key,
            label=statement.id,
            depth=min(depth, 4),
            within=f"{anchor}/{keys[parent]}" if parent is not None else None,
            who=people.get(statement.speaker),
            source=own_words(record, statement, entity) if entity else one_line(record.text_of(statement.source)),
            cue=one_line(record.text_of(statement.cue)),
            content=tuple(_content(record, statement)),
            quote=statement.quote,
            sure=sureness_of(statement.confidence),
            who_sure=None if sure is None or entity is None else sureness_of(sure),
            chain=tuple(_ribbon_link(record, anchor, link) for link in ribbon.chain),
            around=tuple(_ribbon_link(record, anchor, link) for link in ribbon.around),
            about=", ".join(one_line(entities[name].name) for name in statement.about if name in entities),
        )


def sureness_of(confidence: float) -> Sureness:
    """A confidence (0 to 1) as it is shown."""
    word = certainty(confidence)
    return Sureness(word, DOTS[word], confidence)


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


def _ribbon_link(record: Record, anchor: str, link: Link) -> RibbonLink:
    title = _ROLES[link.role]
    if link.span:
        title += f": “{shorten(one_line(record.text_of((link.span,))), 80)}”"
    if link.carried:
        title += ", from an earlier statement"
    return RibbonLink(
        role=link.role,
        title=title,
        text=f"to {link.text}" if link.role == "addressee" else link.text,
        href=f"#{place(anchor, link.span[0])}" if link.span else None,
        words=words_key(link.span) if link.span else "",
        carried=link.carried,
    )


def cast_of(record: Record, anchor: str, keys: Sequence[str], people: Mapping[str | None, Who]) -> Iterator[CastRow]:
    """Every entity of the article: who it is, how many statements it made, in which words the text speaks of it."""
    spoken: dict[str | None, list[str]] = {}
    for key, statement in zip(keys, record.statements, strict=True):
        spoken.setdefault(statement.speaker, []).append(key)
    for entity in record.entities:
        said = spoken.get(entity.id, [])
        yield CastRow(
            people[entity.id],
            counted(len(said), "statement") if said else "",
            f"{anchor}/{said[0]}" if said else None,
            tuple(_said(record, anchor, entity.mentions)),
        )


def _said(record: Record, anchor: str, mentions: Sequence[Mention]) -> Iterator[Said]:
    times: dict[str, int] = {}
    first: dict[str, int] = {}
    for mention in mentions:
        spans = tidy((mention.span,), len(record.article.text))
        if spans and (words := shorten(one_line(record.text_of((spans[0],))), 80)):
            times[words] = times.get(words, 0) + 1
            first.setdefault(words, spans[0][0])
    for words, number in times.items():
        yield Said(words, f"#{place(anchor, first[words])}", number)
