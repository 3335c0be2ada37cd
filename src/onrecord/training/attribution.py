"""Make the shipped weights, in one command:

    python -m onrecord.training.attribution --gold TRAIN.jsonl --dev DEV.jsonl --news NEWS.jsonl ... --news-words N ...
        --gap GAP.tsv --gum GUM.conllu --chains SILVER.jsonl --out FOLDER

1. The network (MiniLM-L6, 22M parameters) learns from the gold articles; with --start it takes shipped weights instead.
2. It labels other news, which needs no annotation.
3. It goes on learning, the input disturbed: from gold, with contents annotated for statements inside them, from its
   own labels, and from pronouns whose antecedents are known.
4. It is averaged with what 1. gave, and goes on from there a little in the same way, slowly: so the new tasks take
   less from the old one (decision 7).
   3. and 4. are done --rounds times, each without another part of GAP, and the weights averaged (decision 14).
5. What points from pronouns to what they mean gets a layer more and learns alone, from more pronouns (decision 10).
6. It becomes ONNX, in int8 as shipped and in float to see what rounding costs.
7. Thresholds and confidence are fitted on the dev articles.

Each step leaves its result in FOLDER and is skipped when it is there; a step that was interrupted goes on. On two
server cores with AMX, busy with other work: 35, 1, 37, 9, 15, 1 and 2 minutes; 3. and 4. as often as there are rounds.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch

from onrecord.training import calibrate
from onrecord.training.anaphora import Anaphora, from_gap, from_news, from_silver
from onrecord.training.corpus import Example, examples, load
from onrecord.training.export import export
from onrecord.training.gum import from_gum
from onrecord.training.inner import inner_rows
from onrecord.training.labels import label_articles, restore, save
from onrecord.training.learning import Lessons, learn_all, learn_gold
from onrecord.training.loop import Plan
from onrecord.training.network import Network, average, load_pretrained, weights_of
from onrecord.training.pointers import learn_pointers
from onrecord.training.pretrained import pretrained_weights
from onrecord.training.shipped import load_shipped

GAP_RENAMED = 2
"""How often more an epoch of pronouns shows each of GAP's texts, its two names exchanged for others."""
FIRST_SHARE = 0.3
"""What the first round's weights count in the average."""
NEWS_WITH_PRONOUNS, NEWS_FOR_POINTERS = 700, 2500
"""Articles of the first news file in which names are put as pronouns: for step 3 and 4, and for step 5."""
GAP_TIMES = 3
"""How often an epoch of step 5 shows GAP's texts."""


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
        save(label_articles(network, _news(options), options.seed), labelled)
    texts = [*rows, *(row for path in options.news for row in load(path))]
    inner = [e for row in inner_rows(texts, held_out=False) for e in examples(row)]
    news, first = restore(labelled), weights_of(network)
    reached = []
    for k in range(options.rounds):
        network.load_state_dict(first)
        lessons = Lessons(gold, inner, news, _pronouns(options, rows, NEWS_WITH_PRONOUNS, k))
        go_on(network, lessons, Plan(options.second_steps, 2e-4, 1e-3, average_from=0.5), out / f"second-{k}.pt")  # 3.
        average(network, first, FIRST_SHARE)  # 4.
        go_on(network, lessons, Plan(options.third_steps, 1e-4, 5e-4, average_from=0.5), out / f"third-{k}.pt")
        reached.append(weights_of(network))
    for k, weights in enumerate(reached, 1):
        average(network, weights, 1 / k)
    more = _pronouns(options, rows, NEWS_FOR_POINTERS) + _of_gap(options) * (GAP_TIMES - 1)
    learn_pointers(network, more, options.pointer_steps, out / "fourth.pt")  # 5.
    dev, inside, scores = load(options.dev), list(inner_rows(texts, held_out=True)), {}
    for name, quantize in (("model-float", False), ("model", True)):
        export(network, out / name, quantize)  # 6.
        scores[name] = calibrate.fit(out / name, dev, inside)  # 7.
    print(f"rounding to int8 cost {scores['model-float'] - scores['model']:.4f} of overlap F1")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="articles with attributions to train on (JSONL)")
    parser.add_argument("--dev", type=Path, required=True, help="articles with attributions to fit thresholds on")
    parser.add_argument("--news", type=Path, nargs="*", default=[], help="articles without annotation (JSONL)")
    parser.add_argument("--news-words", type=int, nargs="*", default=[], help="words to take from each news file")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, labels and the model")
    parser.add_argument("--gold-steps", type=int, default=1350)
    parser.add_argument("--second-steps", type=int, default=1500)
    parser.add_argument("--third-steps", type=int, default=340)
    parser.add_argument("--rounds", type=int, default=3, help="how often to do steps 3 and 4; the weights are averaged")
    parser.add_argument("--pointer-steps", type=int, default=1500)
    parser.add_argument("--start", type=Path, help="folder of shipped weights to go on from, in place of step 1")
    parser.add_argument("--gap", type=Path, nargs="*", default=[], help="GAP files to learn pronouns from (TSV)")
    parser.add_argument("--gum", type=Path, nargs="*", default=[], help="GUM files to learn pronouns from (CoNLL-U)")
    parser.add_argument("--chains", type=Path, help="coreference chains of the gold articles (JSONL: id, coref)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if len(options.news) != len(options.news_words):
        parser.error("--news-words needs one number for each file of --news")
    return options


def go_on(network: Network, lessons: Lessons, plan: Plan, checkpoint: Path) -> None:
    """Learn in place from all lessons, unless the result is there."""
    if checkpoint.exists():
        network.load_state_dict(torch.load(checkpoint))
    else:
        learn_all(network, lessons, plan, checkpoint)


def _first_round(gold: list[Example], options: argparse.Namespace) -> Network:
    network, checkpoint = Network(), options.out / "first.pt"
    if options.start:
        load_shipped(network, options.start)
    elif checkpoint.exists():
        network.load_state_dict(torch.load(checkpoint))
    else:
        load_pretrained(network, pretrained_weights())
        learn_gold(network, gold, options.gold_steps, checkpoint, options.seed)
    return network


def _of_gap(options: argparse.Namespace, without: int | None = None) -> list[Anaphora]:
    """GAP's texts, but for one of as many parts as there are rounds; all in an only round."""
    left_out = (without, options.rounds) if without is not None and options.rounds > 1 else None
    return [p for path in options.gap for p in from_gap(path, GAP_RENAMED, options.seed, left_out)]


def _pronouns(
    options: argparse.Namespace, rows: list[dict[str, Any]], news_articles: int, without: int | None = None
) -> list[Anaphora]:
    """Pronouns of every kind of source given, `without` a part of GAP."""
    out = _of_gap(options, without)
    out += [p for path in options.gum for p in from_gum(path)]
    if options.chains:
        out += from_silver(rows, {row["id"]: row["coref"] for row in load(options.chains)})
    for path in options.news[:1]:
        articles = load(path)
        random.Random(options.seed).shuffle(articles)
        out += from_news((row["text"] for row in articles[:news_articles]), options.seed)
    print(f"{sum(len(p.pointers) for p in out)} pronouns with known antecedents", flush=True)
    return out


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
