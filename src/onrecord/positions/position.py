"""What a speaker, a country or a body says on a topic, in order of time, and where that seems to have changed.

1. Statements of the speaker on the topic are taken from records (`spoken`).
2. Those that report one utterance are collapsed by their trail, to the fullest wording.
3. What is for and against whom is counted by month, from the statements' stances.
4. Each two are held against each other (`turns.py`).

>>> found = position(records, "Sergey Lavrov", "sanctions")
>>> found.first, found.last, [turn.why for turn in found.turns]
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from onrecord.names import fold
from onrecord.positions.turns import Reason, Uttered, reasons
from onrecord.records import Entity, Record, Statement
from onrecord.topics.classify import with_topics
from onrecord.topics.scheme import Scheme, shipped
from onrecord.trails.trails import Trails
from onrecord.trails.words import stem_of, words

MOST = 400
"""Utterances of one position that are held against each other: the latest."""


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance of a position, in its fullest wording."""

    article: str
    statement: str
    day: str | None
    """When it was said, else published: ISO 8601, or less of it."""
    speaker: str
    outlet: str | None
    text: str
    quote: str
    topics: tuple[str, ...]
    stances: tuple[tuple[str, str, float], ...]
    """Name, attitude (for, against, neither) and confidence."""
    reports: tuple[tuple[str, str], ...]
    """Article and statement of every report of it, this one among them."""


@dataclass(frozen=True, slots=True)
class Attitudes:
    """What was for and against somebody or something in one month, in utterances."""

    name: str
    month: str
    """YYYY-MM, "" where no day is known."""
    favourable: int
    against: int
    neither: int


@dataclass(frozen=True, slots=True)
class Turn:
    """Two utterances that seem at odds, the earlier one first, and what makes them seem so."""

    was: int
    """Its place in `Position.said`."""
    now: int
    kind: str
    """`reversal` of different days, else `contradiction`."""
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """What one speaker says on one topic."""

    who: str
    on: str
    topic: str | None
    """The topic's code, None for plain words."""
    said: tuple[Said, ...]
    """In order of time; those without a day come last."""
    attitudes: tuple[Attitudes, ...]
    turns: tuple[Turn, ...]

    @property
    def first(self) -> str | None:
        """The first day on which it was said, as far as days are known."""
        return next((s.day for s in self.said if s.day), None)

    @property
    def last(self) -> str | None:
        """The last one."""
        return next((s.day for s in reversed(self.said) if s.day), None)


def position(records: Iterable[Record], who: str, on: str, scheme: Scheme | None = None) -> Position:
    """What `who` (a name, or words of one, or the code of a country or body) says on `on` (a topic's name or code, or
    plain words) in some records. Those read before there were topics get theirs here, and so do all when the topic is
    one of a user's own, for they may have been read without it."""
    scheme = scheme or shipped()
    topic = scheme.find(on)
    trails = Trails()
    held: dict[tuple[str, str], tuple[Record, Statement]] = {}
    for record in records:
        mine = [s for s in record.statements if (e := record.speaker_of(s)) and speaks(e, who)]
        if mine:
            is_known = any(s.topics for s in record.statements) and not (topic and topic.own)
            known = record if is_known else with_topics(record, scheme)
            ids = {s.id for s in mine}
            found = [s for s in known.statements if s.id in ids and _is_on(known, s, on, scheme)]
            trails.know(known)
            held |= {(known.article.id, s.id): (known, s) for s in found}
    said = sorted(_collapsed(held, trails), key=lambda s: (s.day is None, s.day or "", s.article, s.statement))
    uttered = [Uttered.of(*held[s.article, s.statement]) for s in said]
    return Position(
        who, topic.name if topic else on, topic.code if topic else None, tuple(said), tuple(_attitudes(said)),
        tuple(_turns(said, uttered)),
    )  # fmt: skip


def speaks(entity: Entity, who: str) -> bool:
    """Whether an entity is the one that a name, some words of one, or a code means."""
    if who in (entity.code, entity.country):
        return True
    wanted = set(fold(who).split())
    return any(wanted <= set(fold(name).split()) for name in (entity.name, *entity.aliases))


def _is_on(record: Record, statement: Statement, on: str, scheme: Scheme) -> bool:
    topic = scheme.find(on)
    if topic and not scheme.within(topic.code).isdisjoint(statement.topics):
        return True
    wanted = {stem_of(word) for word in on.split() if word[:1].isalnum()}
    return bool(wanted) and wanted <= {w.stem for w in words(record.article.text, statement.content)}


def _collapsed(held: dict[tuple[str, str], tuple[Record, Statement]], trails: Trails) -> Iterator[Said]:
    """One of each utterance: that of its reports with the most words, on the first day that one has."""
    done: set[tuple[str, str]] = set()
    for key in held:
        if key in done:
            continue
        members = {(m.article, m.statement) for t in trails.of_statement(*key) for m in t.members}
        same = [key, *(k for k in held if k in members and k != key and k not in done)]
        done.update(same)
        fullest = max(same, key=lambda k: sum(end - start for start, end in held[k][1].content))
        days = sorted(day for k in same if (day := _day(*held[k])))
        yield _said(*held[fullest], days[0] if days else None, tuple(same))


def _said(record: Record, statement: Statement, day: str | None, reports: tuple[tuple[str, str], ...]) -> Said:
    names = {e.id: e.name for e in record.entities}
    speaker = names.get(statement.speaker or "", "")
    dateline = record.article.dateline
    return Said(
        record.article.id, statement.id, day, speaker, record.article.outlet or (dateline.agency if dateline else None),
        " ".join(record.text_of(statement.content).split()), statement.quote, statement.topics,
        tuple((names[s.entity], s.attitude, s.confidence) for s in statement.stances if s.entity in names), reports,
    )  # fmt: skip


def _day(record: Record, statement: Statement) -> str | None:
    dateline = record.article.dateline
    day = statement.said_on or record.article.published or (dateline.date if dateline else None)
    return day[:10] if day and not day.startswith("--") else None


def _attitudes(said: Iterable[Said]) -> Iterator[Attitudes]:
    counts = Counter((name, (s.day or "")[:7], attitude) for s in said for name, attitude, _ in s.stances)
    for name, month in sorted({(name, month) for name, month, _ in counts}):
        yield Attitudes(name, month, *(counts[name, month, attitude] for attitude in ("for", "against", "neither")))


def _turns(said: list[Said], uttered: list[Uttered]) -> Iterator[Turn]:
    first = max(0, len(said) - MOST)
    for was, now in combinations(range(first, len(said)), 2):
        if why := reasons(uttered[was], uttered[now]):
            kind = "reversal" if said[was].day != said[now].day else "contradiction"
            yield Turn(was, now, kind, why)
