"""An archive of millions of statements, made here, and how fast it answers.

    python evals/archive_at_scale.py --statements 5000000 --archive /tmp/scale.archive

Makes the archive (again with --fresh, else it uses what is there), then prints

1. search with two filters, first page of 20: median and 99th percentile, warm, over many different queries
2. more like a text, among all and with two filters
3. facets and the monthly histogram of a word that stands in 5% of the statements
4. adding 1,000 articles, beside the same add to an empty archive
5. the size on disk, and the machine's load before and after

The text is made of sentences of our own over a few hundred words and 20,000 made-up names, the frequent ones far more
frequent than the rest, as in news; ten statements an article, ten years, 300 outlets.
"""

import argparse
import os
import random
import resource
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from onrecord.alike import like
from onrecord.records import MEANING_BITS, Article, Entity, Mention, Record, Spans, Statement
from onrecord.store.archive import Archive
from onrecord.store.filters import Filters

T = TypeVar("T")
IN_FIVE_PERCENT = "reservoir"
PER_ARTICLE = 10
BATCH = 1_000
SUBJECTS = """the government; our ministry; the central bank; the northern province; every farmer in the valley; the
committee; a majority of members; the railway workers; the opposition; the coast guard; our neighbours; the port
authority; the court; both delegations; the electricity company; the new cabinet; the mission; investors; the union;
the harvest; the exchange rate; the border police; small businesses; the election commission; the prosecutor"""
VERBS = """will not accept; has agreed to postpone; is preparing; rejects; should publish; cannot pay for; has
doubled; wants to renegotiate; must explain; will vote on; has suspended; is counting on; denies; supports; will
finance; is reviewing; has lifted; keeps delaying; would welcome; has extended; will audit; is ready to discuss;
condemns"""
OBJECTS = """the sanctions regime; the ceasefire; the water agreement; a second round of talks; the budget; grain
exports; the pipeline; S-400 deliveries; the F-16 programme; pension reform; the customs union; the fishing quota; the
peace plan; the audit; the visa rules; the tax on fuel; emergency loans; the border crossing; the trade deficit; the
inquiry; wage increases; the constitution; the airport; the prisoner exchange; the inspection of ships; the dam"""
TAILS = """before the end of the month; despite the criticism; because nobody else will; as long as the fighting goes
on; without asking parliament; under the terms of the treaty; after the flood; for the third year in a row; in the
eastern districts; with the help of donors; unless prices fall; since the summer; if the weather holds; on our own
terms; for reasons of safety; at any price; as the law demands; in spite of the drought; together with our partners"""
SYLLABLES = "ba cor del fen gar hol is jun kal lor mav nes or pel quin ras sol tar ul ven wes yar zan ber dan mir"
CUES = ("said", "told", "warned", "added", "claimed", "promised")
VENUES = (None, None, None, "interview", "press conference", "statement", "post")


def phrases(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split(";")]


