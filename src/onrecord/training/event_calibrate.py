"""Fit what turns the event network's log-odds into a decision, on annotated scenes it has not learned from."""

import json
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import torch
from torch import nn

from onrecord.annotate.events import EVENTS, FORMAT, SETTINGS, EventModel, open_events
from onrecord.evaluate.calibration import expected_calibration_error
from onrecord.training.event_corpus import Lesson, Told

THRESHOLDS = [t / 100 for t in range(4, 60, 2)]
NEARLY = 0.01
"""Thresholds whose F1 is this near the best are as good: the lowest is taken, for confidence says how sure each is."""


def fit(folder: Path, kept: Sequence[Lesson]) -> None:
    """Write the settings for the network in `folder`, and print what it reaches on the held-out scenes."""
    version = blake2b((folder / EVENTS).read_bytes(), digest_size=6).hexdigest()
    _write(folder, version, 1.0, 0.0, 0.5)
    model = open_events(folder, threads=0)
    odds, happens, right = _judged(model, kept)
    slope, offset = _regression(odds, right)
    confidence = (slope * odds + offset).sigmoid()
    figures = {t: _f1(confidence >= t, right, happens) for t in THRESHOLDS}
    best = next(t for t in THRESHOLDS if figures[t] >= max(figures.values()) - NEARLY)
    _write(folder, version, slope, offset, best)
    error = expected_calibration_error(confidence.tolist(), [bool(r) for r in right])
    print(
        f"{folder}: {int(happens.sum())} events in {len(odds)} pairs of {len(kept)} scenes; at threshold {best} F1 "
        f"{figures[best]:.3f} with the right type, {_f1(confidence >= best, happens, happens):.3f} of there being one; "
        f"ECE {error:.3f}",
        flush=True,
    )


def _judged(model: EventModel, lessons: Sequence[Lesson]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Of every pair: the log-odds of an event, whether there is one, and whether the likeliest type is right (m,)."""
    odds: list[float] = []
    told: list[Told] = []
    types: list[int] = []
    for lesson in lessons:
        scores = model.run(replace(lesson.asked, pairs=tuple(t.pair for t in lesson.told)))
        odds += scores.event.tolist()
        types += scores.types.argmax(-1).tolist()
        told += lesson.told
    happens = torch.tensor([bool(t.types) for t in told])
    right = torch.tensor([k in t.types for k, t in zip(types, told, strict=True)])
    return torch.tensor(odds, dtype=torch.float64), happens, right


def _regression(odds: torch.Tensor, right: torch.Tensor) -> tuple[float, float]:
    """Platt's scaling (1999): slope and offset of a logistic regression on the log-odds."""
    weights = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = nn.functional.binary_cross_entropy_with_logits(weights[0] * odds + weights[1], right.double())
        loss.backward()
        return loss

    optimizer.step(closure)
    slope, offset = weights.detach().tolist()
    return round(slope, 4), round(offset, 4)


def _f1(said: torch.Tensor, right: torch.Tensor, gold: torch.Tensor) -> float:
    return 2 * int((said & right).sum()) / max(1, int(said.sum()) + int(gold.sum()))


def _write(folder: Path, version: str, slope: float, offset: float, threshold: float) -> None:
    content = {"format": FORMAT, "version": version, "slope": slope, "offset": offset, "threshold": threshold}
    (folder / SETTINGS).write_text(json.dumps(content, indent=1) + "\n", "utf-8")
