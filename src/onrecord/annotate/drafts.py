"""Attributions on their way: in character offsets, nested ones inside."""

from dataclasses import dataclass

from onrecord.records import Spans


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in character offsets, before quote types and parents' indexes are known."""

    source: Spans
    cue: Spans
    content: Spans
    confidence: float
    inner: tuple["Draft", ...] = ()
