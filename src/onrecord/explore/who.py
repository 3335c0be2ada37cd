"""Who is who in the archive: its actors, gathered beside the asking and kept up to date as articles come in."""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from heapq import nsmallest

from onrecord.across.actors import Actor, Decision, Member, Reference, member_token
from onrecord.across.linker import Linker
from onrecord.errors import OnrecordError
from onrecord.explore.decisions import load
from onrecord.names import fold
from onrecord.records import Record
from onrecord.store.archive import Archive
from onrecord.store.reading import records_of

_AT_ONCE = 256
_SHARE = 10
"""Between two gatherings while articles keep coming in, rest so many times as long as the last one took."""
_log = logging.getLogger(__name__)


class NotGathered(OnrecordError):
    """Who is who is not known yet: so many of so many articles have been looked at."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"who is who is still being gathered: {done:,} of {total:,} articles; ask again in a moment")
        self.done, self.total = done, total


@dataclass(frozen=True)
class Actors:
    """All actors of an archive as it was at `sequence`, those in most articles first."""

    sequence: int
    all: tuple[Actor, ...]
    by_id: Mapping[str, Actor] = field(repr=False)
    by_token: Mapping[str, str] = field(repr=False)
    """The id of the actor that each member is, by the member's token: ids that an actor once had lead to it too."""
    by_name: Mapping[str, tuple[str, ...]] = field(repr=False)
    """Ids of those that bear a name, folded, those in most articles first."""

    def find(self, reference: str) -> Actor | None:
        """The actor of an id, else the one in most articles that bears a name; None when there is none."""
        if found := self.by_id.get(reference):
            return found
        token = Reference(actor=reference).token if "." in reference else ""
        if token in self.by_token:
            return self.by_id[self.by_token[token]]
        ids = self.by_name.get(fold(reference), ())
        return self.by_id[ids[0]] if ids else None

    def of_member(self, member: Member) -> Actor | None:
        """The actor that an article's entity is; None for one that is no actor."""
        return self.by_id.get(self.by_token.get(member_token(member), ""))

    def namesakes(self, actor: Actor) -> tuple[Actor, ...]:
        """Others that bear its name."""
        return tuple(self.by_id[id_] for id_ in self.by_name.get(fold(actor.name), ()) if id_ != actor.id)

    def like(self, words: str, most: int = 10) -> tuple[Actor, ...]:
        """Those with a name that has all of some words, or their beginnings, in it."""
        wanted = fold(words).split()
        if not wanted:
            return self.all[:most]
        # of all names, few have the letters anywhere: only those are looked at more closely
        near = (name for name in self.by_name if wanted[0] in name)
        ids = {id_ for name in near if _holds(name, wanted) for id_ in self.by_name[name]}
        return tuple(self.by_id[id_] for id_ in nsmallest(most, ids, self._places.__getitem__))

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """At which place of all an id stands."""
        return {actor.id: place for place, actor in enumerate(self.all)}


class Registry:
    """Gathers the actors in a thread of its own. `actors` gives those of the last gathering, and asks for a new one
    when something was written since."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._gathered: Actors | None = None
        self._error: OnrecordError | None = None
        self._progress = (0, 0)
        self._linker = Linker()
        self._decided: list[Decision] = []
        self._read: dict[str, datetime] = {}
        self._wake, self._hurry, self._stopped = threading.Event(), threading.Event(), threading.Event()
        self._done = threading.Condition()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to gather. Without effect when that was done before."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="who-is-who", daemon=True)
            self._wake.set()
            self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stopped.set()
        self._hurry.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def actors(self, patience: float = 2.0) -> Actors:
        """Who is who. Raises NotGathered when the first gathering takes longer than `patience` seconds; and what went
        wrong, when something did."""
        self.start()
        if self._gathered is None or self._gathered.sequence != self._archive.snapshot.head.sequence:
            self._wake.set()
        with self._done:
            self._done.wait_for(lambda: self._gathered or self._error, patience)
        if self._gathered is None:
            raise self._error or NotGathered(*self._progress)
        return self._gathered

    def wait_for(self, sequence: int, patience: float = 5.0) -> bool:
        """Wait until what was written up to a sequence is in; False when that takes longer than `patience` seconds."""
        self.start()
        self._hurry.set()
        self._wake.set()
        with self._done:
            return self._done.wait_for(lambda: self._gathered and self._gathered.sequence >= sequence, patience) is True

    def _work(self) -> None:
        while not self._stopped.is_set():
            self._wake.wait()
            self._wake.clear()
            if self._stopped.is_set():
                return
            began = time.monotonic()
            try:
                self._gather()
                self._error = None
            except OnrecordError as error:
                self._error = error
                _log.warning("who is who: %s", error)
            with self._done:
                self._done.notify_all()
            self._hurry.wait(_SHARE * (time.monotonic() - began))
            self._hurry.clear()

    def _gather(self) -> None:
        """Look at what is new since the last time, and gather the actors."""
        sequence = self._archive.snapshot.head.sequence
        if self._gathered and self._gathered.sequence == sequence:
            return
        decided = load(self._archive)
        if decided != self._decided:
            self._linker, self._decided, self._read = Linker(decided), decided, {}
        for record in self._unread():
            self._linker.add(record)
            if self._stopped.is_set():
                return
        self._gathered = _indexed(sequence, tuple(self._linker.actors()))

    def _unread(self) -> Iterator[Record]:
        now = self._archive.snapshot
        rows = now.rows("articles", None, ["id", "added"]).to_pylist()
        new = {row["id"]: row["added"] for row in rows if self._read.get(row["id"]) != row["added"]}
        ids = list(new)
        for at in range(0, len(ids), _AT_ONCE):
            self._progress = (len(rows) - len(ids) + at, len(rows))
            yield from records_of(now, ids[at : at + _AT_ONCE])
            self._read.update({id_: new[id_] for id_ in ids[at : at + _AT_ONCE]})


def _indexed(sequence: int, found: tuple[Actor, ...]) -> Actors:
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for actor in found:
        for name in dict.fromkeys(fold(form) for form, _ in actor.aliases):
            by_name[name].append(actor.id)
    return Actors(
        sequence,
        found,
        {actor.id: actor for actor in found},
        {member_token(member): actor.id for actor in found for member in actor.members},
        {name: tuple(ids) for name, ids in by_name.items()},
    )


def _holds(name: str, wanted: list[str]) -> bool:
    words = f" {name}"
    return all(f" {one}" in words for one in wanted)
