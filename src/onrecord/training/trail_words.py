"""Makes `trails/data/words.npz`: how rare the words of a general vocabulary are in news, and a vector for each.

The words are those of the encoder's vocabulary. A vector is what the sentence encoder all-MiniLM-L6-v2 makes of the
word alone, brought down to 64 dimensions by principal components, so that "attack" and "assault" are near each other.

    python -m onrecord.training.trail_words --news news.jsonl
"""

import argparse
import json
import math
import re
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from onrecord.trails.words import RAREST, TABLE, stem_of, words
from onrecord.training.network import Network, load_pretrained
from onrecord.training.pretrained import pretrained_weights

WIDTH = 64
SEEN = 3
"""Stems in fewer sentences than this are left to be as rare as can be."""
CLS, SEP, BATCH = 101, 102, 512
_SENTENCE = re.compile(r"(?<=[.!?][\"”’\s])\s*(?=[A-Z\"“‘])|\n+")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--news", type=Path, required=True, help="JSON lines with `text`, to count words in")
    parser.add_argument("--out", type=Path, default=TABLE)
    options = parser.parse_args()
    vocabulary = pretrained_weights().with_name("vocab.txt").read_text("utf-8").splitlines()
    pieces = {n: word for n, word in enumerate(vocabulary) if word.isalpha() and len(word) > 1}
    counts, sentences = count(options.news)
    by_stem: dict[str, list[int]] = defaultdict(list)
    for piece, word in pieces.items():
        if counts[stem_of(word)] >= SEEN:
            by_stem[stem_of(word)].append(piece)
    stems = sorted(by_stem)
    vectors = reduced(encoded(sorted(pieces)), sorted(pieces))
    merged = np.stack([np.mean([vectors[p] for p in by_stem[stem]], axis=0) for stem in stems])
    merged *= 127 / np.abs(merged).max(axis=1, keepdims=True)
    rarity = [min(-math.log(counts[stem] / sentences), RAREST) for stem in stems]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        options.out,
        stems=np.array("\n".join(stems)),
        rarity=np.round(np.array(rarity) * 16).astype(np.uint8),
        vectors=np.round(merged).astype(np.int8),
    )
    print(f"{options.out}: {len(stems)} stems, {options.out.stat().st_size / 1e6:.2f} MB, {sentences} sentences")


def count(news: Path) -> tuple[Counter[str], int]:
    """In how many sentences each stem stands, and how many sentences there are."""
    counts: Counter[str] = Counter()
    total = 0
    with news.open(encoding="utf-8") as lines:
        for line in lines:
            for sentence in _SENTENCE.split(json.loads(line)["text"]):
                found = {word.stem for word in words(sentence, ((0, len(sentence)),))}
                counts.update(found)
                total += bool(found)
    return counts, total


def encoded(pieces: list[int]) -> npt.NDArray[np.float32]:
    """(pieces, 384): the mean over [CLS] word [SEP] of what the sentence encoder gives."""
    network = Network()
    load_pretrained(network, pretrained_weights())
    network.eval()
    out = []
    with torch.no_grad():
        for start in range(0, len(pieces), BATCH):
            some = pieces[start : start + BATCH]
            batch = torch.tensor([[CLS, piece, SEP] for piece in some])
            given = network.encoder(batch, torch.zeros_like(batch), torch.ones_like(batch, dtype=torch.bool))
            out.append(given.mean(1).numpy())
    return np.concatenate(out).astype(np.float32)


def reduced(vectors: npt.NDArray[np.float32], pieces: list[int]) -> dict[int, npt.NDArray[np.float32]]:
    """By piece, the first principal components of the vectors, each vector of unit length before."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    centred = unit - unit.mean(0)
    _, _, axes = np.linalg.svd(centred.T @ centred)
    return dict(zip(pieces, (centred @ axes[:WIDTH].T).astype(np.float32), strict=True))


if __name__ == "__main__":
    main()
