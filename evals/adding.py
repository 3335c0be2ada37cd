"""How fast articles come into an archive, beside the bare forward pass on the same windows, and what it takes.

    python evals/adding.py wires.jsonl --processes 2

Adds every article of the files to a fresh archive in a temporary folder, as `onrecord add` does, and prints

1. articles and words a second, and the share of the windows that were recalled, not read
2. the ratio to the bare forward pass: how many windows a second the adding had read, to how many the same networks
   read a second, on inputs made ready, on one thread in each of as many processes at once. Its windows are those that
   a sample of the same articles needs, the nested pass's included, and with them go the sentences that the sample has
   for the event network. It is timed before and after the adding, for the machine's moods, and the ratio is printed by
   the clock and by CPU time. What the adding recalled counts for nothing
3. the most memory that each process held
4. the archive's size beside its text's, by table, as the adding left it and after `onrecord compact`

A word is a run of non-space characters. Linux only: it asks /proc.
"""

import argparse
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

os.environ.setdefault("LANCE_LOG", "error")  # as the command line does; Lance looks once, when it is imported

from onrecord.adding import Manner, Progress, add_paths
from onrecord.annotate import session, stage
from onrecord.annotate.events import load_events, read_scenes
from onrecord.annotate.memory import Memory
from onrecord.coding.scenes import scenes
from onrecord.errors import InputError
from onrecord.pipeline import Settings
from onrecord.read.articles import read_articles
from onrecord.records import Article
from onrecord.resolve.actors.registry import Registry
from onrecord.resolve.speakers import resolve
from onrecord.store.archive import Archive

MB = 2**20


class Overheard:
    """A network's session, which keeps what it is asked."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.asked: list[dict[str, Any]] = []

    def run(self, names: None, given: dict[str, Any]) -> Any:
        self.asked.append(given)
        return self.inner.run(names, given)


Times = tuple[int, float, float]
"""Windows, seconds by the clock, seconds of CPU."""


def forward(articles: Sequence[Article], barrier: Any, answers: Any) -> None:
    """In a process of its own: what some articles ask of the networks, then, together with the others, the networks on
    it.
    """
    model, event_model = session.load(1), load_events(1)
    windows, sentences = Overheard(model.session), Overheard(event_model.session)
    listening = replace(model, session=windows, memory=Memory())  # type: ignore[arg-type]
    coding = replace(event_model, session=sentences)  # type: ignore[arg-type]
    for article in articles:
        record = resolve(article, stage.annotate(article, listening), Registry.load())
        read_scenes(article.text, scenes(record), coding)
    barrier.wait()
    wall, cpu = time.perf_counter(), time.process_time()
    for heard in (windows, sentences):
        for given in heard.asked:
            heard.inner.run(None, given)
    answers.put((len(windows.asked), time.perf_counter() - wall, time.process_time() - cpu))


def time_forward(sample: Sequence[Article], processes: int) -> list[Times]:
    """The bare forward pass in so many processes at once, each on its share of the sample."""
    context = get_context("spawn")
    barrier, answers = context.Barrier(processes), context.Queue()
    running = [context.Process(target=forward, args=(sample[n::processes], barrier, answers)) for n in range(processes)]
    for process in running:
        process.start()
    times = [answers.get() for _ in running]
    for process in running:
        process.join()
    return times


@contextmanager
def watching() -> Iterator[dict[int, tuple[str, int]]]:
    """What each process of this one's held at most, in bytes, as the system counts it, by process id."""
    held: dict[int, tuple[str, int]] = {}
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(0.25):
            for pid in (os.getpid(), *children(os.getpid())):
                try:
                    status = Path(f"/proc/{pid}/status").read_text("utf-8")
                    name = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                except OSError:  # it ended meanwhile
                    continue
                peak = [int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")]
                if peak:
                    held[pid] = (_role(pid, name), peak[0])

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        stop.set()
        thread.join()


def _role(pid: int, command: str) -> str:
    if pid == os.getpid():
        return "parent"
    return "tracker" if "resource_tracker" in command else "worker"


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in found for child in path.read_text("utf-8").split()]


