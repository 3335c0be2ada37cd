"""A teacher's opinion on windows of text, gold or not: what the student learns from."""

import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from onrecord.training.corpus import IGNORED, Batch, Piece, batches, collate, cut, examples
from onrecord.training.network import Network

CUE_FLOOR = 0.1
"""Words the teacher gives at least this probability to begin a cue are kept with the parts it sees for them."""


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """One window: the encoder's input, the teacher's probabilities, and gold where there is any. Unpadded."""

    pieces: Tensor
    """(l,) int32"""
    features: Tensor
    """(l,) int8"""
    first: Tensor
    """(n,) int16"""
    roles: Tensor
    """(n, 7) half: the teacher's role probabilities"""
    cues: Tensor
    """(c,) int16: cue words, the teacher's and gold's"""
    weight: Tensor
    """(c,) half: the teacher's probability of each, at least 0.5 for gold's"""
    parts: Tensor
    """(c, n, 5) half: the teacher's part probabilities given each cue"""
    gold_roles: Tensor | None
    """(n,) int8"""
    gold_parts: Tensor | None
    """(c, n) int8, IGNORED for the rows of cues that are the teacher's alone"""


@torch.inference_mode()
def label(teacher: Network, group: Sequence[Piece], gold: bool) -> Iterator[Labelled]:
    """Run the teacher over some windows."""
    batch = collate(group)
    with torch.autocast("cpu", torch.bfloat16):
        role_logits, pairs = teacher(batch.pieces, batch.features, batch.mask, batch.first)
    roles = role_logits.float().softmax(-1)
    for i, piece in enumerate(group):
        n = piece.end - piece.begin
        given = {int(c): k for k, (b, c) in enumerate(zip(batch.at, batch.cue, strict=True)) if int(b) == i}
        likely = set(torch.nonzero(roles[i, :n, 3] >= CUE_FLOOR)[:, 0].tolist())
        cues = torch.tensor(sorted(likely | set(given)), dtype=torch.long)
        parts = teacher.heads.score_parts(pairs[i : i + 1, :n].float(), torch.zeros_like(cues), cues).softmax(-1)
        gold_parts = None
        if gold:
            gold_parts = torch.full((len(cues), n), IGNORED, dtype=torch.int8)
            for k, cue in enumerate(cues.tolist()):
                if cue in given:
                    gold_parts[k] = batch.parts[given[cue], :n].to(torch.int8)
        weight = roles[i, cues, 3]
        annotated = torch.tensor([c in given for c in cues.tolist()], dtype=torch.bool)
        weight = torch.where(annotated, weight.clamp(min=0.5), weight)
        size = int(batch.mask[i].sum())
        yield Labelled(
            batch.pieces[i, :size].to(torch.int32), batch.features[i, :size].to(torch.int8),
            batch.first[i, :n].to(torch.int16),
            roles[i, :n].half(), cues.to(torch.int16), weight.half(), parts.half(),
            batch.roles[i, :n].to(torch.int8) if gold else None, gold_parts,
        )  # fmt: skip


def label_articles(teacher: Network, rows: Iterable[Mapping[str, Any]], gold: bool, seed: int = 0) -> list[Labelled]:
    """Label every window of the articles, showing progress."""
    rng = random.Random(seed)
    pieces = [p for row in rows for example in examples(row) for p in cut(example, rng)]
    out: list[Labelled] = []
    began = time.monotonic()
    groups = batches(pieces, rng, tokens=2048)
    for k, group in enumerate(groups, 1):
        out += label(teacher, group, gold)
        if k % 50 == 0 or k == len(groups):
            print(f"labelled {len(out)} of {len(pieces)} windows, {time.monotonic() - began:.0f} s", flush=True)
    return out


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """A padded batch with the teacher's probabilities; see Labelled for the meaning of each."""

    batch: Batch
    """Its roles and parts are gold, IGNORED where there is none."""
    roles: Tensor
    """(b, n, 7)"""
    parts: Tensor
    """(c, n, 5)"""
    weight: Tensor
    """(c,)"""


def collate_labelled(group: Sequence[Labelled]) -> Taught:
    """Pad and stack."""
    b, longest, n = len(group), max(len(g.pieces) for g in group), max(len(g.first) for g in group)
    cues = sum(len(g.cues) for g in group)
    pieces, features = torch.zeros(b, longest, dtype=torch.long), torch.full((b, longest), 16)
    mask, first = torch.zeros(b, longest, dtype=torch.bool), torch.zeros(b, n, dtype=torch.long)
    words, roles = torch.zeros(b, n, dtype=torch.bool), torch.zeros(b, n, 7)
    gold_roles, gold_parts = torch.full((b, n), IGNORED), torch.full((cues, n), IGNORED)
    parts, at = torch.zeros(cues, n, 5), torch.zeros(cues, dtype=torch.long)
    k = 0
    for i, g in enumerate(group):
        size, count, c = len(g.pieces), len(g.first), len(g.cues)
        pieces[i, :size], features[i, :size], mask[i, :size] = g.pieces.long(), g.features.long(), True
        first[i, :count], words[i, :count], roles[i, :count] = g.first.long(), True, g.roles.float()
        parts[k : k + c, :count], at[k : k + c] = g.parts.float(), i
        if g.gold_roles is not None and g.gold_parts is not None:
            gold_roles[i, :count], gold_parts[k : k + c, :count] = g.gold_roles.long(), g.gold_parts.long()
        k += c
    cue = torch.cat([g.cues.long() for g in group])
    weight = torch.cat([g.weight.float() for g in group])
    return Taught(Batch(pieces, features, mask, first, words, gold_roles, at, cue, gold_parts), roles, parts, weight)


def save(labelled: list[Labelled], path: Path) -> None:
    """Keep labels for another run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save([tuple(getattr(x, f) for f in Labelled.__slots__) for x in labelled], path)


def restore(path: Path) -> list[Labelled]:
    """Labels kept by `save`."""
    return [Labelled(*fields) for fields in torch.load(path)]
