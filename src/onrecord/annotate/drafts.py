"""Attributions on their way, in character offsets."""

from dataclasses import dataclass

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
