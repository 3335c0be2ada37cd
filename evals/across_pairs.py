"""Pairs for a person to judge: merged across articles, and alike but left apart.

    onrecord read NEWS.jsonl --format jsonl --output RECORDS.jsonl
    python evals/across_pairs.py RECORDS.jsonl [--merged 150] [--apart 100] [--seed 1] [--unlinked]

A merged pair is two entities of one actor from two articles, whose actor is drawn evenly among those of more than one
article, so that the much-named do not crowd out the rest; pairs of one link are left out with --unlinked. A pair left
apart is two entities of two actors that share a block, that is, whose names are alike. Each comes with name, aliases,
role, country, link, day and the words around its first mention.
"""

import argparse
import random
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from onrecord.across.actors import Actor, Member
from onrecord.across.evidence import blocks
from onrecord.across.linker import Linker
from onrecord.across.profiles import seen
from onrecord.errors import BadRecord
from onrecord.records import Entity, Record
from onrecord.records_json import read_records

AROUND = 60
Entities = dict[Member, tuple[Record, Entity]]


def main(options: argparse.Namespace) -> None:
    """Print both kinds of pairs, numbered."""
    linker = Linker()
    entities: Entities = {}
    with options.records.open("rb") as lines:
        for record in read_records(lines, str(options.records)):
            if isinstance(record, BadRecord):
                raise record
            linker.add(record)
            entities |= {(record.article.id, e.id): (record, e) for e in record.entities}
    actors = linker.actors()
    several = [a for a in actors if a.articles > 1]
    print(f"{len(entities):,} entities, {len(actors):,} actors, {len(several):,} of them in more than one article")
    rng = random.Random(options.seed)
    show("merged", merged(several, entities, options, rng), entities)
    show("apart", apart(actors, entities, options.apart, rng), entities)


def merged(several: list[Actor], entities: Entities, options: argparse.Namespace, rng: random.Random) -> list[Member]:
    """Pairs within actors, one each."""
    pairs: list[Member] = []
    for actor in rng.sample(several, len(several)):
        a, b = rng.sample(actor.members, 2)
        links = {entities[m][1].link for m in (a, b)}
        if a[0] != b[0] and not (options.unlinked and len(links) == 1 and None not in links):
            pairs += [a, b]
    return pairs[: 2 * options.merged]


def apart(actors: list[Actor], entities: Entities, wanted: int, rng: random.Random) -> list[Member]:
    """Pairs of two actors that share a block of people's or bodies' names, one a block."""
    by_block: dict[str, dict[str, Member]] = defaultdict(dict)
    for actor in actors:
        for member in actor.members:
            for key in blocks(seen(*entities[member]).profile):
                by_block[key].setdefault(actor.id, member)
    alike = [list(found.values()) for _, found in sorted(by_block.items()) if len(found) > 1]
    chosen = rng.sample(alike, min(wanted, len(alike)))
    return [m for members in chosen for m in rng.choice(list(combinations(members, 2)))]


def show(what: str, members: list[Member], entities: Entities) -> None:
    for n in range(0, len(members), 2):
        print(f"\n{what} {n // 2 + 1}")
        for member in members[n : n + 2]:
            record, entity = entities[member]
            profile = seen(record, entity)
            said = [entity.kind, *sorted(profile.forms)[:4], entity.role, entity.country, entity.link, profile.day]
            at = min((m.span for m in entity.mentions), default=(0, 0))
            words = record.article.text[max(0, at[0] - AROUND) : at[1] + AROUND]
            print("  ", " | ".join(str(part or "-") for part in said), "|", repr(" ".join(words.split())))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument("--merged", type=int, default=150)
    parser.add_argument("--apart", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unlinked", action="store_true")
    main(parser.parse_args())
