"""Make the shipped event weights, in one command:

    python -m onrecord.training.events --plv PLV.jsonl --nothing EXTRA.jsonl ... --news NEWS.jsonl ... --out FOLDER

With --folds N the sentences of PLV are cross-validated instead: each fold is coded by a network that did not see it.
"""

import argparse
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from onrecord.annotate.events import TYPES
from onrecord.training.corpus import IGNORED, load
from onrecord.training.event_corpus import (
    ANNOTATED,
    OWN,
    Lesson,
    PairBatch,
    batches,
    collate,
    from_annotated,
    from_nothing,
    from_own,
    from_plv,
)
from onrecord.training.event_network import EventNetwork
from onrecord.training.loop import Plan, train
from onrecord.training.losses import hide
from onrecord.training.network import load_pretrained
from onrecord.training.pretrained import pretrained_weights

TOKENS = 2048
"""Wordpieces in a batch."""


def event_loss(network: EventNetwork, batch: PairBatch, dropout: float = 0.1, hidden: float = 0.05) -> dict[str, Tensor]:
    """Is there an event, which of seventeen, in what status, and by which words."""
    with torch.autocast("cpu", torch.bfloat16):
        disturbed = replace(batch, pieces=hide(batch.pieces, batch.mask, hidden))
        event, types, status, trigger = (x.float() for x in network(disturbed, dropout))
    is_event = batch.types.any(1)
    weight = batch.weight
    exists = F.binary_cross_entropy_with_logits(event, is_event.float(), reduction="none")
    which = -(types.log_softmax(-1).masked_fill(~batch.types, -1e4).logsumexp(-1)) * is_event
    told = batch.trigger.any(1)
    words = -(trigger.log_softmax(-1).masked_fill(~batch.trigger, -1e4).logsumexp(-1)) * told
    status_known = (batch.status != IGNORED).any()
    losses = {
        "event": (exists * weight).sum() / weight.sum(),
        "type": (which * weight).sum() / (is_event * weight).sum().clamp(min=1),
        "trigger": 0.3 * words.sum() / told.sum().clamp(min=1),
    }
    if status_known:
        losses["status"] = 0.3 * F.cross_entropy(status, batch.status, ignore_index=IGNORED)
    return losses


def endless(lessons: Sequence[Lesson], seed: int) -> Iterator[PairBatch]:
    for epoch in itertools.count(seed * 1000):
        rng = random.Random(epoch)
        for group in batches(lessons, rng, TOKENS):
            yield collate(group)


def learn(lessons: Sequence[Lesson], epochs: float, checkpoint: Path, seed: int, rate: float) -> EventNetwork:
    torch.manual_seed(seed)
    network = EventNetwork()
    load_pretrained(network, pretrained_weights())
    steps = int(epochs * len(batches(lessons, random.Random(0), TOKENS)))
    plan = Plan(steps, encoder_rate=rate, head_rate=4 * rate, average_from=0.7, save_every=10**9)
    train(network, endless(lessons, seed), event_loss, plan, checkpoint)
    return network


@torch.no_grad()
def code(network: EventNetwork, lessons: Sequence[Lesson]) -> list[tuple[float, list[float]]]:
    """Probability of an event, and of each type given one, of every lesson's first pair."""
    network.eval()
    out: list[tuple[float, list[float]]] = []
    for k in range(0, len(lessons), 32):
        batch = collate([replace(x, told=x.told[:1]) for x in lessons[k : k + 32]])
        event, types, _, _ = network(batch)
        out += zip(event.sigmoid().tolist(), types.softmax(-1).tolist(), strict=True)
    return out
