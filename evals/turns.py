"""Turns among all statements of an archive: how many pairs there are, which are flagged, and which of these are right.

    python evals/turns.py reuters.archive
    python evals/turns.py reuters.archive --show     the words of each pair too

Holds each two statements of one named speaker on one topic against each other, as positions do, but for those that a
trail joins. Topics are given anew. What is right stands in `training/position_pairs.jsonl`; a pair that is not there is
printed as a line for it, to be judged by reading.
"""

import argparse
import json
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

os.environ.setdefault("LANCE_LOG", "error")  # as the command line does; Lance looks once, when it is imported

from onrecord.evaluate.positions import load_gold
from onrecord.names import fold
from onrecord.positions.turns import Reason, Uttered, reasons
from onrecord.records import Record, Statement
from onrecord.store.archive import Archive
from onrecord.topics.classify import with_topics
from onrecord.topics.scheme import shipped
from onrecord.trails.trails import Trails

JUDGED = Path(__file__).parents[1] / "src/onrecord/training/position_pairs.jsonl"
Said = tuple[Record, Statement]


def by_speaker(archive: Archive) -> dict[str, list[Said]]:
    """Of each name, the statements that have a topic."""
    found: dict[str, list[Said]] = defaultdict(list)
    for record in archive.records():
        told = with_topics(record, shipped())
        for statement in told.statements:
            speaker = told.speaker_of(statement)
            if speaker and speaker.named and speaker.kind != "place" and statement.topics:
                found[fold(speaker.name)].append((told, statement))
    return found


def pairs_of(said: Sequence[Said]) -> Iterator[tuple[Said, Said, tuple[Reason, ...]]]:
    """Each two on one topic, with what makes them seem at odds."""
    uttered = [Uttered.of(record, statement) for record, statement in said]
    for (one, (_, a)), (other, (_, b)) in combinations(enumerate(said), 2):
        if not set(a.topics).isdisjoint(b.topics):
            yield said[one], said[other], reasons(uttered[one], uttered[other])


def joined(pair: tuple[Said, Said], trails: Trails) -> bool:
    """Whether both report one utterance."""
    (a, one), (b, other) = pair
    for record in (a, b):
        trails.know(record)
    members = (m for trail in trails.of_statement(a.article.id, one.id) for m in trail.members)
    return any((m.article, m.statement) == (b.article.id, other.id) for m in members)


def main() -> None:
    """Print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--show", action="store_true", help="print the words of each pair that is flagged")
    options = parser.parse_args()
    judged = {one.pair: one.reversal for one in load_gold(JUDGED)}
    asked, verdicts = 0, []
    for speaker, said in by_speaker(Archive.open(options.archive)).items():
        for (a, one), (b, other), why in pairs_of(said):
            asked += 1
            if not why or joined(((a, one), (b, other)), Trails()):
                continue
            pair = (a.article.id, one.content), (b.article.id, other.content)
            verdicts.append(judged.get(pair, judged.get(pair[::-1])))
            if options.show:
                print(f"{speaker}: {why[0]}\n  {a.text_of(one.content)!r}\n  {b.text_of(other.content)!r}")
            if verdicts[-1] is None:
                print(json.dumps({"pair": pair, "reversal": None}))
    known = [right for right in verdicts if right is not None]
    print(f"{asked:,} pairs, {len(verdicts)} flagged, {len(known)} of them judged, {sum(known)} right")


if __name__ == "__main__":
    main()
