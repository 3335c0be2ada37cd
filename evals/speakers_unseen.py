"""Speakers on articles that the rules for naming them were not made in sight of.

    python evals/speakers_unseen.py [--data ../shared/data]

The 64 of PolNeAR's dev articles that are not among the 20 of `speakers/polnear_dev.jsonl`. Their sources were named by
reading before anything was scored on them (`speakers_unseen.jsonl`: offsets only), those of 21 by two readers, who
agreed on 557 of 568. On 31 errors were then looked at; the 33 others are only ever scored. Prints the figures of
`onrecord eval speakers` for both.
"""

import argparse
import json
from pathlib import Path

from onrecord.evaluate import attribution, speakers
from onrecord.evaluate.predictions import record_of_row

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data"


def measured(data: Path, looked_at: bool) -> speakers.SpeakerScore:
    """The figures of one part."""
    judged = [json.loads(line) for line in (HERE / "speakers_unseen.jsonl").read_text("utf-8").splitlines()]
    judged = [row for row in judged if row["looked_at"] is looked_at]
    articles = {row["id"]: row for row in attribution.load_gold(data / "polnear" / "dev.jsonl")}
    rows = [articles[row["id"]] for row in judged]
    named = [speakers.in_words(row, articles[row["id"]]["text"]) for row in judged]
    return speakers.score(rows, named, [record_of_row(row).to_dict() for row in rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    given = parser.parse_args()
    for looked_at, label in ((False, "only scored"), (True, "looked at")):
        print(f"{label}:\n{speakers.format_score(measured(given.data, looked_at))}")


if __name__ == "__main__":
    main()
