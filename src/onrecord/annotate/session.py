"""The shipped network in onnxruntime, and what decodes its output. The only place that imports onnxruntime."""

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from onrecord.annotate.decode import PartHead, Scores, Settings
from onrecord.annotate.windows import Window, inputs
from onrecord.annotate.words import in_quotes
from onrecord.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from threadpoolctl import ThreadpoolController

NETWORK, HEAD, SETTINGS = "attribution.onnx", "attribution.npz", "attribution.json"
FORMAT = 2
"""Raised when the files of an older version can no longer be read."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A loaded model: `run` it on a window, decode with `head` and the settings."""

    session: "InferenceSession"
    head: PartHead
    outer: Settings
    """For the article's own attributions."""
    nested: Settings
    """For those inside another's words."""
    version: str

    def run(self, window: Window) -> Scores:
        """Scores of the window's n words."""
        pieces, features, first = inputs(window)
        given = {"pieces": pieces[None], "features": features[None], "first": first}
        roles, edges, pairs = self.session.run(None, given)
        return Scores(roles, edges, pairs, in_quotes(window.words.feature[window.begin : window.end]))


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
            head = PartHead(arrays["distance"], arrays["weight"], arrays["bias"])
        session = _session(folder / NETWORK, threads)
    except (OSError, KeyError, json.JSONDecodeError) as error:
        raise ModelError(f"the model's files are incomplete ({error}); reinstall onrecord") from error
    return Model(session, head, _settings(settings["outer"]), _settings(settings["nested"]), settings["version"])


def _settings(stored: dict[str, Any]) -> Settings:
    return Settings(**{**stored, "weights": tuple(stored["weights"])})


def _session(path: Path, threads: int) -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
