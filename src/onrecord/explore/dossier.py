"""One actor: what they said, what was said about and to them, and by whom all that came."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from onrecord.across.actors import Actor, Member
from onrecord.explore.paging import Paged, Place
from onrecord.explore.statements import hit_of
from onrecord.explore.timeline import between, bucket, coarseness, day_of
from onrecord.store.archive import Archive
from onrecord.store.search import SHOWN, Hit
from onrecord.store.tables import listed, quoted

Side = Literal["by", "about", "to"]
SIDES: tuple[Side, ...] = get_args(Side)
_COLUMNS = (*SHOWN, "speaker_id", "addressee_id", "about_ids")
_TOP = 8


@dataclass(frozen=True, slots=True)
class Point:
    """Statements of a day or month by an actor, about and to them."""

    at: str
    by: int
    about: int
    to: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """An actor in figures; each list has the most frequent first."""

    actor: Actor
    by: int
    about: int
    to: int
    quotes: tuple[tuple[str, int], ...]
    """What they said, by direct, indirect and mixed."""
    points: tuple[Point, ...]
    themes: tuple[tuple[str, int], ...]
    """Whom and what their statements speak of."""
    topics: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]
    """Whose articles carry what they said."""
    sources: tuple[tuple[str, int], ...]
    """Outlets that what they said came through."""
    speakers: tuple[tuple[str, int], ...]
    """Who speaks of them."""


@dataclass(frozen=True, slots=True)
class Involved:
    """A statement, and in which ways an actor has a part in it."""

    hit: Hit
    sides: frozenset[Side]


def involved(archive: Archive, actor: Actor) -> tuple[Involved, ...]:
    """Every statement that an actor made, that speaks of them or was said to them, the newest first."""
    names = listed([form for form, _ in actor.aliases])
    rows = archive.sql(
        f"select {', '.join(_COLUMNS)} from statements where speaker in ({names}) or addressee in ({names})"
        f" or list_has_any(about, [{names}]) order by published desc nulls last, article, position"
    ).table.to_pylist()
    members = frozenset(actor.members)
    found = ((row, frozenset(_sides(row, members))) for row in rows)
    return tuple(Involved(hit_of(row), sides) for row, sides in found if sides)


def dossier(archive: Archive, actor: Actor) -> Dossier:
    """The figures of an actor."""
    found = involved(archive, actor)
    own = [one.hit for one in found if "by" in one.sides]
    forms = {form for form, _ in actor.aliases}
    counted = {side: sum(side in one.sides for one in found) for side in SIDES}
    return Dossier(
        actor, counted["by"], counted["about"], counted["to"],
        _top(hit.quote for hit in own),
        _points(found),
        _top(name for hit in own for name in hit.about if name not in forms),
        _top(topic for hit in own for topic in hit.topics),
        _top(hit.outlet or hit.agency for hit in own),
        _top(name for hit in own for name in hit.through),
        _top(one.hit.speaker for one in found if "by" not in one.sides),
    )  # fmt: skip


def statements_of(archive: Archive, actor: Actor, side: Side, place: Place) -> Paged[Hit]:
    """A page of the statements by an actor, about or to them, the newest first. Raises BadQuery."""
    hits = [one.hit for one in involved(archive, actor) if side in one.sides]
    return place.cut(hits, ("statements of", actor.id, side))


def members_named(archive: Archive, actor: Actor, name: str) -> tuple[Member, ...]:
    """Those of an actor's members that their articles call by a name."""
    rows = archive.sql(
        f"select article, id from entities where name = {quoted(name)} order by article"
    ).table.to_pylist()
    members = frozenset(actor.members)
    return tuple(member for row in rows if (member := (row["article"], row["id"])) in members)


def _sides(row: dict[str, Any], members: frozenset[Member]) -> Iterable[Side]:
    article = row["article"]
    if (article, row["speaker_id"]) in members:
        yield "by"
    if any((article, id_) in members for id_ in row["about_ids"] or ()):
        yield "about"
    if (article, row["addressee_id"]) in members:
        yield "to"


def _points(found: Iterable[Involved]) -> tuple[Point, ...]:
    dated = [(day, one.sides) for one in found if (day := day_of(one.hit.published))]
    if not dated:
        return ()
    by = coarseness(day for day, _ in dated)
    counts = Counter((bucket(day, by), side) for day, sides in dated for side in sides)
    at = [bucket(day, by) for day, _ in dated]
    return tuple(Point(b, *(counts[b, side] for side in SIDES)) for b in between(min(at), max(at)))


def _top(values: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    counts = Counter(value for value in values if value)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_TOP])
