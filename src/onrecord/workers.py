"""The pipeline in several processes: articles in, records out, as they are done.

One model a process, on one thread: the network keeps a core busy by itself, and processes share no lock. An article
goes to the process that read another with its paragraphs (by min-hash), so wire copy meets its copies in that process's
memory of windows, else to the one with the least to do. Every process has a few chunks at hand and no more: reading
waits for the network.
"""

import os
import signal
import threading
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import chain
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for

from onrecord.annotate.parallel import OneBlasThread, in_groups, worker_threads
from onrecord.errors import InputError, OnrecordError
from onrecord.pipeline import Settings, record_of, records_at_once
from onrecord.records import Article, Record

CHUNK = 20_000
"""Code points sent to a process at once: some tenths of a second of work."""
AT_ONCE = 32
"""Articles that go through a stage together."""
AT_HAND = 3
"""Chunks that a process may have before it."""
COPIES = 50_000
"""Min-hashes of which it is remembered who read them."""
PARAGRAPH = 40
"""Shorter paragraphs (bylines, "Advertisement") do not tell copies."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of some articles. `windows` were read by the network, `recalled` had been met before."""

    results: tuple[Record | InputError, ...]
    windows: int = 0
    recalled: int = 0
    unchanged: int = 0
    """Articles that were not read, for they stand on the record as they are."""
    expected: int | None = None
    """How many articles there seem to be in all, where that can be told."""


def read_in_processes(articles: Iterable[Article], settings: Settings, processes: int) -> Iterator[Done]:
    """Records of the articles from so many processes (0: all cores), some at a time, in the order they are done.

    An article that cannot be read comes as an InputError with its id. Raises OnrecordError when a process dies.
    """
    processes = worker_threads(processes)
    if processes == 1:
        for chunk in _chunks(articles):
            yield read_here(chunk, replace(settings, threads=1))
        return
    pools = [_pool(settings) for _ in range(processes)]
    try:
        yield from _spread(articles, pools)
    except BrokenProcessPool as error:
        raise OnrecordError(
            "a reading process was killed (out of memory?): what was done before is kept; run again to go on, "
            "with fewer processes if it happens again"
        ) from error
    finally:
        for pool in pools:
            pool.shutdown(wait=False, cancel_futures=True)


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    chunk: list[Article] = []
    for article in articles:
        chunk.append(article)
        if len(chunk) == AT_ONCE or sum(len(a.text) for a in chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _spread(articles: Iterable[Article], pools: list[ProcessPoolExecutor]) -> Iterator[Done]:
    waiting: list[list[Article]] = [[] for _ in pools]
    running = _Running(len(pools))
    for article in articles:
        which = running.to(article)
        waiting[which].append(article)
        if sum(len(a.text) for a in waiting[which]) < CHUNK:
            continue
        while running.at_hand(which) >= AT_HAND:
            yield from running.finished()
        running.start(pools[which].submit(_work, waiting[which]), which, waiting[which])
        waiting[which] = []
    for which, rest in enumerate(waiting):
        if rest:
            running.start(pools[which].submit(_work, rest), which, rest)
    while running.chunks:
        yield from running.finished()


class _Running:
    """What the processes have before them.

    A copy goes to the process that has read what it copies, anything else to the one with the least before it.
    Versions of one article go to one process as long as one of them is away, and a process's chunks come back in the
    order they were sent: so a correction never comes back before what it corrects.
    """

    def __init__(self, processes: int) -> None:
        self.chunks: dict[Future[Done], tuple[int, list[Article]]] = {}
        self._before = [0] * processes
        """Code points that each process has still to read."""
        self._homes: dict[str, int] = {}
        self._away: Counter[str] = Counter()
        self._readers: dict[int, int] = {}
        """The process that has read a `copy_key`, those asked for last at the end."""

    def to(self, article: Article) -> int:
        """The process that an article is for."""
        key = copy_key(article.text)
        which = self._homes.get(article.id, self._readers.pop(key, None))
        if which is None:
            which = min(range(len(self._before)), key=self._before.__getitem__)
        self._readers[key] = self._homes[article.id] = which
        if len(self._readers) > COPIES:
            del self._readers[next(iter(self._readers))]
        self._away[article.id] += 1
        self._before[which] += len(article.text)
        return which

    def at_hand(self, which: int) -> int:
        """How many chunks a process has."""
        return sum(k == which for k, _ in self.chunks.values())

    def start(self, chunk: Future[Done], which: int, articles: list[Article]) -> None:
        self.chunks[chunk] = which, articles

    def finished(self) -> Iterator[Done]:
        """What is done, as soon as something is, in the order it was sent."""
        done, _ = wait(self.chunks, return_when=FIRST_COMPLETED)
        for chunk in [chunk for chunk in self.chunks if chunk in done]:
            which, articles = self.chunks.pop(chunk)
            for article in articles:
                self._before[which] -= len(article.text)
                self._away[article.id] -= 1
                if not self._away[article.id]:
                    del self._away[article.id], self._homes[article.id]
            yield chunk.result()


def copy_key(text: str) -> int:
    """The same for two texts as likely as they share paragraphs (Broder, 1997, one permutation)."""
    paragraphs = (line.strip() for line in text.splitlines())
    told = [zlib.crc32(p.encode("utf-8", "surrogatepass")) for p in paragraphs if len(p) >= PARAGRAPH]
    return min(told, default=zlib.crc32(text.encode("utf-8", "surrogatepass")))


def _pool(settings: Settings) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_begin, initargs=(settings,))


_SETTINGS = Settings()
"""Of this process, set as it begins."""


def _begin(settings: Settings) -> None:
    global _SETTINGS  # noqa: PLW0603  what a process is told as it begins has no other place
    _SETTINGS = replace(settings, threads=1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent that was killed cannot tell its processes to end."""
    parent = parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _work(articles: list[Article]) -> Done:
    return read_here(articles, _SETTINGS)


def read_here(articles: Sequence[Article], settings: Settings) -> Done:
    """Records of some articles, made in this process. An article that cannot be read comes as an InputError."""
    from onrecord.annotate import session

    memory = session.load(settings.threads, settings.gpu).memory
    before = memory.read, memory.recalled
    with OneBlasThread():  # once for all of them, not for every product
        groups = in_groups(articles, AT_ONCE)
        results = tuple(chain.from_iterable(_records(group, settings) for group in groups))
    return Done(results, memory.read - before[0], memory.recalled - before[1])


def _records(articles: Sequence[Article], settings: Settings) -> Sequence[Record | InputError]:
    try:
        return records_at_once(articles, settings)
    except Exception:  # of one of them: by itself it says so, and the others are read
        return [_record(article, settings) for article in articles]


def _record(article: Article, settings: Settings) -> Record | InputError:
    try:
        return record_of(article, settings)
    except Exception as error:  # one text must not end a run of a million
        return InputError(article.id, f"could not be read: {type(error).__name__}: {error}; please report it")
