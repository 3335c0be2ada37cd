"""Fit what turns scores into decisions: the confidence of an attribution, and the threshold to drop it at."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import torch
from torch import nn

from onrecord.annotate.decode import Found, Scores, Settings, decode
from onrecord.annotate.session import FORMAT, HEAD, NETWORK, SETTINGS, Model, open_model
from onrecord.annotate.windows import Window, windows
from onrecord.annotate.words import word_blocks
from onrecord.evaluate.attribution import right_predictions, score
from onrecord.evaluate.calibration import expected_calibration_error

Row = Mapping[str, Any]
Scored = list[tuple[Window, Scores]]
THRESHOLDS = [t / 100 for t in range(20, 62, 2)]
PLATEAU = 0.003
"""Thresholds whose F1 is this near the best are as good: the lowest is taken, for what is missed is missed for good."""
MARGIN = 0.02
"""Added to it: on international wires, which write otherwise, a little more caution pays."""
NEARLY = 0.005
"""Of nested statements a missed one weighs more than one too many, which its parent shows for what it is."""
NESTED_CUE_FLOOR = 0.08
"""Lower than in an article's own voice: cues are rarer inside contents, and the network surer that there is none."""
QUOTED_THRESHOLD = 0.1
"""Costs no F1 on the dev articles down to here, and finds one in eighty more of their quotations."""


def fit(folder: Path, dev: Sequence[Row], inner: Sequence[Row]) -> float:
    """Write the settings for the model in `folder`, fitted on annotated articles, and on contents annotated for the
    statements inside them; prints the figures reached and returns the overlap F1.
    """
    start = Settings(threshold=0.0, quoted_threshold=0.0)
    version = blake2b((folder / NETWORK).read_bytes() + (folder / HEAD).read_bytes(), digest_size=6).hexdigest()
    _write(folder, version, start, start)
    model = open_model(folder, threads=0)
    scores = [_run(model, row) for row in dev]
    settings = _weighted(model, scores, dev, start)
    folds = _held_out_confidences(model, scores, dev, settings)
    tried = [replace(settings, threshold=t, quoted_threshold=QUOTED_THRESHOLD) for t in THRESHOLDS]
    figures = [_f1(model, scores, dev, s) for s in tried]
    lowest = next(t for t, f in zip(THRESHOLDS, figures, strict=True) if f >= max(figures) - PLATEAU)
    outer = replace(tried[0], threshold=round(lowest + MARGIN, 2))
    _write(folder, version, outer, _nested(model, inner, start))
    reached = _f1(model, scores, dev, outer)
    print(
        f"{folder}: threshold {outer.threshold}, overlap F1 {reached:.4f}, ECE by cross-validation {folds:.4f}",
        flush=True,
    )
    return reached


def _weighted(model: Model, scores: Sequence[Scored], rows: Sequence[Row], settings: Settings) -> Settings:
    for _ in range(2):  # the confidence decides which of two rival candidates stays, so the second fit sees other ones
        settings = replace(settings, weights=_regression(*_samples(model, scores, rows, settings)))
    return settings


def _nested(model: Model, inner: Sequence[Row], start: Settings) -> Settings:
    """Settings of the pass over contents, quoted or not: a little above the lowest threshold that is nearly best."""
    scores = [_run(model, row) for row in inner]
    settings = _weighted(model, scores, inner, replace(start, cue_floor=NESTED_CUE_FLOOR))
    tried = [replace(settings, threshold=t, quoted_threshold=t) for t in THRESHOLDS]
    figures = [_f1(model, scores, inner, s) for s in tried]
    lowest = next(t for t, f in zip(THRESHOLDS, figures, strict=True) if f >= max(figures) - NEARLY)
    best = replace(settings, threshold=round(lowest + MARGIN, 2), quoted_threshold=round(lowest + MARGIN, 2))
    reached = _f1(model, scores, inner, best)
    print(f"nested: threshold {best.threshold}, overlap F1 {reached:.4f} on {len(inner)} contents", flush=True)
    return best