def cpu_seconds() -> float:
    """Of this process and of those that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def told(progress: Progress, errors: tuple[InputError, ...]) -> None:
    for error in errors:
        print(f"error: {error}", file=sys.stderr)
    if sys.stderr.isatty():
        print(f"\r{progress.articles:,} articles", end="", file=sys.stderr, flush=True)


def measure(archive: Archive, paths: Sequence[Path], processes: int, sample: Sequence[Article]) -> None:
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    times = time_forward(sample, processes)
    with watching() as held:
        cpu = cpu_seconds()
        done = add_paths(archive, paths, Manner(Settings(threads=1), processes=processes), told)
        while any(role == "worker" and Path(f"/proc/{pid}").exists() for pid, (role, _) in held.items()):
            time.sleep(0.1)  # their CPU time counts when they have ended
        cpu = cpu_seconds() - cpu
    print(
        f"{done.added.added:,} added, {done.failed} failed, in {done.seconds:.0f} s: "
        f"{done.added.added / done.seconds:.1f} articles/s, {done.words / done.seconds:,.0f} words/s",
        flush=True,
    )
    print(f"{done.windows:,} windows read, {done.recalled:,} recalled ({done.saved:.1%})")
    times += time_forward(sample, processes)
    walls = [windows / wall for windows, wall, _ in times]
    bare = sum(walls) / 2  # two timings of all processes
    bare_cpu = sum(windows for windows, _, _ in times) / sum(used for _, _, used in times)
    rate, rate_cpu = done.windows / done.seconds, done.windows / cpu
    print(
        f"bare forward pass in {processes} processes: {bare:.1f} windows/s "
        f"({sum(walls[:processes]):.1f} before, {sum(walls[processes:]):.1f} after), {bare_cpu:.1f} per CPU second"
    )
    print(f"adding: {rate:.1f} windows/s, {rate_cpu:.1f} per CPU second (all processes, start and loading included)")
    print(f"ratio to the bare forward pass {rate / bare:.3f} by the clock, {rate_cpu / bare_cpu:.3f} by CPU time")
    peaks = sorted(held.values())
    each = ", ".join(f"{role} {peak / MB:.0f}" for role, peak in peaks)
    print(f"peak memory {sum(peak for _, peak in peaks) / MB:,.0f} MB in all, pages shared counted each time ({each})")


def show_size(archive: Archive, label: str) -> None:
    found = archive.info()
    print(f"{label}: {found.size / MB:.1f} MB, text {found.text / MB:.1f} MB, ratio {found.size / found.text:.2f}")
    for table in sorted((archive.root / "tables").iterdir()):
        parts = {part.name: size_of(part) for part in table.iterdir()}
        each = ", ".join(f"{name} {size / MB:.2f}" for name, size in sorted(parts.items()) if size > 0.005 * MB)
        print(f"  {table.stem:10} {sum(parts.values()) / MB:7.2f} MB ({each})")


def size_of(path: Path) -> int:
    return sum(one.stat().st_size for one in (path, *path.rglob("*")) if one.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="+", help="what `onrecord add` takes")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--sample", type=int, default=600, help="articles for the bare forward pass")
    parser.add_argument("--limit", type=int, help="only the first so many lines of a single JSONL file")
    parser.add_argument("--keep", type=Path, help="make the archive here and leave it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = given.paths
        if given.limit:
            cut = Path(folder) / "first.jsonl"
            with given.paths[0].open("rb") as lines, cut.open("wb") as out:
                out.writelines(line for line, _ in zip(lines, range(given.limit), strict=False))
            paths = [cut]
        articles = [one for one in read_articles(paths) if isinstance(one, Article)]
        sample = articles[:: max(1, len(articles) // given.sample)]
        print(f"{len(articles):,} articles, sample of {len(sample)}", flush=True)
        del articles
        archive = Archive.make(given.keep or Path(folder) / "archive")
        measure(archive, paths, given.processes, sample)
        show_size(archive, "archive as added")
        archive.tidy()
        show_size(archive, "after compact")
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
