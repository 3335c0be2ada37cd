"""A text cut at every edge of every span, so that overlapping and nested statements can be shown as flat pieces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from onrecord.export.wording import nested, tidy
from onrecord.records import QuoteType, Record, Span, Statement

Role = Literal["source", "cue", "content", "quoted", "dateline", "mention", "words"]
Line = Literal["solid", "dashed", "double"]

_QUOTED = re.compile(
    r'"[^"\n]*"?|“[^”\n]*”?|«[^»\n]*»?|„[^“”\n]*[“”]?'
    r"|(?<!\w)‘(?:[^’\n]|’(?=\w)){0,4000}’?|(?<!\w)'(?:[^'\n]|'(?=\w)){0,4000}'"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text and the statements it belongs to, as indexes into the record's statements.

    `content` holds them innermost first. `opens` and `closes` count nested contents that begin before or end after it.
    """

    start: int
    end: int
    source: tuple[int, ...] = ()
    cue: tuple[int, ...] = ()
    content: tuple[int, ...] = ()
    quoted: frozenset[int] = frozenset()
    """Of mixed contents, those whose quotation marks this piece stands in."""
    nested: bool = False
    """Whether the innermost content stands in another statement's words."""
    dateline: bool = False
    mention: int | None = None
    """The innermost of the mentions around the piece, as an index into those given."""
    words: tuple[int, ...] = ()
    """The evidence that the piece is part of, as indexes into the spans given."""
    opens: int = 0
    closes: int = 0
    source_opens: bool = False
    source_closes: bool = False
    """Whether a source begins, or ends, with this piece."""
    first_of: tuple[int, ...] = ()
    """Statements whose content begins here (source or cue, where there is no content)."""

    @property
    def statements(self) -> tuple[int, ...]:
        """Every statement the piece has a part in, once each."""
        return tuple(dict.fromkeys((*self.source, *self.cue, *self.content)))


@dataclass(slots=True)
class _Edges:
    """What begins and ends at one place of the text."""

    begins: list[tuple[Role, int]] = field(default_factory=list)
    ends: list[tuple[Role, int]] = field(default_factory=list)
    first_of: list[int] = field(default_factory=list)


def segments(record: Record, mentions: Sequence[Span] = (), words: Sequence[Span] = ()) -> Iterator[Segment]:
    """The article's text as consecutive pieces that together are the whole text, none of them empty.

    `mentions` and `words` are further spans to cut at. Takes time linear in the text, and in the pieces times the
    statements that stand over each.
    """
    edges, depths = _edges(record), depths_of(record)
    length = len(record.article.text)
    for index, span in enumerate(mentions):
        _mark(edges, "mention", index, tidy((span,), length))
    for index, span in enumerate(words):
        _mark(edges, "words", index, tidy((span,), length))
    places = sorted({0, length, *edges})
    active: dict[tuple[Role, int], None] = {}
    for start, end in pairwise(places):
        here, there = edges.get(start, _Edges()), edges.get(end, _Edges())
        for mark in here.ends:
            active.pop(mark, None)
        active.update(dict.fromkeys(here.begins))
        content = sorted(_with_role(active, "content"), key=lambda i: (-depths[i], _size(record.statements[i]), i))
        around = _with_role(active, "mention")
        yield Segment(
            start,
            end,
            source=_with_role(active, "source"),
            cue=_with_role(active, "cue"),
            content=tuple(content),
            quoted=frozenset(_with_role(active, "quoted")),
            nested=bool(content and depths[content[0]]),
            dateline=("dateline", -1) in active,
            mention=min(around, key=lambda i: (mentions[i][1] - mentions[i][0], i), default=None),
            words=_with_role(active, "words"),
            opens=sum(role == "content" and depths[index] > 0 for role, index in here.begins),
            closes=sum(role == "content" and depths[index] > 0 for role, index in there.ends),
            source_opens=any(role == "source" for role, _ in here.begins),
            source_closes=any(role == "source" for role, _ in there.ends),
            first_of=tuple(here.first_of),
        )


def _with_role(active: dict[tuple[Role, int], None], wanted: Role) -> tuple[int, ...]:
    return tuple(index for role, index in active if role == wanted)


def _edges(record: Record) -> dict[int, _Edges]:
    edges: dict[int, _Edges] = {}
    length = len(record.article.text)
    if record.article.dateline:
        _mark(edges, "dateline", -1, tidy((record.article.dateline.span,), length))
    for index, statement in enumerate(record.statements):
        source, cue, content = (tidy(s, length) for s in (statement.source, statement.cue, statement.content))
        _mark(edges, "source", index, source)
        _mark(edges, "cue", index, cue)
        _mark(edges, "content", index, content)
        _mark(edges, "quoted", index, quoted_parts(record, statement))
        place = next((spans[0][0] for spans in (content, source, cue) if spans), None)
        if place is not None:
            edges[place].first_of.append(index)
    return edges


def _mark(edges: dict[int, _Edges], role: Role, index: int, spans: Sequence[Span]) -> None:
    for start, end in spans:
        edges.setdefault(start, _Edges()).begins.append((role, index))
        edges.setdefault(end, _Edges()).ends.append((role, index))


def depths_of(record: Record) -> list[int]:
    """How deep each of the record's statements stands in the words of others, 0 for the outermost."""
    depths = {id(statement): depth for statement, depth in nested(record)}
    return [depths[id(statement)] for statement in record.statements]


def _size(statement: Statement) -> int:
    return sum(end - start for start, end in statement.content)


def quoted_parts(record: Record, statement: Statement) -> list[Span]:
    """The parts of a mixed content in quotation marks, marks included; none for direct and indirect ones."""
    if statement.quote != "mixed":
        return []
    text = record.article.text
    content = tidy(statement.content, len(text))
    if not content:
        return []
    first, last = content[0][0], content[-1][1]
    quotes = [(first + m.start(), first + m.end()) for m in _QUOTED.finditer(text[first:last])]
    return [(max(a, c), min(b, d)) for a, b in quotes for c, d in content if a < d and c < b]


def line(quote: QuoteType, quoted: bool, marked: bool) -> Line:
    """How a content is underlined: solid where quoted, dashed where paraphrased, double when a mixed one shows neither.

    `quoted` says whether the piece stands in quotation marks, `marked` whether any of the content does.
    """
    if quote == "mixed":
        return "double" if not marked else "solid" if quoted else "dashed"
    return "solid" if quote == "direct" else "dashed"
