"""What the event network minimises, and its rounds of learning."""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from onrecord.training.corpus import IGNORED
from onrecord.training.event_corpus import Lesson, PairBatch, batches, collate
from onrecord.training.event_network import EventNetwork
from onrecord.training.loop import Plan, train
from onrecord.training.losses import hide

TOKENS = 2048
"""Wordpieces in a batch."""
LESSER = 0.3
"""What status and trigger weigh beside the event and its type."""
SMOOTHING = 0.05
"""How much of an attitude's probability the loss leaves to the others: readers differ on many."""


def learn(
    network: EventNetwork, lessons: Sequence[Lesson], course: tuple[float, float], checkpoint: Path, seed: int
) -> None:
    """Train in place for `course`'s epochs at its peak rate; the result is also written to `checkpoint`, and taken from
    there when it is already there.
    """
    if checkpoint.exists():
        network.load_state_dict(torch.load(checkpoint))
        return
    epochs, rate = course
    steps = int(epochs * len(batches(lessons, random.Random(0), TOKENS)))
    plan = Plan(steps, encoder_rate=rate, head_rate=4 * rate, average_from=0.7)
    train(network, _endless(lessons, seed), event_loss, plan, checkpoint)


def _endless(lessons: Sequence[Lesson], seed: int) -> Iterator[PairBatch]:
    for epoch in itertools.count(seed * 1000):
        for group in batches(lessons, random.Random(epoch), TOKENS):
            yield collate(group)


def event_loss(
    network: EventNetwork, batch: PairBatch, dropout: float = 0.1, hidden: float = 0.05
) -> dict[str, Tensor]:
    """What is told of the batch's pairs and felt for its targets, of which it may lack either.

    A share `hidden` of the wordpieces is masked. What is not known of a pair is left out.
    """
    disturbed = replace(batch, pieces=hide(batch.pieces, batch.mask, hidden))
    with torch.autocast("cpu", torch.bfloat16):
        *told, felt = (x.float() for x in network(disturbed, dropout))
    losses = _told_loss(batch, *told) if len(batch.at) else {}
    if len(batch.felt_at):
        losses["attitude"] = F.cross_entropy(felt, batch.attitude, label_smoothing=SMOOTHING)
    return losses


def _told_loss(batch: PairBatch, event: Tensor, types: Tensor, status: Tensor, trigger: Tensor) -> dict[str, Tensor]:
    """Is there an event; which one of those that may be right; in what status; and which words tell it."""
    happens = batch.types.any(1)
    which = -types.log_softmax(-1).masked_fill(~batch.types, -1e4).logsumexp(-1)
    words = -trigger.log_softmax(-1).masked_fill(~batch.trigger, -1e4).logsumexp(-1)
    told = batch.trigger.any(1)
    losses = {
        "event": F.binary_cross_entropy_with_logits(event, happens.float()),
        "type": (which * happens).sum() / happens.sum().clamp(min=1),
        "trigger": LESSER * (words * told).sum() / told.sum().clamp(min=1),
    }
    if (batch.status != IGNORED).any():
        losses["status"] = LESSER * F.cross_entropy(status, batch.status, ignore_index=IGNORED)
    return losses
