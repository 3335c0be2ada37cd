"""Two actors: what each said of and to the other, and what the one did to the other, fact and claim apart."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.across.actors import Actor
from onrecord.explore.dossier import Side, rows_where, sides_of
from onrecord.explore.events import EventRow, Wanted, events
from onrecord.explore.paging import MOST, Place
from onrecord.explore.statements import hit_of
from onrecord.explore.timeline import between, bucket, coarseness, day_of
from onrecord.store.archive import Archive
from onrecord.store.search import Hit
from onrecord.store.tables import listed


@dataclass(frozen=True, slots=True)
class PairPoint:
    """A day or month between two actors. Events are counted by what they are and whose word they rest on: a fact is
    reported by the outlet itself, a claim is told by somebody."""

    at: str
    goldstein: float | None
    """The mean of its events, -10 (conflict) to 10 (cooperation); None when there are none."""
    left_says: int
    right_says: int
    cooperation_fact: int
    cooperation_claim: int
    conflict_fact: int
    conflict_claim: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors and what passed between them, the newest first."""

    left: Actor
    right: Actor
    points: tuple[PairPoint, ...]
    left_says: tuple[Hit, ...]
    """Statements by the left one about or to the right one."""
    right_says: tuple[Hit, ...]
    events: tuple[EventRow, ...]
    """Of either direction; no more than a thousand."""

    @property
    def facts(self) -> tuple[EventRow, ...]:
        return tuple(event for event in self.events if event.said is None)

    @property
    def claims(self) -> tuple[EventRow, ...]:
        return tuple(event for event in self.events if event.said is not None)


def pair(archive: Archive, left: Actor, right: Actor) -> Pair:
    """What passed between two actors."""
    left_says, right_says = _said(archive, left, right)
    found = tuple(_between(archive, left, right))
    return Pair(left, right, tuple(_points(left_says, right_says, found)), left_says, right_says, found)


def _said(archive: Archive, left: Actor, right: Actor) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    """Statements by the left one that speak of or were made to the right one, and the other way round."""
    names = [listed([form for form, _ in actor.aliases]) for actor in (left, right)]
    ways = (f"(speaker in ({by}) and (addressee in ({to}) or list_has_any(about, [{to}])))"
            for by, to in (names, reversed(names)))  # fmt: skip
    rows = rows_where(archive, " or ".join(ways))
    members = frozenset(left.members), frozenset(right.members)
    sides = [[frozenset(sides_of(row, own)) for own in members] for row in rows]
    return (
        tuple(hit_of(row) for row, (one, other) in zip(rows, sides, strict=True) if _towards(one, other)),
        tuple(hit_of(row) for row, (one, other) in zip(rows, sides, strict=True) if _towards(other, one)),
    )


def _towards(one: frozenset[Side], other: frozenset[Side]) -> bool:
    return "by" in one and bool(other & {"about", "to"})


def _between(archive: Archive, left: Actor, right: Actor) -> Iterator[EventRow]:
    left_names, right_names = (tuple(form for form, _ in actor.aliases) for actor in (left, right))
    both = {*left.members, *right.members}
    rows: list[EventRow] = []
    for actor, recipient in ((left_names, right_names), (right_names, left_names)):
        rows += events(archive, Wanted(actor=actor, recipient=recipient), Place(MOST)).rows
    for row in sorted(rows, key=lambda row: row.day or "", reverse=True):
        if {(row.article, row.actor_id), (row.article, row.recipient_id)} <= both:
            yield row


def _points(left: Iterable[Hit], right: Iterable[Hit], found: Iterable[EventRow]) -> Iterator[PairPoint]:
    dated = [(day, name) for name, hits in (("left", left), ("right", right))
             for hit in hits if (day := day_of(hit.published))]  # fmt: skip
    happened = [(day, event) for event in found if (day := day_of(event.day))]
    if not dated and not happened:
        return
    by = coarseness(day for day, _ in (*dated, *happened))
    counts = Counter((bucket(day, by), name) for day, name in dated)
    counts += Counter((bucket(day, by), _kind(event)) for day, event in happened)
    scores: dict[str, list[float]] = {}
    for day, event in happened:
        if event.goldstein is not None:
            scores.setdefault(bucket(day, by), []).append(event.goldstein)
    at = [bucket(day, by) for day, _ in (*dated, *happened)]
    kinds = ("left", "right", "cooperation fact", "cooperation claim", "conflict fact", "conflict claim")
    for b in between(min(at), max(at)):
        mean = round(sum(scores[b]) / len(scores[b]), 2) if b in scores else None
        yield PairPoint(b, mean, *(counts[b, kind] for kind in kinds))


def _kind(event: EventRow) -> str:
    way = {True: "cooperation", False: "conflict", None: "other"}[event.cooperation]
    return f"{way} {'claim' if event.said else 'fact'}"
