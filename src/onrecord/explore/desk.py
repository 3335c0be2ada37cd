"""An open archive with the answers it has given, each kept until something is written to it."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, Concatenate, ParamSpec, TypeVar

from onrecord.store.archive import Archive

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
_KEPT = 1_000
"""Answers kept; the one that was asked for longest ago goes first."""

_LATELY = 10.0
"""Seconds that a costly answer may lag behind."""


@dataclass(frozen=True, slots=True)
class _Given:
    sequence: int
    asked: float
    answer: Any


class Desk:
    """Asks an archive. Any number of threads may; who asks what another is just asking waits for that one's answer."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._lately: dict[Hashable, _Given] = {}
        self._answers: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def sequence(self) -> int:
        """Counts what was written: the same number is the same archive."""
        return self.archive.snapshot.head.sequence

    def ask(
        self,
        function: Callable[Concatenate[Archive, Parameters], Result],
        *arguments: Parameters.args,
        **named: Parameters.kwargs,
    ) -> Result:
        """What a function says of the archive as it is now. Its arguments must be hashable, its answer frozen."""
        key = (self.sequence, function, arguments, tuple(sorted(named.items())))
        with self._lock:
            future, ours = self._answers.get(key), False
            if future is None:
                future, ours = Future[Any](), True
                self._answers[key] = future
            self._answers.move_to_end(key)
            while len(self._answers) > _KEPT:
                self._answers.popitem(last=False)
        if ours:
            try:
                future.set_result(function(self.archive, *arguments, **named))
            except BaseException as error:
                with self._lock:
                    self._answers.pop(key, None)
                future.set_exception(error)
        answer: Result = future.result()
        return answer

    def lately(
        self,
        function: Callable[Concatenate[Archive, Parameters], Result],
        *arguments: Parameters.args,
        **named: Parameters.kwargs,
    ) -> Result:
        """As `ask`, for what is costly and may be some seconds old: while articles come in, whoever asks meanwhile
        gets the answer before."""
        key, now = (function, arguments, tuple(sorted(named.items()))), time.monotonic()
        with self._lock:
            given = self._lately.get(key)
            if given and (given.sequence == self.sequence or now - given.asked < _LATELY):
                kept: Result = given.answer
                return kept
            if given:
                self._lately[key] = replace(given, asked=now)
        sequence = self.sequence
        answer = self.ask(function, *arguments, **named)
        with self._lock:
            if len(self._lately) >= _KEPT:
                self._lately.clear()
            self._lately[key] = _Given(sequence, now, answer)
        return answer
