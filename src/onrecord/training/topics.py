"""Learns `topics/data/weights.json`: which topics a statement is about, given the words of topics in and around it.

`topics.jsonl` beside this file holds our own judgement of statements, made by reading: offsets and codes, in two halves
of which one ("fit") is learned from. The texts are read from where the user has them:

    python -m onrecord.training.topics wires.jsonl world.jsonl
    python -m onrecord.training.topics wires.jsonl world.jsonl --measure crossed    # on "fit", by cross-validation
    python -m onrecord.training.topics wires.jsonl world.jsonl --measure held --without likeness behind
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.errors import InputError
from onrecord.evaluate.topics import TopicScore, accepted, format_score, load_gold, records, tally
from onrecord.read.articles import read_articles
from onrecord.topics.classify import FEATURES, Found, Weights, features, topics_of
from onrecord.topics.scheme import shipped

JUDGED = Path(__file__).with_name("topics.jsonl")
WEIGHTS = Path(__file__).parents[1] / "topics" / "data" / "weights.json"
PENALTY = 0.5
"""On the squares of the weights."""
STEPS = 60
FOLDS, SEED = 10, 0
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A judged statement."""

    article: str
    found: Found
    right: set[str]


Asked = tuple[Example, Weights]
"""A statement and the weights that tell its topics."""


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("news", nargs="+", help="files with the judged articles")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--measure", choices=("crossed", "held"), help="measure what is learned, and write nothing")
    parser.add_argument("--without", nargs="+", default=(), choices=FEATURES, help="leave features out of it")
    options = parser.parse_args()
    known = examples(options.news, "fit")
    if options.measure == "crossed":
        report(crossed(known, options.without))
        return
    learned = learn(known, options.without)
    if options.measure == "held":
        report([(example, learned) for example in examples(options.news, "held")])
        return
    held = {name: round(weight, 4) for name, weight in zip(FEATURES, learned.weights, strict=True)}
    options.out.write_text(json.dumps({"weights": held, "constant": round(learned.constant, 4)}, indent=1) + "\n")


def examples(news: list[str], part: str) -> list[Example]:
    """The statements of one half of the judged, with the topics that are thought of and those that are right."""
    scheme, judged = shipped(), load_gold(JUDGED)
    known = records(judged, (a for a in read_articles(news) if not isinstance(a, InputError))).values()
    return [
        Example(record.article.id, found, accepted(judged[int(statement.id)].topics, scheme))
        for record in known
        for statement, found in zip(record.statements, features(record, scheme), strict=True)
        if judged[int(statement.id)].part == part
    ]


def crossed(known: Sequence[Example], without: Sequence[str] = ()) -> list[Asked]:
    """Each statement with weights learned from other articles."""
    articles = sorted({example.article for example in known})
    folds = dict(zip(articles, np.random.RandomState(SEED).permutation(len(articles)) % FOLDS, strict=True))
    by_fold = [learn([e for e in known if folds[e.article] != fold], without) for fold in range(FOLDS)]
    return [(example, by_fold[folds[example.article]]) for example in known]


def report(asked: Sequence[Asked]) -> None:
    """Print how often topics are right."""
    print(format_score(score(asked)))
    print(f"log loss a statement {log_loss(asked):.3f}")


def score(asked: Sequence[Asked]) -> TopicScore:
    """Of the topics that statements are given."""
    return tally((topics_of(example.found, shipped(), weights), example.right) for example, weights in asked)


def log_loss(asked: Sequence[Asked]) -> float:
    """Mean over the statements, of all topics that are thought of: 0 where each is surely right or surely wrong."""
    chances = [
        weights.probability(values) if code in example.right else 1 - weights.probability(values)
        for example, weights in asked
        for code, values in example.found.items()
    ]
    return float(-np.log(chances).sum() / len(asked))


def learn(known: Sequence[Example], without: Sequence[str] = ()) -> Weights:
    """The weights that tell right topics from others; 0 for features to do `without`."""
    x = np.array([(*values, 1.0) for example in known for values in example.found.values()])
    y = np.array([code in example.right for example in known for code in example.found], dtype=np.float64)
    x[:, [FEATURES.index(name) for name in without]] = 0
    *weights, constant = fit(x, y).tolist()
    return Weights(tuple(weights), constant)


def fit(x: Floats, y: Floats) -> Floats:
    """Weights (FEATURES and the constant) of a logistic regression, by Newton's method."""
    weights = np.zeros(x.shape[1])
    penalty = PENALTY * np.eye(x.shape[1])
    penalty[-1, -1] = 0
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (chance - y) + penalty @ weights
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + penalty
        weights = weights - np.linalg.solve(bend, slope)
    return weights


if __name__ == "__main__":
    main()
