"""Attributions on their way, in character offsets."""

import re
from dataclasses import dataclass, replace

from onrecord.records import Spans


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in character offsets, before quote types are known."""

    source: Spans
    cue: Spans
    content: Spans
    confidence: float
    parent: int | None = None
    """Index, among the drafts of the article, of the one in whose content this one stands."""


_TAIL = re.compile(r"(?:\s+(?:in|on|at|during|for|with))?\s+(?:an?|the)$", re.IGNORECASE)


def with_cue_trimmed(draft: Draft, text: str) -> Draft:
    """Without the words that open what follows the cue: what somebody "said in an" interview is said by "said"."""
    ((start, end),) = draft.cue
    tail = _TAIL.search(text, start, end)
    return replace(draft, cue=((start, tail.start()),)) if tail and tail.start() > start else draft
