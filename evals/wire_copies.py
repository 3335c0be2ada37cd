"""Wire copy found among stories and rewritten copies of them: precision and recall.

    python evals/wire_copies.py WIRES.jsonl [--copies 3000] [--seed 1]

Each copy is of a story drawn at random, of fifty words or more: its dateline and credit replaced, and one or several
of: the end trimmed, paragraphs moved, a word changed in every tenth sentence, a sentence of the outlet's own added.
A pair of articles is right when one is made from the other or both from one story. Stories that are copies of each
other as they are (corrections, updates, what was sent twice) are no mistakes: two stories count as one when half of the
shorter one's sentences, or more, are the other's.
"""

import argparse
import json
import random
import re
import time
from datetime import datetime
from itertools import combinations
from pathlib import Path

from onrecord.records import Article
from onrecord.trails.copies import Copies

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_HEAD = re.compile(r"\A.{0,80}?\s-\s", re.DOTALL)
OWN = "The Harbour Courier could not reach anybody at the company for its view of the matter on Thursday night."


def main(options: argparse.Namespace) -> None:
    """Make the copies, find them, print the figures."""
    rng = random.Random(options.seed)
    with options.wires.open(encoding="utf-8") as lines:
        stories = [json.loads(line) for line in lines]
    long = [s for s in stories if len(s["text"].split()) >= 50]
    articles = [Article(s["id"], s["text"], outlet="Reuters", published=day_of(s)) for s in stories]
    made = {}
    for n, story in enumerate(rng.choices(long, k=options.copies)):
        made[f"copy-{n}"] = story["id"]
        articles.append(Article(f"copy-{n}", rewritten(story["text"], rng), outlet="Courier", published=day_of(story)))
    rng.shuffle(articles)
    started = time.perf_counter()
    copies = Copies()
    for article in articles:
        copies.add(article)
    groups = [[copy.article for copy in group.copies] for group in copies.groups()]
    seconds = time.perf_counter() - started
    given = [pair for group in groups for pair in combinations(group, 2)]
    of_copies = [pair for pair in given if pair[0] in made or pair[1] in made]
    texts = {s["id"]: s["text"] for s in stories}
    right = [pair for pair in of_copies if one_story(*(texts[made.get(article, article)] for article in pair))]
    origin = {frozenset((copy, story)) for copy, story in made.items()}
    found = origin & {frozenset(pair) for pair in given}
    print(f"{len(articles):,} articles in {seconds:.1f} s, {len(made):,} of them rewritten copies")
    print(f"recall    {len(found) / len(origin):.4f} of the copies are joined to their story")
    print(f"precision {len(right) / len(of_copies):.4f} of the pairs with a copy ({len(of_copies):,})")
    originals = [pair for pair in given if pair[0] not in made and pair[1] not in made]
    alike = sum(one_story(texts[a], texts[b]) for a, b in originals)
    print(f"of {len(originals):,} pairs of two originals, {alike:,} have half of their sentences in common")


def one_story(one: str, other: str) -> bool:
    """Whether two stories are one, sent twice or brought up to date."""
    sides = [{" ".join(re.findall(r"\w+", x.casefold())) for x in _SENTENCE.split(text)} for text in (one, other)]
    return 2 * len(sides[0] & sides[1]) >= max(1, min(map(len, sides)))


def day_of(story: dict[str, str]) -> str | None:
    """The day as ISO 8601, from `published` or Reuters' own "3-MAR-1987 09:18:21.26"."""
    raw = story.get("published_raw", "").split(" ")[0]
    return story.get("published") or (datetime.strptime(raw, "%d-%b-%Y").date().isoformat() if raw else None)


def rewritten(text: str, rng: random.Random) -> str:
    """One story as another outlet would carry it."""
    paragraphs = [p for p in re.split(r"\n\s*\n|\n(?=\s{4})", _HEAD.sub("", text, count=1)) if p.strip()]
    if len(paragraphs) < 3:
        sentences = _SENTENCE.split(" ".join(paragraphs))
        paragraphs = [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]
    kinds = rng.sample(("trimmed", "moved", "changed", "added"), rng.randint(1, 3))
    if "trimmed" in kinds:
        paragraphs = paragraphs[: max(1, round(len(paragraphs) * rng.uniform(0.5, 0.9)))]
    if "moved" in kinds:
        rng.shuffle(paragraphs)
    if "changed" in kinds:
        paragraphs = [changed(p, rng) for p in paragraphs]
    if "added" in kinds:
        paragraphs.insert(rng.randint(0, len(paragraphs)), OWN)
    return "HARBOUR CITY (Courier Service) - " + "\n\n".join(paragraphs)


def changed(paragraph: str, rng: random.Random) -> str:
    """One word in some ten of its sentences replaced, at least one."""
    words = paragraph.split(" ")
    for _ in range(max(1, len(words) // 200)):
        words[rng.randrange(len(words))] = "altered"
    return " ".join(words)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wires", type=Path)
    parser.add_argument("--copies", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    main(parser.parse_args())
