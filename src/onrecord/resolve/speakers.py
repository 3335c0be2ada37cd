"""Who speaks: every attribution's source to an entity of the article.

1. split the text into words (`words.py`)
2. find its names and gather them into a cast (`names.py`, `cast.py`)
3. walk through pronouns and sources in text order (`walk.py`): what each phrase is (`phrases.py`), whom it
   means (`ranking.py` for pronouns, `descriptions.py` for descriptions), so that each answer is evidence for the next
4. say how each statement came (`provenance.py`)
5. write statements, one for each named speaker of one content, and the entities

A source that names nobody becomes an entity marked as not named; nobody is guessed silently: `speaker_confidence`
says how sure a link is.
"""

from collections.abc import Sequence
from dataclasses import replace

from onrecord.records import Annotation, Article, Entity, Record, Span, Statement
from onrecord.resolve import lexicon as lex
from onrecord.resolve.actors.registry import Registry
from onrecord.resolve.cast import entity_of
from onrecord.resolve.provenance import Provenance, provenances
from onrecord.resolve.ranking import ranked
from onrecord.resolve.walk import Answer, Resolver


def resolve(article: Article, annotation: Annotation, registry: Registry | None = None) -> Record:
    """Name each attribution's speaker. Statements keep text order; several named speakers make a statement each.

    With a `registry` entities carry the link, code and country of the actor they are, where name and context agree.
    """
    answers, cast = Resolver(article, annotation).run()
    spoken = {id(m) for a in answers for m, _ in a.speakers}
    members = [m for m in cast.members if (m.named and m.kind != "other") or id(m) in spoken]
    members = sorted((m for m in members if not m.members), key=lambda m: min(m.mentions, default=(0, 0)))
    ids = {id(m): f"e{k}" for k, m in enumerate(members, 1)}
    entities = tuple(_linked(entity_of(m, ids[id(m)]), article, registry) for m in members)
    # only one named speaker says who goes on from whom: a shared or unnamed one does not carry a provenance over
    known = [ids[id(a.speakers[0][0])] if len(a.speakers) == 1 and a.speakers[0][0].named else None for a in answers]
    came = provenances(article, annotation.attributions, known)
    return Record(article, entities, _statements(annotation, answers, came, ids), model=annotation.model)


def _linked(entity: Entity, article: Article, registry: Registry | None) -> Entity:
    """The entity with its actor's id as link, code and country; as it was when the registry knows none or is unsure."""
    if registry is None:
        return entity
    country = registry.country_of(entity.role) if entity.role else None
    if not entity.named:
        return replace(entity, country=country)
    kind = None if entity.kind == "other" else entity.kind
    actor = registry.find(entity.name, kind=kind, country=country, role=entity.role, on=_day(article))
    if actor is None:
        return replace(entity, country=country)
    return replace(entity, code=actor.code, country=actor.country or country, link=actor.id)


def _day(article: Article) -> str | None:
    """The article's day; a dateline without a year says too little."""
    dated = article.dateline.date if article.dateline else None
    return dated if dated and not dated.startswith("--") else article.published and article.published[:10]


def _statements(
    annotation: Annotation, answers: Sequence[Answer], came: Sequence[Provenance], ids: dict[int, str]
) -> tuple[Statement, ...]:
    """Number the statements; a child points to the first of the statements that its parent became."""
    first: list[int] = []
    count = 0
    for answer in answers:
        first.append(count + 1)
        count += max(1, len(answer.speakers))
    out: list[Statement] = []
    for a, answer, way in zip(annotation.attributions, answers, came, strict=True):
        for member, source in answer.speakers or ((None, a.source),):
            out.append(
                Statement(
                    id=f"s{len(out) + 1}",
                    source=source,
                    cue=a.cue,
                    content=a.content,
                    quote=a.quote,
                    speaker=None if member is None else ids[id(member)],
                    parent=None if a.parent is None else f"s{first[a.parent]}",
                    confidence=round(a.confidence, 4),
                    through=tuple(quoted.value for quoted in way.through),
                    venue=way.venue.value if way.venue else None,
                    said_on=way.said_on.value if way.said_on else None,
                    provenance=way.evidence(),
                    speaker_confidence=round(answer.confidence, 4),
                )
            )
    return tuple(out)


def antecedent_among(text: str, pronoun: Span, names: Sequence[Span]) -> int | None:
    """Which of some names a pronoun means: the likeliest by the ranking, None when none of them can be."""
    resolver = Resolver(Article("", text), Annotation((), ""))
    at = next(iter(resolver.words.covering(pronoun)))
    who = [next((resolver.cast.by_word[i][0] for i in resolver.words.covering(n) if i in resolver.cast.by_word), None)
           for n in names]  # fmt: skip
    for index in range(at):
        if resolver.words.lower[index] in lex.PRONOUN_GENDER:
            resolver.settle(index)
    worth = {id(m): p for m, p in ranked(resolver.cast, resolver.words.lower[at], at, None)}
    scores = [worth.get(id(m), 0.0) for m in who]
    top = max(range(len(names)), key=scores.__getitem__)
    return top if scores[top] > 0 else None
