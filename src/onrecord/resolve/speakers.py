"""Who speaks: for now the source's own words, cleaned of titles, with one entity per name.

A surname finds the full name when the article has one that ends in it. Pronouns and descriptions ("the ministry",
"a senior official") stay what they are, and are marked as not named.
"""

import re
from dataclasses import dataclass, field

from onrecord.records import Annotation, Article, Entity, EntityKind, Mention, MentionType, Record, Spans, Statement
from onrecord.resolve.provenance import provenances

_PERSONAL = frozenset(("he", "she", "him", "her", "himself", "herself"))
_PRONOUNS = _PERSONAL | frozenset(
    ("they", "it", "i", "we", "you", "who", "that", "which", "them", "this", "these", "those", "themselves")
)
_TITLES = frozenset(
    word
    for line in (
        "president vice chancellor minister prime foreign secretary senator sen rep representative",
        "congressman congresswoman governor gov mayor ambassador envoy spokesman spokeswoman spokesperson",
        "speaker king queen prince princess pope bishop archbishop cardinal rabbi imam sheikh ayatollah",
        "general gen colonel col major lieutenant lt captain capt admiral commander sergeant judge justice",
        "attorney lawyer professor prof dr doctor mr mrs ms miss sir lord lady dame director chief executive",
        "chairman chairwoman chair head leader deputy assistant undersecretary commissioner premier treasurer",
        "candidate nominee analyst economist strategist pollster author journalist reporter editor",
        "correspondent historian researcher adviser advisor aide counsel officer sheriff democrat republican",
        "diplomat police former acting interim incoming outgoing senior top late high",
    )
    for word in line.split()
)
_CLAUSE = re.compile(r"\s*(?:,|\(|\s[—–-]\s|\bwho\b|\bof the\b|\bfrom the\b)")
_POSSESSOR = re.compile(r"^.*\b\S+(?:’s|'s|s’|s')\s+(?=.*[^\W\d_])")
_ARTICLE = re.compile(r"^(?:the|a|an|The|A|An)\s+")


@dataclass
class _Draft:
    name: str
    named: bool
    kind: EntityKind
    role: str | None = None
    aliases: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


def resolve(article: Article, annotation: Annotation) -> Record:
    """Name each attribution's source, say how it came, and give the statements their ids, in text order of cues."""
    drafts: list[_Draft] = []
    speakers = [_speaker(article.text, a.source, drafts) for a in annotation.attributions]
    merged = _join_surnames(drafts)
    entities = [d for i, d in enumerate(drafts) if merged[i] == i]
    ids = {id(d): f"e{k}" for k, d in enumerate(entities, 1)}
    known = [None if s is None or not drafts[merged[s]].named else merged[s] for s in speakers]
    came = provenances(article, annotation.attributions, known)
    statements = tuple(
        Statement(
            id=f"s{k}",
            source=a.source,
            cue=a.cue,
            content=a.content,
            quote=a.quote,
            speaker=None if speaker is None else ids[id(drafts[merged[speaker]])],
            parent=None if a.parent is None else f"s{a.parent + 1}",
            confidence=round(a.confidence, 4),
            through=tuple(quoted.value for quoted in way.through),
            venue=way.venue.value if way.venue else None,
            said_on=way.said_on.value if way.said_on else None,
            provenance=way.evidence(),
        )
        for k, (a, speaker, way) in enumerate(zip(annotation.attributions, speakers, came, strict=True), 1)
    )
    return Record(article, tuple(_entity(d, ids[id(d)]) for d in entities), statements, model=annotation.model)


def _speaker(text: str, source: Spans, drafts: list[_Draft]) -> int | None:
    """Index into `drafts` of the source's entity, added when it is new; None for a missing source."""
    if not source:
        return None
    words = " ".join(" ".join(text[a:b] for a, b in source).split())
    name, role, mention, kind = name_of(words)
    mentions = [Mention(span, mention) for span in source]
    for i, draft in enumerate(drafts):
        if draft.name.casefold() == name.casefold():
            draft.mentions += [m for m in mentions if m not in draft.mentions]
            draft.role = draft.role or role
            return i
    drafts.append(_Draft(name, mention == "name", kind, role, [], mentions))
    return len(drafts) - 1


def name_of(source: str) -> tuple[str, str | None, MentionType, EntityKind]:
    """A source's name, its role as the text states it, the type of mention and the kind as far as the words tell."""
    lowered = source.casefold()
    if lowered in _PRONOUNS:
        return source, None, "pronoun", "person" if lowered in _PERSONAL else "other"
    head = _CLAUSE.split(source, maxsplit=1)[0].strip() or source
    after = _POSSESSOR.sub("", head)
    words = after.split() if any(w[0].isupper() for w in after.split()) else head.split()
    titles = 0
    for i, word in enumerate(words):
        if word.casefold().strip(".") in _TITLES or (i and titles == i and word.islower()):
            titles = i + 1
    name = words[titles:]
    if titles and name and all(w[0].isupper() or w in ("al", "de", "van", "von", "bin", "der") for w in name):
        return " ".join(name), " ".join(words[:titles]), "name", "person"
    bare = _ARTICLE.sub("", head)
    if bare and bare.split()[-1][0].isupper() and not titles:
        return bare, None, "name", "other"
    return source, None, "description", "other"


def _join_surnames(drafts: list[_Draft]) -> list[int]:
    """For each draft the index of the one that stands for it: "Lavrov" for the only name that ends in it."""
    out = list(range(len(drafts)))
    for i, draft in enumerate(drafts):
        if not draft.named or " " in draft.name:
            continue
        fuller = [
            j for j, d in enumerate(drafts) if d.named and d.name.casefold().endswith(" " + draft.name.casefold())
        ]
        if len(fuller) == 1:
            whole = drafts[fuller[0]]
            out[i] = fuller[0]
            whole.aliases.append(draft.name)
            whole.mentions += draft.mentions
    return out


def _entity(draft: _Draft, id_: str) -> Entity:
    mentions = tuple(sorted(draft.mentions, key=lambda m: m.span))
    return Entity(id_, draft.name, draft.kind, draft.named, tuple(draft.aliases), role=draft.role, mentions=mentions)