class Press:
    """Makes articles, always the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.meanings = random.Random(seed)
        fixed = random.Random(1)
        self.subjects, self.verbs, self.objects, self.tails = map(phrases, (SUBJECTS, VERBS, OBJECTS, TAILS))
        names = (self._name(fixed) for _ in range(60_000))
        self.people = list(dict.fromkeys(names))[:20_000]
        self.outlets = [
            f"The {self._word(fixed).title()} {kind}" for kind in ("Post", "Observer", "Wire") for _ in range(100)
        ]
        self.bodies = [(f"{self._word(fixed).title()} Union", f"B{n:02}") for n in range(60)]
        self.countries = [f"{a}{b}{c}" for a in "ABCDE" for b in "AEIOU" for c in "NRSTL"]

    def articles(self, count: int, series: str) -> Iterator[Record]:
        for n in range(count):
            yield self.article(f"{series}{n}")

    def article(self, id_: str) -> Record:
        draw = self.draw
        people = [self.frequent(self.people) for _ in range(3)]
        bodies = [self.frequent(self.bodies) for _ in range(2)]
        pieces: list[str] = []
        at, statements = 0, []
        for n in range(PER_ARTICLE):
            content, speaker, cue = self.sentence(), draw.randrange(3), draw.choice(CUES)
            name = people[speaker][0]
            line = f"“{content},” {name} {cue}.\n"
            source = at + len(content) + 4
            spans: tuple[Spans, Spans, Spans] = (
                ((source, source + len(name)),),
                ((source + len(name) + 1, source + len(name) + 1 + len(cue)),),
                ((at + 1, at + 1 + len(content)),),
            )
            statements.append(self._statement(n, spans, speaker))
            pieces.append(line)
            at += len(line)
        outlet = self.frequent(self.outlets)
        day = f"{draw.randint(2015, 2024)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        entities = [
            Entity(f"e{n}", name, "person", True, (name.split()[-1],), country, "minister", country, None,
                   (Mention(statements[n].source[0], "name"),))
            for n, (name, country) in enumerate(people)
        ]  # fmt: skip
        entities += [Entity(f"b{n}", name, "igo", True, code=code) for n, (name, code) in enumerate(bodies)]
        article = Article(id_, "".join(pieces), None, outlet, statements and pieces[0][1:60], (), "en", day)
        return Record(article, tuple(entities), tuple(statements), model="made")

    def sentence(self) -> str:
        draw = self.draw
        words = " ".join(draw.choice(part) for part in (self.subjects, self.verbs, self.objects, self.tails))
        if draw.random() < 0.05:
            words += f" around the {IN_FIVE_PERCENT}"
        if draw.random() < 0.5:
            words += (
                f" and {draw.choice(self.verbs)} {draw.choice(self.objects)} {self.frequent(self.people)[0]} mentioned"
            )
        return words[0].upper() + words[1:]

    def _statement(self, n: int, spans: tuple[Spans, Spans, Spans], speaker: int) -> Statement:
        draw = self.draw
        about = tuple(f"b{k}" for k in range(2) if draw.random() < 0.4)
        through = (self.frequent(self.outlets),) if draw.random() < 0.1 else ()
        confidence = round(1 - draw.random() ** 2 * 0.7, 4)
        quote = draw.choices(("direct", "indirect", "mixed"), (3, 6, 1))[0]
        return Statement(
            f"s{n}", *spans, quote, f"e{speaker}", None, confidence, about=about, through=through,
            venue=draw.choice(VENUES), speaker_confidence=0.9, meaning=self.meanings.randbytes(MEANING_BITS // 8).hex(),
        )  # type: ignore[arg-type]  # fmt: skip

    def frequent(self, values: Sequence[T]) -> T:
        """One of the values, early ones far more often: rank r about as often as 1 / r."""
        return values[int(len(values) ** self.draw.random()) - 1]

    def _name(self, draw: random.Random) -> tuple[str, str]:
        country = f"{draw.choice('ABCDE')}{draw.choice('AEIOU')}{draw.choice('NRSTL')}"
        return f"{self._word(draw).title()} {self._word(draw).title()}", country

    def _word(self, draw: random.Random) -> str:
        return "".join(draw.choice(SYLLABLES.split()) for _ in range(draw.randint(2, 3)))


def fill(archive: Archive, statements: int) -> None:
    press, began = Press(2), time.perf_counter()
    articles = statements // PER_ARTICLE
    for at in range(0, articles, BATCH):
        archive.add(list(press.articles(min(BATCH, articles - at), f"a{at}-")))
        if at // BATCH % 50 == 49:
            rate = (at + BATCH) * PER_ARTICLE / (time.perf_counter() - began)
            print(f"  {(at + BATCH) * PER_ARTICLE:,} statements, {rate:,.0f} a second", flush=True)
    archive.tidy()


def timed(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return (time.perf_counter() - began) * 1000


def queries(count: int) -> list[tuple[str, Filters]]:
    """Words or phrases, each with two filters of different kinds, none of them twice."""
    press = Press(3)
    draw = press.draw
    filters = {
        "speaker": lambda: press.frequent(press.people)[0].split()[-1],
        "outlet": lambda: press.frequent(press.outlets),
        "about": lambda: press.frequent(press.bodies)[1],
        "since": lambda: f"{draw.randint(2015, 2023)}-{draw.randint(1, 12):02}",
        "until": lambda: f"{draw.randint(2016, 2024)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
        "quote": lambda: draw.choice(("direct", "indirect", "mixed")),
        "country": lambda: draw.choice(press.countries),
        "min_confidence": lambda: draw.choice((0.5, 0.7, 0.9)),
    }
    made = []
    for _ in range(count):
        words = draw.choice(press.objects).removeprefix("the ")
        text = draw.choice(
            (words, f'"{words}"', f"{words} {draw.choice(press.tails).split()[-1]}", words.split()[-1][:5] + "*")
        )
        chosen = draw.sample(sorted(filters), 2)
        made.append((text, Filters(**{name: filters[name]() for name in chosen})))  # type: ignore[arg-type]
    return made


def measure_search(archive: Archive, count: int) -> None:
    asked = queries(count)
    for text, filters in asked[: count // 4]:
        archive.search(text, filters)  # warm
    times = sorted(timed(lambda t=text, f=filters: archive.search(t, f)) for text, filters in asked)  # type: ignore[misc]
    print(
        f"search with two filters, first page, {count} queries, warm: median {statistics.median(times):.1f} ms, "
        f"99th percentile {times[int(count * 0.99) - 1]:.1f} ms, slowest {times[-1]:.1f} ms"
    )


def measure_like(archive: Archive, count: int) -> None:
    asked = queries(count)
    like(archive, asked[0][0])  # warm
    for what, times in (
        ("among all", [timed(lambda t=text: like(archive, t)) for text, _ in asked]),  # type: ignore[misc]
        ("with two filters", [timed(lambda t=text, f=filters: like(archive, t, f)) for text, filters in asked]),  # type: ignore[misc]
    ):
        print(
            f"more like a text, {what}, {count} texts: median {statistics.median(times):.1f} ms, {max(times):.1f} most"
        )


def measure_facets(archive: Archive) -> None:
    found = archive.facets(IN_FIVE_PERCENT)
    times = [timed(lambda: archive.facets(IN_FIVE_PERCENT)) for _ in range(7)]
    share = found.total / max(archive.snapshot.count("statements"), 1)
    print(
        f"facets and histogram of {found.total:,} matches ({share:.1%}), {len(found.month)} months: "
        f"median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms"
    )


def measure_add(archive: Archive, rounds: int, beside: Path) -> None:
    """The same 1,000 articles, in batches of 100, into this archive and into empty ones, in turns."""
    large, empty = [], []
    for n in range(rounds):
        records = list(Press(100 + n).articles(1_000, f"new{time.time_ns()}-"))
        batches = [records[at : at + 100] for at in range(0, len(records), 100)]
        shutil.rmtree(beside, ignore_errors=True)
        fresh = Archive.make(beside)
        large.append(timed(lambda b=batches: [archive.add(batch) for batch in b]))  # type: ignore[misc]
        empty.append(timed(lambda b=batches, f=fresh: [f.add(batch) for batch in b]))  # type: ignore[misc]
    shutil.rmtree(beside, ignore_errors=True)
    one, other = statistics.median(large), statistics.median(empty)
    print(
        f"adding 1,000 articles (10,000 statements) in batches of 100: {one:,.0f} ms, to an empty archive "
        f"{other:,.0f} ms, ratio {one / other:.2f} (medians of {rounds}; {', '.join(f'{t:,.0f}' for t in large)} "
        f"beside {', '.join(f'{t:,.0f}' for t in empty)})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=5_000_000)
    parser.add_argument("--archive", type=Path, default=Path("scale.archive"))
    parser.add_argument("--fresh", action="store_true", help="make the archive again")
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--adds", type=int, default=5)
    given = parser.parse_args()
    if given.fresh:
        shutil.rmtree(given.archive, ignore_errors=True)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    archive = Archive.open_or_make(given.archive)
    if not archive.snapshot.count("articles"):
        took = timed(lambda: fill(archive, given.statements)) / 1000
        print(f"made in {took:,.0f} s")
    found = archive.info()
    print(f"{found.counts['statements']:,} statements, {found.size / 2**20:,.0f} MB, text {found.text / 2**20:,.0f} MB")
    measure_search(archive, given.queries)
    measure_like(archive, max(given.queries // 20, 1))
    measure_facets(archive)
    measure_add(archive, given.adds, given.archive.with_name(given.archive.name + ".empty"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"load {os.getloadavg()[0]:.1f}; peak memory {peak:,.0f} MB")


if __name__ == "__main__":
    main()
