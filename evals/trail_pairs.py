"""Pairs of one trail for a person to judge, by the form of the less full of the two.

    onrecord read NEWS.jsonl --format jsonl --output RECORDS.jsonl
    python evals/trail_pairs.py RECORDS.jsonl [--trails 100] [--seed 1]

`trail_verdicts.jsonl` beside this file holds our own judgement of a hundred, as article ids
and offsets; --judged sums it up.

Of each trail drawn, one member is shown beside the fullest wording, of two articles; trails are drawn evenly.
"""

import argparse
import json
import random
from collections import Counter
from pathlib import Path

from onrecord.errors import BadRecord
from onrecord.records_json import read_records
from onrecord.trails.trails import Member, Trail, Trails

JUDGED = Path(__file__).with_name("trail_verdicts.jsonl")


def main(options: argparse.Namespace) -> None:
    """Print the trails drawn, numbered; or what was judged."""
    if options.judged:
        rows = [json.loads(line) for line in JUDGED.read_text("utf-8").splitlines()]
        counts, right = Counter(row["form"] for row in rows), Counter(row["form"] for row in rows if row["right"])
        for form, count in counts.most_common():
            print(f"{form:12} {right[form]} of {count} right")
        return
    trails = Trails()
    with options.records.open("rb") as lines:
        for record in read_records(lines, str(options.records)):
            if isinstance(record, BadRecord):
                raise record
            trails.add(record)
    found = trails.trails()
    forms = Counter(member.form for trail in found for member in trail.members)
    print(f"{len(found):,} trails, {sum(t.reports < t.articles for t in found):,} with copies; members: {dict(forms)}")
    rng = random.Random(options.seed)
    for n, trail in enumerate(rng.sample(found, min(options.trails, len(found)))):
        whole, others = sides(trail)
        other = rng.choice(others)
        print(f"{n} {other.form}{' copy' if other.copy_of else ''}  {trail.id}")
        for member in (whole, other):
            print(f"   [{member.speaker}] {' '.join(member.text.split())[: options.width]}")


def sides(trail: Trail) -> tuple[Member, list[Member]]:
    """The fullest wording, and the members of other articles."""
    whole = next(m for m in trail.members if (m.article, m.statement) == trail.longest)
    return whole, [m for m in trail.members if m.article != whole.article]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=Path, nargs="?")
    parser.add_argument("--judged", action="store_true", help="sum up the verdicts instead")
    parser.add_argument("--trails", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--width", type=int, default=260)
    given = parser.parse_args()
    if not given.judged and given.records is None:
        parser.error("give a file of records, or --judged")
    main(given)
