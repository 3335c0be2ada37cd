"""Make the shipped event weights, in one command:

    python -m onrecord.training.events --plv PLV.jsonl --nothing EXTRA.jsonl ... --news NEWS.jsonl ... --out FOLDER

1. The network (MiniLM-L6 with marks on actors) learns from our own sentences and from news that we annotated.
2. It goes on with PLV's sentences beside them.
3. It becomes int8 ONNX; confidence and threshold are fitted on articles held out of the annotated news.

With --folds N PLV is cross-validated instead, once for each of --seeds: every fold is coded by networks that never saw
it. Each step leaves its result in FOLDER and is skipped when it is there.
"""

import argparse
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import Any

import torch

from onrecord.evaluate.events import EventScore, likeliest_root, score
from onrecord.training.corpus import load
from onrecord.training.event_calibrate import fit
from onrecord.training.event_corpus import (
    ANNOTATED,
    OWN,
    Lesson,
    collate,
    from_annotated,
    from_nothing,
    from_own,
    from_plv,
    held_out,
)
from onrecord.training.event_learning import learn
from onrecord.training.event_network import EventNetwork
from onrecord.training.export import export_events
from onrecord.training.network import load_pretrained
from onrecord.training.pretrained import pretrained_weights

FIRST, SECOND = (12.0, 3e-4), (4.0, 2e-4)
"""Epochs and peak rate of the two rounds."""
PLV_TIMES = 2
"""How often an epoch of the second round shows PLV's sentences, beside half of the others."""


def main() -> None:
    """Command line."""
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    rows = load(options.plv)
    news = {row["id"]: row["text"] for path in options.news for row in load(path)}
    annotated = load(ANNOTATED)
    general = [
        *from_own(load(OWN)),
        *from_annotated([row for row in annotated if not held_out(row["id"])], news),
        *(lesson for path in options.nothing for lesson in from_nothing(load(path))),
    ]
    print(f"{len(general)} scenes besides PLV's {len(rows)}", flush=True)
    if options.folds:
        cross_validate(rows, general, options)
        return
    network = first_round(general, options.out, options.seeds[0])
    second_round(network, general, list(from_plv(rows)), options.out / "second.pt", options.seeds[0])
    kept = list(from_annotated([row for row in annotated if held_out(row["id"])], news, coded=True))
    for name, quantize in (("model-float", False), ("model", True)):
        folder = options.out / name
        export_events(network, folder, quantize)
        fit(folder, kept)


def first_round(general: Sequence[Lesson], out: Path, seed: int) -> EventNetwork:
    """A network that learned from everything but PLV."""
    torch.manual_seed(seed)
    network = EventNetwork()
    load_pretrained(network, pretrained_weights())
    learn(network, general, FIRST, out / f"first-{seed}.pt", seed)
    return network


def second_round(
    network: EventNetwork, general: Sequence[Lesson], plv: list[Lesson], checkpoint: Path, seed: int
) -> None:
    """Go on in place with sentences of PLV."""
    half = random.Random(seed).sample(general, len(general) // 2)
    learn(network, [*half, *plv * PLV_TIMES], SECOND, checkpoint, seed)


def cross_validate(rows: Sequence[Mapping[str, Any]], general: Sequence[Lesson], options: argparse.Namespace) -> None:
    """Print the figures of each seed, and their means."""
    order = list(range(len(rows)))
    random.Random(0).shuffle(order)
    lessons = list(from_plv(rows))
    scores: list[EventScore] = []
    for seed in options.seeds:
        roots: dict[int, str] = {}
        for fold in range(options.folds):
            network = first_round(general, options.out, seed)
            inside = order[fold :: options.folds]
            outside = [lessons[k] for k in sorted(set(order) - set(inside))]
            second_round(network, general, outside, options.out / f"fold-{seed}-{fold}.pt", seed)
            roots |= zip(inside, coded(network, [lessons[k] for k in inside]), strict=True)
        scores.append(score(rows, [roots[k] for k in range(len(rows))]))
        print(f"seed {seed}: {scores[-1].to_dict()}", flush=True)
    for name in ("root", "penta", "binary"):
        print(f"{name}: macro-F1 {fmean(getattr(s, name).macro_f1 for s in scores):.4f}, mean of {len(scores)} seeds")


@torch.no_grad()
def coded(network: EventNetwork, lessons: Sequence[Lesson]) -> list[str]:
    """The likeliest root of each lesson's first pair."""
    network.eval()
    out: list[str] = []
    for k in range(0, len(lessons), 32):
        _, types, _, _ = network(collate([replace(x, told=x.told[:1]) for x in lessons[k : k + 32]]))
        out += (likeliest_root(logits) for logits in types.tolist())
    return out


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plv", type=Path, required=True, help="sentences with a marked pair and its root (JSONL)")
    parser.add_argument("--nothing", type=Path, nargs="*", default=[], help="sentences, some without an event (JSONL)")
    parser.add_argument("--news", type=Path, nargs="*", default=[], help="the articles that we annotated (JSONL)")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the model")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate on PLV instead")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    return parser.parse_args()


if __name__ == "__main__":
    main()
