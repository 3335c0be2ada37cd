"""The shipped network in onnxruntime, and what decodes its output. The only place that imports onnxruntime."""

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from onrecord.annotate.decode import Floats, PartHead, Scores, Settings
from onrecord.annotate.memory import Memory
from onrecord.annotate.windows import Window, inputs
from onrecord.annotate.words import in_quotes
from onrecord.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from threadpoolctl import ThreadpoolController

T = TypeVar("T")
W = TypeVar("W")

NETWORK, HEAD, SETTINGS = "attribution.onnx", "attribution.npz", "attribution.json"
FORMAT = 3
"""Raised when the files of an older version can no longer be read."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A loaded model: `run` it on a window or `each` of many, decode with its heads and settings."""

    session: "InferenceSession"
    threads: int
    head: PartHead
    behind: Floats
    """(2 * PIECES + 1,) what each distance behind a word adds to the likelihood that a pronoun means it"""
    outer: Settings
    """For the article's own attributions."""
    nested: Settings
    """For those inside another's words."""
    version: str
    memory: Memory = field(default_factory=Memory)

    def run(self, window: Window) -> Scores:
        """Scores of the window's n words."""
        pieces, features, first = inputs(window)
        given = {"pieces": pieces[None], "features": features[None], "first": first}
        roles, edges, pairs, links = self.session.run(None, given)
        return Scores(roles, edges, pairs, links, in_quotes(window.words.feature[window.begin : window.end]))

    def each(self, windows: Iterable[W], work: Callable[[W], T]) -> Iterator[T]:
        """What `work` makes of each window (or what holds one), in order, several at once on the model's threads.

        The network runs on one thread a window: windows next to each other keep cores busier than one window whose
        sums are shared out. Only a few windows are taken ahead, so memory is bounded however many there are.
        """
        if self.threads == 1:
            yield from map(work, windows)
            return
        ahead: deque[Future[T]] = deque()
        for window in windows:
            ahead.append(_pool(self.threads).submit(work, window))
            if len(ahead) > 2 * self.threads:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="onrecord")


@cache
def _blas() -> "ThreadpoolController":
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def one_blas_thread() -> AbstractContextManager[object]:
    """While this is open numpy multiplies on one thread: decoding's products are so small that waking others costs
    more than it saves, and waiting ones take cores from the encoder.
    """
    limited: AbstractContextManager[object] = _blas().limit(limits=1, user_api="blas")
    return limited


@cache
def load(threads: int = 0) -> Model:
    """The shipped model, loaded once per number of threads (0: as many as there are cores).

    Raises ModelError when its files are missing or of another version.
    """
    with as_file(files("onrecord.annotate") / "model") as folder:
        return open_model(folder, threads)


def shipped_version() -> str:
    """The version of the shipped weights, without loading them. Raises ModelError when their files are missing."""
    try:
        settings = json.loads((files("onrecord.annotate") / "model" / SETTINGS).read_text("utf-8"))
        return str(settings["version"])
    except (OSError, KeyError, json.JSONDecodeError) as error:
        raise ModelError(f"the model's files are incomplete ({error}); reinstall onrecord") from error


def open_model(folder: Path, threads: int) -> Model:
    """The model whose files are in `folder`. Raises ModelError when they are missing or of another version."""
    try:
        settings: dict[str, Any] = json.loads((folder / SETTINGS).read_text("utf-8"))
        if settings["format"] != FORMAT:
            raise ModelError(
                f"{SETTINGS}: format {settings['format']}, this version reads {FORMAT}; reinstall onrecord"
            )
        with np.load(folder / HEAD) as arrays:
            head, behind = PartHead(arrays["distance"], arrays["weight"], arrays["bias"]), arrays["behind"]
        session = _session(folder / NETWORK)
    except (OSError, KeyError, json.JSONDecodeError) as error:
        raise ModelError(f"the model's files are incomplete ({error}); reinstall onrecord") from error
    outer, nested = _settings(settings["outer"]), _settings(settings["nested"])
    return Model(session, threads or cores(), head, behind, outer, nested, settings["version"])


def cores() -> int:
    """Those this process may run on, where the system says so."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _settings(stored: dict[str, Any]) -> Settings:
    return Settings(**{**stored, "weights": tuple(stored["weights"])})


def _session(path: Path) -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
