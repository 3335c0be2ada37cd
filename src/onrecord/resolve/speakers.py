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

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.records import Annotation, Article, Entity, Record, Span, Statement
from onrecord.resolve import lexicon as lex
from onrecord.resolve.actors.registry import Registry
from onrecord.resolve.answers import Answer
from onrecord.resolve.cast import Member
from onrecord.resolve.entities import entities_of, tell_bodies
from onrecord.resolve.provenance import Provenance, provenances
from onrecord.resolve.ranking import BELIEF, ranked
from onrecord.resolve.walk import Resolver


def resolve(article: Article, annotation: Annotation, registry: Registry | None = None) -> Record:
    """Name each attribution's speaker. Statements keep text order; several named speakers make a statement each.

    With a `registry` entities carry the link, code and country of the actor they are, where name and context agree.
    """
    resolver = Resolver(article, annotation)
    answers, cast = resolver.run()
    # only one named speaker says who goes on from whom: a shared or unnamed one does not carry a provenance over
    known = [id(a.speakers[0][0]) if len(a.speakers) == 1 and a.speakers[0][0].named else None for a in answers]
    came = provenances(article, annotation.attributions, known)
    addressees = [resolver.addressee(i, way.addressee.span) if way.addressee else None for i, way in enumerate(came)]
    heard = {id(m) for a in answers for m, _ in a.speakers} | {id(m) for m in addressees if m}
    single = sorted((m for m in cast.members if not m.members), key=lambda m: min(m.mentions, default=(0, 0)))
    if registry is not None:
        tell_bodies(single, article, registry)
    known_kinds = [m for m in single if (m.named and m.kind != "other") or id(m) in heard]
    entities, ids = entities_of(known_kinds, article, registry)
    statements = _statements(annotation, answers, came, ids)
    told = [
        None if m is None else ids.get(id(m))
        for m, answer in zip(addressees, answers, strict=True)
        for _ in answer.speakers or (None,)
    ]
    return Record(article, entities, _completed(statements, told, entities), model=annotation.model)


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


def _completed(
    statements: Sequence[Statement], told: Sequence[str | None], entities: Sequence[Entity]
) -> tuple[Statement, ...]:
    """The statements with their addressees, given for each, and the entities that their contents mention."""
    mentions = sorted((m.span, k) for k, e in enumerate(entities) for m in e.mentions)
    begins = [span[0] for span, _ in mentions]
    out = []
    for statement, addressee in zip(statements, told, strict=True):
        inside = {
            k
            for start, end in statement.content
            for span, k in mentions[bisect_left(begins, start) : bisect_left(begins, end)]
            if span[1] <= end
        }
        about = tuple(entities[k].id for k in sorted(inside) if entities[k].named)
        out.append(replace(statement, addressee=addressee, about=about))
    return tuple(out)


NOBODY = 0.2
"""Below this a name is not what a pronoun means, even where no other is."""


def antecedent_among(article: Article, annotation: Annotation, pronoun: Span, names: Sequence[Span]) -> int | None:
    """Which of some names a pronoun of the article means: the likeliest, None when none is.

    A name that resolving does not take for one is as likely as the encoder's pointer to it; of two that it takes for
    one entity's the pointer's is meant.
    """
    resolver = Resolver(article, annotation)
    resolver.run()
    at = next(iter(resolver.words.covering(pronoun)))
    found = dict(ranked(resolver.cast, resolver.words.lower[at], at, None))
    pointed = [_pointed_to(resolver, at, name) for name in names]
    scores = [max(_likelihood(resolver, found, at, name), points) for name, points in zip(names, pointed, strict=True)]
    top = max(range(len(names)), key=lambda k: (scores[k], pointed[k]))
    return top if scores[top] > NOBODY else None


def _likelihood(resolver: Resolver, found: Mapping[Member, float], at: int, name: Span) -> float:
    owners = [resolver.cast.owner(k) for k in resolver.words.covering(name)]
    return max((found.get(member, 0.0) for member in owners if member), default=0.0)


def _pointed_to(resolver: Resolver, at: int, name: Span) -> float:
    """What the pointer at word `at` gives the name's words, as much as it counts beside a ranking that knows nothing;
    0 for one whom the pronoun's gender rules out.
    """
    gender = lex.PRONOUN_GENDER.get(resolver.words.lower[at])
    owners = [resolver.cast.owner(k) for k in resolver.words.covering(name)]
    if gender and any(member and member.gender not in (None, gender) for member in owners):
        return 0.0
    shares = resolver.cast.pointed.get(at, {})
    return BELIEF * sum(shares.get(k, 0.0) for k in resolver.words.covering(name))
