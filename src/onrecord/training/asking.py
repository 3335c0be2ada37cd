"""Windows with pronouns to padded batches for the antecedent head."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from onrecord.annotate.antecedents import barred as barred_words
from onrecord.training.anaphora import Anaphora, Pointer
from onrecord.training.corpus import Batch, Piece, batches, collate, cut


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """b windows with a pronouns; the last of the n + 1 answers is "nothing in view"."""

    batch: Batch
    window: Tensor
    """(a,) which window each pronoun is in."""
    at: Tensor
    """(a,) which word of it."""
    barred: Tensor
    """(b, n) bool: padding and pronouns."""
    right: Tensor
    """(a, n + 1) bool"""
    open: Tensor
    """(a, n + 1) bool: neither right nor wrong."""


def asked_batches(given: Sequence[Anaphora], tokens: int, seed: int) -> Iterator[Asked]:
    """One epoch: windows cut anew, those without a pronoun to ask for left out."""
    rng = random.Random(seed)
    pieces = [p for example in given for p in cut(example, rng) if _inside(p)]
    for group in batches(pieces, rng, tokens):
        yield _collate(group)


def _inside(piece: Piece) -> list[Pointer]:
    assert isinstance(piece.example, Anaphora)
    return [p for p in piece.example.pointers if piece.begin <= p.at < piece.end]


def _collate(group: Sequence[Piece]) -> Asked:
    batch = collate(group)
    b, n = batch.words.shape
    barred = torch.ones(b, n, dtype=torch.bool)
    window: list[int] = []
    at: list[int] = []
    rows: list[tuple[Tensor, Tensor]] = []
    for i, piece in enumerate(group):
        known = barred_words(piece.example.words, piece.begin, piece.end)
        barred[i, : len(known)] = torch.from_numpy(known)
        for pointer in _inside(piece):
            window.append(i)
            at.append(pointer.at - piece.begin)
            rows.append(_answers(pointer, piece, barred[i]))
    right, open_ = (torch.stack(x) for x in zip(*rows, strict=True))
    return Asked(batch, torch.tensor(window), torch.tensor(at), barred, right, open_)


def _answers(pointer: Pointer, piece: Piece, barred: Tensor) -> tuple[Tensor, Tensor]:
    """(n + 1,) what is right and what does not count for one pronoun; nothing in view is right when all else is out."""

    def marked(words: frozenset[int]) -> Tensor:
        out = torch.zeros(len(barred) + 1, dtype=torch.bool)
        inside = [w - piece.begin for w in words if piece.begin <= w < piece.end]
        out[inside] = True
        out[:-1] &= ~barred
        return out

    right = marked(pointer.right)
    if pointer.wrong and not pointer.right:  # anything but these
        right[:-1] = ~barred
        right &= ~marked(pointer.wrong)
        right[-1] = True
    elif not right.any():
        right[-1] = True
    return right, marked(pointer.open) & ~right
