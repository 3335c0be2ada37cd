"""How fast the explorer answers over an archive, alone and under load while articles are added.

    python evals/explorer_load.py ARCHIVE --adding FILE [--clients 50] [--seconds 60]

Works on a copy of the archive, puts a story of 10,000 words into it, made of the archive's own, serves it as `onrecord
serve` does, and prints

1. of each page: how long its first answer takes, over addresses that nobody asked for before, and how large it is
2. the story of 10,000 words in chromium: until it can be read, and the longest frame while it is scrolled through
3. so many clients for so many seconds, each asking for one of those pages as soon as it has the last, and one time in
   fifty for words that nobody asked for before, while `onrecord add FILE` runs on the same archive: answers, errors,
   median and 99th percentile

The clients, the server and the add share the machine; its load is printed with the figures.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, urlencode

import httpx
from serving import ONRECORD, served

from onrecord.store.archive import Archive

EACH = 15
"""Addresses asked of each page that has many."""
NEW = 0.02
"""Of the requests under load, how many ask for words that nobody asked for before."""
LONG = "ten-thousand-words"
_WAIT = 600.0
"""Seconds until who is who must be known."""
T = TypeVar("T")
Pages = dict[str, list[str]]
"""Addresses of each page."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--adding", help="what is added meanwhile: anything `onrecord add` takes")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "copy.archive"
        shutil.copytree(given.archive, place)
        add_long_story(place, Path(folder))
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        with served(place) as address:
            wait_for_actors(address)
            found, words = pages(place, address)
            first_answers(address, found)
            smoothness(address)
            with adding(given.adding, place):
                asyncio.run(under_load(address, found, words, given.clients, given.seconds))
        print(f"load {os.getloadavg()[0]:.1f}")


def add_long_story(place: Path, folder: Path) -> None:
    """Put a story of 10,000 words on the record, of paragraphs that others have."""
    words: list[str] = []
    texts: list[str] = []
    for row in Archive.open(place).sql("SELECT text FROM articles ORDER BY id LIMIT 1000").table.to_pylist():
        if len(words) < 10_000:
            texts.append(row["text"])
            words += row["text"].split()
    story = {"id": LONG, "text": "\n\n".join(texts), "title": "Ten thousand words", "published": "1987-10-20"}
    (folder / "long.jsonl").write_text(json.dumps(story) + "\n", "utf-8")
    subprocess.run([*ONRECORD, "add", folder / "long.jsonl", "--archive", place], check=True, capture_output=True)


