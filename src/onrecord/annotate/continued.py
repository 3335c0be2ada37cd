"""Quotations that run over paragraphs.

Printers open every paragraph of a long quotation and close only its last. The encoder was trained on articles whose
annotators stopped at the paragraph, so the convention itself carries a statement on.
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
    """Give each draft whose quotation is left open at a paragraph's end the quotations that continue it.

    A continuation opens its paragraph with a quotation mark and is no other draft's content.
    """
    out = list(drafts)
    starts = {start: (start, end) for start, end in quoted}
    ends = {end: (start, end) for start, end in quoted}
    taken = [(a, b, i) for i, d in enumerate(out) for a, b in d.content]
    for (_, end), (begin, _) in pairwise(paragraphs):
        opened, continued = ends.get(end), starts.get(begin)
        if opened is None or continued is None or _is_closed(text, opened):
            continue
        owner = next((i for a, b, i in taken if a < end and b > opened[0]), None)
        if owner is None or any(a < continued[1] and b > continued[0] for a, b, _ in taken):
            continue
        out[owner] = replace(out[owner], content=(*out[owner].content, continued))
        taken.append((*continued, owner))
    return out


def _is_closed(text: str, span: Span) -> bool:
    return span[1] - span[0] > 1 and text[span[1] - 1] in CLOSING
