"""Readiness to talk or work with somebody: "We remain open to dialogue with Norland" is an intent, which PLOVER calls
AGREE. The network finds most of them; those it is unsure of are told by their words.
"""

import re
from collections.abc import Iterator, Sequence

from onrecord.coding.scenes import innermost
from onrecord.records import Deed, Record, Scene, Span

LIKELY = 0.85
"""The confidence of such an event, a little below the share that was right of those found in news (decision 18)."""
NEAR = 80
"""Characters between readiness and whom it is for, at most."""
_READY = re.compile(
    r"\b(?:is|are|was|were|am|been|remain(?:s|ed)?|st(?:and|ands|ood))\b(?: \w+){0,2}? [\"“‘']?"
    r"(?P<ready>(?:open|ready|willing|prepared) (?:to|for))\b|\b(?P<noun>(?:readiness|willingness) (?:to|for))\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(?:dialogue|talk|talks|talking|negotiat\w*|discuss\w*|contacts?|meet|meeting|work|working|co-?operat\w*|engage|"
    r"conversations?|consult\w*|relations)\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:we|i)\b[^,.;:]{0,20}$", re.IGNORECASE)
_NEXT = re.compile(r"^[^.;:?!“”\"]*\b(?:with|to)\b[^.;:?!“”\"]{0,20}$", re.IGNORECASE)
_HEDGED = re.compile(r"\b(?:if|unless|once|provided|whether|may|might|would|could|not|never)\b|n['’]t\b", re.IGNORECASE)


def with_readiness(record: Record, scenes: Sequence[Scene], deeds: Sequence[Deed]) -> list[Deed]:
    """The deeds, and one for each sentence that tells of somebody's readiness for another, unless the two are known to
    do something there already. Its trigger is "open to", "willing to", ….
    """
    known = {(deed.scene, deed.pair) for deed in deeds}
    found = [one for number, scene in enumerate(scenes) for one in _told(record, number, scene)]
    return [*deeds, *(one for one in found if (one.scene, one.pair) not in known)]


def _told(record: Record, number: int, scene: Scene) -> Iterator[Deed]:
    text, (start, end) = record.article.text, scene.sentence
    ready = _READY.search(text, start, end)
    if ready is None or _HEDGED.search(text, start, end):
        return
    words = ready.span("ready" if ready["ready"] else "noun")
    who, whom = _who(record, scene, ready.start()), _whom(text, scene, words)
    if who is not None and whom is not None and (who, whom) in scene.pairs:
        yield Deed(number, (who, whom), "AGREE", "asserted", words, LIKELY)


def _who(record: Record, scene: Scene, ready: int) -> int | None:
    """Whose readiness it is: the speaker's where "we" or "I" stand before it, else that of who is named last there."""
    text, start = record.article.text, scene.sentence[0]
    if _OURS.search(text, start, ready):
        said = innermost(record.statements, (ready, ready + 1))
        return next((k for k, (id_, _) in enumerate(scene.participants) if said and id_ == said.speaker), None)
    before = [(b, k) for k, (_, spans) in enumerate(scene.participants) for a, b in spans if start <= a and b <= ready]
    last, k = max(before, default=(0, None))
    return k if k is not None and not re.search(r"[,;:]|\bthat\b", text[last:ready]) else None


def _whom(text: str, scene: Scene, words: Span) -> int | None:
    """Whom it is for: who is named next, where what is between speaks of doing something together."""
    after = [(a, k) for k, (_, spans) in enumerate(scene.participants) for a, _ in spans if a >= words[1]]
    first, k = min(after, default=(0, None))
    between = text[words[1] : first]
    near = k is not None and len(between) <= NEAR
    return k if near and _TOGETHER.search(between) and _NEXT.search(between) else None
