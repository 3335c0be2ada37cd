"""Learns `trails/weights.json`: which pairs of statements report one utterance.

`trail_pairs.jsonl` beside this file holds our own judgement of pairs from modern news, made by reading: a line a pair,
{"same": true or false, "pair": [[article, content], [article, content]]}, the contents as offsets into the articles of
those ids. The texts are read from where the user has them, as records:

    onrecord read news.jsonl --format jsonl -o records.jsonl
    python -m onrecord.training.trail_pairs --records records.jsonl
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.errors import OnrecordError
from onrecord.evaluate.record import pair_contents
from onrecord.records import Record
from onrecord.records_json import read_records
from onrecord.trails.evidence import FEATURES, WEIGHTS, compared
from onrecord.trails.index import Index
from onrecord.trails.sayings import Saying, sayings
from onrecord.training.regression import Floats, cross_validated, fit, show

JUDGED = Path(__file__).with_name("trail_pairs.jsonl")
AGAINST = ("differs", "differ", "allied", "unknown", "different", "doubtful", "days", "undated")
SIGNS = np.array(
    [0 if name in ("bias", "brevity", "undated") else -1 if name.endswith(AGAINST) else 1 for name in FEATURES]
)
"""Whether a feature speaks for one utterance (1), against it (-1), or may do either (0)."""


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--records", type=Path, required=True, help="JSON lines of `onrecord read`")
    parser.add_argument("--threshold", type=float, default=0.55)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    with options.records.open("rb") as lines:
        records = [r for r in read_records(lines, str(options.records)) if not isinstance(r, OnrecordError)]
    judged = [json.loads(line) for line in JUDGED.read_text("utf-8").splitlines()]
    x, y, groups = examples(records, judged)
    print(f"{len(y)} of {len(judged)} pairs found, {int(y.sum())} of them the same")
    probability = cross_validated(x, y, groups, SIGNS)
    show(probability, y)
    rounded = [round(weight, 4) for weight in fit(x, y, SIGNS).tolist()]
    held = {"threshold": options.threshold, "weights": dict(zip(FEATURES, rounded, strict=True))}
    options.out.write_text(json.dumps(held, indent=1) + "\n", "utf-8")


def examples(records: Sequence[Record], judged: Iterable[dict[str, Any]]) -> tuple[Floats, Floats, list[str]]:
    """Features (pairs, FEATURES), 1.0 or 0.0 for each, and what to hold out together: the first one's article."""
    by_id = {record.article.id: record for record in records}
    known = {record.article.id: {s.key[1]: s for s in sayings(record)} for record in records}
    x, y, groups = [], [], []
    for row in judged:
        sides = [_found(by_id, known, article, content) for article, content in row["pair"]]
        if sides[0] is not None and sides[1] is not None:
            x.append(_features(sides[0], sides[1], known))
            y.append(float(row["same"]))
            groups.append(min(article for article, _ in row["pair"]))
    return np.array(x), np.array(y), groups


def _found(
    by_id: dict[str, Record], known: dict[str, dict[str, Saying]], article: str, content: list[list[int]]
) -> Saying | None:
    """The statement whose content shares half of its words with the judged one's; None when the reader has none."""
    record = by_id.get(article)
    if record is None:
        return None
    given = [{"content": s.content} for s in record.statements]
    pairs = pair_contents(record.article.text, [{"content": content}], given)
    return known[article].get(record.statements[pairs[0]].id) if pairs else None


def _features(a: Saying, b: Saying, known: dict[str, dict[str, Saying]]) -> Floats:
    """As trails has them: what is best is told among all candidates between the two articles."""
    index = Index()
    for saying in known[b.key[0]].values():
        index.add(saying)
    pairs = [(one, other) for one in known[a.key[0]].values() for other in index.candidates(one)]
    return compared([*pairs, (a, b)])[a.key, b.key]


if __name__ == "__main__":
    main()
