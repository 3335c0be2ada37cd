"""Train the student, the network that is shipped, on gold and on what the teacher says of it and of other news."""

import itertools
import random
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from onrecord.training.labels import Labelled, Taught, collate_labelled
from onrecord.training.loop import Plan, train
from onrecord.training.losses import taught_loss
from onrecord.training.network import STUDENT, Network, load_pretrained

TOKENS = 4096
"""Wordpieces in a batch."""
GOLD_SHARE = 0.3
"""Of the loss, where there is gold; the rest is the teacher's."""


def train_student(labelled: Sequence[Labelled], weights: Path, steps: int, checkpoint: Path, seed: int = 1) -> Network:
    """Train from pretrained `weights` for so many steps; the result is also written to `checkpoint`."""
    network = Network(STUDENT)
    load_pretrained(network, weights)
    plan = Plan(steps, encoder_rate=4e-4, head_rate=2e-3, save_every=200)
    train(network, _batches(labelled, seed), partial(taught_loss, gold_share=GOLD_SHARE), plan, checkpoint)
    return network


def _batches(labelled: Sequence[Labelled], seed: int) -> Iterator[Taught]:
    for epoch in itertools.count(seed * 1000):
        rng = random.Random(epoch)
        order = sorted(labelled, key=lambda x: (len(x.pieces) // 16, rng.random()))
        groups: list[list[Labelled]] = []
        for one in order:
            if groups and (len(groups[-1]) + 1) * max(len(x.pieces) for x in [one, *groups[-1]]) <= TOKENS:
                groups[-1].append(one)
            else:
                groups.append([one])
        rng.shuffle(groups)
        for group in groups:
            yield collate_labelled(group)
