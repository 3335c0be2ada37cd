"""What is minimised: cross-entropy on gold tags, and the distance to what a trained network said."""

import torch
import torch.nn.functional as F
from torch import Tensor

from onrecord.annotate.words import CLS, SEP
from onrecord.training.asking import Asked
from onrecord.training.corpus import IGNORED, Batch
from onrecord.training.crf import by_part, path_loss
from onrecord.training.labels import Taught
from onrecord.training.network import Network

PARTS_WEIGHT = 2.0
"""Parts are mostly O and easily so; roles and parts then weigh about the same."""
PATH_WEIGHT = 1.0
MASK = 103
"""The vocabulary's [MASK]."""


def gold_loss(network: Network, batch: Batch, dropout: float = 0.1, hidden: float = 0.05) -> dict[str, Tensor]:
    """Cross-entropy of role tags over words, of part tags over words for every gold cue, and the chain's loss on them.

    A share `hidden` of the wordpieces is masked: the network learns the annotators' reasons less by heart.
    """
    with torch.autocast("cpu", torch.bfloat16):
        pieces = hide(batch.pieces, batch.mask, hidden)
        roles, edges, pairs, _ = network(pieces, batch.features, batch.mask, batch.first, dropout)
        parts = network.heads.score_parts(pairs, batch.at, batch.cue)
    path, weight = (batch.parts.clamp(min=0) + 1) // 2, torch.ones(len(batch.cue))
    return {
        "roles": F.cross_entropy(roles.float().transpose(1, 2), batch.roles, ignore_index=IGNORED),
        "parts": PARTS_WEIGHT * F.cross_entropy(parts.float().transpose(1, 2), batch.parts, ignore_index=IGNORED),
        "paths": PATH_WEIGHT * _paths(parts, edges, batch, path, weight),
    }


def hide(pieces: Tensor, mask: Tensor, share: float) -> Tensor:
    """Wordpieces of which a random `share` is replaced by [MASK]; CLS and SEP stay."""
    chosen = (torch.rand(pieces.shape) < share) & mask & (pieces != CLS) & (pieces != SEP)
    return torch.where(chosen, MASK, pieces)


def taught_loss(network: Network, taught: Taught, dropout: float = 0.1, hidden: float = 0.1) -> dict[str, Tensor]:
    """Distance to what a trained network said of the same windows undisturbed (a noisy student, Xie et al. 2020).

    Each cue's parts weigh as much as the cue was believed in.
    """
    batch = taught.batch
    with torch.autocast("cpu", torch.bfloat16):
        pieces = hide(batch.pieces, batch.mask, hidden)
        role_logits, edges, pairs, _ = network(pieces, batch.features, batch.mask, batch.first, dropout)
        parts = network.heads.score_parts(pairs, batch.at, batch.cue)
    words = batch.words.float()
    soft_roles = -(taught.roles * role_logits.float().log_softmax(-1)).sum(-1)
    weight = taught.weight[:, None] * words[batch.at]
    soft_parts = -(taught.parts * parts.float().log_softmax(-1)).sum(-1)
    return {
        "taught roles": (soft_roles * words).sum() / words.sum(),
        "taught parts": PARTS_WEIGHT * (soft_parts * weight).sum() / weight.sum().clamp(min=1e-6),
        "taught paths": PATH_WEIGHT * _paths(parts, edges, batch, batch.parts.clamp(min=0), taught.weight),
    }


def _paths(parts: Tensor, edges: Tensor, batch: Batch, path: Tensor, weight: Tensor) -> Tensor:
    """Mean a word of the chain's loss on `path` (c, n) of 0 to 2, weighted by cue (c,)."""
    words = batch.words[batch.at]
    loss = path_loss(by_part(parts.float()), edges.float()[batch.at], path, words)
    return (loss * weight).sum() / (words.sum(1) * weight).sum().clamp(min=1e-6)


def pointer_loss(network: Network, asked: Asked, dropout: float = 0.1, hidden: float = 0.05) -> dict[str, Tensor]:
    """Negative log-share of the words that each pronoun means, among all words that count for it."""
    batch = asked.batch
    with torch.autocast("cpu", torch.bfloat16):
        pieces = hide(batch.pieces, batch.mask, hidden)
        *_, links = network(pieces, batch.features, batch.mask, batch.first, dropout)
    logits = network.heads.score_links(links.float(), asked.window, asked.at, asked.barred)
    counted = logits.masked_fill(asked.open, -1e4).logsumexp(-1)
    right = logits.masked_fill(~asked.right, -1e4).logsumexp(-1)
    return {"pointers": (counted - right).mean()}
