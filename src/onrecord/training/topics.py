"""Learns `topics/data/weights.json`: which topics a statement is about, given the words of topics in and around it.

`topics.jsonl` beside this file holds our own judgement of statements, made by reading: offsets and codes, in two halves
of which one ("fit") is learned from. The texts are read from where the user has them:

    python -m onrecord.training.topics wires.jsonl world.jsonl
"""

import argparse
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.errors import InputError
from onrecord.evaluate.topics import accepted, load_gold, records
from onrecord.read.articles import read_articles
from onrecord.topics.classify import FEATURES, Article, features
from onrecord.topics.scheme import shipped
from onrecord.topics.terms import Terms

JUDGED = Path(__file__).with_name("topics.jsonl")
WEIGHTS = Path(__file__).parents[1] / "topics" / "data" / "weights.json"
PENALTY = 0.5
"""On the squares of the weights."""
STEPS = 60
Floats = npt.NDArray[np.float64]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("news", nargs="+", help="files with the judged articles")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    x, y = examples(options.news, "fit")
    weights = fit(x, y)
    print(f"{len(y)} topics of {JUDGED.name}, {int(y.sum())} of them right")
    held = {name: round(float(w), 4) for name, w in zip(FEATURES, weights[:-1], strict=True)}
    options.out.write_text(json.dumps({"weights": held, "constant": round(float(weights[-1]), 4)}, indent=1) + "\n")


def examples(news: list[str], part: str) -> tuple[Floats, Floats]:
    """Features (n, FEATURES and a constant), and whether each topic is right (n,), of one half of the judged."""
    scheme, judged = shipped(), load_gold(JUDGED)
    terms = Terms(scheme)
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    for record in records(judged, (a for a in read_articles(news) if not isinstance(a, InputError))).values():
        article = Article(record.article.text, record.article.title, terms)
        for statement in record.statements:
            one = judged[int(statement.id)]
            if one.part == part:
                for code, values in features(article, statement.content).items():
                    rows.append((*values, 1.0))
                    right.append(code in accepted(one.topics, scheme))
    return np.array(rows), np.array(right, dtype=np.float64)


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
