"""The two rounds of training: on gold, then on gold, on news that the first round labelled, and on pronouns."""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor

from onrecord.training.anaphora import Anaphora
from onrecord.training.asking import Asked, asked_batches
from onrecord.training.corpus import Batch, Example, batches, collate, cut
from onrecord.training.labels import Labelled, Taught, collate_labelled
from onrecord.training.loop import Plan, train
from onrecord.training.losses import gold_loss, pointer_loss, taught_loss
from onrecord.training.network import Network

Taken = Batch | Taught | Asked
TOKENS = 4096
"""Wordpieces in a batch."""


def learn_gold(network: Network, gold: list[Example], steps: int, checkpoint: Path, seed: int) -> None:
    """Train in place on gold alone; the result is also written to `checkpoint`."""
    plan = Plan(steps, encoder_rate=4e-4, head_rate=2e-3)
    train(network, gold_batches(gold, seed), gold_loss, plan, checkpoint)


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """What the second round learns from."""

    gold: list[Example]
    inner: list[Example]
    """Contents annotated for the statements inside them."""
    news: Sequence[Labelled]
    pronouns: Sequence[Anaphora]


def learn_all(network: Network, lessons: Lessons, plan: Plan, checkpoint: Path) -> None:
    """Go on in place, batches of each kind of lesson in turn; the result is also written to `checkpoint`."""
    gold, inner = gold_batches(lessons.gold, 2), gold_batches(lessons.inner, 3)
    news, pronouns = news_batches(lessons.news, 2), pronoun_batches(lessons.pronouns, 2)
    turns: Iterator[Iterator[Taken]] = itertools.cycle((gold, pronouns, inner, gold, pronouns, inner, news))
    train(network, (next(turn) for turn in turns), _loss, plan, checkpoint)


def _loss(network: Network, batch: Taken) -> dict[str, Tensor]:
    if isinstance(batch, Batch):
        return gold_loss(network, batch)
    return taught_loss(network, batch) if isinstance(batch, Taught) else pointer_loss(network, batch)


def pronoun_batches(asked: Sequence[Anaphora], seed: int) -> Iterator[Asked]:
    """Epoch after epoch without end."""
    for epoch in itertools.count(seed * 1000):
        yield from asked_batches(asked, TOKENS, epoch)


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
