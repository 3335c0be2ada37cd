"""A chain over the parts of one cue's words whose cost of change is learned word by word.

Lafferty, McCallum and Pereira (2001), with the transition scores given by the encoder: what the edges of a clause look
like does not depend on the cue that governs it.
"""

import torch
from torch import Tensor

NONE, SOURCE, CONTENT = 0, 1, 2


def by_part(logits: Tensor) -> Tensor:
    """Log-probabilities (..., 3) of none, source and content from logits (..., 5) that tell B- from I-."""
    p = logits.log_softmax(-1)
    return torch.stack([p[..., 0], p[..., 1:3].logsumexp(-1), p[..., 3:5].logsumexp(-1)], -1)


def transitions(edges: Tensor) -> Tensor:
    """Scores (..., 3, 3) of going from one part to another before each word, from `edges` (..., 4): source begins,
    source ends, content begins, content ends.
    """
    begin = torch.stack([torch.zeros_like(edges[..., 0]), edges[..., 0], edges[..., 2]], -1)
    end = torch.stack([torch.zeros_like(edges[..., 0]), edges[..., 1], edges[..., 3]], -1)
    change = end[..., :, None] + begin[..., None, :]
    return change * (1 - torch.eye(3, dtype=edges.dtype))


def path_loss(parts: Tensor, edges: Tensor, path: Tensor, words: Tensor) -> Tensor:
    """(c,) negative log-likelihood of each cue's path.

    `parts` (c, n, 3) log-probabilities, `edges` (c, n, 4), `path` (c, n) in 0..2, `words` (c, n) bool, padding last.
    """
    change = transitions(edges)
    return _total(parts, change, words) - _along(parts, change, path, words)


def _total(parts: Tensor, change: Tensor, words: Tensor) -> Tensor:
    score = parts[:, 0]
    for t in range(1, parts.shape[1]):
        following = (score[:, :, None] + change[:, t]).logsumexp(1) + parts[:, t]
        score = torch.where(words[:, t, None], following, score)
    return score.logsumexp(-1)


def _along(parts: Tensor, change: Tensor, path: Tensor, words: Tensor) -> Tensor:
    emitted = parts.gather(2, path[:, :, None])[..., 0] * words
    rows = change[:, 1:].gather(2, path[:, :-1, None, None].expand(-1, -1, 1, 3))[:, :, 0]
    moved = rows.gather(2, path[:, 1:, None])[..., 0] * words[:, 1:]
    return emitted.sum(1) + moved.sum(1)
