"""How long a day's new articles take to be joined to an archive of a million statements.

    python evals/trails_speed.py WIRES.jsonl [--statements 1000000] [--new 1000]

The archive is made of the sentences of the stories: each article has ten statements, each a sentence of one story under
one of its names, and a thousand articles appear a day; one in three carries sentences of another article of its days,
some of their words left out. Only articles of the days around the new ones are taken from an archive, so those of other
days are made and counted, and not read. What is measured: taking in those days, and joining the new day to them.
"""

import argparse
import json
import random
import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from onrecord.records import Article, Entity, Record, Span, Statement
from onrecord.trails.collecting import collecting_seldom
from onrecord.trails.index import WINDOW
from onrecord.trails.trails import Trails

STATEMENTS, A_DAY = 10, 1_000
FIRST = date(2021, 1, 1)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_NAME = re.compile(r"(?<![.!?] )\b[A-Z][a-z]+ [A-Z][a-z]+\b")


def main(options: argparse.Namespace) -> None:
    """Make the archive's days, take in those that count, join the new one, print the seconds."""
    rng = random.Random(options.seed)
    with options.wires.open(encoding="utf-8") as lines:
        stories = [json.loads(line)["text"] for line in lines]
    sentences = [" ".join(s.split()) for story in stories for s in _SENTENCE.split(story) if 40 < len(s) < 400]
    names = sorted({name for story in stories for name in _NAME.findall(story)})
    days = options.statements // (STATEMENTS * A_DAY)
    trails, known = Trails(), 0
    started = time.process_time()
    for day in range(days - WINDOW, days):
        for record in articles(day, A_DAY, sentences, names, rng):
            trails.know(record)
            known += len(record.statements)
    took_in = time.process_time() - started
    new = list(articles(days, options.new, sentences, names, rng))
    started = time.process_time()
    for record in new:
        trails.add(record)
    found = trails.trails()
    joined = time.process_time() - started
    print(
        f"{days:,} days of {A_DAY:,} articles, {days * A_DAY * STATEMENTS:,} statements; {known:,} in the days around"
    )
    print(f"taking these in {took_in:.1f} s, joining {len(new):,} articles {joined:.1f} s of one processor")
    print(f"{len(found):,} trails hang together with the new articles")


def articles(day: int, count: int, sentences: list[str], names: list[str], rng: random.Random) -> Iterator[Record]:
    """The articles of one day; a third of them repeat a statement of one before, with words left out."""
    said: list[tuple[str, str]] = []
    for n in range(count):
        parts = [(rng.choice(names), rng.choice(sentences)) for _ in range(STATEMENTS)]
        if said and rng.random() < 1 / 3:
            name, sentence = rng.choice(said)
            parts[0] = name, " ".join(word for word in sentence.split() if rng.random() > 0.15)
        said.append(parts[0])
        yield made(f"{day}-{n}", (FIRST + timedelta(day)).isoformat(), parts)


def made(id_: str, day: str, parts: list[tuple[str, str]]) -> Record:
    """An article in which each sentence is said by one of the names."""
    text, statements, entities = "", [], {}
    for n, (name, sentence) in enumerate(parts):
        entity = entities.setdefault(name, Entity(f"e{len(entities)}", name, "person", True))
        start = len(text)
        text += f"{name} said {sentence}\n\n"
        source: Span = (start, start + len(name))
        cue, content = (source[1] + 1, source[1] + 5), (source[1] + 6, len(text) - 2)
        statements.append(Statement(f"s{n}", (source,), (cue,), (content,), "indirect", entity.id, None, 1.0))
    return Record(Article(id_, text, published=day), tuple(entities.values()), tuple(statements))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wires", type=Path)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--new", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    with collecting_seldom():  # as `onrecord trails` does
        main(parser.parse_args())
