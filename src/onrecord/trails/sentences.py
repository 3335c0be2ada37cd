"""Sentences of a text, and the ones that a statement stands in."""

import re
from bisect import bisect_left, bisect_right

from onrecord.records import Span

# begins with the white space itself, to which the engine leaps; what must stand before it is looked at after
_BREAK = re.compile(r"\s(?:(?:(?<=[.!?]\s)|(?<=[.!?][\"”’]\s))\s*(?=[\"“‘(A-Z])|(?<=\n)\n*)")


def sentence_starts(text: str) -> list[int]:
    """Where sentences and paragraphs begin, in order."""
    return [0, *(m.end() for m in _BREAK.finditer(text))]


def enclosing(text: str, span: Span, starts: list[int]) -> Span:
    """The sentences that a span of a text touches; `starts` as `sentence_starts` gives them."""
    first = starts[bisect_right(starts, span[0]) - 1]
    after = bisect_left(starts, max(span[1], span[0] + 1))
    return first, starts[after] if after < len(starts) else len(text)
