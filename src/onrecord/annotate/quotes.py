"""Quotation marks: which stretches of a text stand inside them."""

import re
from collections.abc import Sequence

from onrecord.records import QuoteType, Span, Spans

OPENING = "\"“„«‹「『‘‚'"
CLOSING = "\"”“»›」』’'"
_OPENERS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "「": "」", "『": "』", "‘": "’", "‚": "‘’"}
_DOUBLE = re.compile(r"[\"“”„«»「」『』‟″]|``|''")
# begins with the marks themselves, to which the engine leaps; what must stand before them is looked at after
_SINGLE = re.compile(r"[‘’'‹›](?:(?<=[‘'‹])(?<![\w’'].)(?=\w|[“\"])|(?<=[^\s(\[—–-][’'›])(?!\w))")
_ELISION = re.compile(r"(?:tis|twas|em|til|cause|bout|round|n|\d0s|\d\d)\b", re.IGNORECASE)


def quoted_spans(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    """Stretches inside outermost quotation marks, the marks included, in text order.

    A quotation that a paragraph opens and does not close runs to the paragraph's end (the next paragraph opens anew,
    as printers do). Single marks count only outside double ones, and only when a pair is found in one paragraph:
    apostrophes and elisions ('em, '90s, the Joneses') are no marks.
    """
    out: list[Span] = []
    for start, end in paragraphs:
        doubles = _double_quoted(text, start, end)
        out += doubles
        position = start
        for low, high in [*doubles, (end, end)]:
            out += _single_quoted(text, position, low)
            position = high
    return sorted(out)


def _double_quoted(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    opened: int | None = None
    closers = ""
    for mark in _DOUBLE.finditer(text, start, end):
        sign = mark.group()
        if opened is None:
            if _may_open(text, mark.start(), mark.end(), start, end):
                opened, closers = mark.start(), _OPENERS.get(sign, "”" if sign == "``" else sign)
        elif _closes(sign, closers):
            found.append((opened, mark.end()))
            opened = None
    if opened is not None:
        found.append((opened, end))
    return found


def _may_open(text: str, start: int, stop: int, first: int, last: int) -> bool:
    """A closing mark without an opener (a paragraph cut out of its context) opens nothing."""
    sign = text[start:stop]
    if sign in "“„«「『``":
        return True
    if sign in "”»」』''":
        # „…” and »…« houses open with what others close with
        return start == first or (text[start - 1].isspace() and stop < last and not text[stop].isspace())
    follows_space = start == first or not (text[start - 1].isalnum() or text[start - 1] in ".,!?…")
    return follows_space and stop < last and not text[stop].isspace()


def _closes(sign: str, closers: str) -> bool:
    if sign in closers:
        return True
    # a mixed pair, as left by careless editing: “ … "
    return sign in "\"”″''" and closers in "\"”″''"


def _single_quoted(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    opened: int | None = None
    for mark in _SINGLE.finditer(text, start, end):
        opens = mark.group() in "‘'‹" and (mark.start() == 0 or not text[mark.start() - 1].isalnum())
        if opens and opened is None and mark.end() < len(text) and text[mark.end()] not in " \n":
            if not _ELISION.match(text, mark.end()):
                opened = mark.start()
        elif opened is not None and mark.group() in "’'›" and mark.start() > opened + 1:
            # after a plural's s it may be a possessive: then only punctuation beside it makes it a closing mark
            if (
                text[mark.start() - 1] == "s"
                and text[mark.end() : mark.end() + 1] == " "
                and _later_close(text, mark, end)
            ):
                continue
            found.append((opened, mark.end()))
            opened = None
    return found


def _later_close(text: str, mark: re.Match[str], end: int) -> bool:
    later = next(_SINGLE.finditer(text, mark.end(), end), None)
    return later is not None and later.group() in "’'"


def quote_type(text: str, content: Spans, quoted: Sequence[Span]) -> QuoteType:
    """direct when (almost) all word characters of `content` stand in `quoted`, indirect when (almost) none do.

    Almost is 5%: a stray word at an edge does not make a quotation mixed.
    """
    total = inside = 0
    for start, end in content:
        total += _letters(text[start:end])
        inside += sum(_letters(text[max(a, start) : min(b, end)]) for a, b in quoted if a < end and b > start)
    share = inside / total if total else 0.0
    return "direct" if share > 0.95 else "indirect" if share < 0.05 else "mixed"


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def unquoted(text: str, start: int, end: int) -> Span:
    """The span without the quotation marks and spaces around it; may be empty."""
    while start < end and (text[start] in OPENING or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in CLOSING or text[end - 1].isspace()):
        end -= 1
    return start, end
