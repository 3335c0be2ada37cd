"""The two rounds of training: on gold, then on gold and on news that the first round labelled."""

import itertools
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from torch import Tensor

from onrecord.training.corpus import Batch, Example, batches, collate, cut
from onrecord.training.labels import Labelled, Taught, collate_labelled
from onrecord.training.loop import Plan, train
from onrecord.training.losses import gold_loss, taught_loss
from onrecord.training.network import Network

TOKENS = 4096
"""Wordpieces in a batch."""


def learn_gold(network: Network, gold: list[Example], steps: int, checkpoint: Path, seed: int) -> None:
    """Train in place on gold alone; the result is also written to `checkpoint`."""
    plan = Plan(steps, encoder_rate=4e-4, head_rate=2e-3)
    train(network, gold_batches(gold, seed), gold_loss, plan, checkpoint)


def learn_news(
    network: Network, gold: list[Example], labelled: Sequence[Labelled], plan: Plan, checkpoint: Path
) -> None:
    """Go on in place, batches of gold and of labelled news in turn; the result is also written to `checkpoint`."""
    turns = (batch for pair in zip(gold_batches(gold, 2), news_batches(labelled, 2), strict=False) for batch in pair)
    train(network, turns, _either_loss, plan, checkpoint)


def _either_loss(network: Network, batch: Batch | Taught) -> dict[str, Tensor]:
    return gold_loss(network, batch) if isinstance(batch, Batch) else taught_loss(network, batch)


def gold_batches(given: list[Example], seed: int) -> Iterator[Batch]:
    """Epoch after epoch without end, windows cut and ordered anew each time."""
    for epoch in itertools.count(seed * 1000):
        rng = random.Random(epoch)
        pieces = [p for example in given for p in cut(example, rng)]
        for group in batches(pieces, rng, TOKENS):
            yield collate(group)


def news_batches(labelled: Sequence[Labelled], seed: int) -> Iterator[Taught]:
    """Epoch after epoch without end, in a new order each time."""
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
