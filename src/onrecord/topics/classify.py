"""What a statement is about: topics, each with a calibrated confidence.

Of every topic whose words stand in a statement, in the sentences that it stands in or in the article's title, features
are counted and its likeness is measured (`FEATURES`); a logistic regression makes the confidence of them, the same for
all topics, so that a topic that a user adds has one too. Its weights were learned from statements that we judged by
reading (`training/topics.py`). Topics that are like a statement but have no word there are wrong too often to be given.
"""

import json
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from operator import mul

from onrecord.records import Record, Span, Spans, Statement
from onrecord.topics.likeness import Likeness
from onrecord.topics.scheme import Scheme
from onrecord.topics.terms import Hit, Terms
from onrecord.trails.sentences import enclosing, sentence_starts

FEATURES = ("content", "around", "title", "article", "share", "first", "bare", "likeness", "behind")
"""How much of a topic's words stand in the content, in its sentences beside it, in the title, in the article (each
under a logarithm); the topic's share of all that stand in the content; whether the content has more of no other topic;
whether the content has none at all; how like the statement the topic is, and how much less like than the likest."""
Found = dict[str, tuple[float, ...]]
"""Topics by code, each with its features in the order of `FEATURES`."""
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
        total = self.constant + sum(map(mul, self.weights, features))
        return 1 / (1 + math.exp(-total))


class Article:
    """An article's words of topics, found once for all of its statements."""

    def __init__(self, text: str, title: str | None, terms: Terms) -> None:
        self.text = text
        self.hits = terms.find(text)
        self.starts = [hit.span[0] for hit in self.hits]
        # agencies write titles in capitals: there, a capital says nothing
        headline = title or ""
        title_hits = terms.find(headline.lower() if headline.isupper() else headline)
        self.title = dict(_amounts(title_hits))
        self.sentences = sentence_starts(text)
        self.whole = _amounts((*self.hits, *title_hits))

    def within(self, span: Span) -> list[Hit]:
        """The hits that begin in a span."""
        return self.hits[bisect_left(self.starts, span[0]) : bisect_left(self.starts, span[1])]


def features(record: Record, scheme: Scheme) -> list[Found]:
    """Of each statement, the topics whose words stand in or around it."""
    article = Article(record.article.text, record.article.title, _terms(scheme))
    contents = [statement.content for statement in record.statements]
    vectors = _vectors(scheme)
    found: list[Found] = []
    for content, likeness in zip(contents, vectors.of(article.text, contents), strict=True):
        likest = float(likeness.max())
        counted = _counted(article, content)
        like = {code: float(likeness[vectors.number[code]]) for code in counted}
        found.append({code: (*counts, like[code], likest - like[code]) for code, counts in counted.items()})
    return found


def _counted(article: Article, content: Spans) -> Found:
    """The features that are counts of words."""
    inside = [hit for span in content for hit in article.within(span)]
    reach = [enclosing(article.text, span, article.sentences) for span in content]
    nearby = {hit for span in reach for hit in article.within(span)} - {*inside}
    own, around, title = _amounts(inside), _amounts(nearby), article.title
    total, most = sum(own.values()), max(own.values(), default=0.0)
    return {
        code: (
            math.log1p(own[code]),
            math.log1p(around[code]),
            math.log1p(title.get(code, 0.0)),
            math.log1p(article.whole[code]),
            own[code] / total if total else 0.0,
            float(0 < own[code] == most),
            float(not total),
        )
        for code in sorted({*own, *around, *title})
    }


def topics_of(found: Found, scheme: Scheme, weights: Weights) -> list[tuple[str, float]]:
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

    def given(statement: Statement, found: Found) -> Statement:
        topics = topics_of(found, scheme, learned())
        if not topics and not statement.topics:  # most have none, and a copy costs more than this
            return statement
        return replace(statement, topics=tuple(t for t, _ in topics), topic_confidence=tuple(c for _, c in topics))

    told = zip(record.statements, features(record, scheme), strict=True)
    return replace(record, statements=tuple(given(statement, found) for statement, found in told))


@cache
def learned() -> Weights:
    """The shipped weights."""
    stored = json.loads(files("onrecord.topics").joinpath("data/weights.json").read_text("utf-8"))
    return Weights(tuple(stored["weights"][name] for name in FEATURES), stored["constant"])


@cache
def _terms(scheme: Scheme) -> Terms:
    return Terms(scheme)


@cache
def _vectors(scheme: Scheme) -> Likeness:
    return Likeness(scheme)


def _amounts(hits: Iterable[Hit]) -> defaultdict[str, float]:
    """How much of each topic's words there is; the same term again counts a quarter."""
    found: defaultdict[str, float] = defaultdict(float)
    seen: set[int] = set()
    for hit in hits:
        found[hit.code] += hit.weight * (0.25 if hit.term in seen else 1.0)
        seen.add(hit.term)
    return found
