"""On what day a statement was made: the time words of its sentence against the day of the article."""

import re

from onrecord.records import Span
from onrecord.resolve.frames import Frame
from onrecord.when import Anchor, times_in

_FUTURE = re.compile(r"\b(?:will|shall|is to|are to|plans? to|expected to|due to|scheduled to|set to|going to)\s*\Z")
_OF_SOMETHING = re.compile(r"\s*(?:of|about|on whether|against|over(?! the weekend)|for|regarding)\b")

Found = tuple[str, Span]


def said_on(frame: Frame, anchor: Anchor | None) -> Found | None:
    """ISO 8601 (a day, or less of one) and the span of the words that say it; None when none do.

    Without an anchor only words that hold the whole date count.
    """
    ahead = _lies_ahead(frame)
    for zone in frame.zones:
        if zone in frame.source and not _is_document(frame.text(zone)):
            continue
        words = frame.text(zone)
        if zone == frame.after and _OF_SOMETHING.match(words):
            continue
        if zone in frame.resumed:
            words = _first_words(words)
        times = [t for t in times_in(words, anchor, ahead) if not t.loose or _close(words, t.span[0])]
        if times:
            first = min(times, key=lambda t: (t.span[0], -t.span[1]))
            return first.value, (zone[0] + first.span[0], zone[0] + first.span[1])
    return None


def _first_words(words: str) -> str:
    """Behind what was said, only the words right behind it: further on a day belongs to something else."""
    return words[: match.end()] if (match := re.match(r"\W*(?:\w+\W+){0,5}", words)) else ""


def _close(words: str, start: int) -> bool:
    """Whether so vague a time stands close enough to the cue to be its."""
    before = words[:start]
    return len(before.split()) <= 8 and "," not in before


def _is_document(source: str) -> bool:
    """A source that is itself dated: "a statement on Sunday"; in others a day belongs to something else."""
    return re.search(r"\b(?:statement|letter|tweet|post|memo|communiqué)\b", source) is not None


def _lies_ahead(frame: Frame) -> bool:
    cue = frame.cue[0][0] if frame.cue else frame.core[0]
    return _FUTURE.search(frame.words[: cue - frame.start]) is not None
