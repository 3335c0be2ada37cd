"""Trails over gold statements with gold speakers: how good the joining is, whatever the reader finds.

python evals/trails_on_gold.py GOLD.jsonl GROUPS.json
"""

import argparse
from pathlib import Path
from typing import Any

from onrecord.evaluate.attribution import load_rows
from onrecord.evaluate.trails import format_score, load_groups, score
from onrecord.records import Record
from onrecord.records_json import record_from_dict
from onrecord.trails.trails import Trails


def main(options: argparse.Namespace) -> None:
    """Print the figures."""
    rows = load_rows(options.gold, ("statements", "entities"))
    records = [as_record(row) for row in rows]
    trails = Trails()
    for record in records:
        trails.add(record)
    members = [[(m.article, m.statement) for m in trail.members] for trail in trails.trails()]
    print(format_score(score(rows, load_groups(options.groups), [r.to_dict() for r in records], members)))


def as_record(row: dict[str, Any]) -> Record:
    """A gold article as the reader would write it; the first of several speakers is taken."""
    entities = {e["name"]: e | {"id": f"e{n}", "named": e.get("named", True)} for n, e in enumerate(row["entities"])}
    statements = []
    for s in row["statements"]:
        name = (s["speaker"] or "").split(" | ")[0]
        if name and name not in entities:
            entities[name] = {"id": f"e{len(entities)}", "name": name, "kind": "person", "named": True}
        speaker = entities[name]["id"] if name else None
        fields = {key: s[key] for key in ("id", "source", "cue", "content", "quote", "parent", "venue")}
        statements.append(fields | {"speaker": speaker, "through": s["through"] or [], "confidence": 1.0})
    shown = [{**e, "mentions": [], "aliases": aliases(e)} for e in entities.values()]
    fields = {key: row[key] for key in ("id", "text", "outlet", "published")}
    return record_from_dict(fields | {"entities": shown, "statements": statements, "events": []}, row["id"])


def aliases(entity: dict[str, Any]) -> list[str]:
    """The mentions that are names."""
    return [m for m in entity.get("mentions", ()) if m[:1].isupper() and m not in ("He", "She", "They", "It")]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("groups", type=Path)
    main(parser.parse_args())
