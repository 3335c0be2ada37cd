"""How sure a link is: scores to the share that is right among its like, fitted by `onrecord.training.confidence`."""

import json
from functools import cache
from importlib.resources import files
from math import exp, log


@cache
def _table() -> dict[str, tuple[float, float]]:
    text = files("onrecord.resolve").joinpath("data/confidence.json").read_text("utf-8")
    return {how: (slope, shift) for how, (slope, shift) in json.loads(text).items()}


def calibrated(how: str, score: float) -> float:
    """Probability, 0 to 1, that a link made in this way with this score is right. Raises KeyError on an unknown way."""
    return on_curve(*_table()[how], score)


def on_curve(slope: float, shift: float, score: float) -> float:
    """A logistic curve over the log-odds of a score."""
    return 1 / (1 + exp(-(slope * log_odds(score) + shift)))


def log_odds(score: float) -> float:
    """Of a score in 0 to 1, its ends cut off."""
    bounded = min(max(score, 0.001), 0.999)
    return log(bounded / (1 - bounded))