@contextlib.contextmanager
def adding(what: str | None, place: Path) -> Iterator[None]:
    """An add that runs beside, ended when it need not run on."""
    if what is None:
        yield
        return
    with subprocess.Popen(
        [*ONRECORD, "add", what, "--archive", place, "--processes", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as it:
        time.sleep(5)  # the model is read, the first articles come in
        yield
        print(f"the add {'was still running' if it.poll() is None else 'had ended'}")
        it.terminate()
    counts = Archive.open(place).info().counts
    print(f"{counts['articles']:,} articles afterwards")


def wait_for_actors(address: str) -> None:
    began = time.monotonic()
    while httpx.get(f"{address}/api/v1/actors?limit=1", timeout=60).status_code != 200:
        if time.monotonic() - began > _WAIT:
            raise SystemExit("who is who does not come to be known")
        time.sleep(0.5)
    print(f"who is who was known after {time.monotonic() - began:.0f} s")


def pages(place: Path, address: str) -> tuple[Pages, list[str]]:
    """Addresses of every page, of what is in the archive; and words that none of them asks for."""
    chance = random.Random(1)
    archive = Archive.open(place)
    ids = [row["id"] for row in archive.sql("SELECT id FROM articles").table.to_pylist()]
    contents = archive.sql("SELECT content FROM statements").table["content"].to_pylist()
    words = [word.lower() for text in chance.sample(contents, min(3_000, len(contents))) for word in text.split()]
    words = list(dict.fromkeys(word for word in words if word.isalpha() and len(word) > 4))
    with httpx.Client(base_url=address, timeout=60) as client:
        actors = [one["id"] for one in client.get("/api/v1/actors?limit=300").json()["data"]]
        pairs = [(one["left"], one["right"]) for one in client.get("/api/v1/pairs").json()["data"]]

    def some(all_: Sequence[T]) -> list[T]:
        return chance.sample(all_, min(EACH, len(all_)))

    twos = list(zip(some(words), some(words), strict=True))

    hours = [f"2020-01-{chance.randint(1, 28):02}T{chance.randint(0, 23):02}:{n:02}" for n in range(EACH)]
    found = {
        "briefing": [f"/?{urlencode({'since': hour})}" for hour in hours],
        "record": [f"/record?{urlencode({'q': word})}" for word in some(words)],
        "record, two words": [f"/record?{urlencode({'q': f'{a} OR {b}'})}" for a, b in twos],
        "compare": [f"/compare?{urlencode({'a': a, 'b': b})}" for a, b in twos],
        "reader": [f"/read/{quote(id_)}" for id_ in some(ids)],
        "reader, 10,000 words": [f"/read/{LONG}"],
        "actors": ["/actors", *(f"/actors?{urlencode({'q': word[:4]})}" for word in some(words))],
        "dossier": [f"/actor/{quote(id_)}" for id_ in some(actors)],
        "pairs": ["/pairs"],
        "pair": [f"/pair/{quote(a, safe='')}/{quote(b, safe='')}" for a, b in some(pairs)],
        "run": ["/run"],
    }
    asked = "".join(path for addresses in found.values() for path in addresses)
    return found, [word for word in words if word not in asked]


def first_answers(address: str, found: Pages) -> None:
    """Ask for each address once, one after another."""
    with httpx.Client(base_url=address, timeout=60, follow_redirects=True) as client:
        for name, addresses in found.items():
            took, sizes, packed = [], [], []
            for path in addresses:
                began = time.perf_counter()
                answer = client.get(path)
                took.append(1_000 * (time.perf_counter() - began))
                if answer.status_code != 200:
                    print(f"{path}: {answer.status_code}")
                sizes.append(len(answer.content) / 1_000)
                packed.append(answer.num_bytes_downloaded / 1_000)
            print(
                f"{name:22} first answer, {len(took):2} addresses: median {statistics.median(took):4.0f} ms, "
                f"slowest {max(took):4.0f} ms; largest {max(sizes):4.0f} kB, {max(packed):3.0f} kB as sent"
            )


def smoothness(address: str) -> None:
    """The long story in a browser: until it can be read, and its longest frame."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        began = time.perf_counter()
        page.goto(f"{address}/read/{LONG}")
        loaded = time.perf_counter() - began
        frames = page.evaluate("""async () => {
            const frames = [];
            let last = performance.now();
            const height = document.documentElement.scrollHeight;
            for (let n = 0; n < 240; n++) {
                scrollTo({ top: height * n / 240, behavior: "instant" });
                await new Promise(requestAnimationFrame);
                const now = performance.now();
                frames.push(now - last);
                last = now;
            }
            return frames.slice(5);
        }""")
        took = page.evaluate("""async () => {
            const took = [];
            for (const mark of [...document.querySelectorAll(".text [data-s]")].slice(0, 200)) {
                const began = performance.now();
                mark.dispatchEvent(new PointerEvent("pointerover", {
                    bubbles: true, pointerType: "mouse", screenX: took.length, screenY: 1, clientX: 300,
                }));
                await new Promise(requestAnimationFrame);
                took.push(performance.now() - began);
            }
            return took;
        }""")
        browser.close()
    print(
        f"10,000 words in chromium: there after {1_000 * loaded:.0f} ms; scrolled through at a median of "
        f"{statistics.median(frames):.0f} ms a frame, 95th percentile {percentile(frames, 95):.0f}, longest "
        f"{max(frames):.0f}; a mark under the mouse shows its statement in {statistics.median(took):.0f} ms, longest "
        f"{max(took):.0f}"
    )


async def under_load(address: str, found: Pages, words: list[str], clients: int, seconds: float) -> None:
    """Clients that ask for one page after another."""
    new = iter(words)
    every = [path for addresses in found.values() for path in addresses if LONG not in path]
    took: list[float] = []
    trouble: list[str] = []
    end = time.monotonic() + seconds

    async def one(chance: random.Random) -> None:
        async with httpx.AsyncClient(base_url=address, timeout=60, follow_redirects=True) as client:
            while time.monotonic() < end:
                word = next(new, None) if chance.random() < NEW else None
                path = f"/record?q={word}" if word else chance.choice(every)
                began = time.perf_counter()
                try:
                    answer = await client.get(path)
                except httpx.HTTPError as error:
                    trouble.append(f"{path}: {error!r}")
                    continue
                took.append(1_000 * (time.perf_counter() - began))
                if answer.status_code != 200:
                    trouble.append(f"{path}: {answer.status_code}")

    await asyncio.gather(*(one(random.Random(n)) for n in range(clients)))
    print(
        f"{clients} clients for {seconds:.0f} s: {len(took):,} answers, {len(trouble)} errors; median "
        f"{statistics.median(took):.0f} ms, 99th percentile {percentile(took, 99):.0f} ms, slowest {max(took):.0f} ms"
    )
    for line in sorted(set(trouble))[:5]:
        print(f"  {line}")


def percentile(values: Sequence[float], per_cent: int) -> float:
    return statistics.quantiles(values, n=100)[per_cent - 1]


if __name__ == "__main__":
    main()
