"""On what day an event took place: by the time words beside those that tell it, else on the day it was told."""

import re
from collections.abc import Iterator, Sequence

from onrecord.records import Article, Span, Statement
from onrecord.when import Anchor, Time, times_in

REACH = 80
"""Characters between a trigger and the time words that belong to it, at most."""
_PHRASE = 40
"""More than the longest of them is long."""
_APART = re.compile(
    r"[;:()]|\b(?:and|but|or|while|after|before|since|when|as|than|who|whom|whose|which|that|because|where|though"
    r"|although|if|until|amid|following|despite|for|over)\b"
)
"""What begins another clause, or another thing with a day of its own."""
_OWNED = re.compile(r"(?P<time>(?:\w+ )?\w+)[’']s (?:[\w-]+ ){0,3}\Z")
"""Whose day it is: "Tuesday's missile attack", "last week's talks"."""


def told_day(article: Article, word: Statement | None) -> str | None:
    """The day on which an event was told: when the statement was said, else the dateline's or the article's."""
    dated = article.dateline.date if article.dateline else None
    if dated is None or dated.startswith("--"):
        dated = article.published[:10] if article.published else None
    return word.said_on if word and word.said_on else dated


def named_day(text: str, zone: Sequence[Span], trigger: Span, anchor: Anchor | None, ahead: bool = False) -> str | None:
    """The time (ISO 8601: a day, or less of one) that words beside the trigger name, within the `zone`'s pieces; None
    where none do. `ahead` for what is yet to come.
    """
    if not zone:
        return None
    owner = _OWNED.search(text, max(zone[0][0], trigger[0] - REACH), trigger[0])
    if owner:
        return next((time.value for time in times_in(owner["time"], anchor, ahead)), None)
    near = [(gap, time) for gap, time in _beside(text, zone, trigger, anchor, ahead) if gap <= REACH]
    return min(near, key=lambda found: found[0])[1].value if near else None


def _beside(
    text: str, zone: Sequence[Span], trigger: Span, anchor: Anchor | None, ahead: bool
) -> Iterator[tuple[int, Time]]:
    """The times of the trigger's clause, and how far each is from it; a text without stops is not searched whole."""
    for first, last in zone:
        start, end = max(first, trigger[0] - REACH - _PHRASE), min(last, trigger[1] + REACH + _PHRASE)
        for time in times_in(text[start:end], anchor, ahead):
            begin, stop = start + time.span[0], start + time.span[1]
            between = text[stop : trigger[0]] if stop <= trigger[0] else text[trigger[1] : begin]
            fronted = begin - first < len("Back in ") and between.startswith(",")
            if not _APART.search(between) and not (time.loose and "," in between and not fronted):
                yield len(between), time


def zone_of(sentence: Span, trigger: Span, statements: Sequence[Statement]) -> list[Span]:
    """The pieces of a sentence in which a trigger's time words may stand: within the same words of the same statement;
    for what the outlet tells, outside all statements.
    """
    around = [p for p in _contents(sentence, statements) if p[0] <= trigger[0] and trigger[1] <= p[1]]
    if not around:
        return outside(sentence, statements)
    start, end = min(around, key=lambda piece: piece[1] - piece[0])
    return [(max(start, sentence[0]), min(end, sentence[1]))]


def outside(sentence: Span, statements: Sequence[Statement]) -> list[Span]:
    """The pieces of a sentence that are in nobody's words but the outlet's."""
    pieces, at = [], sentence[0]
    for start, end in [*_contents(sentence, statements), (sentence[1], sentence[1])]:
        if start > at:
            pieces.append((at, start))
        at = max(at, end)
    return pieces


def _contents(sentence: Span, statements: Sequence[Statement]) -> list[Span]:
    pieces = (piece for s in statements for piece in s.content)
    return sorted(piece for piece in pieces if piece[0] < sentence[1] and sentence[0] < piece[1])
