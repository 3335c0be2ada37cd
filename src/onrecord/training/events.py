"""Make the shipped event weights, in one command:

    python -m onrecord.training.events --plv PLV.jsonl --nothing EXTRA.jsonl ... --news NEWS.jsonl ...
        --stance NEWSMTSC.jsonl --out FOLDER

1. The network (MiniLM-L6 with marks on actors) learns from our own sentences and from news that we annotated.
2. It goes on with PLV's sentences beside them, and with NewsMTSC's, which show an attitude towards somebody: once
   without our own at the borders between types, once with them; what comes of the two is averaged (decisions 12, 13
   and 16).
3. A last round is mostly of PLV's sentences again; half of the way it moves the weights is kept (decision 18).
4. It becomes int8 ONNX; confidence and threshold are fitted on articles held out of the annotated news and NewsMTSC.

With --folds N PLV and NewsMTSC are cross-validated instead, once for each of --seeds: every fold is coded by networks
that never saw it; without --stance PLV alone, in half the time. Each step leaves its result in FOLDER and is skipped
when it is there.
"""

import argparse
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path
from statistics import fmean
from typing import Any

import torch

from onrecord.evaluate.events import EventScore, likeliest_root, score
from onrecord.training.corpus import load
from onrecord.training.event_calibrate import fit
from onrecord.training.event_corpus import (
    ANNOTATED,
    BORDERS,
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
from onrecord.training.event_network import ATTITUDES, EventNetwork
from onrecord.training.export import export_events
from onrecord.training.network import average, load_pretrained, weights_of
from onrecord.training.pretrained import pretrained_weights
from onrecord.training.stance_corpus import fold_of, from_newsmtsc, kept_out

FIRST, SECOND, THIRD = (7.0, 3e-4), (4.0, 2e-4), (6.0, 2e-4)
"""Epochs and peak rate of the rounds."""
PLV_TIMES = 2
"""How often an epoch of the second and third round shows PLV's sentences."""
NOTHING_TIMES = 3
"""How often one of the second round shows sentences without an event."""
GENERAL_KEPT, JUDGED_KEPT = 350, 700
"""How many of the other sentences the third round still shows, and how many of NewsMTSC's."""


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
    ]
    nothing = [lesson for path in options.nothing for lesson in from_nothing(load(path))]
    print(f"{len(general)} and {len(nothing)} scenes besides PLV's {len(rows)}", flush=True)
    sentiment = load(options.stance) if options.stance else []
    if options.folds:
        cross_validate(Material(rows, general, nothing, sentiment), options)
        return
    network = first_round([*general, *nothing], options.out, options.seeds[0])
    judged = list(from_newsmtsc(row for row in sentiment if not kept_out(row)))
    lessons = Lessons(general, list(from_plv(rows)), nothing, judged)
    later_rounds(network, lessons, options.out, "", options.seeds[0])
    kept = list(from_annotated([row for row in annotated if held_out(row["id"])], news, coded=True))
    felt = list(from_newsmtsc(row for row in sentiment if kept_out(row)))
    for name, quantize in (("model-float", False), ("model", True)):
        folder = options.out / name
        export_events(network, folder, quantize)
        fit(folder, kept, felt)


@dataclass(frozen=True, slots=True)
class Lessons:
    """What the later rounds show."""

    general: Sequence[Lesson]
    plv: list[Lesson]
    nothing: list[Lesson]
    judged: list[Lesson]
    """sentences with an attitude; none when attitudes are not learned"""


@dataclass(frozen=True, slots=True)
class Material:
    """What is cross-validated, and what every fold may learn from."""

    plv: Sequence[Mapping[str, Any]]
    general: Sequence[Lesson]
    nothing: list[Lesson]
    sentiment: Sequence[Mapping[str, Any]]


def first_round(general: Sequence[Lesson], out: Path, seed: int) -> EventNetwork:
    """A network that learned from everything but PLV."""
    torch.manual_seed(seed)
    network = EventNetwork()
    load_pretrained(network, pretrained_weights())
    learn(network, general, FIRST, out / f"first-{seed}.pt", seed)
    return network


def later_rounds(network: EventNetwork, lessons: Lessons, out: Path, suffix: str, seed: int) -> None:
    """Go on in place with what people annotated, in the second and the third round; the weights before the third and
    after it averaged, so that it does not cost what was learned of news.
    """
    second_round(network, lessons, out / f"second{suffix}.pt", seed)
    chance = random.Random(seed)
    general = chance.sample(lessons.general, min(GENERAL_KEPT, len(lessons.general)))
    judged = chance.sample(lessons.judged, min(JUDGED_KEPT, len(lessons.judged)))
    shown = [*general, *lessons.plv * PLV_TIMES, *lessons.nothing, *judged]
    before = weights_of(network)
    learn(network, shown, THIRD, out / f"third{suffix}.pt", seed)
    average(network, before, 1 / 2)


