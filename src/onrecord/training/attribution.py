"""Make the shipped weights, in one command:

    python -m onrecord.training.attribution --gold TRAIN.jsonl --dev DEV.jsonl --news NEWS.jsonl ... --out FOLDER

1. The network (MiniLM-L6, 22M parameters) learns from the gold articles.
2. It labels other news, which needs no annotation, and contents of gold articles as the pass for nested statements
   reads them.
3. It goes on learning, from gold and from its own labels in turn, the input disturbed.
4. It becomes ONNX, in int8 as shipped and in float to see what rounding costs.
5. Thresholds and confidence are fitted on the dev articles.

Each step leaves its result in FOLDER and is skipped when it is there; a step that was interrupted goes on. On two
server cores with AVX-512 in bfloat16: 33, 2, 12, 1 and 1 minutes.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch

from onrecord.training import calibrate
from onrecord.training.corpus import Example, contents, examples, load
from onrecord.training.export import export
from onrecord.training.labels import label_articles, restore, save
from onrecord.training.learning import learn_gold, learn_news
from onrecord.training.loop import Plan
from onrecord.training.network import Network, load_pretrained
from onrecord.training.pretrained import pretrained_weights

INSIDE_SHARE = 0.3
"""Of the gold contents, labelled as texts of their own."""


def main() -> None:
    """Command line."""
    options = _options()
    torch.manual_seed(options.seed)
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    rows = load(options.gold)
    gold = [example for row in rows for example in examples(row)]

    network = _first_round(gold, options)  # 1.
    labelled = out / "labels.pt"  # 2.
    if not labelled.exists():
        texts = [*contents(rows, INSIDE_SHARE, options.seed), *_news(options)]
        save(label_articles(network, texts, options.seed), labelled)
    _second_round(network, gold, labelled, options)  # 3.
    dev, reached = load(options.dev), {}
    for name, quantize in (("model-float", False), ("model", True)):
        export(network, out / name, quantize)  # 4.
        reached[name] = calibrate.fit(out / name, dev)  # 5.
    print(f"rounding to int8 cost {reached['model-float'] - reached['model']:.4f} of overlap F1")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="articles with attributions to train on (JSONL)")
    parser.add_argument("--dev", type=Path, required=True, help="articles with attributions to fit thresholds on")
    parser.add_argument("--news", type=Path, nargs="*", default=[], help="articles without annotation (JSONL)")
    parser.add_argument("--news-words", type=int, nargs="*", default=[], help="words to take from each news file")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, labels and the model")
    parser.add_argument("--gold-steps", type=int, default=1350)
    parser.add_argument("--news-steps", type=int, default=450)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if len(options.news) != len(options.news_words):
        parser.error("--news-words needs one number for each file of --news")
    return options


def _first_round(gold: list[Example], options: argparse.Namespace) -> Network:
    network, checkpoint = Network(), options.out / "first.pt"
    if checkpoint.exists():
        network.load_state_dict(torch.load(checkpoint))
    else:
        load_pretrained(network, pretrained_weights())
        learn_gold(network, gold, options.gold_steps, checkpoint, options.seed)
    return network


def _second_round(network: Network, gold: list[Example], labelled: Path, options: argparse.Namespace) -> None:
    checkpoint = options.out / "second.pt"
    if checkpoint.exists():
        network.load_state_dict(torch.load(checkpoint))
    else:
        plan = Plan(options.news_steps, encoder_rate=1.5e-4, head_rate=7e-4, average_from=0.5)
        learn_news(network, gold, restore(labelled), plan, checkpoint)


def _news(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Articles in random order, up to so many words of each file."""
    for path, words in zip(options.news, options.news_words, strict=True):
        rows = load(path)
        random.Random(options.seed).shuffle(rows)
        total = 0
        for row in rows:
            if total >= words:
                break
            total += len(row["text"].split())
            yield {"text": row["text"]}


if __name__ == "__main__":
    main()
