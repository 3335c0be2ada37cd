"""Make the shipped event weights, in one command:

    python -m onrecord.training.events --plv PLV.jsonl --nothing EXTRA.jsonl ... --news NEWS.jsonl ...
        --stance NEWSMTSC.jsonl --out FOLDER

Two networks (MiniLM-L6 with marks on actors) are trained in the same way, one for each of --seeds (decision 20):

1. The network learns from our own sentences and from news that we annotated.
2. It goes on with PLV's sentences beside them, and with NewsMTSC's, which show an attitude towards somebody: once
   without our own at the borders between types, once with them; what comes of the two is averaged (decisions 12, 13
   and 16).
3. A last round is mostly of PLV's sentences again; half of the way it moves the weights is kept (decision 18).
4. It becomes int8 ONNX; the confidence of both together, and the threshold, are fitted on articles held out of the
   annotated news and NewsMTSC.

With --folds N PLV and NewsMTSC are cross-validated instead, for each of --seeds and for every two of them together:
every fold is coded by networks that never saw it; without --stance PLV alone, in half the time. Each step leaves its
result in FOLDER and is skipped when it is there.
"""

import argparse
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, compress
from pathlib import Path
from statistics import fmean
from typing import Any

import torch
from torch import Tensor

from onrecord.annotate.events import EVENTS, SECOND, TYPES
from onrecord.evaluate.events import likeliest_root, score
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

NETWORKS = 2
FIRST_ROUND, SECOND_ROUND, THIRD_ROUND = (7.0, 3e-4), (4.0, 2e-4), (6.0, 2e-4)
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
    judged = list(from_newsmtsc(row for row in sentiment if not kept_out(row)))
    lessons = Lessons(general, list(from_plv(rows)), nothing, judged)
    networks = [trained(lessons, options.out, seed) for seed in options.seeds]
    kept = list(from_annotated([row for row in annotated if held_out(row["id"])], news, coded=True))
    felt = list(from_newsmtsc(row for row in sentiment if kept_out(row)))
    for name, quantize in (("model-float", False), ("model", True)):
        for network, file in zip(networks, (EVENTS, SECOND), strict=True):
            export_events(network, options.out / name / file, quantize)
        fit(options.out / name, kept, felt)


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


def trained(lessons: Lessons, out: Path, seed: int) -> EventNetwork:
    """One network, after all rounds."""
    network = first_round([*lessons.general, *lessons.nothing], out, seed)
    later_rounds(network, lessons, out, f"-{seed}", seed)
    return network


def first_round(general: Sequence[Lesson], out: Path, seed: int) -> EventNetwork:
    """A network that learned from everything but PLV."""
    torch.manual_seed(seed)
    network = EventNetwork()
    load_pretrained(network, pretrained_weights())
    learn(network, general, FIRST_ROUND, out / f"first-{seed}.pt", seed)
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
    learn(network, shown, THIRD_ROUND, out / f"third{suffix}.pt", seed)
    average(network, before, 1 / 2)


def second_round(network: EventNetwork, lessons: Lessons, checkpoint: Path, seed: int) -> None:
    """What people annotated beside half of the rest: twice from the same start, with none of our sentences at the
    borders between types and with all; the weights of the two averaged.
    """
    half = random.Random(seed).sample(lessons.general, len(lessons.general) // 2)
    special = [*lessons.plv * PLV_TIMES, *lessons.nothing * NOTHING_TIMES, *lessons.judged]
    borders = [lesson for path in BORDERS for lesson in from_own(load(path))]
    start = weights_of(network)
    learn(network, [*half, *special], SECOND_ROUND, checkpoint.with_stem(f"{checkpoint.stem}-plain"), seed)
    plain = weights_of(network)
    network.load_state_dict(start)
    learn(network, [*half, *borders, *special], SECOND_ROUND, checkpoint.with_stem(f"{checkpoint.stem}-borders"), seed)
    average(network, plain, 1 / 2)


def cross_validate(material: Material, options: argparse.Namespace) -> None:
    """Print the figures of each seed's network and of every two together, and their means."""
    order = list(range(len(material.plv)))
    random.Random(0).shuffle(order)
    lessons = list(from_plv(material.plv))
    said: dict[int, Tensor] = {}
    stances: list[float] = []
    for seed in options.seeds:
        logits = torch.zeros(len(lessons), len(TYPES))
        felt: list[tuple[int, int]] = []
        for fold in range(options.folds):
            network = first_round([*material.general, *material.nothing], options.out, seed)
            inside = order[fold :: options.folds]
            outside = [lessons[k] for k in sorted(set(order) - set(inside))]
            part = [fold_of(row, options.folds) == fold for row in material.sentiment]
            judged = list(from_newsmtsc(compress(material.sentiment, (not p for p in part))))
            shown = Lessons(material.general, outside, material.nothing, judged)
            later_rounds(network, shown, options.out, f"-{seed}-{fold}", seed)
            logits[inside] = coded(network, [lessons[k] for k in inside])
            felt += attitudes(network, list(from_newsmtsc(compress(material.sentiment, part))))
        said[seed] = logits.log_softmax(-1)
        if felt:
            stances.append(macro_f1(felt))
            print(f"seed {seed}: stance macro-F1 {stances[-1]:.4f}", flush=True)
    show("one network", material.plv, {f"seed {seed}": logits for seed, logits in said.items()})
    if len(said) > 1:
        both = {f"seeds {a} and {b}": said[a] + said[b] for a, b in combinations(said, 2)}
        show("two networks", material.plv, both)
    if stances:
        print(f"stance: macro-F1 {fmean(stances):.4f}, mean of {len(stances)} seeds")


def show(what: str, rows: Sequence[Mapping[str, Any]], said: Mapping[str, Tensor]) -> None:
    """Print what is reached by the logits (rows, 17) of each, and the means."""
    scores = {name: score(rows, [likeliest_root(row) for row in logits.tolist()]) for name, logits in said.items()}
    for name, one in scores.items():
        print(f"{name}: {one.to_dict()}", flush=True)
    for division in ("root", "penta", "binary"):
        mean = fmean(getattr(one, division).macro_f1 for one in scores.values())
        print(f"{what}, {division}: macro-F1 {mean:.4f}, mean of {len(scores)}", flush=True)


def macro_f1(felt: Sequence[tuple[int, int]]) -> float:
    """Mean F1 of the three attitudes, from (gold, said) of every target."""
    counts = Counter(felt)
    said, gold = Counter(s for _, s in felt), Counter(g for g, _ in felt)
    return fmean(2 * counts[k, k] / max(1, said[k] + gold[k]) for k in range(ATTITUDES))


@torch.no_grad()
def coded(network: EventNetwork, lessons: Sequence[Lesson]) -> Tensor:
    """(lessons, 17) logits of the types of each lesson's first pair."""
    network.eval()
    parts = [[replace(x, told=x.told[:1]) for x in lessons[k : k + 32]] for k in range(0, len(lessons), 32)]
    return torch.cat([network(collate(part))[1] for part in parts])


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
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2], help="one for each network")
    options = parser.parse_args()
    if not options.folds and not options.stance:
        parser.error("the weights also learn attitudes: give --stance, or --folds to cross-validate without")
    if not options.folds and len(options.seeds) != NETWORKS:
        parser.error(f"{NETWORKS} networks ship: give two --seeds, or --folds to cross-validate as many as you like")
    return options


if __name__ == "__main__":
    main()
