"""People's decisions kept in a file, one JSON object a line, only ever added to; and what they come to together.

Anything that can hand out decisions and take one more is a `Decisions`: the file here, a table in an archive.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from onrecord.across.actors import Decision, Reference
from onrecord.errors import BadDecision, DecisionConflict

_LOCK_SECONDS = 30


class Decisions(Protocol):
    """Where decisions lie."""

    def load(self) -> Iterable[Decision]:
        """All decisions, in the order they were stored."""
        ...

    def append(self, decision: Decision) -> None:
        """Keep one more, whole or not at all."""
        ...


class DecisionFile:
    """Decisions in a JSON lines file. Several processes may append to it at once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> list[Decision]:
        """All decisions; none when there is no file yet. Raises BadDecision, naming file, line and field."""
        try:
            lines = self.path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return []
        except OSError as error:
            raise BadDecision(str(self.path), f"cannot be read ({error.strerror})") from error
        return [_decision(line, f"{self.path}:{n}") for n, line in enumerate(lines, 1) if line.strip()]

    def append(self, decision: Decision) -> None:
        """Add one line, on disk when this returns.

        Raises DecisionConflict, and stores nothing, when it contradicts the earlier ones; BadDecision when the file
        cannot be read or written, or stays locked by another writer.
        """
        from filelock import FileLock, Timeout

        line = json.dumps(asdict(decision), ensure_ascii=True).encode() + b"\n"
        try:
            with FileLock(f"{self.path}.lock", timeout=_LOCK_SECONDS):
                settle([*self.load(), decision])
                _append(self.path, line)
        except Timeout:
            raise BadDecision(str(self.path), f"another program has kept it locked for {_LOCK_SECONDS} s") from None
        except OSError as error:
            raise BadDecision(str(self.path), f"cannot be written ({error.strerror})") from error


def decide(left: Reference, right: Reference, same: bool, who: str, note: str | None = None) -> Decision:
    """A new decision, of now. Raises BadDecision when both sides are one, or nobody is named as its maker."""
    if left.token == right.token:
        raise BadDecision(str(left), "is on both sides; a decision is on two")
    if not who.strip():
        raise BadDecision("decision", "says not who made it; name somebody")
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    return Decision(uuid4().hex[:12], who, now, left, right, same, note)


@dataclass(frozen=True, slots=True)
class Settled:
    """What decisions come to, over tokens: who is one, and which pairs are not."""

    root: dict[str, str]
    """The least token of those who are one, for every token that a decision names."""
    apart: dict[str, dict[str, Decision]]
    """By root: the roots it is not, with the decision that says so."""
    named: dict[str, Reference]
    """A reference for every token; one with a name where there is one."""
    whole: frozenset[str]
    """Roots of which an actor's id was used: they stand for all that is gathered around them."""


def settle(decisions: Iterable[Decision]) -> Settled:
    """What holds after all decisions: on the same pair the latest, and all that follows from those.

    The order of `decisions` counts only between those of the same instant. Raises DecisionConflict when two that hold
    contradict each other ("a is b", "b is c", "a is not c").
    """
    held: dict[frozenset[str], Decision] = {}
    for decision in sorted(decisions, key=lambda d: datetime.fromisoformat(d.when)):
        held[frozenset((decision.left.token, decision.right.token))] = decision
    ties: dict[str, list[tuple[str, Decision]]] = defaultdict(list)
    for d in held.values():
        if d.same:
            ties[d.left.token].append((d.right.token, d))
            ties[d.right.token].append((d.left.token, d))
    references = [r for d in held.values() for r in (d.left, d.right)]
    root = _roots(sorted({r.token for r in references}), ties)
    apart: dict[str, dict[str, Decision]] = defaultdict(dict)
    for d in held.values():
        if d.same:
            continue
        a, b = root[d.left.token], root[d.right.token]
        if a == b:
            raise _conflict(d, ties)
        apart[a][b] = apart[b][a] = d
    named = {r.token: r for r in sorted(references, key=lambda r: (r.actor is not None, r.name is not None))}
    return Settled(root, dict(apart), named, frozenset(root[r.token] for r in references if r.actor))


