"""Quotations that run over paragraphs.

Printers open every paragraph of a long quotation and close only its last. The encoder was trained on articles whose
annotators stopped at the paragraph, so the convention itself carries a statement on, and back.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.annotate.drafts import Draft
from onrecord.annotate.quotes import CLOSING
from onrecord.records import Span


def continue_quotations(
    text: str, drafts: Sequence[Draft], paragraphs: Sequence[Span], quoted: Sequence[Span]
) -> list[Draft]:
    """Give each draft the rest of a quotation that runs over paragraphs: what follows one left open at a paragraph's
    end, and what goes before one that was left open in the paragraphs above.

    A continuation opens its paragraph with a quotation mark; what is another draft's content stays that one's.
    """
    out = list(drafts)
    starts = {start: (start, end) for start, end in quoted}
    ends = {end: (start, end) for start, end in quoted}
    runs = [(ends.get(end), starts.get(begin)) for (_, end), (begin, _) in pairwise(paragraphs)]
    linked = [(a, b) for a, b in runs if a and b and not _is_closed(text, a)]
    for opened, continued in linked:
        _carry(out, opened, continued)
    for opened, continued in reversed(linked):
        _carry(out, continued, opened)
    return out


def _carry(drafts: list[Draft], known: Span, other: Span) -> None:
    """Make `other` content of the only draft that has content in `known`, where no second draft has a share in it."""
    owners, rivals = _owners(drafts, known), _owners(drafts, other)
    if len(owners) != 1 or not rivals <= owners:
        return
    (owner,) = owners
    apart = [s for s in drafts[owner].content if s[1] <= other[0] or s[0] >= other[1]]
    drafts[owner] = replace(drafts[owner], content=tuple(sorted([*apart, other])))


def _owners(drafts: Sequence[Draft], span: Span) -> set[int]:
    return {i for i, d in enumerate(drafts) for a, b in d.content if a < span[1] and b > span[0]}


def _is_closed(text: str, span: Span) -> bool:
    return span[1] - span[0] > 1 and text[span[1] - 1] in CLOSING
