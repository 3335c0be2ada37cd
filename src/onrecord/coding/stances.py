"""What was read in scenes, to statements with their speakers' stances."""

from collections.abc import Sequence
from dataclasses import replace

from onrecord.records import Attitude, Feeling, Record, Scene, Span, Stance, Statement

ATTITUDES: tuple[Attitude, ...] = ("against", "neither", "for")
"""In the order of a feeling's shares."""
Shares = tuple[float, float, float]


def with_stances(record: Record, scenes: Sequence[Scene], feelings: Sequence[Feeling]) -> Record:
    """The record with, for each statement and each entity it is about, the attitude that its sentences show on average.

    Attitudes towards the speakers themselves are left out.
    """
    shown: dict[str, list[tuple[Span, Shares]]] = {}
    for feeling in feelings:
        scene = scenes[feeling.scene]
        entity, mentions = scene.participants[feeling.participant]
        shown.setdefault(entity, []).extend((mention, feeling.shares) for mention in mentions)
    stances = ((s, _stances(s, shown)) for s in record.statements)
    return replace(record, statements=tuple(replace(s, stances=own) if own != s.stances else s for s, own in stances))


def _stances(statement: Statement, shown: dict[str, list[tuple[Span, Shares]]]) -> tuple[Stance, ...]:
    out = []
    for entity in statement.about:
        inside = {shares for mention, shares in shown.get(entity, ()) if _within(mention, statement)}
        if entity != statement.speaker and inside:
            means = [sum(column) / len(inside) for column in zip(*sorted(inside), strict=True)]
            best = max(range(len(ATTITUDES)), key=means.__getitem__)
            out.append(Stance(entity, ATTITUDES[best], round(means[best], 4)))
    return tuple(out)


def _within(mention: Span, statement: Statement) -> bool:
    return any(start <= mention[0] and mention[1] <= end for start, end in statement.content)
