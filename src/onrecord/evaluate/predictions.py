"""What onrecord finds in gold articles, in the shapes the scorers take."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord.annotate import session, stage
from onrecord.evaluate.attribution import right_predictions
from onrecord.pipeline import Settings, record_of
from onrecord.read.articles import article_from_text
from onrecord.records import Annotation, Article, Attribution, Record, Spans
from onrecord.resolve.speakers import resolve

FIELDS = ("id", "url", "outlet", "title", "published", "language")


def record_of_row(row: Mapping[str, Any], threads: int = 0, nested: bool = True) -> Record:
    """The record of a gold row's article, under the row's id."""
    known = {k: row[k] for k in FIELDS if row.get(k)}
    return record_of(article_from_text(row["text"], **known), Settings(threads, nested))


def resolved_row(row: Mapping[str, Any]) -> Record:
    """The record of a gold row with its own attributions: what naming speakers reaches when nothing was missed."""
    known = {k: row[k] for k in FIELDS if row.get(k)}
    return resolve(Article(text=row["text"], **known), given_annotation(row))


def given_annotation(row: Mapping[str, Any]) -> Annotation:
    """A gold row's own attributions, with what the encoder says its pronouns look back to."""

    def spans(value: Any) -> Spans:
        return tuple((start, end) for start, end in value or ())

    found = tuple(
        Attribution(spans(a["source"]), spans(a["cue"]), spans(a["content"]), "indirect", 1.0)
        for a in row["attributions"]
    )
    return replace(stage.annotate(Article("", row["text"]), session.load(0), nested=False), attributions=found)


def attributions_of(row: Mapping[str, Any], threads: int = 0) -> dict[str, Any]:
    """The article's own attributions (none inside another's words), as `onrecord.evaluate.attribution` takes them.

    As the encoder finds them: a record has one statement for each of several speakers, gold has one attribution.
    """
    annotation = stage.annotate(article_from_text(row["text"]), session.load(threads), nested=False)
    found = [
        {"source": a.source, "cue": a.cue, "content": a.content, "confidence": a.confidence}
        for a in annotation.attributions
    ]
    return {"id": row["id"], "attributions": found}


def judged(gold: Sequence[Mapping[str, Any]], predicted: Sequence[Mapping[str, Any]]) -> tuple[list[float], list[bool]]:
    """Every prediction's confidence and whether it is right (overlap)."""
    confidences: list[float] = []
    right: list[bool] = []
    for row, answer in zip(gold, predicted, strict=True):
        hits = right_predictions(row, answer)
        for i, attribution in enumerate(answer["attributions"]):
            confidences.append(attribution["confidence"])
            right.append(i in hits)
    return confidences, right