def second_round(network: EventNetwork, lessons: Lessons, checkpoint: Path, seed: int) -> None:
    """What people annotated beside half of the rest: twice from the same start, with none of our sentences at the
    borders between types and with all; the weights of the two averaged.
    """
    half = random.Random(seed).sample(lessons.general, len(lessons.general) // 2)
    special = [*lessons.plv * PLV_TIMES, *lessons.nothing * NOTHING_TIMES, *lessons.judged]
    borders = [lesson for path in BORDERS for lesson in from_own(load(path))]
    start = weights_of(network)
    learn(network, [*half, *special], SECOND, checkpoint.with_stem(f"{checkpoint.stem}-plain"), seed)
    plain = weights_of(network)
    network.load_state_dict(start)
    learn(network, [*half, *borders, *special], SECOND, checkpoint.with_stem(f"{checkpoint.stem}-borders"), seed)
    average(network, plain, 1 / 2)


def cross_validate(material: Material, options: argparse.Namespace) -> None:
    """Print the figures of each seed, and their means."""
    order = list(range(len(material.plv)))
    random.Random(0).shuffle(order)
    lessons = list(from_plv(material.plv))
    scores: list[EventScore] = []
    stances: list[float] = []
    for seed in options.seeds:
        roots: dict[int, str] = {}
        felt: list[tuple[int, int]] = []
        for fold in range(options.folds):
            network = first_round([*material.general, *material.nothing], options.out, seed)
            inside = order[fold :: options.folds]
            outside = [lessons[k] for k in sorted(set(order) - set(inside))]
            part = [fold_of(row, options.folds) == fold for row in material.sentiment]
            judged = list(from_newsmtsc(compress(material.sentiment, (not p for p in part))))
            shown = Lessons(material.general, outside, material.nothing, judged)
            later_rounds(network, shown, options.out, f"-{seed}-{fold}", seed)
            roots |= zip(inside, coded(network, [lessons[k] for k in inside]), strict=True)
            felt += attitudes(network, list(from_newsmtsc(compress(material.sentiment, part))))
        scores.append(score(material.plv, [roots[k] for k in range(len(material.plv))]))
        print(f"seed {seed}: {scores[-1].to_dict()}", flush=True)
        if felt:
            stances.append(macro_f1(felt))
            print(f"seed {seed}: stance macro-F1 {stances[-1]:.4f}", flush=True)
    for name in ("root", "penta", "binary"):
        print(f"{name}: macro-F1 {fmean(getattr(s, name).macro_f1 for s in scores):.4f}, mean of {len(scores)} seeds")
    if stances:
        print(f"stance: macro-F1 {fmean(stances):.4f}, mean of {len(stances)} seeds")


def macro_f1(felt: Sequence[tuple[int, int]]) -> float:
    """Mean F1 of the three attitudes, from (gold, said) of every target."""
    counts = Counter(felt)
    said, gold = Counter(s for _, s in felt), Counter(g for g, _ in felt)
    return fmean(2 * counts[k, k] / max(1, said[k] + gold[k]) for k in range(ATTITUDES))


@torch.no_grad()
def coded(network: EventNetwork, lessons: Sequence[Lesson]) -> list[str]:
    """The likeliest root of each lesson's first pair."""
    network.eval()
    out: list[str] = []
    for k in range(0, len(lessons), 32):
        _, types, *_ = network(collate([replace(x, told=x.told[:1]) for x in lessons[k : k + 32]]))
        out += (likeliest_root(logits) for logits in types.tolist())
    return out


@torch.no_grad()
def attitudes(network: EventNetwork, lessons: Sequence[Lesson]) -> list[tuple[int, int]]:
    """Of every target of the lessons: the attitude that gold has, and the likeliest."""
    network.eval()
    out: list[tuple[int, int]] = []
    for k in range(0, len(lessons), 32):
        batch = collate(lessons[k : k + 32])
        out += zip(batch.attitude.tolist(), network(batch)[-1].argmax(-1).tolist(), strict=True)
    return out


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plv", type=Path, required=True, help="sentences with a marked pair and its root (JSONL)")
    parser.add_argument("--nothing", type=Path, nargs="*", default=[], help="sentences, some without an event (JSONL)")
    parser.add_argument("--news", type=Path, nargs="*", default=[], help="the articles that we annotated (JSONL)")
    parser.add_argument("--stance", type=Path, help="sentences with targets and polarity (JSONL)")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the model")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate instead")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    options = parser.parse_args()
    if not options.folds and not options.stance:
        parser.error("the weights also learn attitudes: give --stance, or --folds to cross-validate without")
    return options


if __name__ == "__main__":
    main()
