"""Where an event may be told or an attitude shown: a sentence with the actors in it, the pairs of them worth asking
about, and those of whom a statement in it speaks.

A sentence of a statement that does not name its speaker ("They seek any excuse. …") is read with the words for the
speaker before it, so that what is said is theirs.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import permutations

from onrecord.coding.sentences import sentences
from onrecord.paragraphs import paragraphs
from onrecord.records import Entity, Record, Scene, Span, Spans, Statement

ACTING = frozenset(("person", "country", "igo", "organization", "group", "place"))
MAX_PARTICIPANTS = 8
"""Sentences that list more than so many actors are lists: of these the first are asked about."""


def scenes(record: Record) -> tuple[Scene, ...]:
    """Every sentence in which something may be done by one actor to another or one is spoken of, in text order."""
    text = record.article.text
    body = _body(record)
    acting = (k for k, e in enumerate(record.entities) if e.kind in ACTING)
    mentions = sorted((m.span, k) for k in acting for m in record.entities[k].mentions if m.span[0] >= body)
    begins = [span[0] for span, _ in mentions]
    spoken = [(piece, s) for s in record.statements for piece in s.content]
    out: list[Scene] = []
    for whole in sentences(text, paragraphs(text)):
        if whole[1] <= body:
            continue
        sentence = max(whole[0], body), whole[1]
        here = mentions[bisect_left(begins, sentence[0]) : bisect_right(begins, sentence[1])]
        if not here:
            continue
        heard = [(piece, s) for piece, s in spoken if piece[0] < sentence[1] and sentence[0] < piece[1]]
        targets = {k for span, k in here if _spoken_of(record.entities[k], span, heard)}
        out += _scene(record.entities, sentence, here, _lead(sentence, heard), targets)
    return tuple(out)


def actor_code(entity: Entity) -> str | None:
    """The code an event shows: the actor's own, else that of the country it acts for."""
    return entity.code or entity.country


def innermost(statements: Iterable[Statement], words: Span) -> Statement | None:
    """The innermost statement in whose content the words stand."""
    around = [s for s in statements if any(a <= words[0] and words[1] <= b for a, b in s.content)]
    return min(around, key=lambda s: sum(b - a for a, b in s.content), default=None)


def _body(record: Record) -> int:
    """Where the text after the wire's header begins: a dateline's place acts for nobody."""
    text, dateline = record.article.text, record.article.dateline
    return len(text) - len(text[dateline.span[1] :].lstrip()) if dateline else 0


def _spoken_of(entity: Entity, mention: Span, spoken: Sequence[tuple[Span, Statement]]) -> bool:
    """Does a statement of another speak of an entity by this mention?"""
    return any(
        start <= mention[0] and mention[1] <= end and s.speaker not in (None, entity.id) and entity.id in s.about
        for (start, end), s in spoken
    )


def _scene(
    entities: Sequence[Entity],
    sentence: Span,
    mentions: Sequence[tuple[Span, int]],
    lead: tuple[Span, str] | None,
    spoken_of: Container[int],
) -> Iterator[Scene]:
    spans: dict[int, list[Span]] = {}
    for span, k in mentions:
        spans.setdefault(k, []).append(span)
    speaker = next((k for k, e in enumerate(entities) if e.id == lead[1]), None) if lead else None
    if lead and speaker is not None and speaker not in spans:
        spans[speaker] = [lead[0]]
    else:
        lead = None
    chosen = list(spans)[:MAX_PARTICIPANTS]
    codes = [actor_code(entities[k]) for k in chosen]
    pairs = tuple((i, j) for i, j in permutations(range(len(chosen)), 2) if apart(codes[i], codes[j]))
    targets = tuple(i for i, k in enumerate(chosen) if k in spoken_of)
    if pairs or targets:
        participants = tuple((entities[k].id, tuple(sorted(spans[k]))) for k in chosen)
        yield Scene(sentence, lead[0] if lead else None, participants, pairs, targets)


def apart(one: str | None, other: str | None) -> bool:
    """Two codes of actors that may do something to each other as far as politics is concerned: they act for different
    states or bodies that are known by a code, as event data count them.
    """
    return one is not None and other is not None and one != other


def _lead(sentence: Span, spoken: Sequence[tuple[Span, Statement]]) -> tuple[Span, str] | None:
    """The words for the speaker of the statement that holds most of the sentence, where they stand elsewhere."""
    best: tuple[int, tuple[Span, str] | None] = ((sentence[1] - sentence[0]) // 2, None)
    for (start, end), statement in spoken:
        shared = min(end, sentence[1]) - max(start, sentence[0])
        if shared > best[0] and statement.source and statement.speaker and statement.parent is None:
            outside = _outside(statement.source, sentence)
            best = (shared, (statement.source[0], statement.speaker) if outside else None)
    return best[1]


def _outside(spans: Spans, sentence: Span) -> bool:
    return all(end <= sentence[0] or start >= sentence[1] for start, end in spans)
