"""A lock on object storage: an object that says who holds it, replaced again and again while they do.

Whoever waits watches it. If it has not changed for as long as its holder promised to need at most, by the watcher's
own clock, the holder is dead, and the lease is taken in its place. No two clocks are compared.

    {"holder": null}                                               free
    {"holder": "…", "who": "host, process 12", "turn": 3, "seconds": 30}   held; `turn` counts the renewals
"""

import json
import os
import socket
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import uniform
from threading import Event, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from onrecord.errors import ArchiveBusy, StorageError

if TYPE_CHECKING:
    from onrecord.store.bucket import Bucket, Seen, Tag

LASTS = 30.0
"""Seconds that a lease lasts beyond its last renewal."""
_FIRST_WAIT, _LONGEST_WAIT = 0.05, 1.0


@contextmanager
def leased(bucket: "Bucket", name: str, patience: float) -> Iterator[None]:
    """Hold a lease. Raises ArchiveBusy when others hold it for longer than `patience` seconds, StorageError."""
    lease = _Lease(bucket, name)
    lease.take(patience)
    try:
        with kept_fresh(lease.renew, lease.seconds / 5):
            yield
    finally:
        lease.give_back()


@contextmanager
def kept_fresh(renew: Callable[[], object], seconds: float) -> Iterator[None]:
    """Renew something every so many seconds, beside what is done meanwhile.

    A renewal that fails is tried again the next time: whether it came too late is seen where it counts.
    """
    over = Event()

    def again() -> None:
        while not over.wait(seconds):
            try:
                renew()
            except StorageError:
                continue

    thread = Thread(target=again, daemon=True, name="keeps-fresh")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@dataclass(frozen=True, slots=True)
class _Held:
    """What the object says."""

    holder: str | None
    who: str
    seconds: float

    @classmethod
    def of(cls, data: bytes) -> "_Held":
        values: dict[str, Any] = json.loads(data)
        return cls(values.get("holder"), values.get("who", "somebody"), float(values.get("seconds", LASTS)))


class _Lease:
    """One holding of it, from `take` to `give_back`."""

    def __init__(self, bucket: "Bucket", name: str) -> None:
        self.bucket, self.name = bucket, name
        self.seconds = LASTS
        self._holder, self._turn = uuid.uuid4().hex, 0
        self._tag: Tag | None = None

    def take(self, patience: float) -> None:
        began = since = monotonic()
        watched: Tag | None = None
        wait = _FIRST_WAIT
        while True:
            seen = self.bucket.look(self.name)
            if seen and seen.tag != watched:
                watched, since = seen.tag, monotonic()
            if self._is_to_be_had(seen, monotonic() - since) and self._taken(seen):
                return
            if monotonic() - began > patience:
                who = _Held.of(seen.data).who if seen else "another process"
                why = f"{who} has been writing for over {patience:.0f} s; try again when it is done"
                raise ArchiveBusy(self.bucket.url, why)
            sleep(wait * uniform(0.5, 1))
            wait = min(2 * wait, _LONGEST_WAIT)

    def renew(self) -> None:
        """Raises StorageError when it cannot, as when the lease ran out and is another's."""
        self._turn += 1
        self._tag = self.bucket.swap(self.name, self._said(), self._tag)

    def give_back(self) -> None:
        """Only what is still ours; if that cannot be told now, it runs out by itself."""
        try:
            self.bucket.swap(self.name, json.dumps({"holder": None, "last": self._holder}).encode(), self._tag)
        except StorageError:
            return

    def _is_to_be_had(self, seen: "Seen | None", unchanged: float) -> bool:
        if seen is None:
            return True
        held = _Held.of(seen.data)
        return held.holder is None or unchanged > held.seconds

    def _taken(self, seen: "Seen | None") -> bool:
        from onrecord.store.bucket import Overtaken

        try:
            self._tag = self.bucket.swap(self.name, self._said(), seen.tag if seen else None)
        except Overtaken:
            return False
        return True

    def _said(self) -> bytes:
        who = f"{socket.gethostname()}, process {os.getpid()}"
        held = {"holder": self._holder, "who": who, "turn": self._turn, "seconds": self.seconds}
        return json.dumps(held).encode()
