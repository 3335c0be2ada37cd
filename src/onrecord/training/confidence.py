"""Fit how sure links are: `python -m onrecord.training.confidence OUT.json GOLD SPEAKERS [GOLD NAMED ...]`.

NAMED are `evals/speakers_unseen.jsonl` and `evals/speakers_read.jsonl`, each behind the file that has its articles
(PolNeAR's dev and train parts): the articles in them that were looked at fit, with every second one of SPEAKERS (the
first, the third, ...); all others only say how well it is kept. Each kind of source gets a logistic curve over its
score, or a constant where it has none; both are drawn to the share of all.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log
from pathlib import Path
from typing import Any

from onrecord.evaluate.attribution import load_gold
from onrecord.evaluate.calibration import expected_calibration_error
from onrecord.evaluate.predictions import given_annotation
from onrecord.evaluate.speakers import in_words, is_right, load_speakers
from onrecord.records import Article
from onrecord.resolve.answers import Answer
from onrecord.resolve.cast import entity_of
from onrecord.resolve.confidence import log_odds, on_curve
from onrecord.resolve.walk import Resolver

Judged = tuple[str, float, bool]
"""How a link was made, its score, and whether it is right."""
SCORED = ("pronoun", "description")
OTHERS = ("name", "unnamed", "unnamed pronoun", "relative", "first person", "missing", "nobody")
WEIGHT = 10.0
"""Links of average worth that each kind is given to begin with."""


def judged(gold: Mapping[str, Any], speakers: Mapping[str, Any]) -> Iterator[Judged]:
    """The links of one article, given its gold attributions."""
    answers, _ = Resolver(Article(gold["id"], gold["text"]), given_annotation(gold)).run()
    for speaker in speakers["speakers"]:
        answer = answers[speaker["attribution"]]
        yield answer.how, answer.score, is_right(speaker, _entity(answer))


def _entity(answer: Answer) -> dict[str, Any] | None:
    if not answer.speakers:
        return None
    entity = entity_of(answer.speakers[0][0], "")
    return {"name": entity.name, "aliases": entity.aliases, "named": entity.named}


def fit(links: Sequence[Judged]) -> dict[str, tuple[float, float]]:
    """Slope and shift of each kind's curve over the log-odds of its score."""
    share = sum(right for *_, right in links) / len(links)
    by_kind: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for how, score, right in links:
        by_kind[how].append((score, right))
    table: dict[str, tuple[float, float]] = {}
    for how in OTHERS:
        rights = [right for _, right in by_kind[how]]
        kept = (sum(rights) + WEIGHT * share) / (len(rights) + WEIGHT)
        table[how] = (0.0, round(log(kept / (1 - kept)), 3))
    for how in SCORED:
        table[how] = _curve(by_kind[how])
    return table


def _curve(points: Sequence[tuple[float, bool]], rounds: int = 2000, rate: float = 0.02) -> tuple[float, float]:
    slope, shift = 1.0, 0.0
    odds = [log_odds(score) for score, _ in points]
    for _ in range(rounds):
        errors = [right - on_curve(slope, shift, score) for score, right in points]
        slope += rate * (sum(e * x for e, x in zip(errors, odds, strict=True)) - (slope - 1.0)) / (len(points) + 1)
        shift += rate * (sum(errors) - 0.5 * shift) / (len(points) + 1) * 4
    return round(slope, 3), round(shift, 3)


def main(out: str, gold_file: str, speakers_file: str, *more: str) -> None:
    """Fit on some articles, print how well the others keep it, write to `out`."""
    gold = _articles(gold_file)
    twenty = [(gold[row["id"]], row) for row in load_speakers(speakers_file)]
    fitting, left_out = twenty[::2], twenty[1::2]
    for articles_file, named_file in zip(more[::2], more[1::2], strict=True):
        articles = _articles(articles_file)
        for row in load_speakers(named_file):
            article = articles[row["id"]]
            (fitting if row["looked_at"] else left_out).append((article, in_words(row, article["text"])))
    kept = {
        name: [link for article, row in rows for link in judged(article, row)]
        for name, rows in (("fitted on", fitting), ("left out", left_out))
    }
    table = fit(kept["fitted on"])
    Path(out).write_text(json.dumps(table, indent=1) + "\n", "utf-8")
    for name, links in kept.items():
        sure = [on_curve(*table[how], score) for how, score, _ in links]
        error = expected_calibration_error(sure, [right for *_, right in links], bins=5)
        print(f"{name}: {len(links)} links, {sum(r for *_, r in links) / len(links):.3f} right, ECE {error:.3f}")


def _articles(gold_file: str) -> dict[str, Mapping[str, Any]]:
    return {row["id"]: row for row in load_gold(Path(gold_file))}


if __name__ == "__main__":
    main(*sys.argv[1:])
