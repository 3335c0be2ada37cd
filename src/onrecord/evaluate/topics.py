"""Topics against statements that were judged by reading.

    precision   of the topics given, at each confidence: a topic is right that was judged so, or that one is a part of
    found       of the statements that are about something, those with a right topic among theirs

Gold is a line a statement, {"article", "content", "topics", "part"}: offsets into the article of that id, codes, and
"fit" for those that weights were learned from, "held" for the others. The texts are read from where the user has them.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import GoldError
from onrecord.records import Article, Record, Spans, Statement
from onrecord.topics.classify import with_topics
from onrecord.topics.scheme import Scheme

LEVELS = (0.65, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Judged:
    """One statement with the topics that it is about."""

    article: str
    content: Spans
    topics: tuple[str, ...]
    part: str


@dataclass(frozen=True, slots=True)
class TopicScore:
    """Topics given to judged statements."""

    given: tuple[tuple[float, bool], ...]
    """Of every topic given, its confidence and whether it is right."""
    statements: int
    best: tuple[float, ...]
    """Of every statement with a right topic, the highest confidence of one."""

    def found(self, least: float = 0.0) -> int:
        """How many statements have a right topic with at least this confidence."""
        return sum(confidence >= least for confidence in self.best)

    def precision(self, least: float) -> float | None:
        """0 to 1, of the topics given with at least this confidence; None when there are none."""
        right = [good for confidence, good in self.given if confidence >= least]
        return sum(right) / len(right) if right else None

    def to_dict(self) -> dict[str, Any]:
        """`{"statements", "found", "levels": [{"confidence", "given", "precision", "found"}], "calibration error"}`."""
        levels = [
            {
                "confidence": x,
                "given": sum(c >= x for c, _ in self.given),
                "precision": self.precision(x),
                "found": self.found(x),
            }
            for x in LEVELS
        ]
        said = sum(c for c, _ in self.given) / max(len(self.given), 1)
        gap = abs(said - (self.precision(0.0) or 0.0))
        return {"statements": self.statements, "found": self.found(), "levels": levels, "calibration error": gap}


def load_gold(path: Path) -> list[Judged]:
    """The judged statements of a file. Raises GoldError, naming the line."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            spans = tuple((int(start), int(end)) for start, end in row["content"])
            found.append(Judged(row["article"], spans, tuple(row["topics"]), row.get("part", "held")))
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(f"{path}:{number}: is no judged statement ({error!r})") from error
    return found


def records(judged: Sequence[Judged], articles: Iterable[Article]) -> dict[str, Record]:
    """A record of each judged article's statements, their ids the numbers that they have among the judged."""
    wanted = {one.article for one in judged}
    found = {}
    for article in articles:
        if article.id in wanted:
            statements = tuple(
                Statement(str(n), (), (), one.content, "indirect", None, None, 1.0)
                for n, one in enumerate(judged)
                if one.article == article.id
            )
            found[article.id] = Record(article, (), statements)
    return found


def score(judged: Sequence[Judged], articles: Iterable[Article], scheme: Scheme) -> TopicScore:
    """Hold the topics that statements are given to those judged; those of articles that are not there are left out."""
    return tally(
        (zip(s.topics, s.topic_confidence, strict=True), accepted(judged[int(s.id)].topics, scheme))
        for record in records(judged, articles).values()
        for s in with_topics(record, scheme).statements
    )


def tally(answers: Iterable[tuple[Iterable[tuple[str, float]], set[str]]]) -> TopicScore:
    """Of each statement, the codes given with their confidences, and those that are right."""
    given: list[tuple[float, bool]] = []
    best: list[float] = []
    statements = 0
    for topics, right in answers:
        pairs = [(confidence, code in right) for code, confidence in topics]
        given += pairs
        statements += bool(right)
        best += sorted(confidence for confidence, good in pairs if good)[-1:]
    return TopicScore(tuple(given), statements, tuple(best))


def accepted(topics: Iterable[str], scheme: Scheme) -> set[str]:
    """Those judged, and all that they are a part of."""
    return {code for topic in topics for code in (topic, *scheme.above(topic))}


def format_score(score: TopicScore) -> str:
    """Lines for a terminal."""
    values = score.to_dict()
    lines = [f"{values['found']} of {values['statements']} statements have a right topic"]
    for level in values["levels"]:
        if level["given"]:
            lines.append(
                f"confidence {level['confidence']:.2f}  {level['given']:4} given  precision {level['precision']:.3f}"
                f"  {level['found']:4} statements with a right one"
            )
    return "\n".join([*lines, f"mean confidence and precision are {values['calibration error']:.3f} apart"])
