"""What a statement is about: topics, each with a calibrated confidence.

Of every topic whose words stand in a statement, in the sentences that it stands in or in the article's title, features
are counted (`FEATURES`); a logistic regression makes the confidence of them, the same for all topics, so that a topic
that a user adds has one too. Its weights were learned from statements that we judged by reading
(`training/topics.py`). What else speaks for a topic, such as likeness to its description, is one feature more.
"""

import json
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from onrecord.records import Record, Span, Spans, Statement
from onrecord.topics.scheme import Scheme
from onrecord.topics.terms import Hit, Terms
from onrecord.trails.sentences import enclosing, sentence_starts

FEATURES = ("content", "around", "title", "article", "share", "first", "bare")
"""How much of a topic's words stand in the content, in its sentences beside it, in the title, in the article (each
under a logarithm); the topic's share of all that stand in the content; whether the content has more of no other topic;
whether the content has none at all."""
MOST = 4
"""Topics that one statement is given."""
SHOWN = 0.65
"""The least confidence of a topic that is given."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the logistic regression: one a feature, and the constant."""

    weights: tuple[float, ...]
    constant: float

    def probability(self, features: Sequence[float]) -> float:
        """0 to 1, that a topic with these features is right."""
        total = self.constant + sum(w * f for w, f in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-total))


class Article:
    """An article's words of topics, found once for all of its statements."""

    def __init__(self, text: str, title: str | None, terms: Terms) -> None:
        self.text = text
        self.hits = terms.find(text)
        self.starts = [hit.span[0] for hit in self.hits]
        # agencies write titles in capitals: there, a capital says nothing
        headline = title or ""
        self.title = terms.find(headline.lower() if headline.isupper() else headline)
        self.sentences = sentence_starts(text)
        self.whole = _amounts((*self.hits, *self.title))

    def within(self, span: Span) -> list[Hit]:
        """The hits that begin in a span."""
        return self.hits[bisect_left(self.starts, span[0]) : bisect_left(self.starts, span[1])]


def features(article: Article, content: Spans) -> dict[str, tuple[float, ...]]:
    """Of every topic that something speaks for, its `FEATURES` in their order."""
    inside = [hit for span in content for hit in article.within(span)]
    reach = [enclosing(article.text, span, article.sentences) for span in content]
    nearby = {hit for span in reach for hit in article.within(span)} - {*inside}
    own, around, title = _amounts(inside), _amounts(nearby), _amounts(article.title)
    total, most = sum(own.values()), max(own.values(), default=0.0)
    return {
        code: (
            math.log1p(own[code]),
            math.log1p(around[code]),
            math.log1p(title[code]),
            math.log1p(article.whole[code]),
            own[code] / total if total else 0.0,
            float(0 < own[code] == most),
            float(not total),
        )
        for code in sorted({*own, *around, *title})
    }


def topics_of(found: dict[str, tuple[float, ...]], scheme: Scheme, weights: Weights) -> list[tuple[str, float]]:
    """The topics shown, with confidence, the likeliest first; none of which another one shown is a part."""
    likely = {code: weights.probability(values) for code, values in found.items()}
    shown = [code for code, chance in likely.items() if chance >= SHOWN]
    above = {broader for code in shown for broader in scheme.above(code)}
    kept = sorted((code for code in shown if code not in above), key=lambda code: (-likely[code], code))
    return [(code, round(likely[code], 4)) for code in kept[:MOST]]


def with_topics(record: Record, scheme: Scheme) -> Record:
    """The record with the topics of its statements."""
    if not record.statements:
        return record
    article = Article(record.article.text, record.article.title, _terms(scheme))
    weights = learned()

    def given(statement: Statement) -> Statement:
        found = topics_of(features(article, statement.content), scheme, weights)
        return replace(statement, topics=tuple(t for t, _ in found), topic_confidence=tuple(c for _, c in found))

    return replace(record, statements=tuple(given(s) for s in record.statements))


@cache
def learned() -> Weights:
    """The shipped weights."""
    stored = json.loads(files("onrecord.topics").joinpath("data/weights.json").read_text("utf-8"))
    return Weights(tuple(stored["weights"][name] for name in FEATURES), stored["constant"])


@cache
def _terms(scheme: Scheme) -> Terms:
    return Terms(scheme)


def _amounts(hits: Iterable[Hit]) -> defaultdict[str, float]:
    """How much of each topic's words there is; the same term again counts a quarter."""
    found: defaultdict[str, float] = defaultdict(float)
    seen: set[int] = set()
    for hit in hits:
        found[hit.code] += hit.weight * (0.25 if hit.term in seen else 1.0)
        seen.add(hit.term)
    return found
