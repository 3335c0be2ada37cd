"""Speakers on articles that the rules for naming them were not made in sight of.

    python evals/speakers_unseen.py [--data ../shared/data]

Sources were named by reading before anything was scored on them, as offsets only:

- `speakers_unseen.jsonl`: the 64 of PolNeAR's dev articles that are not among the 20 of `speakers/polnear_dev.jsonl`,
  those of 21 by two readers, who agreed on 557 of 568. On 31 errors were then looked at; the 33 others are only ever
  scored. Scored end to end.
- `speakers_read.jsonl`: 538 of PolNeAR's train articles, one reader each; on 504 errors were looked at, the 34 others
  are only ever scored. The network learned to read from these articles, so gold attributions are given.

Prints the figures of `onrecord eval speakers` for each.
"""

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from onrecord.evaluate import attribution, speakers
from onrecord.evaluate.predictions import record_of_row, resolved_row
from onrecord.records import Record

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data"


def measured(data: Path, looked_at: bool) -> speakers.SpeakerScore:
    """The figures of one part of the dev articles, end to end."""
    return _scored("speakers_unseen.jsonl", data / "polnear" / "dev.jsonl", looked_at, record_of_row)


def measured_given(data: Path, looked_at: bool) -> speakers.SpeakerScore:
    """The figures of one part of the train articles, gold attributions given."""
    return _scored("speakers_read.jsonl", data / "polnear" / "train.jsonl", looked_at, resolved_row)


def _scored(
    named: str, articles: Path, looked_at: bool, record_of: Callable[[Mapping[str, Any]], Record]
) -> speakers.SpeakerScore:
    judged = [json.loads(line) for line in (HERE / named).read_text("utf-8").splitlines()]
    judged = [row for row in judged if row["looked_at"] is looked_at]
    gold = {row["id"]: row for row in attribution.load_gold(articles)}
    rows = [gold[row["id"]] for row in judged]
    told = [speakers.in_words(row, gold[row["id"]]["text"]) for row in judged]
    return speakers.score(rows, told, [record_of(row).to_dict() for row in rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    given = parser.parse_args()
    for measure, what in ((measured, "dev, end to end"), (measured_given, "train, attributions given")):
        for looked_at, label in ((False, "only scored"), (True, "looked at")):
            print(f"{what}, {label}:\n{speakers.format_score(measure(given.data, looked_at))}", flush=True)


if __name__ == "__main__":
    main()
