"""What a statement does by itself: one that shows an attitude against somebody criticises them, which PLOVER calls
ACCUSE, though nothing in its sentence says "accuses".

Not so one whose cue names another act ("warned", "asked", "declined to comment"), nor doubts and worries, which are
no event by the codebook.
"""

import re
from collections.abc import Iterator, Sequence

from onrecord.coding.scenes import actor_code, apart
from onrecord.coding.stances import ATTITUDES
from onrecord.records import Deed, Feeling, Record, Scene, Span, Statement

AGAINST = 0.6
"""From this share on an attitude is one against somebody."""
RIGHT = 0.75
"""What a share is worth as the confidence that there is such an event."""
_OTHER_ACT = re.compile(
    r"\b(?:warn|threat|call(?:s|ed|ing)? (?:on|for)|urg|ask|demand|appeal|request|seek|sought|pledg|promis|offer|"
    r"consider|declin|refus|reject|den[yi])",
    re.IGNORECASE,
)
_DOUBT = re.compile(r"\b(?:sceptic|skeptic|pessimis|doubt|concern|worr|fear|disappoint|regret)", re.IGNORECASE)


def with_criticism(
    record: Record, scenes: Sequence[Scene], deeds: Sequence[Deed], feelings: Sequence[Feeling]
) -> list[Deed]:
    """The deeds, and one for each sentence of a statement against somebody in which its speaker is not known to do
    something to them already. Its trigger is what the statement says in that sentence.
    """
    known = {(deed.scene, deed.pair) for deed in deeds}
    found = [one for feeling in feelings for one in _criticisms(record, scenes[feeling.scene], feeling)]
    return [*deeds, *(one for one in found if (one.scene, one.pair) not in known)]


def _criticisms(record: Record, scene: Scene, feeling: Feeling) -> Iterator[Deed]:
    share = feeling.shares[ATTITUDES.index("against")]
    if share < AGAINST:
        return
    entity, mentions = scene.participants[feeling.participant]
    numbers = {id_: n for n, (id_, _) in enumerate(scene.participants)}
    codes = {e.id: actor_code(e) for e in record.entities}
    for statement, words in _speaking(record.statements, entity, mentions, scene.sentence):
        speaker = statement.speaker or ""
        sides = codes.get(speaker), codes[entity]
        if speaker in numbers and apart(*sides) and _reproaches(record.article.text, statement, words):
            pair = (numbers[speaker], feeling.participant)
            yield Deed(feeling.scene, pair, "ACCUSE", "asserted", words, round(share * RIGHT, 4))


def _speaking(
    statements: Sequence[Statement], entity: str, mentions: Sequence[Span], sentence: Span
) -> Iterator[tuple[Statement, Span]]:
    """The statements that speak of an entity by one of its mentions in a sentence, with their words there."""
    for statement in statements:
        for start, end in statement.content if entity in statement.about else ():
            if any(start <= a and b <= end for a, b in mentions):
                yield statement, (max(start, sentence[0]), min(end, sentence[1]))


def _reproaches(text: str, statement: Statement, words: Span) -> bool:
    """May an attitude against somebody in these words of a statement be a reproach?"""
    cue = " ".join(text[start:end] for start, end in statement.cue)
    return not _OTHER_ACT.search(cue) and not _DOUBT.search(cue) and not _DOUBT.search(text, *words)
