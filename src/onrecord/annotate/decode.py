"""From the encoder's scores over one window to attributions in word indexes.

1. Cue candidates: words likely to begin a cue.
2. Given each candidate, every other word is its source, its content or neither; both may be in several pieces. A
   word that several cues claim as content goes to the best claim, and a chain over the words settles the edges.
3. Of candidates that claim the same content for the same source, the likeliest stays.
4. What is left gets a calibrated confidence; below the threshold that is best for F1 it is dropped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Labels = NDArray[np.intp]
WordSpan = tuple[int, int]
Cue = tuple[WordSpan, float]
"""With the probability of its first word."""
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
    by_label = _label_first(logits)
    e = np.exp(by_label - by_label.max(0))
    return _label_last(e / e.sum(0))


def _label_first(values: Floats) -> Floats:
    """(…, k) values as k whole arrays: numpy is slow along a last axis of a few labels, and fast along a first one."""
    return np.ascontiguousarray(values.transpose(-1, *range(values.ndim - 1)))


def _label_last(values: Floats) -> Floats:
    """The same seen as before, not moved in memory."""
    return values.transpose(*range(1, values.ndim), 0)


def part_probabilities(pairs: Floats, cues: Sequence[int], head: PartHead) -> Floats:
    """(c, n, 3) probability that each of n words is O, source or content, given each of c cue words.

    `pairs` (n, 2h + 4 * KEY) holds side by side what each word gives as a word, as a cue, as a key and as a query.
    """
    h, n = head.weight.shape[0], len(pairs)
    word, cue = np.ascontiguousarray(pairs[:, :h]), pairs[cues, h : 2 * h]
    key, query = pairs[:, 2 * h : 2 * h + 2 * KEY], pairs[cues, 2 * h + 2 * KEY :]
    zero = len(head.distance) // 2
    hidden, given = np.empty((n, h), np.float32), np.empty((len(cues), n, 5), np.float32)
    # one cue's words at a time, so that they stay in the cache. max(x + cue, 0) is max(x, -cue) + cue, and what the
    # latter cue gives is the same for all words.
    for at, least, out in zip(cues, -cue, given, strict=True):
        np.add(word, head.distance[zero - at : zero - at + n], out=hidden)
        np.maximum(hidden, least, out=hidden)
        np.matmul(hidden, head.weight, out=out)
    logits = _label_first(given + (cue @ head.weight + head.bias)[:, None])
    for k in range(2):
        match = query[:, k * KEY : (k + 1) * KEY] @ key[:, k * KEY : (k + 1) * KEY].T / np.float32(8)
        logits[1 + 2 * k : 3 + 2 * k] += match
    p = _label_first(softmax(_label_last(logits)))
    return _label_last(np.stack([p[0], p[1] + p[2], p[3] + p[4]]))


def candidates(roles: Floats, floor: float) -> list[Cue]:
    """Cue spans with the probability of their first word, from role probabilities (n, 7)."""
    out: list[Cue] = []
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
    none, source, content = _label_first(parts)
    claims = content * np.asarray(believed, np.float32)[:, None]
    kept = content * np.square(claims / np.maximum(claims.max(0, initial=0.0), 1e-6))
    return _label_last(np.stack([none + content - kept, source, kept]))


def chain(parts: Sequence[Floats], edges: Sequence[Floats], switch: float) -> list[Labels]:
    """Of each window (c, n) the likeliest part of each word given each cue, when changing parts has a score.

    `parts` (c, n, 3) are probabilities, `edges` (n, 4) the scores of source begins, source ends, content begins,
    content ends before each word; `switch` is taken off each of them. Viterbi, over words and the cues of all windows
    at once; words between which no cue's likeliest part changes and no edge is likely are taken as one.
    """
    steps = [_steps(p, e) for p, e in zip(parts, edges, strict=True)]
    most, ends = max(map(len, steps)), list(accumulate(map(len, parts)))
    cues = [slice(end - len(p), end) for p, end in zip(parts, ends, strict=True)]
    # a shorter window goes on with steps that give and cost nothing: they change neither its path nor its score
    emitted = np.zeros((most, 3, ends[-1]), np.float32)
    change = np.zeros((most, 3, 3, ends[-1]), np.float32)
    for p, e, starts, own in zip(parts, edges, steps, cues, strict=True):
        logs = np.log(np.clip(_label_first(p), 1e-6, 1.0))
        emitted[: len(starts), :, own] = np.add.reduceat(logs, starts, axis=-1).transpose(2, 0, 1)
        change[: len(starts), :, :, own] = _changes(e[starts] - np.float32(switch))[..., None]
    path = _best_path(emitted, change)
    return [
        np.repeat(path[: len(starts), own].T, np.append(starts[1:], p.shape[1]) - starts, axis=1)
        for p, starts, own in zip(parts, steps, cues, strict=True)
    ]


def _steps(parts: Floats, edges: Floats) -> Labels:
    """Where those stretches of words begin that the chain takes as one."""
    label = _likeliest(*_label_first(parts))
    cut = (label[:, 1:] != label[:, :-1]).any(0) | (edges[1:].max(-1) > LIKELY_EDGE)
    return np.flatnonzero(np.append(True, cut))


def _best_path(emitted: Floats, change: Floats) -> Labels:
    """(m, c) Viterbi over m steps, from what each gives (m, 3, c) and what going from part to part costs (m, 3, 3, c).

    Only what one step needs of the step before it is done step by step, in place.
    """
    steps, _, cues = emitted.shape
    score = emitted.copy()
    reached = np.empty((3, 3, cues), np.float32)
    none, source, content = reached
    for before, cost, here, gain in zip(score[:-1, :, None], change[1:], score[1:], emitted[1:], strict=True):
        np.add(before, cost, out=reached)
        np.maximum(none, source, out=here)
        np.maximum(here, content, out=here)
        np.add(here, gain, out=here)
    came = _likeliest(*(score[:-1, :, None] + change[1:]).transpose(1, 0, 2, 3)) * cues + np.arange(cues)
    cell = np.empty((steps, cues), np.intp)
    cell[-1] = _likeliest(*score[-1]) * cues + np.arange(cues)
    for row, after, here in zip(came.reshape(steps - 1, 3 * cues)[::-1], cell[:0:-1], cell[-2::-1], strict=True):
        row.take(after, out=here, mode="clip")  # with a mode that cannot raise numpy writes in place
    return np.asarray(cell // max(cues, 1))


def _likeliest(none: Floats, source: Floats, content: Floats) -> Labels:
    """Which of three is greatest, 0 to 2, the first of equals: argmax, many times faster."""
    best: Labels = np.where((none >= source) & (none >= content), 0, np.where(source >= content, 1, 2))
    return best


def _changes(edges: Floats) -> Floats:
    """(m, 3, 3) score of going from none, source or content to another of them, from edges (m, 4)."""
    begin, end = np.zeros((2, len(edges), 3), np.float32)
    begin[:, 1:], end[:, 1:] = edges[:, ::2], edges[:, 1::2]
    change = end[:, :, None] + begin[:, None, :]
    change[:, range(3), range(3)] = 0.0
    return change


def pieces(chosen: NDArray[np.bool_]) -> list[tuple[WordSpan, ...]]:
    """Runs of True in each row (c, n)."""
    c, n = chosen.shape
    padded = np.zeros((c, n + 2), bool)
    padded[:, 1:-1] = chosen
    row, at = np.nonzero(padded[:, 1:] != padded[:, :-1])
    out: list[list[WordSpan]] = [[] for _ in range(c)]
    for k, begin, end in zip(row[::2].tolist(), at[::2].tolist(), at[1::2].tolist(), strict=True):
        out[k].append((begin, end))
    return [tuple(spans) for spans in out]


def decode(windows: Sequence[Scores], head: PartHead, settings: Settings) -> list[list[Found]]:
    """Attributions of each window, in order of their cues.

    Some windows at once, since the chain takes no longer over the cues of several than over those of one. Most contents
    hold no cue.
    """
    roles = softmax(np.concatenate([scores.roles for scores in windows]))
    ends = list(accumulate(len(scores.roles) for scores in windows))
    cues = [candidates(roles[a:b], settings.cue_floor) for a, b in pairwise([0, *ends])]
    asked = [(k, scores, those) for k, (scores, those) in enumerate(zip(windows, cues, strict=True)) if those]
    found: list[list[Found]] = [[] for _ in windows]
    if asked:
        parts = [_parts(scores.pairs, those, head) for _, scores, those in asked]
        labels = chain(parts, [scores.edges for _, scores, _ in asked], settings.switch)
        for (k, scores, those), given, label in zip(asked, parts, labels, strict=True):
            found[k] = _decided(scores, those, given, label, settings)
    return found


def _parts(pairs: Floats, cues: Sequence[Cue], head: PartHead) -> Floats:
    """(c, n, 3) of the cues of a window, none of them part of itself, shared out between them."""
    parts = part_probabilities(pairs, [span[0] for span, _ in cues], head)
    for k, (span, _) in enumerate(cues):
        parts[k, span[0] : span[1]] = (1.0, 0.0, 0.0)
    return shared_out(parts, [p for _, p in cues])


def _decided(scores: Scores, cues: Sequence[Cue], parts: Floats, labels: Labels, settings: Settings) -> list[Found]:
    for k, (span, _) in enumerate(cues):
        labels[k, span[0] : span[1]] = 0
    found = _assembled(cues, parts, labels, settings)
    kept = _distinct([f for f in found if f.confidence >= _floor(f, scores.quoted, settings)])
    return sorted(kept, key=lambda f: f.cue)


def _assembled(cues: Sequence[Cue], parts: Floats, labels: Labels, settings: Settings) -> list[Found]:
    """The attributions of those cues that have content."""
    contents, sources = pieces(labels == 2), pieces(labels == 1)
    sourced = np.array([bool(source) for source in sources], np.float64)
    columns: list[NDArray[np.floating]] = [
        _logit(np.array([p for _, p in cues])),
        *_certainty(parts[:, :, 2], labels == 2),
        *_certainty(parts[:, :, 1], labels == 1),
        sourced,
        np.ones(len(cues)),
    ]
    evidence = np.stack(columns, 1)
    confidence = 1 / (1 + np.exp(-(evidence @ np.array(settings.weights))))
    rows = zip(sources, cues, contents, confidence.tolist(), evidence.tolist(), strict=True)
    return [Found(s, cue, content, sure, tuple(e)) for s, (cue, _), content, sure, e in rows if content]


def _floor(found: Found, quoted: NDArray[np.bool_], settings: Settings) -> float:
    words = sum(int(quoted[begin:end].sum()) for begin, end in found.content)
    return settings.quoted_threshold if words >= QUOTED_WORDS else settings.threshold


def _certainty(p: Floats, chosen: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """(c,) twice: mean log-probability of the least certain words, chosen and left out: what the edges are worth."""
    doubt = np.sort(np.where(chosen, p, 1 - p), axis=-1)[:, :8]
    logs = np.log(np.clip(doubt, 1e-4, 1.0))
    return logs[:, 0], logs.sum(-1)


def _logit(p: NDArray[np.float64]) -> NDArray[np.float64]:
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(p / (1 - p)))


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
