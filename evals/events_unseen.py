"""Events of news that was only ever scored.

    python evals/events_unseen.py [--data ../shared/data]

`events_unseen.jsonl` holds sentences of modern news (offsets into the articles of `news/world.jsonl`) with their actors
and the events told between them, written down by one reader each before any weights were scored on them. An event is
found when its pair has one; right, when the type is too.
"""

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.annotate.events import load_events, read_scenes
from onrecord.evaluate.words import Figure
from onrecord.records import Scene

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data"


def measured(data: Path) -> tuple[Figure, Figure]:
    """Pairs with an event, and pairs with an event of the right type."""
    texts = {row["id"]: row["text"] for row in map(json.loads, (data / "news" / "world.jsonl").open(encoding="utf-8"))}
    pair, typed = [0, 0, 0], [0, 0, 0]
    for row in map(json.loads, (HERE / "events_unseen.jsonl").open(encoding="utf-8")):
        gold: dict[tuple[int, int], set[str]] = {}
        for event in row["events"]:
            gold.setdefault(tuple(event["pair"]), set()).add(event["type"])
        found = dict(_found(texts[row["id"]], row))
        right = sum(type_ in gold.get(two, ()) for two, type_ in found.items())
        for counts, hits in ((pair, len(gold.keys() & found.keys())), (typed, right)):
            counts[0] += hits
            counts[1] += len(found)
            counts[2] += len(gold)
    return Figure(*pair), Figure(*typed)


def _found(text: str, row: Mapping[str, Any]) -> Iterator[tuple[tuple[int, int], str]]:
    participants = tuple((str(k), tuple(map(tuple, spans))) for k, spans in enumerate(row["participants"]))
    lead = tuple(row["lead"]) if row["lead"] else None
    scene = Scene(tuple(row["sentence"]), lead, participants, tuple(map(tuple, row["pairs"])))
    for deed in read_scenes(text, [scene], load_events())[0]:
        yield deed.pair, deed.type


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=DATA)
    for name, figure in zip(("pairs", "right type"), measured(parser.parse_args().data), strict=True):
        print(f"{name:12} P {figure.p:.3f}  R {figure.r:.3f}  F1 {figure.f1:.3f}  (of {figure.gold})")


if __name__ == "__main__":
    main()
