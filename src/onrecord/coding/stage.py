"""The stage: a record and what the encoder read in its scenes, to the record with its events.

1. the pair's entities give the codes; two descriptions of one deed in a sentence make one event
2. a deed told within a statement's words rests on that statement, the innermost one
3. what a statement itself does (accuses, demands, promises) is its speaker's event, and rests on itself
4. the date is the day that the words beside the trigger name, else that on which it was told
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.coding.dates import named_day, outside, told_day, zone_of
from onrecord.coding.plover import details
from onrecord.coding.scenes import actor_code, innermost
from onrecord.records import Deed, Entity, Event, EventStatus, Record, Scene, Span, Statement
from onrecord.when import anchor_of

SPEECH = frozenset(("ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE", "SUPPORT"))
"""What is done by saying it."""
_READY = re.compile(r"\b(?:open|ready|readiness|willing|willingness|prepared|eager|keen)\b", re.IGNORECASE)


def code(record: Record, scenes: Sequence[Scene], deeds: Sequence[Deed]) -> Record:
    """The record with its events in text order of their triggers, numbered v1, v2, …"""
    entities = {e.id: e for e in record.entities}
    found = [_event(record, scenes[deed.scene], deed, entities) for deed in deeds]
    events = sorted(_once(found, scenes, deeds), key=lambda e: (e.trigger, e.actor or "", e.recipient or ""))
    return replace(record, events=tuple(replace(e, id=f"v{k}") for k, e in enumerate(events, 1)))


def _event(record: Record, scene: Scene, deed: Deed, entities: dict[str, Entity]) -> Event:
    actor, recipient = (entities[scene.participants[k][0]] for k in deed.pair)
    word = _on_word_of(record.statements, deed, actor)
    text = record.article.text
    trigger = text[slice(*deed.trigger)]
    more = details(_type(deed.type, trigger), trigger, text[slice(*scene.sentence)])
    return Event(
        id="",
        actor=actor.id,
        recipient=recipient.id,
        actor_code=actor_code(actor),
        recipient_code=actor_code(recipient),
        type=more.type,
        trigger=(deed.trigger,),
        status=_status(deed),
        confidence=deed.confidence,
        mode=more.mode,
        context=more.context,
        cameo=more.cameo,
        quad=more.quad,
        goldstein=more.goldstein,
        on_word_of=word.id if word else None,
        date=_date(record, scene.sentence, deed, word, own=word is not None and _is_act(deed, word, actor)),
    )


def _type(type_: str, trigger: str) -> str:
    """The deed's, but that who is open to talks, or ready for them, has not held them: that is an intent, AGREE."""
    return "AGREE" if type_ == "CONSULT" and _READY.search(trigger) else type_


def _status(deed: Deed) -> EventStatus:
    """The deed's, but that a refusal is itself told by a negation ("will not …") and is made by it."""
    return "asserted" if deed.type == "REJECT" and deed.status == "negated" else deed.status


def _on_word_of(statements: Sequence[Statement], deed: Deed, actor: Entity) -> Statement | None:
    """The innermost statement whose words tell the deed; else, for a deed done by saying it, the actor's own statement
    whose cue tells it.
    """
    told_in = innermost(statements, deed.trigger)
    if told_in:
        return told_in
    if deed.type not in SPEECH:
        return None
    own = [
        s for s in statements if s.speaker == actor.id and any(_touch(deed.trigger, c) for c in (*s.cue, *s.content))
    ]
    return own[0] if own else None


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_act(deed: Deed, statement: Statement, actor: Entity) -> bool:
    """Is the deed done by making the statement?"""
    return deed.type in SPEECH and statement.speaker == actor.id


def _date(record: Record, sentence: Span, deed: Deed, word: Statement | None, own: bool) -> str | None:
    """When it took place: as the words beside it say; a deed that is a statement's `own`, when that was said; else the
    day on which it was told.
    """
    if own and word and word.said_on:
        return word.said_on
    statements = record.statements
    zone = outside(sentence, statements) if own else zone_of(sentence, deed.trigger, statements)
    ahead = deed.status in ("future", "demanded")
    named = named_day(record.article.text, zone, deed.trigger, anchor_of(record.article), ahead)
    return named or told_day(record.article, word)


def _once(events: Sequence[Event], scenes: Sequence[Scene], deeds: Sequence[Deed]) -> Iterator[Event]:
    """Of several deeds of one sentence that say the same of the same two sides, the likeliest."""
    best: dict[tuple[object, ...], Event] = {}
    for event, deed in zip(events, deeds, strict=True):
        sides = (event.actor_code or event.actor, event.recipient_code or event.recipient)
        key = (scenes[deed.scene].sentence, sides, event.type)
        if key not in best or best[key].confidence < event.confidence:
            best[key] = event
    yield from best.values()
