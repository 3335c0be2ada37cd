"""What is minimised: cross-entropy on gold tags, and the distance to a teacher's."""

import torch
import torch.nn.functional as F
from torch import Tensor

from onrecord.training.corpus import IGNORED, Batch
from onrecord.training.labels import Taught
from onrecord.training.network import Network

PARTS_WEIGHT = 2.0
"""Parts are mostly O and easily so; roles and parts then weigh about the same."""


def gold_loss(network: Network, batch: Batch, dropout: float = 0.1) -> dict[str, Tensor]:
    """Cross-entropy of role tags over words, and of part tags over words for every gold cue."""
    with torch.autocast("cpu", torch.bfloat16):
        roles, pairs = network(batch.pieces, batch.features, batch.mask, batch.first, dropout)
        parts = network.heads.score_parts(pairs, batch.at, batch.cue)
    return {
        "roles": F.cross_entropy(roles.float().transpose(1, 2), batch.roles, ignore_index=IGNORED),
        "parts": PARTS_WEIGHT * F.cross_entropy(parts.float().transpose(1, 2), batch.parts, ignore_index=IGNORED),
    }


def taught_loss(network: Network, taught: Taught, gold_share: float, dropout: float = 0.1) -> dict[str, Tensor]:
    """Distance to the teacher's probabilities, mixed with cross-entropy on gold where there is gold.

    Knowledge distillation at temperature 1 (Hinton, Vinyals and Dean 2015); each cue's parts weigh as much as the
    teacher believes in the cue.
    """
    batch = taught.batch
    with torch.autocast("cpu", torch.bfloat16):
        role_logits, pairs = network(batch.pieces, batch.features, batch.mask, batch.first, dropout)
        part_logits = network.heads.score_parts(pairs, batch.at, batch.cue)
    roles, parts = role_logits.float(), part_logits.float()
    words = batch.words.float()
    soft_roles = -(taught.roles * roles.log_softmax(-1)).sum(-1)
    weight = taught.weight[:, None] * words[batch.at]
    soft_parts = -(taught.parts * parts.log_softmax(-1)).sum(-1)
    out = {
        "roles": (1 - gold_share) * (soft_roles * words).sum() / words.sum(),
        "parts": (1 - gold_share) * PARTS_WEIGHT * (soft_parts * weight).sum() / weight.sum().clamp(min=1e-6),
    }
    if gold_share and bool((batch.roles >= 0).any()):
        out["gold roles"] = gold_share * F.cross_entropy(roles.transpose(1, 2), batch.roles, ignore_index=IGNORED)
        if bool((batch.parts >= 0).any()):
            hard = F.cross_entropy(parts.transpose(1, 2), batch.parts, ignore_index=IGNORED)
            out["gold parts"] = gold_share * PARTS_WEIGHT * hard
    return out
