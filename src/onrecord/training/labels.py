"""A trained network's opinion on text that nobody annotated: what it then learns from, its input disturbed."""

import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from onrecord.annotate.decode import chain
from onrecord.training.corpus import IGNORED, Batch, Piece, batches, collate, cut, examples
from onrecord.training.crf import by_part
from onrecord.training.network import Network

CUE_FLOOR = 0.1
"""Words with at least this probability to begin a cue are kept with the parts seen for them."""


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """One window, unpadded: the encoder's input, and what the network said."""

    pieces: Tensor
    """(l,) int32"""
    features: Tensor
    """(l,) int8"""
    first: Tensor
    """(n,) int16"""
    roles: Tensor
    """(n, 7) half: role probabilities"""
    cues: Tensor
    """(c,) int16: likely cue words"""
    weight: Tensor
    """(c,) half: the probability of each"""
    parts: Tensor
    """(c, n, 5) half: part probabilities given each cue"""
    paths: Tensor
    """(c, n) int8: each word's part (0 to 2) as the chain decodes it"""


@torch.inference_mode()
def label(network: Network, group: Sequence[Piece]) -> Iterator[Labelled]:
    """Run the network over some windows."""
    batch = collate(group)
    with torch.autocast("cpu", torch.bfloat16):
        role_logits, edges, pairs, _ = network(batch.pieces, batch.features, batch.mask, batch.first)
    roles = role_logits.float().softmax(-1)
    for i, piece in enumerate(group):
        n, size = piece.end - piece.begin, int(batch.mask[i].sum())
        cues = torch.nonzero(roles[i, :n, 3] >= CUE_FLOOR)[:, 0]
        logits = network.heads.score_parts(pairs[i : i + 1, :n].float(), torch.zeros_like(cues), cues)
        paths = torch.zeros(len(cues), n, dtype=torch.int8)
        if len(cues):
            (decoded,) = chain([by_part(logits).exp().numpy()], [edges[i, :n].float().numpy()], 0.0)
            paths = torch.from_numpy(decoded).to(torch.int8)
        yield Labelled(
            batch.pieces[i, :size].to(torch.int32), batch.features[i, :size].to(torch.int8),
            batch.first[i, :n].to(torch.int16),
            roles[i, :n].half(), cues.to(torch.int16), roles[i, cues, 3].half(), logits.softmax(-1).half(), paths,
        )  # fmt: skip


def label_articles(network: Network, rows: Iterable[Mapping[str, Any]], seed: int = 0) -> list[Labelled]:
    """Label every window of the articles, showing progress."""
    rng = random.Random(seed)
    pieces = [p for row in rows for example in examples(row) for p in cut(example, rng)]
    out: list[Labelled] = []
    began = time.monotonic()
    groups = batches(pieces, rng, tokens=2048)
    for k, group in enumerate(groups, 1):
        out += label(network, group)
        if k % 50 == 0 or k == len(groups):
            print(f"labelled {len(out)} of {len(pieces)} windows, {time.monotonic() - began:.0f} s", flush=True)
    return out


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """A padded batch with what the network said; see Labelled for the meaning of each."""

    batch: Batch
    """Its roles are 0 and its parts the paths, IGNORED where padded."""
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
    parts, paths = torch.zeros(cues, n, 5), torch.full((cues, n), IGNORED)
    at = torch.zeros(cues, dtype=torch.long)
    k = 0
    for i, g in enumerate(group):
        size, count, c = len(g.pieces), len(g.first), len(g.cues)
        pieces[i, :size], features[i, :size], mask[i, :size] = g.pieces.long(), g.features.long(), True
        first[i, :count], words[i, :count], roles[i, :count] = g.first.long(), True, g.roles.float()
        parts[k : k + c, :count], paths[k : k + c, :count] = g.parts.float(), g.paths.long()
        at[k : k + c] = i
        k += c
    cue = torch.cat([g.cues.long() for g in group])
    weight = torch.cat([g.weight.float() for g in group])
    tags = torch.where(words, 0, IGNORED)
    return Taught(Batch(pieces, features, mask, first, words, tags, at, cue, paths), roles, parts, weight)


def save(labelled: list[Labelled], path: Path) -> None:
    """Keep labels for another run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save([tuple(getattr(x, f) for f in Labelled.__slots__) for x in labelled], path)


def restore(path: Path) -> list[Labelled]:
    """Labels kept by `save`."""
    return [Labelled(*fields) for fields in torch.load(path)]
