"""Learns `coding/likeness.json`: which reports are of one event.

`event_reports.jsonl` beside this file holds our own judgement of pairs from modern news, made by reading: a line a
pair, {"same": true or false, "type": "ACCUSE", "pair": [[article, trigger], [article, trigger]]}, the triggers as
offsets into the articles of those ids. The texts are read from where the user has them, as records:

    onrecord read news.jsonl --format jsonl -o records.jsonl
    python -m onrecord.training.event_reports --records records.jsonl
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.coding.likeness import FEATURES, WEIGHTS, WINDOW, day_of, features
from onrecord.coding.reports import reports_of
from onrecord.coding.voices import key_of
from onrecord.errors import OnrecordError
from onrecord.records import Report, Span
from onrecord.records_json import read_records
from onrecord.training.regression import Floats, cross_validated, fit, show

JUDGED = Path(__file__).with_name("event_reports.jsonl")
THRESHOLD = 0.4
AGAINST = ("days", "undated", "said", "accused")
EITHER = ("bias", "length")
SIGNS = np.array([0.0 if name in EITHER else -1.0 if name in AGAINST else 1.0 for name in FEATURES])
"""Whether a feature speaks for one event (1), against it (-1), or may do either (0)."""


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--records", type=Path, required=True, help="JSON lines of `onrecord read`")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    with options.records.open("rb") as lines:
        records = [r for r in read_records(lines, str(options.records)) if not isinstance(r, OnrecordError)]
    judged = [json.loads(line) for line in JUDGED.read_text("utf-8").splitlines()]
    x, y, groups = examples([report for record in records for report in reports_of(record)], judged)
    print(f"{len(y)} of {len(judged)} pairs found, {int(y.sum())} of them the same")
    show(cross_validated(x, y, groups, SIGNS), y)
    rounded = [round(weight, 4) for weight in fit(x, y, SIGNS).tolist()]
    held = {"threshold": THRESHOLD, "weights": dict(zip(FEATURES, rounded, strict=True))}
    options.out.write_text(json.dumps(held, indent=1) + "\n", "utf-8")


def examples(reports: Iterable[Report], judged: Iterable[dict[str, Any]]) -> tuple[Floats, Floats, list[str]]:
    """Features (pairs, FEATURES), 1.0 or 0.0 for each, and what to hold out together: the first one's article."""
    by_article: dict[str, list[Report]] = {}
    for report in reports:
        by_article.setdefault(report.article, []).append(report)
    x, y, groups = [], [], []
    for row in judged:
        sides = [_found(by_article.get(article, ()), row["type"], trigger) for article, trigger in row["pair"]]
        pair = next(((a, b) for a in sides[0] for b in sides[1] if _sides(a) == _sides(b)), None)
        if pair is not None and _in_window(*pair):
            x.append(features(*pair))
            y.append(float(row["same"]))
            groups.append(min(article for article, _ in row["pair"]))
    return np.array(x), np.array(y), groups


def _found(reports: Sequence[Report], type_: str, trigger: Sequence[Span]) -> list[Report]:
    """The reports of a type whose trigger begins in the judged one."""
    begin, end = trigger[0][0], trigger[-1][1]
    return [r for r in reports if r.event.type == type_ and r.event.trigger and begin <= r.event.trigger[0][0] < end]


def _in_window(one: Report, other: Report) -> bool:
    """May the two be compared at all, by their days?"""
    days = [day for day in (day_of(one), day_of(other)) if day]
    return max(days) - min(days) <= timedelta(days=WINDOW) if days else True


def _sides(report: Report) -> tuple[str, str]:
    return key_of(report.actor), key_of(report.recipient)


if __name__ == "__main__":
    main()
