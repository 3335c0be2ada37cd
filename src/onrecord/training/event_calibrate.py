"""Fit what turns the event networks' log-odds into a decision, on annotated scenes it has not learned from."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import torch
from torch import nn

from onrecord.annotate.events import EVENTS, FORMAT, SECOND, SETTINGS, EventModel, open_events
from onrecord.evaluate.calibration import expected_calibration_error
from onrecord.training.event_corpus import Lesson, Told

THRESHOLDS = [t / 100 for t in range(4, 60, 2)]
TEMPERATURES = [t / 20 for t in range(10, 81)]
LEAST = 0.34
"""No lower threshold is taken, whatever the held-out scenes say: too many sentences without an event would get one
(decisions 12, 13, 16, 18 and 20)."""
UNASSERTED = 0.6
"""The threshold of what is told as planned, demanded, conditional or not done: how it is told is the least sure."""
NEARLY = 0.01
"""Thresholds whose F1 is this near the best are as good: the highest is taken, for events that nobody told mislead more
than missing ones."""


def fit(folder: Path, kept: Sequence[Lesson], felt: Sequence[Lesson]) -> None:
    """Write the settings for the networks in `folder`, and print what it reaches on held-out scenes: `kept` for events,
    `felt` for attitudes.
    """
    networks = (folder / EVENTS).read_bytes() + (folder / SECOND).read_bytes()
    version = blake2b(networks, digest_size=6).hexdigest()
    settings = {
        "format": FORMAT, "version": version, "slope": 1.0, "type_slope": 1.0, "offset": 0.0, "threshold": 0.5,
        "unasserted": UNASSERTED, "temperature": 1.0,
    }  # fmt: skip
    _write(folder, settings)
    model = open_events(folder, threads=0)
    evidence, happens, right = _judged(model, kept)
    slope, type_slope, offset = _regression(evidence, right)
    confidence = (evidence @ torch.tensor([slope, type_slope, offset], dtype=torch.float64)).sigmoid()
    figures = {t: _f1(confidence >= t, right, happens) for t in THRESHOLDS}
    best = max(LEAST, next(t for t in reversed(THRESHOLDS) if figures[t] >= max(figures.values()) - NEARLY))
    temperature = _fit_attitudes(model, felt)
    fitted = {"slope": slope, "type_slope": type_slope, "offset": offset, "threshold": best}
    _write(folder, settings | fitted | {"temperature": temperature})
    error = expected_calibration_error(confidence.tolist(), [bool(r) for r in right])
    print(
        f"{folder}: {int(happens.sum())} events in {len(evidence)} pairs of {len(kept)} scenes; at threshold {best} F1 "
        f"{figures[best]:.3f} with the right type, {_f1(confidence >= best, happens, happens):.3f} of there being one; "
        f"ECE {error:.3f}",
        flush=True,
    )


def _fit_attitudes(model: EventModel, felt: Sequence[Lesson]) -> float:
    """What attitudes' logits are divided by to be as sure as they are right (Guo et al., ICML 2017)."""
    logits = torch.cat([torch.from_numpy(model.run(lesson.asked).attitude) for lesson in felt]).double()
    gold = torch.tensor([attitude for lesson in felt for _, attitude in lesson.felt])
    losses = {t: float(nn.functional.cross_entropy(logits / t, gold)) for t in TEMPERATURES}
    best = min(losses, key=losses.__getitem__)
    sure, said = (logits / best).softmax(-1).max(-1)
    error = expected_calibration_error(sure.tolist(), (said == gold).tolist())
    share = float((said == gold).double().mean())
    print(f"{len(gold)} attitudes: {share:.3f} right, ECE {error:.3f} at temperature {best}", flush=True)
    return best


def _judged(model: EventModel, lessons: Sequence[Lesson]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Of m pairs: what the confidence follows from (m, 3), whether there is an event, and whether the likeliest type is
    right (m,).
    """
    evidence: list[tuple[float, float, float]] = []
    told: list[Told] = []
    types: list[int] = []
    for lesson in lessons:
        scores = model.run(replace(lesson.asked, pairs=tuple(t.pair for t in lesson.told)))
        log_types = torch.from_numpy(scores.types).double().log_softmax(-1)
        evidence += zip(scores.event.tolist(), log_types.max(-1).values.tolist(), [1.0] * len(log_types), strict=True)
        types += log_types.argmax(-1).tolist()
        told += lesson.told
    happens = torch.tensor([bool(t.types) for t in told])
    right = torch.tensor([k in t.types for k, t in zip(types, told, strict=True)])
    return torch.tensor(evidence, dtype=torch.float64), happens, right


def _regression(evidence: torch.Tensor, right: torch.Tensor) -> list[float]:
    """Platt's scaling (1999) with one predictor more: the weights of a logistic regression, the constant's last."""
    weights = torch.tensor([1.0, 1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = nn.functional.binary_cross_entropy_with_logits(evidence @ weights, right.double())
        loss.backward()
        return loss

    optimizer.step(closure)
    return [round(weight, 4) for weight in weights.detach().tolist()]


def _f1(said: torch.Tensor, right: torch.Tensor, gold: torch.Tensor) -> float:
    return 2 * int((said & right).sum()) / max(1, int(said.sum()) + int(gold.sum()))


def _write(folder: Path, settings: Mapping[str, object]) -> None:
    (folder / SETTINGS).write_text(json.dumps(settings, indent=1) + "\n", "utf-8")
