"""From the encoder's scores over one window to attributions in word indexes.

1. Cue candidates: words likely to begin a cue.
2. Given each candidate, every other word is its source, its content or neither; both may be in several pieces.
3. Of candidates that claim the same content for the same source, the likeliest stays.
4. What is left gets a calibrated confidence; below the threshold that is best for F1 it is dropped.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
WordSpan = tuple[int, int]
KEY = 64
"""Width of the key and query vectors, one pair for sources and one for contents."""


@dataclass(frozen=True, slots=True, eq=False)
class PartHead:
    """The little network that scores words given a cue; its inputs are the encoder's `pairs` output."""

    distance: Floats
    """(2 * PIECES + 1, h): what each distance from the cue adds, from -PIECES to PIECES words"""
    weight: Floats
    """(h, 5) to O, B- and I-source, B- and I-content"""
    bias: Floats
    """(5,)"""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to decode; chosen on held-out articles, stored beside the weights."""

    cue_floor: float = 0.15
    """A word whose probability to begin a cue is below this is no candidate."""
    switch: float = 0.5
    """What it costs, in log-probability, that content begins or ends: keeps out stray words and fills small holes."""
    threshold: float = 0.37
    """Attributions of lower confidence are dropped."""
    weights: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    """Logistic regression of being right on `evidence`, the constant last."""


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in word indexes of its window."""

    source: tuple[WordSpan, ...]
    cue: WordSpan
    content: tuple[WordSpan, ...]
    confidence: float
    evidence: tuple[float, ...] = ()


def softmax(logits: Floats) -> Floats:
    """Along the last axis."""
    e = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), np.float32)


def part_probabilities(pairs: Floats, cues: Sequence[int], head: PartHead) -> Floats:
    """(c, n, 3) probability that each of n words is O, source or content, given each of c cue words.

    `pairs` (n, 2h + 4 * KEY) holds side by side what each word gives as a word, as a cue, as a key and as a query.
    """
    h, n = head.weight.shape[0], len(pairs)
    word, cue = np.ascontiguousarray(pairs[:, :h]), pairs[:, h : 2 * h]
    key, query = pairs[:, 2 * h : 2 * h + 2 * KEY], pairs[:, 2 * h + 2 * KEY :]
    zero = len(head.distance) // 2
    hidden = np.empty((len(cues), n, h), np.float32)
    for k, at in enumerate(cues):
        np.add(word, head.distance[zero - at : zero - at + n], out=hidden[k])
        hidden[k] += cue[at]
    np.maximum(hidden, 0.0, out=hidden)
    logits = (hidden.reshape(-1, h) @ head.weight + head.bias).reshape(len(cues), n, 5)
    for k in range(2):
        match = query[cues, k * KEY : (k + 1) * KEY] @ key[:, k * KEY : (k + 1) * KEY].T / np.float32(8)
        logits[:, :, 1 + 2 * k : 3 + 2 * k] += match[:, :, None]
    p = softmax(logits)
    return np.stack([p[..., 0], p[..., 1] + p[..., 2], p[..., 3] + p[..., 4]], -1)


def candidates(roles: Floats, floor: float) -> list[tuple[WordSpan, float]]:
    """Cue spans with the probability of their first word, from role probabilities (n, 7)."""
    out: list[tuple[WordSpan, float]] = []
    begin, inside = roles[:, 3], roles[:, 4]
    n = len(roles)
    for i in np.flatnonzero(begin >= floor).tolist():
        if i and begin[i - 1] > begin[i] and inside[i] > begin[i]:
            continue
        end = i + 1
        while end < n and inside[end] > 0.5 and begin[end] < inside[end]:
            end += 1
        out.append(((i, end), float(begin[i])))
    return out


def smooth(parts: Floats, switch: float) -> NDArray[np.intp]:
    """(n,) the likeliest part of each word when entering or leaving content costs `switch`, from probabilities (n, 3).

    A Potts chain solved by Viterbi over runs of words with the same likeliest part: within such a run no change pays.
    """
    logs = np.log(np.clip(parts, 1e-6, 1.0))
    label = parts.argmax(-1)
    starts = np.flatnonzero(np.append(True, label[1:] != label[:-1]))
    blocks = np.add.reduceat(logs, starts).tolist()
    score, back = blocks[0], []
    for block in blocks[1:]:
        rest = 0 if score[0] >= score[1] else 1
        came = [rest, rest, 2]
        if score[2] - switch > score[rest]:
            came[:2] = [2, 2]
        if score[rest] - switch > score[2]:
            came[2] = rest
        score = [score[c] - (switch if (c == 2) != (k == 2) else 0.0) + block[k] for k, c in enumerate(came)]
        back.append(came)
    state = max(range(3), key=score.__getitem__)
    path = [state]
    for came in reversed(back):
        state = came[state]
        path.append(state)
    return np.repeat(np.array(path[::-1]), np.diff(np.append(starts, len(label))))


def pieces(chosen: NDArray[np.bool_]) -> tuple[WordSpan, ...]:
    """Runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], chosen.astype(np.int8), [0])))).tolist()
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def decode(roles: Floats, pairs: Floats, head: PartHead, settings: Settings) -> list[Found]:
    """Attributions of one window, in order of their cues.

    `roles` (n, 7) logits and `pairs` (n, k) are the encoder's outputs for the window's n words.
    """
    cues = candidates(softmax(roles), settings.cue_floor)
    if not cues:
        return []
    parts = part_probabilities(pairs, [span[0] for span, _ in cues], head)
    found = [_assemble(span, p, parts[k], settings) for k, (span, p) in enumerate(cues)]
    kept = _distinct([f for f in found if f is not None and f.confidence >= settings.threshold])
    return sorted(kept, key=lambda f: f.cue)


def _assemble(cue: WordSpan, cue_probability: float, parts: Floats, settings: Settings) -> Found | None:
    parts[cue[0] : cue[1]] = (1.0, 0.0, 0.0)
    label = smooth(parts, settings.switch)
    label[cue[0] : cue[1]] = 0
    content, source = pieces(label == 2), pieces(label == 1)
    if not content:
        return None
    evidence = (
        _logit(cue_probability),
        *_certainty(parts[:, 2], label == 2),
        *_certainty(parts[:, 1], label == 1),
        float(bool(source)),
        1.0,
    )
    score = float(np.dot(settings.weights, evidence))
    return Found(source, cue, content, float(1 / (1 + np.exp(-score))), evidence)


def _certainty(p: Floats, chosen: NDArray[np.bool_]) -> tuple[float, float]:
    """Mean log-probability of the least certain words, chosen and left out: what the edges are worth."""
    doubt = np.sort(np.log(np.clip(np.where(chosen, p, 1 - p), 1e-4, 1.0)))
    return float(doubt[0]), float(doubt[:8].sum())


def _logit(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return float(np.log(p / (1 - p)))


def _distinct(found: list[Found]) -> list[Found]:
    """Of two that share most of their content and their source, keep the more confident."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: -f.confidence):
        if not any(
            _overlap(one.content, k.content) > 0.5 and (one.source == k.source or not one.source or not k.source)
            for k in kept
        ):
            kept.append(one)
    return kept


def _overlap(a: tuple[WordSpan, ...], b: tuple[WordSpan, ...]) -> float:
    x, y = ({i for s, e in spans for i in range(s, e)} for spans in (a, b))
    return len(x & y) / len(x | y)
