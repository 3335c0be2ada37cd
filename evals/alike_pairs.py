"""How far up the list of what is like a statement its mates stand: other reports of the same utterance.

    python evals/alike_pairs.py [--data ../shared/data]

Puts the wires' gold statements into a fresh archive and asks it for more like each that is in a trail of several
articles. Of a pair, the rank is that of the mate among all statements of other articles, other mates left out. Prints
the mean reciprocal rank and the share among the first five, and fails when they are under evals/floors.json.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("LANCE_LOG", "error")  # as the command line does; Lance looks once, when it is imported

from onrecord.alike import like
from onrecord.annotate.meaning import with_meanings
from onrecord.records import Article, Record, Spans, Statement
from onrecord.store.archive import Archive
from onrecord.store.search import LONGEST, statement_key

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data"
FLOORS = HERE / "floors.json"


def measured(wires: Path) -> dict[str, float]:
    """The figures on the pairs of a folder's trails_dev.json, statements from its dev.jsonl."""
    rows = [json.loads(line) for line in (wires / "dev.jsonl").read_text("utf-8").splitlines()]
    groups = json.loads((wires / "trails_dev.json").read_text("utf-8"))
    trails = [[(m["article"], m["statement"]) for m in trail["members"]] for g in groups for trail in g["trails"]]
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive.make(Path(folder) / "archive")
        archive.add([with_meanings(record_of(row)) for row in rows])
        ranks = list(ranks_of(archive, trails))
    return {
        "pairs": len(ranks),
        "mean reciprocal rank": round(sum(1 / rank for rank in ranks) / len(ranks), 3),
        "among the first five": round(sum(rank <= 5 for rank in ranks) / len(ranks), 3),
    }


def record_of(row: dict[str, Any]) -> Record:
    """A gold row's own statements."""

    def spans(value: Any) -> Spans:
        return tuple((start, end) for start, end in value or ())

    statements = tuple(
        Statement(s["id"], spans(s["source"]), spans(s["cue"]), spans(s["content"]), "indirect", None, None, 1.0)
        for s in row["statements"]
    )
    return Record(Article(row["id"], row["text"]), (), statements)


def ranks_of(archive: Archive, trails: list[list[tuple[str, str]]]) -> Iterator[int]:
    """Of each pair from two articles, both ways round, the mate's rank, from 1."""
    for members in trails:
        for own in members:
            mates = {statement_key(a, 1, s) for a, s in members}
            found = like(archive, statement_key(own[0], 1, own[1]), limit=LONGEST - 1)
            others = [hit.key for hit in found if hit.article != own[0]]
            for mate in members:
                if mate[0] != own[0]:
                    key = statement_key(mate[0], 1, mate[1])
                    yield 1 + sum(other not in mates for other in others[: others.index(key)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    wires = parser.parse_args().data / "wires"
    if not wires.exists():
        print(f"skipped: {wires} is not on this machine")
        return
    found, floors = measured(wires), json.loads(FLOORS.read_text("utf-8"))["alike"]
    print(found)
    if under := [name for name, floor in floors.items() if found[name] < floor]:
        sys.exit(f"under the floor: {', '.join(under)}")


if __name__ == "__main__":
    main()