def _write(folder: Path, version: str, outer: Settings, nested: Settings) -> None:
    content = {"format": FORMAT, "version": version, "outer": asdict(outer), "nested": asdict(nested)}
    (folder / SETTINGS).write_text(json.dumps(content, indent=1) + "\n", "utf-8")


def _run(model: Model, row: Row) -> Scored:
    blocks = word_blocks(row["text"], inside=row.get("inside", False))
    return [(w, model.run(w)) for words in blocks for w in windows(words)]


def _found(model: Model, scores: Scored, settings: Settings) -> list[tuple[Window, Found]]:
    return [
        (window, found)
        for window, given in scores
        for found in decode([given], model.head, settings)[0]
        if window.core_begin <= window.begin + found.cue[0] < window.core_end
    ]


def _attributions(row: Row, found: list[tuple[Window, Found]]) -> dict[str, Any]:
    def chars(window: Window, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        start, end = window.words.start, window.words.end
        return [(int(start[window.begin + a]), int(end[window.begin + b - 1])) for a, b in spans]

    answers = [
        {"source": chars(w, f.source), "cue": chars(w, [f.cue]), "content": chars(w, f.content)} for w, f in found
    ]
    return {"id": row["id"], "attributions": answers}


def _samples(
    model: Model, scores: Sequence[Scored], dev: Sequence[Row], settings: Settings
) -> tuple[torch.Tensor, torch.Tensor]:
    """Evidence (m, e) of every candidate and whether it is right (m,)."""
    evidence: list[tuple[float, ...]] = []
    right: list[bool] = []
    for row, given in zip(dev, scores, strict=True):
        found = _found(model, given, replace(settings, threshold=0.0, quoted_threshold=0.0))
        hits = right_predictions(row, _attributions(row, found))
        evidence += [f.evidence for _, f in found]
        right += [i in hits for i in range(len(found))]
    return torch.tensor(evidence, dtype=torch.float64), torch.tensor(right, dtype=torch.float64)


def _regression(evidence: torch.Tensor, right: torch.Tensor) -> tuple[float, ...]:
    """Logistic regression with a little weight decay, on standardised evidence; weights for the raw evidence."""
    spread, middle = evidence.std(0), evidence.mean(0)
    spread[-1], middle[-1] = 1.0, 0.0  # the constant
    scaled = (evidence - middle) / spread.clamp(min=1e-6)
    weights = torch.zeros(evidence.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = (
            nn.functional.binary_cross_entropy_with_logits(scaled @ weights, right) + 1e-3 * weights[:-1].square().sum()
        )
        loss.backward()
        return loss

    optimizer.step(closure)
    raw = weights.detach() / spread.clamp(min=1e-6)
    raw[-1] = weights.detach()[-1] - (raw[:-1] * middle[:-1]).sum()
    return tuple(round(float(w), 5) for w in raw)


def _held_out_confidences(model: Model, scores: Sequence[Scored], dev: Sequence[Row], settings: Settings) -> float:
    """Expected calibration error of confidences fitted on the other four fifths of the articles."""
    confidences: list[float] = []
    rights: list[bool] = []
    for fold in range(5):
        inside = [i for i in range(len(dev)) if i % 5 == fold]
        outside = [i for i in range(len(dev)) if i % 5 != fold]
        weights = _regression(*_samples(model, [scores[i] for i in outside], [dev[i] for i in outside], settings))
        evidence, right = _samples(model, [scores[i] for i in inside], [dev[i] for i in inside], settings)
        p = torch.sigmoid(evidence @ torch.tensor(weights, dtype=torch.float64))
        shown = p >= 0.3
        confidences += p[shown].tolist()
        rights += [bool(r) for r in right[shown]]
    return expected_calibration_error(confidences, rights)


def _f1(model: Model, scores: Sequence[Scored], dev: Sequence[Row], settings: Settings) -> float:
    predicted = [_attributions(row, _found(model, given, settings)) for row, given in zip(dev, scores, strict=True)]
    return score(dev, predicted).overlap.f1
