"""Makes `annotate/model/rarity.bin`: how rare each wordpiece is in news, by the paragraphs that have it.

python -m onrecord.training.piece_rarity --news news.jsonl
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from onrecord.annotate import meaning
from onrecord.annotate.meaning import RARITY, Rarity
from onrecord.annotate.words import pieces_of, tokenizer


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--news", type=Path, required=True, help="JSON lines with `text`, to count wordpieces in")
    parser.add_argument("--out", type=Path, default=Path(meaning.__file__).with_name("model") / RARITY)
    options = parser.parse_args()
    found = rarity(paragraphs(options.news), tokenizer().get_vocab_size())
    options.out.write_bytes(found.tobytes())
    print(f"{options.out}: {len(found)} wordpieces, {int((found < 255).sum())} of them seen")


def paragraphs(news: Path) -> Iterator[str]:
    """Those of every text."""
    with news.open(encoding="utf-8") as lines:
        for line in lines:
            yield from filter(str.strip, json.loads(line)["text"].split("\n"))


def rarity(texts: Iterable[str], vocabulary: int) -> Rarity:
    """(vocabulary,) from the logarithm of the share of texts that have a piece: 255 for none, 0 for all of them."""
    counts, total = np.zeros(vocabulary, np.int64), 0
    for text in texts:
        counts[np.unique(pieces_of(text))] += 1
        total += 1
    share = np.log1p(counts) / np.log1p(total)
    return np.round(255 * (1 - share)).astype(np.uint8)


if __name__ == "__main__":
    main()
