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
    """The drafts; one whose content begins right behind a label has the label as its source, the colon as its cue."""
    labels = {match.end(): match for match in _LABEL.finditer(text)}
    if len(labels) < FEWEST:
        return list(drafts)
    return [_labelled(draft, labels) for draft in drafts]


def _labelled(draft: Draft, labels: dict[int, re.Match[str]]) -> Draft:
    label = labels.get(draft.content[0][0]) if draft.content else None
    if label is None or draft.source == (label.span("name"),):
        return draft
    return replace(draft, source=(label.span("name"),), cue=(label.span("colon"),))
