"""Annotated articles to training windows: words, role tags and the parts of each attribution."""

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from onrecord.annotate.windows import PIECES, Window, inputs, units
from onrecord.annotate.words import Ints, Words, word_blocks

SOURCE, CUE, CONTENT = 1, 3, 5
"""The B- tag of each role; its I- tag is one more."""
IGNORED = -100
Part = list[tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Gold:
    """One attribution as word ranges [begin, end)."""

    source: Part
    cue: Part
    content: Part


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A block of an article's words with what was annotated in it; `roles` (n,) tags, without gold all O."""

    words: Words
    roles: Ints
    attributions: list[Gold]


def load(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def examples(row: Mapping[str, Any]) -> Iterator[Example]:
    """An article's blocks; an attribution belongs to the block that holds the whole of it. A row that is a content read
    for statements inside it says so by `inside`.
    """
    for words in word_blocks(row["text"], inside=row.get("inside", False)):
        found = [
            Gold(*(word_ranges(words, a[k]) for k in ("source", "cue", "content"))) for a in row.get("attributions", [])
        ]
        inside = [g for g in found if g.content or g.cue]
        yield Example(words, _tags(len(words), inside), inside)


def word_ranges(words: Words, spans: Sequence[Sequence[int]]) -> Part:
    """Character spans as word ranges, touching ones joined."""
    out: Part = []
    for start, end in sorted((s, e) for s, e in spans):
        begin = int(np.searchsorted(words.end, start, side="right"))
        stop = int(np.searchsorted(words.start, end, side="left"))
        if stop <= begin:
            continue
        if out and begin <= out[-1][1]:
            out[-1] = (out[-1][0], max(stop, out[-1][1]))
        else:
            out.append((begin, stop))
    return out


def _tags(n: int, attributions: Iterable[Gold]) -> Ints:
    """(n,) one role a word: content first, sources and cues over it, I- repaired to B- where its start was covered."""
    tags = np.zeros(n, np.int64)
    for role, name in ((CONTENT, "content"), (SOURCE, "source"), (CUE, "cue")):
        for attribution in attributions:
            for begin, end in getattr(attribution, name):
                tags[begin:end] = role + 1
                tags[begin] = role
    before = np.append(0, tags[:-1])
    orphan = (tags > 0) & (tags % 2 == 0) & ((before + 1) // 2 != tags // 2)
    tags[orphan] -= 1
    return tags


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A training window: words [begin, end) of an example."""

    example: Example
    begin: int
    end: int

    @property
    def size(self) -> int:
        first = self.example.words.first
        return int(first[self.end] - first[self.begin]) + 2


def cut(example: Example, rng: random.Random, limit: int = PIECES) -> list[Piece]:
    """Windows of whole units; the first one's length is drawn at random, so that every epoch cuts elsewhere."""
    parts = units(example.words, limit)
    out: list[Piece] = []
    k, room = 0, rng.randint(limit // 2, limit)
    while k < len(parts):
        first, size = k, 0
        while k < len(parts) and (k == first or size + parts[k].size <= room):
            size += parts[k].size
            k += 1
        out.append(Piece(example, parts[first].begin, parts[k - 1].end))
        room = limit
    return out


def batches(pieces: list[Piece], rng: random.Random, tokens: int) -> list[list[Piece]]:
    """Groups of windows of like length with at most `tokens` wordpieces when padded, in random order."""
    pieces = sorted(pieces, key=lambda p: (p.size // 16, rng.random()))
    out: list[list[Piece]] = []
    for piece in pieces:
        if out and (len(out[-1]) + 1) * max(piece.size, *(p.size for p in out[-1])) <= tokens:
            out[-1].append(piece)
        else:
            out.append([piece])
    rng.shuffle(out)
    return out


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """b windows padded to l pieces and n words, with c attributions that have a cue."""

    pieces: Tensor
    features: Tensor
    mask: Tensor
    first: Tensor
    words: Tensor
    """(b, n) bool, True where there is a word."""
    roles: Tensor
    """(b, n), IGNORED where padded."""
    at: Tensor
    """(c,) which window each cue is in."""
    cue: Tensor
    """(c,) the cue's first word within it."""
    parts: Tensor
    """(c, n) the words' parts given that cue, IGNORED where padded."""


def collate(group: Sequence[Piece]) -> Batch:
    """Pad and stack."""
    given = [inputs(Window(p.example.words, p.begin, p.end, p.begin, p.end)) for p in group]
    b, longest, n = len(group), max(len(g[0]) for g in given), max(len(g[2]) for g in given)
    pieces, features, first = np.zeros((b, longest), np.int64), np.full((b, longest), 16), np.zeros((b, n), np.int64)
    mask, roles = np.zeros((b, longest), bool), np.full((b, n), IGNORED)
    at: list[int] = []
    cue: list[int] = []
    parts: list[Ints] = []
    for i, ((ids, feature, start), piece) in enumerate(zip(given, group, strict=True)):
        size = len(start)
        pieces[i, : len(ids)], features[i, : len(ids)], mask[i, : len(ids)] = ids, feature, True
        first[i, :size] = start
        roles[i, :size] = piece.example.roles[piece.begin : piece.end]
        for attribution in piece.example.attributions:
            target = _target(attribution, piece, n)
            if target is not None:
                at.append(i)
                cue.append(attribution.cue[0][0] - piece.begin)
                parts.append(target)
    t = torch.from_numpy
    return Batch(
        t(pieces), t(features), t(mask), t(first), t(roles) >= 0, t(roles),
        torch.tensor(at, dtype=torch.long), torch.tensor(cue, dtype=torch.long),
        t(np.stack(parts)) if parts else torch.zeros(0, n, dtype=torch.long),
    )  # fmt: skip


def _target(attribution: Gold, piece: Piece, n: int) -> Ints | None:
    """(n,) part tags given the attribution's cue, or None when its cue lies outside or all else was cut away."""
    if not attribution.cue or not piece.begin <= attribution.cue[0][0] < piece.end:
        return None
    out = np.full(n, IGNORED)
    out[: piece.end - piece.begin] = 0
    seen = False
    for tag, ranges in ((3, attribution.content), (1, attribution.source)):
        for start, stop in ranges:
            low, high = max(start, piece.begin) - piece.begin, min(stop, piece.end) - piece.begin
            if low < high:
                out[low:high] = tag + 1
                out[low] = tag
                seen = seen or tag == 3
    return out if seen else None
