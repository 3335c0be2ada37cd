"""A trail drawn: from the speaker over occasion, outlets and agencies down to the articles, in order of time.

1. Each member is traced back to whom it has the utterance from, as far as the record says it (`_sources`): the article
   that it copies; else who it came through last, or the agency of its dateline, which is an article's place where that
   outlet reported before; else the occasion; else the speaker.
2. Everything gets a row of its own, so that no label meets another: first those who passed it on, then day by day the
   articles.
3. Whoever has somebody after them gets a track of their own, further right row by row, and a line runs down it;
   articles that nobody took it from share the last track. So lines cross lines, but never a label.

Places are in pixels from the upper left corner; across, a label has what the page is wide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from onrecord.names import fold
from onrecord.trails.sayings import ordinal
from onrecord.trails.trails import Member, Trail

Kind = Literal["speaker", "occasion", "source", "report"]
SOURCE, REPORT, FLAGS, DAY, QUIET = 30, 46, 16, 34, 8
"""Heights of rows: of who passed it on, of an article, of what is flagged in it, of a day's name, and what every day
without a report adds to that."""
GAP = 10
"""Days without a report that are drawn to scale; longer silence is as high as this."""
MARGIN, STEP, TRACKS, LABEL = 12, 22, 110, 16
"""Left of the first track, from one to the next, from first to last at most, and from the last one to the labels."""


@dataclass(frozen=True, slots=True)
class Node:
    """Who said it, where, who passed it on, or an article that reports it."""

    kind: Kind
    name: str
    x: float
    y: float
    label: float
    """Where its label begins."""
    member: int | None = None
    """Its place in the trail's members; None for those who are no article of the trail."""


@dataclass(frozen=True, slots=True)
class Edge:
    """From whom to whom it went."""

    source: Node
    target: Node
    copied: bool = False
    """Whether word for word, as wire copy."""

    @property
    def line(self) -> str:
        """Down the source's track, round a corner, and across; as SVG's `d`."""
        a, b = self.source, self.target
        if b.x <= a.x:
            return f"M{a.x:g} {a.y:g}V{b.y:g}"
        bend = min(8.0, b.x - a.x, b.y - a.y)
        return f"M{a.x:g} {a.y:g}V{b.y - bend:g}Q{a.x:g} {b.y:g} {a.x + bend:g} {b.y:g}H{b.x:g}"


@dataclass(frozen=True, slots=True)
class Day:
    """Where a day begins; None is for articles without one."""

    day: str | None
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A trail's nodes with their places, in order of rows, and what joins them."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    days: tuple[Day, ...]
    height: float


_Id = tuple[Kind, str] | int
"""What a node stands for: a kind and a folded name, or a member's place."""


def drawn(trail: Trail) -> Drawing:
    """The places of everything that a trail is drawn with."""
    sources = _sources(trail.members)
    rows = [*_passed_on(sources), *range(len(trail.members))]
    has_heirs = set(sources.values())
    tracks = [row for row in rows if row in has_heirs]
    step = min(STEP, TRACKS / len(tracks))
    x = {row: MARGIN + step * (tracks.index(row) if row in has_heirs else len(tracks)) for row in rows}
    edge_of_labels = MARGIN + step * len(tracks) + LABEL
    y, days, height = _heights(rows, trail.members)
    nodes = {
        row: Node("report", _outlet(trail.members[row]), x[row], y[row], edge_of_labels, row)
        if isinstance(row, int)
        else Node(row[0], _name(row, trail), x[row], y[row], x[row] + LABEL)
        for row in rows
    }
    edges = (
        Edge(nodes[sources[row]], nodes[row], isinstance(row, int) and trail.members[row].copy_of is not None)
        for row in rows
        if row in sources
    )
    return Drawing(tuple(nodes.values()), tuple(edges), tuple(days), height)


def _sources(members: Sequence[Member]) -> dict[_Id, _Id]:
    """From whom each has it: all but the speaker, each behind its source."""
    chains = [_chain(member) for member in members]
    before: dict[_Id, _Id] = {}
    found: dict[_Id, _Id] = {}
    article: dict[str, int] = {}
    reported: dict[str, int] = {}
    for place, member in enumerate(members):
        last = chains[place][-1]
        original = article.get(member.copy_of) if member.copy_of else None
        own = reported.get(last[1]) if last[0] == "source" else None
        found[place] = original if original is not None else last if own is None else own
        article.setdefault(member.article, place)
        if member.outlet:
            reported.setdefault(fold(member.outlet), place)
    # who says more of the way is believed first
    for place in sorted(range(len(members)), key=lambda n: -len(chains[n])):
        chain: Sequence[_Id] = chains[place]
        if found[place] == chain[-1]:
            for source, target in pairwise(chain):
                before.setdefault(target, source)
    return before | found


def _chain(member: Member) -> list[tuple[Kind, str]]:
    """The way that a member tells of itself, the speaker first; its own outlet is not a part of it."""
    chain: list[tuple[Kind, str]] = [("speaker", "")]
    if member.venue:
        chain.append(("occasion", member.venue))
    own = fold(member.outlet or "")
    for name in dict.fromkeys(map(fold, (*member.through, *filter(None, (member.agency,))))):
        if not f"{own} ".startswith(f"{name} "):
            chain.append(("source", name))
    return chain


def _passed_on(sources: dict[_Id, _Id]) -> Iterator[_Id]:
    """The speaker and who passed it on, the nearest to the speaker first."""
    level: list[_Id] = [("speaker", "")]
    while level:
        yield from level
        level = [row for row, source in sources.items() if source in level and not isinstance(row, int)]


def _heights(rows: Sequence[_Id], members: Sequence[Member]) -> tuple[dict[_Id, float], list[Day], float]:
    """Where each row is, where days begin, and how high all is."""
    y: dict[_Id, float] = {}
    days: list[Day] = []
    at, last = 0.0, None
    for row in rows:
        if not isinstance(row, int):
            y[row] = at + SOURCE / 2
            at += SOURCE
            continue
        member = members[row]
        day = date.fromordinal(number).isoformat() if (number := ordinal(member.published)) else None
        if not days or day != last:
            silent = _days_between(last, day)
            at += QUIET * min(silent, GAP)
            days.append(Day(day, at + DAY / 2))
            at += DAY
        last = day
        y[row] = at + LABEL / 2
        at += REPORT + (FLAGS if member.changes else 0)
    return y, days, at


def _days_between(one: str | None, other: str | None) -> int:
    """Whole days without a report."""
    first, second = ordinal(one), ordinal(other)
    return second - first - 1 if first and second else 0


def _name(row: tuple[Kind, str], trail: Trail) -> str:
    """As it is written where it is first met."""
    kind, folded = row
    if kind == "speaker":
        return trail.speaker or "nobody named"
    names = (name for m in trail.members for name in (*m.through, m.venue, m.agency) if name)
    return next(name for name in names if folded in (name, fold(name)))


def _outlet(member: Member) -> str:
    return member.outlet or "outlet not known"
