"""Transcripts: what stands behind a label ("BRANDT: It is late.") is said by whom the label names.

The encoder met few of them, and looks for the source among the words that an article has around a quotation.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.drafts import Draft

_LABEL = re.compile(
    r"^[\"“”']?(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})(?P<colon>:)[\"“”']?[ \t]*", re.MULTILINE
)
FEWEST = 2
"""Labels that a text must have for its lines to be taken for a transcript."""


def with_labels(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts; one whose content begins with or behind a label has that as its source, the colon as its cue."""
    labels = list(_LABEL.finditer(text))
    if len(labels) < FEWEST:
        return list(drafts)
    return [_labelled(text, draft, labels) for draft in drafts]


def _labelled(text: str, draft: Draft, labels: Sequence[re.Match[str]]) -> Draft:
    """The draft with its label, if it has one, and no word of what stands behind the next one."""
    begin = draft.content[0][0] if draft.content else -1
    label = next((match for match in labels if match.start() <= begin <= match.end() < draft.content[0][1]), None)
    if label is None:
        return draft
    following = next((match.start() for match in labels if match.start() > label.start()), len(text))
    pieces = ((max(start, label.end()), min(end, following)) for start, end in draft.content)
    content = tuple((a, a + len(text[a:b].rstrip())) for a, b in pieces if a < b)
    return replace(draft, source=(label.span("name"),), cue=(label.span("colon"),), content=content)
