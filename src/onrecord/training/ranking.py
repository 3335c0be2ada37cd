"""Learn the weights by which pronouns find their antecedents: `python -m onrecord.training.ranking OUT.json …`.

Two sources: articles with coreference chains that a machine made (PolNeAR's silver; of its pronouns only those whose
chain holds a name that the article's cast has too), and GAP's pronouns with two candidate names, one of them right.
A softmax over the candidates of each pronoun, fitted by gradient ascent with a little shrinking.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate import session, stage
from onrecord.records import Annotation, Article, Attribution, Span
from onrecord.resolve import lexicon as lex
from onrecord.resolve.cast import Member
from onrecord.resolve.ranking import FEATURES, all_evidence, candidates
from onrecord.resolve.walk import Resolver

PRIOR = {
    "same sentence": 1.2, "sentence before": 1.0, "two before": 0.3, "distance": -1.2, "same paragraph": 0.4,
    "opens its sentence": 0.8, "opens this sentence": 0.4, "spoke last": 1.6, "frequency": 0.5, "gender agrees": 1.0,
    "is a person": 0.5, "possessive": -0.7, "inside a quotation": -1.0, "most recent": 0.4, "both open": 0.3,
    "inside this sentence": -0.3, "is unnamed": 0.0, "pointed to": 1.0,
    "opens what they say": 1.5,
}  # fmt: skip
ENOUGH = 200
"""With fewer examples than this the weights by hand stand."""

Example = tuple[NDArray[np.float64], NDArray[np.bool_], bool]
"""Evidence (candidates × features), which of them are right, and whether the pronoun is he or she."""


class Watched(Resolver):
    """Resolves as ever, but follows the right antecedents where they are known and keeps every choice."""

    def __init__(self, article: Article, annotation: Annotation, chains: Sequence[Sequence[Span]]) -> None:
        super().__init__(article, annotation)
        self.examples: list[Example] = []
        self.sources = {a.source[0] for a in annotation.attributions if a.source} or None
        self.chain_at = {tuple(span): chain for chain in chains for span in chain}

    def settle(self, at: int) -> tuple[Member | None, float]:
        if at in self.pronouns:
            return self.pronouns[at]
        word = self.words.lower[at]
        span = self.words.starts[at], self.words.ends[at]
        chain = self.chain_at.get(span) if self.sources is None or span in self.sources else None
        found = candidates(self.cast, word, at) if chain else []
        right = [self._is_in(member, chain or ()) for member, _, _ in found]
        if any(right) and not all(right):
            rows = np.array(all_evidence(self.cast, found, at, self.spoke_last))
            self.examples.append((rows, np.array(right), word in lex.PRONOUN_GENDER))
        return super().settle(at)

    def _is_in(self, member: Member, chain: Sequence[Span]) -> bool:
        spans = [s for s, how in member.mentions.items() if how == "name"]
        return any(a <= s and e <= b for a, b in chain for s, e in spans if b - a < 60 and e == b)


def from_silver(articles: Path, silver: Path) -> Iterator[Example]:
    """Examples from articles with attributions and machine-made chains."""
    chains = {row["id"]: row["coref"] for row in _rows(silver)}
    for row in _rows(articles):
        resolver = Watched(Article(row["id"], row["text"]), _annotation(row), chains.get(row["id"], ()))
        resolver.run()
        yield from resolver.examples


def from_gap(path: Path) -> Iterator[Example]:
    """Examples from GAP: the chain of the right candidate is its name and the pronoun."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            at = int(row["Pronoun-offset"])
            chain = [(at, at + len(row["Pronoun"]))]
            for letter in "AB":
                if row[f"{letter}-coref"] == "TRUE":
                    start = int(row[f"{letter}-offset"])
                    chain.append((start, start + len(row[letter])))
            resolver = Watched(Article(row["ID"], row["Text"]), _pointed(row["Text"], ()), [chain])
            resolver.run()
            yield from resolver.examples


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        yield from (json.loads(line) for line in stream)


def _annotation(row: dict[str, Any]) -> Annotation:
    def spans(value: Any) -> tuple[Span, ...]:
        return tuple((a, b) for a, b in value)

    found = (
        Attribution(spans(a["source"]), spans(a["cue"]), spans(a["content"]), "indirect", 1.0)
        for a in row["attributions"]
    )
    return _pointed(row["text"], tuple(found))


def _pointed(text: str, attributions: tuple[Attribution, ...]) -> Annotation:
    """Given attributions with the shipped network's pointers, which are evidence too."""
    found = stage.annotate(Article("", text), session.load(0), nested=False)
    return replace(found, attributions=attributions)


def prior(personal: bool) -> NDArray[np.float64]:
    """Weights by hand, to which the fit is drawn: silver is wrong often, and holds no unnamed antecedents at all."""
    table = PRIOR if personal else {**PRIOR, "is a person": 0.0, "same paragraph": 0.0, "is a country": 0.3}
    return np.array([table.get(name, 0.0) for name in FEATURES])


def fit(
    examples: Sequence[Example], start: NDArray[np.float64], rounds: int = 200, rate: float = 0.5, shrink: float = 0.1
) -> NDArray[np.float64]:
    """Weights near `start` that make the right candidates likely among all of each example."""
    rows = np.concatenate([e[0] for e in examples])
    right = np.concatenate([e[1] for e in examples])
    begins = np.cumsum([0, *(len(e[0]) for e in examples[:-1])])
    group = np.repeat(np.arange(len(examples)), [len(e[0]) for e in examples])
    weights = start.copy()
    free = np.array([name != "is unnamed" for name in FEATURES])
    for _ in range(rounds):
        scores = rows @ weights
        scores = np.exp(scores - np.maximum.reduceat(scores, begins)[group])
        share = scores / np.add.reduceat(scores, begins)[group]
        good = scores * right
        target = good / np.add.reduceat(good, begins)[group]
        weights += rate * free * ((target - share) @ rows / len(examples) - shrink * (weights - start))
    return weights


def accuracy(examples: Iterable[Example], weights: NDArray[np.float64]) -> float:
    """Share of the examples whose likeliest candidate is right."""
    hits = [bool(e[1][int(np.argmax(e[0] @ weights))]) for e in examples]
    return sum(hits) / len(hits) if hits else 0.0


def main(out: str, articles: str, silver: str, *gap: str) -> None:
    """Fit both sets of weights, show how well they do on every tenth example left out, write them to `out`."""
    examples = list(from_silver(Path(articles), Path(silver)))
    for path in gap:
        examples += from_gap(Path(path))
    table = {}
    for personal, name in ((True, "he, she"), (False, "it, they")):
        mine = [e for e in examples if e[2] is personal]
        kept = [e for i, e in enumerate(mine) if i % 10]
        start = prior(personal)
        if len(mine) >= ENOUGH:
            print(name, len(mine), f"left out: {accuracy(mine[::10], fit(kept, start)):.3f}")
            start = fit(mine, start)
        table[name] = {f: round(float(w), 3) for f, w in zip(FEATURES, start, strict=True)}
    Path(out).write_text(json.dumps(table, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
