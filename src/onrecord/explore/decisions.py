"""People's decisions on who is who, kept in the archive. One may be undone: then it counts as never made."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from onrecord.across.actors import Actor, Decision, Member, Reference, member_id
from onrecord.across.decisions import decide, settle
from onrecord.deciding import KIND, UNDONE, ArchiveDecisions, group_of, undone
from onrecord.errors import BadDecision
from onrecord.store.archive import Archive
from onrecord.store.notes import Decision as Noted

_MOST = 500
"""Entities that one split may name."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person decided in one go, as a list shows it."""

    id: str
    by: str
    at: str
    same: bool
    left: str
    right: str
    left_name: str
    right_name: str
    note: str | None
    undone: bool


def load(archive: Archive) -> list[Decision]:
    """Decisions that hold, oldest first."""
    return ArchiveDecisions(archive).load()


def judged(archive: Archive) -> tuple[Judged, ...]:
    """All that was decided, newest first, what one split took together as one."""
    noted = [n for n in archive.decisions() if n.kind == KIND]
    gone = undone(noted)
    shown: dict[str, Judged] = {}
    for n in noted:
        if n.verdict == UNDONE or group_of(n) in shown:
            continue
        names = n.details.get("names", ("", ""))
        shown[group_of(n)] = Judged(
            group_of(n), n.by, n.at.isoformat(timespec="seconds"), n.verdict == "same", n.left, n.right,
            names[0] or n.left, names[1] or n.right, n.note, group_of(n) in gone,
        )  # fmt: skip
    return tuple(reversed(shown.values()))


def join(archive: Archive, left: Actor, right: Actor, by: str, note: str | None = None) -> Judged:
    """Decide that two actors are one. Raises DecisionConflict and BadDecision, and stores nothing then."""
    made = decide(Reference(actor=left.id), Reference(actor=right.id), True, by, note)
    return _store(archive, [made], (left.name, right.name))


def part(archive: Archive, actor: Actor, away: Sequence[Member], name: str, by: str) -> Judged:
    """Decide that some of an actor's members, which bear `name`, are another. They stay together.

    Raises BadDecision when that would be all of them, or none; DecisionConflict as `join`.
    """
    gone = set(away)
    stay = [member for member in actor.members if member not in gone]
    if not gone or not stay:
        raise BadDecision(name, f"is not one of several names of {actor.name}: there is nothing to part")
    if len(gone) > _MOST:
        raise BadDecision(name, f"stands in {len(gone):,} articles; a split can name {_MOST}")
    first, *others = (Reference(article=article, entity=entity, name=name) for article, entity in away)
    kept = Reference(actor=actor.id if _first(actor) in stay else member_id(stay[0], actor.name))
    made = [decide(kept, first, False, by), *(decide(first, other, True, by) for other in others)]
    return _store(archive, made, (actor.name, name))


def undo(archive: Archive, id_: str, by: str) -> Judged:
    """Take back what was decided in one go. Raises BadDecision when there is no such decision."""
    found = next((j for j in judged(archive) if j.id == id_ and not j.undone), None)
    if found is None:
        raise BadDecision(id_, "is no decision that holds")
    settle([d for d in load(archive) if d.id != id_])
    archive.decide(Noted(KIND, id_, "", UNDONE, by))
    return next(j for j in judged(archive) if j.id == id_)


def _store(archive: Archive, made: Sequence[Decision], names: tuple[str, str]) -> Judged:
    settle([*load(archive), *made])
    group = made[0].id
    for d in made:
        details = {"left": asdict(d.left), "right": asdict(d.right), "when": d.when, "group": group, "names": names}
        verdict = "same" if d.same else "different"
        at = datetime.fromisoformat(d.when)
        archive.decide(Noted(KIND, str(d.left), str(d.right), verdict, d.who, d.note, details, at, d.id))
    return next(j for j in judged(archive) if j.id == group)


def _first(actor: Actor) -> Member | None:
    token = Reference(actor=actor.id).token
    return next((m for m in actor.members if Reference(article=m[0], entity=m[1]).token == token), None)
