"""What the exports for people share: words for confidence, order of nesting, text made safe to show."""

import re
from collections.abc import Mapping
from typing import Literal

from onrecord.records import Entity, Record, Span, Spans, Statement

Certainty = Literal["sure", "likely", "check"]

_SURE, _LIKELY = 0.85, 0.6
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NEVER_SHOWN = re.compile(r"[\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_ELLIPSIS = " … "


def certainty(confidence: float) -> Certainty:
    """The word for a calibrated confidence (0 to 1): sure from 0.85, likely from 0.6, below it check by eye."""
    return "sure" if confidence >= _SURE else "likely" if confidence >= _LIKELY else "check"


def without_surrogates(text: str) -> str:
    """The text with each lone surrogate, which no encoding can write, as U+FFFD; the length stays."""
    return _SURROGATE.sub("\ufffd", text)


def visible(text: str) -> str:
    """The text for a page: control characters that HTML cannot carry as their pictures (␀), the length stays."""
    if text.isascii() and text.isprintable():  # nearly all: pages ask this of every word they show
        return text
    pictures = _CONTROL.sub(lambda m: "␡" if m[0] == "\x7f" else chr(0x2400 + ord(m[0])), text)
    return without_surrogates(pictures).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def one_line(text: str) -> str:
    """The text on one line, without anything that could steer a terminal or turn the direction of writing."""
    return " ".join(_NEVER_SHOWN.sub("", without_surrogates(_CONTROL.sub(" ", text))).split())


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters (and no less than 8) of a text, cut between words near its middle."""
    limit = max(limit, 8)
    if len(text) <= limit:
        return text
    room = limit - len(_ELLIPSIS)
    head, tail = text[: room - room // 3], text[len(text) - room // 3 :]
    if " " in head[len(head) // 2 :]:
        head = head.rsplit(" ", 1)[0]
    if " " in tail[: -(len(tail) // 2) or None]:
        tail = tail.split(" ", 1)[1]
    return head.rstrip() + _ELLIPSIS + tail.lstrip()


def tidy(spans: Spans, length: int) -> list[Span]:
    """Spans in text order, within a text of `length`, overlapping and touching ones joined, empty ones left out."""
    joined: list[Span] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def nested(record: Record) -> list[tuple[Statement, int]]:
    """Every statement with its depth (0 outermost), in the record's order, each followed by those within it.

    A parent that the record lacks, or a circle of parents, does not lose a statement: it stands as outermost.
    """
    children: dict[str | None, list[Statement]] = {}
    known = {statement.id for statement in record.statements}
    for statement in record.statements:
        children.setdefault(statement.parent if statement.parent in known else None, []).append(statement)
    placed: dict[int, tuple[Statement, int]] = {}
    for root in [*children.get(None, ()), *record.statements]:
        waiting = [(root, 0)]
        while waiting:
            statement, depth = waiting.pop()
            if id(statement) not in placed:
                placed[id(statement)] = (statement, depth)
                waiting += [(child, depth + 1) for child in reversed(children.get(statement.id, ()))]
    return list(placed.values())


def speakers(record: Record) -> Mapping[str | None, Entity]:
    """The record's entities by id."""
    return {entity.id: entity for entity in record.entities}


def title_of(record: Record) -> str:
    """The article's title, else its first words, else its id; on one line."""
    article = record.article
    opening = one_line(article.text[:400])
    words = opening if len(opening) <= 80 else opening[:80].rsplit(" ", 1)[0] + " …"
    return one_line(article.title or "") or words or article.id


def facts_of(record: Record) -> list[str]:
    """Outlet, date and byline of an article, those that are known, each on one line."""
    article = record.article
    byline = "by " + ", ".join(article.byline) if article.byline else None
    date = article.published.replace("T", " ") if article.published else None
    return [one_line(fact) for fact in (article.outlet, date, byline) if fact]


def counted(number: int, thing: str) -> str:
    """`1 statement`, `2 statements`, `no statements`."""
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"
