"""Train the teacher: a larger encoder, on the gold articles."""

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

from onrecord.training.corpus import Batch, Example, batches, collate, cut, examples, load
from onrecord.training.loop import Plan, train
from onrecord.training.losses import gold_loss
from onrecord.training.network import TEACHER, Network, load_pretrained


def gold_batches(given: list[Example], seed: int, tokens: int) -> Iterator[Batch]:
    """Epoch after epoch without end, windows cut and ordered anew each time."""
    for epoch in itertools.count(seed * 1000):
        rng = random.Random(epoch)
        pieces = [p for example in given for p in cut(example, rng)]
        for group in batches(pieces, rng, tokens):
            yield collate(group)


def train_teacher(gold: Path, weights: Path, steps: int, checkpoint: Path, seed: int = 1) -> Network:
    """Train on the gold articles for so many steps; the result is also written to `checkpoint`."""
    network = Network(TEACHER)
    load_pretrained(network, weights)
    given = [e for row in load(gold) for e in examples(row)]
    plan = Plan(steps, encoder_rate=8e-5, head_rate=1e-3)
    train(network, gold_batches(given, seed, tokens=4096), gold_loss, plan, checkpoint)
    return network
