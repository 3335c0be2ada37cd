"""What runs in a cluster's processes: sources to chunks of new articles, chunks to records.

Both take up what a process before them left when it was killed: the first death costs nothing but time, after it they
go one article at a time, and what has killed as many processes as it may is set aside.
"""

import pickle
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import ray

from onrecord.errors import InputError, SetAside
from onrecord.pipeline import Settings
from onrecord.read.articles import read_sources
from onrecord.read.fields import Options
from onrecord.read.sources import Source
from onrecord.records import Article, Record
from onrecord.scale.parts import Parts, Written
from onrecord.scale.register import TRIES, digest
from onrecord.store.jsonform import clean_text, content_hash
from onrecord.workers import Done, read_here

Columns = dict[str, npt.NDArray[np.object_]]
"""A batch of rows as Ray Data has it: every cell is a pickle, opaque to it."""
Find = Callable[..., Iterator[Article | InputError]]
"""`read_sources`, or what is called as it is."""
Read = Callable[[Sequence[Article], Settings], Done]


@dataclass(slots=True)
class Chunk:
    """Articles that go to a reading process together, with what was found beside them."""

    place: tuple[int, int]
    """(group of sources, articles before it in the group)"""
    articles: list[Article] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one chunk: its records are in `done`, or were `written` where they were made."""

    group: int
    done: Done
    written: Written = field(default_factory=Written)


@dataclass(frozen=True, slots=True)
class Work:
    """What every process of a run is told."""

    settings: Settings = field(default_factory=Settings)
    options: Options | None = None
    """For the formats of sources."""
    chunk: int = 20_000
    """Code points that are read together: some tenths of a second of work."""
    find: Find = read_sources
    """What makes articles of sources."""
    read: Read = read_here
    """What makes records of articles: the pipeline, or what stands in for it to measure all the rest."""
    parts: Parts | None = None
    """Where records are written as Parquet; None: they go to the driver."""


def packed(column: str, value: object) -> Columns:
    """A row for Ray Data that holds one object."""
    return {column: np.array([pickle.dumps(value)], object)}


def chunks(batch: Columns, register: Any, work: Work) -> Iterator[Columns]:
    """The chunks of some groups of sources, without the articles that need no reading."""
    for cell in batch["group"]:
        number, sources = pickle.loads(cell)
        with begun(register, number) as times:
            for chunk in _chunks(number, _found(number, sources, work, register if times > 1 else None), work.chunk):
                _leave_out_what_stands(chunk, register)
                yield packed("chunk", chunk)


@contextmanager
def begun(register: Any, what: Hashable) -> Iterator[int]:
    """While this is open something is being read that may kill its process; gives how many times it was begun.

    What was begun too often stays so, for whoever comes after another death beside it.
    """
    times = ray.get(register.begin.remote(what))
    try:
        yield times
    finally:
        if times <= TRIES:
            register.end.remote(what)


def _found(
    group: int, sources: Sequence[Source | InputError], work: Work, register: Any | None
) -> Iterator[Article | InputError]:
    """What is read from sources; with a register, of each article whether it kills its process."""
    for at, source in enumerate(sources):
        reading = work.find([source], options=work.options)
        yield from reading if register is None else _carefully(reading, source, (group, at), register)


def _carefully(
    reading: Iterator[Article | InputError], source: Source | InputError, place: tuple[int, int], register: Any
) -> Iterator[Article | InputError]:
    number = 0
    while True:
        with begun(register, (*place, number)) as times:
            if times > TRIES:
                why = f"killed the process that read it {TRIES} times, after {number} articles: not read further"
                yield SetAside(source.name if isinstance(source, Source) else source.where, why)
                return
            found = next(reading, None)
        if found is None:
            return
        yield found
        number += 1


def _chunks(group: int, found: Iterator[Article | InputError], size: int) -> Iterator[Chunk]:
    chunk, filled = Chunk((group, 0)), 0
    for one in found:
        if isinstance(one, InputError):
            chunk.errors.append(one)
            filled += len(str(one))
        else:
            chunk.articles.append(one)
            filled += len(one.text)
        if filled >= size:
            following = (group, chunk.place[1] + len(chunk.articles))
            yield chunk
            chunk, filled = Chunk(following), 0
    yield chunk


def _leave_out_what_stands(chunk: Chunk, register: Any) -> None:
    if not chunk.articles:
        return
    told = [digest(clean_text(a.id), content_hash(a)) for a in chunk.articles]
    fresh = ray.get(register.fresh.remote(chunk.place, told))
    chunk.unchanged = fresh.count(False)
    chunk.articles = [article for article, new in zip(chunk.articles, fresh, strict=True) if new]


class Reader:
    """An actor that holds the models."""

    def __init__(self, register: Any, work: Work) -> None:
        self.register = register
        self.work = replace(work, settings=replace(work.settings, threads=1))

    def __call__(self, batch: Columns) -> Iterator[Columns]:
        """The answers to some chunks."""
        for cell in batch["chunk"]:
            yield packed("answer", self._answer(pickle.loads(cell)))

    def _answer(self, chunk: Chunk) -> Answer:
        done, written = self._read(chunk), Written()
        records = [one for one in done.results if isinstance(one, Record)]
        errors = [one for one in done.results if not isinstance(one, Record)]
        if self.work.parts:
            written, records = self.work.parts.write(records), []
        results: tuple[Record | InputError, ...] = (*chunk.errors, *errors, *records)
        return Answer(chunk.place[0], replace(done, results=results, unchanged=chunk.unchanged), written)

    def _read(self, chunk: Chunk) -> Done:
        with begun(self.register, ("chunk", chunk.place)) as times:
            if times == 1:
                return self.work.read(chunk.articles, self.work.settings)
            alone = [self._alone(article) for article in chunk.articles]
            results = tuple(one for done in alone for one in done.results)
            return Done(results, sum(d.windows for d in alone), sum(d.recalled for d in alone))

    def _alone(self, article: Article) -> Done:
        with begun(self.register, ("article", article.id)) as times:
            if times > TRIES:
                return Done((SetAside(article.id, f"killed the process that read it {TRIES} times; please report it"),))
            return self.work.read([article], self.work.settings)
