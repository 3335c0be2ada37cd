"""From the encoder's scores over one window to attributions in word indexes.

1. Cue candidates: words likely to begin a cue.
2. Given each candidate, every other word is its source, its content or neither; both may be in several pieces. A
   word that several cues claim as content goes to the best claim, and a chain over the words settles the edges.
3. Of candidates that claim the same content for the same source, the likeliest stays.
4. What is left gets a calibrated confidence; below the threshold that is best for F1 it is dropped.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
WordSpan = tuple[int, int]
LIKELY_EDGE = -2.0
"""Where no edge scores above this, no part begins or ends unless the words themselves say so."""
QUOTED_WORDS = 2
"""A content with fewer words in quotation marks counts as not quoted."""
KEY = 64
"""Width of the key and query vectors, one pair for sources and one for contents."""


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What the network says of the n words of a window."""

    roles: Floats
    """(n, 7) logits of O, B- and I- of source, cue, content"""
    edges: Floats
    """(n, 4) log-scores that before the word a source begins, a source ends, a content begins, a content ends"""
    pairs: Floats
    """(n, k) from which the parts given any cue are scored"""
    links: Floats
    """(n, m) from which any pronoun's antecedent is scored"""
    quoted: NDArray[np.bool_]
    """(n,) the word stands in quotation marks: known from the text, not from the network"""


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
    switch: float = 0.0
    """What it costs, in log-probability, that a part begins or ends, beside what the network's edges say."""
    threshold: float = 0.37
    """Attributions of lower confidence are dropped."""
    quoted_threshold: float = 0.17
    """The same for those whose content is quoted at least in part: that somebody spoke is then plain to the reader, and
    a quotation left out is missed more than an unsure one is in the way."""
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


def shared_out(parts: Floats, believed: Sequence[float]) -> Floats:
    """Parts (c, n, 3) in which a word that several cues claim as content is left to the one with the best claim.

    A claim is the word's probability of being that cue's content, times the probability that the cue is one
    (`believed`); that of each other cue shrinks by the square of its ratio to the best. In its own voice an article
    puts a word in one speaker's mouth; statements within statements are read in a pass of their own.
    """
    claims = parts[:, :, 2] * np.asarray(believed, np.float32)[:, None]
    kept = parts[:, :, 2] * np.square(claims / np.maximum(claims.max(0), 1e-6))
    return np.stack([parts[:, :, 0] + parts[:, :, 2] - kept, parts[:, :, 1], kept], -1)


def chain(parts: Floats, edges: Floats, switch: float) -> NDArray[np.intp]:
    """(c, n) the likeliest part of each word given each cue, when changing from one part to another has a score.

    `parts` (c, n, 3) are probabilities, `edges` (n, 4) the scores of source begins, source ends, content begins,
    content ends before each word; `switch` is taken off each of them. Viterbi, over words and all cues at once; words
    between which no cue's likeliest part changes and no edge is likely are taken as one.
    """
    logs = np.log(np.clip(parts, 1e-6, 1.0))
    label = parts.argmax(-1)
    cut = (label[:, 1:] != label[:, :-1]).any(0) | (edges[1:].max(-1) > LIKELY_EDGE)
    starts = np.flatnonzero(np.append(True, cut))
    emitted = np.add.reduceat(logs, starts, axis=1)
    change = _changes(edges[starts] - np.float32(switch))
    score, came = emitted[:, 0], []
    for j in range(1, len(starts)):
        reached = score[:, :, None] + change[j]
        came.append(reached.argmax(1))
        score = reached.max(1) + emitted[:, j]
    path = np.empty((len(parts), len(starts)), np.intp)
    path[:, -1] = score.argmax(-1)
    every = np.arange(len(parts))
    for j in range(len(came) - 1, -1, -1):
        path[:, j] = came[j][every, path[:, j + 1]]
    return np.repeat(path, np.diff(np.append(starts, parts.shape[1])), axis=1)


def _changes(edges: Floats) -> Floats:
    """(m, 3, 3) score of going from none, source or content to another of them, from edges (m, 4)."""
    begin, end = np.zeros((2, len(edges), 3), np.float32)
    begin[:, 1:], end[:, 1:] = edges[:, ::2], edges[:, 1::2]
    change = end[:, :, None] + begin[:, None, :]
    change[:, range(3), range(3)] = 0.0
    return change


def pieces(chosen: NDArray[np.bool_]) -> tuple[WordSpan, ...]:
    """Runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], chosen.astype(np.int8), [0])))).tolist()
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def decode(scores: Scores, head: PartHead, settings: Settings) -> list[Found]:
    """Attributions of one window, in order of their cues."""
    cues = candidates(softmax(scores.roles), settings.cue_floor)
    if not cues:
        return []
    parts = part_probabilities(scores.pairs, [span[0] for span, _ in cues], head)
    for k, (span, _) in enumerate(cues):
        parts[k, span[0] : span[1]] = (1.0, 0.0, 0.0)
    parts = shared_out(parts, [p for _, p in cues])
    labels = chain(parts, scores.edges, settings.switch)
    found = [_assemble(span, p, parts[k], labels[k], settings) for k, (span, p) in enumerate(cues)]
    kept = _distinct([f for f in found if f is not None and f.confidence >= _floor(f, scores.quoted, settings)])
    return sorted(kept, key=lambda f: f.cue)


def _assemble(
    cue: WordSpan, cue_probability: float, parts: Floats, label: NDArray[np.intp], settings: Settings
) -> Found | None:
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


def _floor(found: Found, quoted: NDArray[np.bool_], settings: Settings) -> float:
    words = sum(int(quoted[begin:end].sum()) for begin, end in found.content)
    return settings.quoted_threshold if words >= QUOTED_WORDS else settings.threshold


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
