"""The shipped network in onnxruntime, and what decodes its output."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from onrecord.annotate.decode import Floats, PartHead, Scores, Settings
from onrecord.annotate.memory import Memory
from onrecord.annotate.parallel import each, open_session, worker_threads
from onrecord.annotate.windows import Window, inputs
from onrecord.annotate.words import in_quotes
from onrecord.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

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
        """What `work` makes of each window (or what holds one), in order, several at once on the model's threads."""
        return each(windows, work, self.threads)


def load(threads: int = 0, gpu: bool = False) -> Model:
    """The shipped model, loaded once per number of threads (0: as many as there are cores), on a GPU if asked.

    Raises ModelError when its files are missing or of another version, or when there is no GPU.
    """
    return _load(threads, gpu)


@cache
def _load(threads: int, gpu: bool) -> Model:
    with as_file(files("onrecord.annotate") / "model") as folder:
        return open_model(folder, threads, gpu)


def shipped_version() -> str:
    """The version of the shipped weights, without loading them. Raises ModelError when their files are missing."""
    try:
        settings = json.loads((files("onrecord.annotate") / "model" / SETTINGS).read_text("utf-8"))
        return str(settings["version"])
    except (OSError, KeyError, json.JSONDecodeError) as error:
        raise ModelError(f"the model's files are incomplete ({error}); reinstall onrecord") from error


def open_model(folder: Path, threads: int, gpu: bool = False) -> Model:
    """The model whose files are in `folder`. Raises ModelError when they are missing or of another version."""
    try:
        settings: dict[str, Any] = json.loads((folder / SETTINGS).read_text("utf-8"))
        if settings["format"] != FORMAT:
            raise ModelError(
                f"{SETTINGS}: format {settings['format']}, this version reads {FORMAT}; reinstall onrecord"
            )
        with np.load(folder / HEAD) as arrays:
            head, behind = PartHead(arrays["distance"], arrays["weight"], arrays["bias"]), arrays["behind"]
        session = open_session(folder / NETWORK, gpu)
    except (OSError, KeyError, json.JSONDecodeError) as error:
        raise ModelError(f"the model's files are incomplete ({error}); reinstall onrecord") from error
    outer, nested = _settings(settings["outer"]), _settings(settings["nested"])
    return Model(session, worker_threads(threads), head, behind, outer, nested, settings["version"])


def _settings(stored: dict[str, Any]) -> Settings:
    return Settings(**{**stored, "weights": tuple(stored["weights"])})
