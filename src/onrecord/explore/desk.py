"""An open archive, asked by many at once while others write to it.

Three things keep that fast. All threads share one look at the archive, taken anew every few seconds. An answer is kept
until the next look sees that something was written; then whoever asks gets it once more, and it is made anew beside
that, unless it is two minutes old. And who asks what another is just asking waits for that one's answer.
"""

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from onrecord.store.archive import Archive
from onrecord.store.notes import Decision
from onrecord.store.place import Root
from onrecord.store.tables import Snapshot

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
_KEPT = 1_000
"""Answers kept; the one that was asked for longest ago goes first."""
_LOOK = 5.0
"""Seconds between two looks at what was written."""
_REST = 5
"""Times as long as an answer took to make anew, nothing else is made anew: who asks for the first time goes before."""
_STALE = 120.0
"""Seconds after which an answer from before that is no longer given."""


class Steady(Archive):
    """An archive as it was a few seconds ago, at most; what this process decided is seen at once."""

    def __init__(self, root: Root) -> None:
        super().__init__(root)
        self._looked = float("-inf")
        self._looking = threading.Lock()

    @property
    def snapshot(self) -> Snapshot:
        """The same object for all threads until the next look."""
        with self._looking:
            if self._snapshot is None or time.monotonic() - self._looked >= _LOOK:
                self._looked = time.monotonic()
                return super().snapshot
            return self._snapshot

    def decide(self, decision: Decision, check: Callable[[list[Decision]], object] | None = None) -> None:
        """Write down what a person decided, and look at it."""
        super().decide(decision, check)
        self._looked = float("-inf")


@dataclass(frozen=True, slots=True)
class _Given:
    """An answer, of what sequence it is, and when it was asked for."""

    sequence: int
    asked: float
    answer: Future[Any]


class Desk:
    """Asks an archive. Any number of threads may."""

    def __init__(self, root: Root) -> None:
        self.archive = Steady(root)
        self._given: OrderedDict[Hashable, _Given] = OrderedDict()
        self._lock = threading.Lock()
        self._turns = threading.Semaphore(max(2, os.cpu_count() or 2))
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="made-anew")
        self._closed = threading.Event()
        self._renewing: set[Hashable] = set()
        self._not_before = 0

    @property
    def sequence(self) -> int:
        """Counts what was written: the same number is the same archive."""
        return self.archive.snapshot.head.sequence

    def renew(self) -> None:
        """No answer from before now is given again."""
        self._not_before = self.sequence

    def close(self) -> None:
        """End what is being made anew."""
        self._closed.set()
        self._beside.shutdown(wait=False, cancel_futures=True)

    def ask(
        self,
        function: Callable[Concatenate[Archive, Parameters], Result],
        *arguments: Parameters.args,
        **named: Parameters.kwargs,
    ) -> Result:
        """What a function says of the archive. Its arguments must be hashable, its answer frozen."""
        key, sequence = (function, arguments, tuple(sorted(named.items()))), self.sequence

        def make() -> Result:
            return function(self.archive, *arguments, **named)

        with self._lock:
            given = self._given.get(key)
            ours = given is None or (given.sequence < sequence and not self._may_serve(given))
            if given is None or ours:
                given = _Given(sequence, time.monotonic(), Future())
            self._keep(key, given)
        if ours:
            self._answer(key, given.answer, make)
        elif given.sequence < sequence:
            self._renew_beside(key, make)
        answer: Result = given.answer.result()
        return answer

    def _renew_beside(self, key: Hashable, make: Callable[[], object]) -> None:
        """Have an answer made anew, once, however many ask meanwhile."""
        with self._lock:
            if key in self._renewing:
                return
            self._renewing.add(key)
        self._beside.submit(self._renewed, key, make)

    def _may_serve(self, given: _Given) -> bool:
        """Whether an answer from before the last writing is good enough while a new one is made."""
        fresh = given.sequence >= self._not_before and time.monotonic() - given.asked < _STALE
        return fresh and given.answer.done() and given.answer.exception() is None

    def _renewed(self, key: Hashable, make: Callable[[], object]) -> None:
        future, sequence, asked = Future[Any](), self.sequence, time.monotonic()
        try:
            self._answer(None, future, make)
            with self._lock:
                if future.exception() is None:
                    self._keep(key, _Given(sequence, asked, future))
        finally:
            self._renewing.discard(key)
            self._closed.wait(_REST * (time.monotonic() - asked))

    def _answer(self, key: Hashable, future: Future[Any], make: Callable[[], object]) -> None:
        """Make an answer, when it is its turn. One that fails is not kept."""
        try:
            with self._turns:
                answer = make()
        except BaseException as error:
            with self._lock:
                self._given.pop(key, None)
            future.set_exception(error)
        else:
            future.set_result(answer)

    def _keep(self, key: Hashable, given: _Given) -> None:
        self._given[key] = given
        self._given.move_to_end(key)
        while len(self._given) > _KEPT:
            self._given.popitem(last=False)
