"""Where a text's paragraphs begin and end, also in wire copy that is wrapped at a fixed column."""

import re
from functools import lru_cache
from itertools import pairwise

from onrecord.records import Span, Spans

_LINE = re.compile(r"[^\n]*\n?")
_BREAK = re.compile(r"\n[ \t\r\xa0]*(?:\n|$)|\n(?=[ \t\xa0]{2,}\S)")
_WRAP_COLUMNS = range(40, 101)
_KEPT = 64
"""Texts whose paragraphs are kept: one stage after another asks for those of an article."""
_SENTENCE_END = tuple('.!?:"”’)»')


def is_hard_wrapped(text: str) -> bool:
    """Do line breaks fall at a column rather than at the end of a thought?

    Judged on the first 200 lines: of those followed by another line of the same block, most must be of a length
    usual for wrapped text and end in the middle of a sentence.
    """
    if text.count("\n") < 3:
        return False
    lines = [m.group() for m, _ in zip(_LINE.finditer(text), range(200), strict=False)]
    joined = [a.rstrip() for a, b in pairwise(lines) if a.strip() and b.strip() and not b.startswith("  ")]
    if len(joined) < 3:
        return False
    mid = [x for x in joined if len(x) in _WRAP_COLUMNS and not x.endswith(_SENTENCE_END)]
    return len(mid) > 0.6 * len(joined)


@lru_cache(maxsize=_KEPT)
def paragraphs(text: str) -> Spans:
    """Spans that cover every non-blank paragraph of `text`, in order, without the white space around them.

    A line break ends a paragraph, except in hard-wrapped text, where only a blank line or an indented line does.
    """
    out: list[Span] = []
    begin = 0
    breaks = _BREAK.finditer(text) if is_hard_wrapped(text) else re.finditer(r"\n", text)
    for end in [*(m.start() for m in breaks), len(text)]:
        body = text[begin:end]
        stripped = body.strip()
        if stripped:
            start = begin + body.index(stripped[0])
            out.append((start, start + len(stripped)))
        begin = end
    return tuple(out)