def _roots(tokens: list[str], ties: dict[str, list[tuple[str, Decision]]]) -> dict[str, str]:
    root: dict[str, str] = {}
    for token in tokens:  # in order: the first of a group met is its least
        waiting = [] if token in root else [token]
        while waiting:
            at = waiting.pop()
            if at not in root:
                root[at] = token
                waiting += [other for other, _ in ties.get(at, ())]
    return root


def _conflict(against: Decision, ties: dict[str, list[tuple[str, Decision]]]) -> DecisionConflict:
    """The error for a pair held apart that others join; of those on the way from one to the other, the latest."""
    came: dict[str, tuple[str, Decision]] = {}
    waiting = [against.left.token]
    while waiting:
        at = waiting.pop(0)
        for other, by in ties.get(at, ()):
            if other not in came and other != against.left.token:
                came[other] = at, by
                waiting.append(other)
    at, way = against.right.token, []
    while at != against.left.token:
        at, by = came[at]
        way.append(by)
    latest = max(way, key=lambda d: datetime.fromisoformat(d.when))
    why = f"decisions {latest} and {against} contradict each other"
    through = " through ".join(["", *(d.id for d in way if d is not latest)])
    return DecisionConflict(latest.id, against.id, f"{why}{through}; decide anew on one of these pairs")


def _append(path: Path, line: bytes) -> None:
    created = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
    try:
        size = os.fstat(handle).st_size
        os.lseek(handle, max(0, size - 1), os.SEEK_SET)
        if size and os.read(handle, 1) != b"\n":
            line = b"\n" + line  # written by hand, without an end to its last line
        done = os.write(handle, line)
        if done < len(line):  # a full disk: take the part back
            os.ftruncate(handle, size)
            raise OSError(28, "no space left on the device")
        os.fsync(handle)
    finally:
        os.close(handle)
    if created and hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _decision(line: bytes, where: str) -> Decision:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadDecision(where, f"is not JSON ({error}); mend or delete the line") from error
    if not isinstance(value, dict):
        raise BadDecision(where, "is no decision but another JSON value")
    return decision_of(value, where)


def decision_of(value: Mapping[str, Any], where: str) -> Decision:
    """The decision whose `asdict` gave `value`. Raises BadDecision about `where`, naming the field at fault."""
    text = {field: _text(value, field, where) for field in ("id", "who", "when")}
    try:
        zone = datetime.fromisoformat(text["when"]).tzinfo
    except ValueError:
        zone = None
    if zone is None:
        raise BadDecision(where, "when is not a time with its zone, such as 2026-03-01T09:30:00+00:00")
    if not isinstance(value.get("same"), bool):
        raise BadDecision(where, "same is neither true nor false")
    note = None if value.get("note") is None else _text(value, "note", where)
    left, right = (_reference(value.get(side), side, where) for side in ("left", "right"))
    return Decision(text["id"], text["who"], text["when"], left, right, value["same"], note)


def _reference(value: Any, side: str, where: str) -> Reference:
    if not isinstance(value, dict):
        raise BadDecision(where, f"{side} is not an object with an actor, or an article and an entity")
    found = {f: _text(value, f, where) for f in ("actor", "article", "entity", "name") if value.get(f) is not None}
    if ("actor" in found) == ("article" in found) or ("article" in found) != ("entity" in found):
        raise BadDecision(where, f"{side} needs an actor, or an article and an entity")
    return Reference(**found)


def _text(value: Mapping[str, Any], field: str, where: str) -> str:
    found = value.get(field)
    if not isinstance(found, str) or not found:
        raise BadDecision(where, f"{field} is not a string" if found is not None else f"{field} is missing")
    return found
