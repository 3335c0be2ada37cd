"""What is done by whom to whom, and who is spoken for or against: two networks over sentences with marked actors, one
pass for all of a sentence's pairs and targets. The second is asked only where the first sees a chance of an event.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from onrecord.annotate.decode import Floats, softmax
from onrecord.annotate.event_words import Asked, asked
from onrecord.annotate.parallel import each, open_session, worker_threads
from onrecord.errors import ModelError
from onrecord.records import Deed, EventStatus, Feeling, Scene

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "EMBARGO", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""PLOVER's sixteen, and economic sanctions apart: PLOVER's table of 2021 has them under COERCE."""
STATUSES: tuple[EventStatus, ...] = ("asserted", "negated", "conditional", "future", "demanded")
EVENTS, SECOND, SETTINGS = "events.onnx", "events-second.onnx", "events.json"
FORMAT = 4
CHANCE = -1.0
"""Log-odds of an event by the first network from which on the second is asked too."""
TRIGGER_SHARE = 0.4
"""Words beside the likeliest one that have this share of its weight belong to the trigger."""


@dataclass(frozen=True, slots=True, eq=False)
class EventModel:
    """The loaded networks, and how their log-odds become a decision."""

    session: "InferenceSession"
    second: "InferenceSession"
    """Trained in the same way from another beginning."""
    threads: int
    slope: float
    type_slope: float
    offset: float
    """Confidence that there is an event of the likeliest type: the logistic function of slope * log-odds of an event
    + type_slope * logarithm of the type's probability + offset."""
    threshold: float
    """What is told as done, or is a refusal, is kept from this confidence on."""
    unasserted: float
    """What is told as planned, demanded, conditional or not done, from this one."""
    temperature: float
    """What the logits of attitudes are divided by."""
    version: str

    def sure(self, scores: "PairScores") -> Floats:
        """(p,) how likely there is an event of the likeliest type."""
        type_ = np.log(softmax(scores.types).max(-1))
        out: Floats = 1 / (1 + np.exp(-(self.slope * scores.event + self.type_slope * type_ + self.offset)))
        return out

    def run(self, given: Asked, least: float = CHANCE) -> "PairScores":
        """Scores of the scene's p pairs and t targets; of both networks where the first's log-odds of an event reach
        `least` for any pair.
        """
        pairs = np.array(given.pairs, np.int64).reshape(-1, 2)
        inputs = {
            "pieces": given.pieces[None],
            "features": given.features[None],
            "marks": given.marks()[None],
            "first": given.first,
            "pool": given.pool(),
            "actor": pairs[:, 0],
            "recipient": pairs[:, 1],
            "target": np.array(given.targets, np.int64),
        }
        scores = PairScores(*self.session.run(None, inputs))
        if not (scores.event >= least).any():
            return scores
        return scores.averaged_with(PairScores(*self.second.run(None, inputs | {"target": np.array([], np.int64)})))


@dataclass(frozen=True, slots=True, eq=False)
class PairScores:
    """Of p pairs over n words."""

    event: Floats
    """(p,) log-odds that there is one"""
    types: Floats
    """(p, 17) logits of which"""
    status: Floats
    """(p, 5) logits"""
    trigger: Floats
    """(p, n) logits of the words that tell it"""
    attitude: Floats
    """(t, 3) logits: against, neither, for"""

    def averaged_with(self, other: "PairScores") -> "PairScores":
        """The geometric mean of both networks' probabilities; attitudes as they are."""
        half = np.float32(0.5)
        return PairScores(
            half * (self.event + other.event),
            half * (_log_softmax(self.types) + _log_softmax(other.types)),
            half * (_log_softmax(self.status) + _log_softmax(other.status)),
            half * (_log_softmax(self.trigger) + _log_softmax(other.trigger)),
            self.attitude,
        )


def _log_softmax(logits: Floats) -> Floats:
    """Along the last axis."""
    below = logits - logits.max(-1, keepdims=True)
    out: Floats = below - np.log(np.exp(below).sum(-1, keepdims=True))
    return out


