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


@dataclass(frozen=True, slots=True)
class Portrait:
    """A dossier, and the first of the statements that it counts."""

    dossier: Dossier
    first: dict[Side, Paged[Hit]]


def involved(archive: Archive, actor: Actor) -> tuple[Involved, ...]:
    """Every statement that an actor made, that speaks of them or was said to them, the newest first."""
    names = listed([form for form, _ in actor.aliases])
    where = f"speaker in ({names}) or addressee in ({names}) or list_has_any(about, [{names}])"
    members = frozenset(actor.members)
    found = ((row, frozenset(sides_of(row, members))) for row in rows_where(archive, where))
    return tuple(Involved(hit_of(row), sides) for row, sides in found if sides)


def rows_where(archive: Archive, where: str) -> list[dict[str, Any]]:
    """Rows of statements with what hits show and whose entities they are, the newest first."""
    rows: list[dict[str, Any]] = archive.sql(
        f"select {', '.join(_COLUMNS)} from statements where {where}"
        " order by published desc nulls last, article, position"
    ).table.to_pylist()
    return rows


def portrait(archive: Archive, actor: Actor, limit: int) -> Portrait:
    """An actor's dossier, and the first page of statements by, about and to them: from one look at the archive."""
    found = involved(archive, actor)
    first = {side: _page(found, actor, side, Place(limit)) for side in SIDES}
    return Portrait(_dossier(actor, found), first)


def _dossier(actor: Actor, found: tuple[Involved, ...]) -> Dossier:
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
    return _page(involved(archive, actor), actor, side, place)


def _page(found: Iterable[Involved], actor: Actor, side: Side, place: Place) -> Paged[Hit]:
    hits = [one.hit for one in found if side in one.sides]
    return place.cut(hits, ("statements of", actor.id, side))


def members_named(archive: Archive, actor: Actor, name: str) -> tuple[Member, ...]:
    """Those of an actor's members that their articles call by a name."""
    rows = archive.sql(
        f"select article, id from entities where name = {quoted(name)} order by article"
    ).table.to_pylist()
    members = frozenset(actor.members)
    return tuple(member for row in rows if (member := (row["article"], row["id"])) in members)


def sides_of(row: dict[str, Any], members: frozenset[Member]) -> Iterable[Side]:
    """In which ways an actor of these members has a part in the statement of a row."""
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