def read_scenes(text: str, scenes: Sequence[Scene], model: EventModel) -> tuple[tuple[Deed, ...], tuple[Feeling, ...]]:
    """What the participants of the scenes do to each other, and what is felt for those who are asked about, in the
    scenes' order.
    """

    def read(numbered: tuple[int, Scene]) -> tuple[list[Deed], list[Feeling]]:
        number, scene = numbered
        given = asked(text, scene)
        if given is None:
            return [], []
        scores = model.run(given)
        return list(_deeds(number, given, scores, model)), list(_feelings(number, given, scores, model))

    found = list(each(enumerate(scenes), read, model.threads))
    return tuple(d for deeds, _ in found for d in deeds), tuple(f for _, feelings in found for f in feelings)


def _feelings(scene: int, given: Asked, scores: "PairScores", model: EventModel) -> Iterator[Feeling]:
    for participant, (against, neither, for_) in zip(
        given.targets, softmax(scores.attitude / np.float32(model.temperature)).tolist(), strict=True
    ):
        yield Feeling(scene, participant, (against, neither, for_))


def _deeds(scene: int, given: Asked, scores: "PairScores", model: EventModel) -> Iterator[Deed]:
    sure = model.sure(scores)
    for k in np.flatnonzero(sure >= model.threshold).tolist():
        type_, status = TYPES[int(scores.types[k].argmax())], STATUSES[int(scores.status[k].argmax())]
        if sure[k] < model.unasserted and status != "asserted" and type_ != "REJECT":
            continue
        begin, end = _trigger(scores.trigger[k], given)
        yield Deed(scene, given.pairs[k], type_, status, given.span(begin, end), round(float(sure[k]), 4))


def _trigger(logits: Floats, given: Asked) -> tuple[int, int]:
    """The likeliest word of the sentence, its lead aside, and its neighbours that are nearly as likely."""
    low = given.led
    weights = np.exp(logits - logits[low:].max())
    begin = low + int(weights[low:].argmax())
    end = begin + 1
    while begin > low and weights[begin - 1] >= TRIGGER_SHARE:
        begin -= 1
    while end < len(weights) and weights[end] >= TRIGGER_SHARE:
        end += 1
    return begin, end


def load_events(threads: int = 0, gpu: bool = False) -> EventModel:
    """The shipped event model, loaded once. Raises ModelError when its files are missing or of another version."""
    return _load(threads, gpu)


@cache
def _load(threads: int, gpu: bool) -> EventModel:
    with as_file(files("onrecord.annotate") / "model") as folder:
        return open_events(folder, threads, gpu)


def shipped_version() -> str:
    """The version of the shipped event weights, without loading them. Raises ModelError when files are missing."""
    try:
        settings = json.loads((files("onrecord.annotate") / "model" / SETTINGS).read_text("utf-8"))
        return str(settings["version"])
    except (OSError, KeyError, json.JSONDecodeError) as error:
        raise ModelError(f"the event model's files are incomplete ({error}); reinstall onrecord") from error


def open_events(folder: Path, threads: int, gpu: bool = False) -> EventModel:
    """The event model whose files are in `folder`. Raises ModelError when they are missing or of another version."""
    try:
        stored: dict[str, Any] = json.loads((folder / SETTINGS).read_text("utf-8"))
        if stored["format"] != FORMAT:
            raise ModelError(f"{SETTINGS}: format {stored['format']}, this version reads {FORMAT}; reinstall onrecord")
        return EventModel(
            open_session(folder / EVENTS, gpu), open_session(folder / SECOND, gpu), worker_threads(threads),
            stored["slope"], stored["type_slope"], stored["offset"], stored["threshold"], stored["unasserted"],
            stored["temperature"], cast(str, stored["version"]),
        )  # fmt: skip
    except (OSError, KeyError, json.JSONDecodeError) as error:
        raise ModelError(f"the event model's files are incomplete ({error}); reinstall onrecord") from error
