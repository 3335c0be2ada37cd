"""From files to the archive: read, leave out what is there, record in several processes, commit in batches."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import monotonic

from onrecord.errors import InputError
from onrecord.pipeline import Settings, model_version
from onrecord.read.articles import read_articles
from onrecord.read.fields import Options
from onrecord.records import Article, Record
from onrecord.store.adding import Added
from onrecord.store.archive import Archive
from onrecord.store.notes import Run
from onrecord.workers import Done, read_in_processes

BATCH = 256
"""Articles that are committed together: what a crash can lose, beside what the processes have at hand."""
PATIENCE = 10.0
"""Seconds after which a batch is committed though it is not full."""


@dataclass(slots=True)
class Progress:
    """How far an adding has come."""

    added: Added = field(default_factory=Added)
    failures: Counter[str] = field(default_factory=Counter)
    """Inputs that could not be read and articles that could not be recorded, by the kind of error."""
    expected: int | None = None
    """How many inputs there will be, where that can be told."""
    statements: int = 0
    """Of the articles recorded in this run."""
    words: int = 0
    """Words (runs of non-space characters) of the articles recorded in this run."""
    windows: int = 0
    """Windows of text that the network read."""
    recalled: int = 0
    """Windows that it did not have to read again: copies of what it had read."""
    seconds: float = 0.0

    @property
    def failed(self) -> int:
        """Inputs that could not be read, or articles that could not be recorded."""
        return self.failures.total()

    @property
    def articles(self) -> int:
        """Inputs done with, one way or another."""
        a = self.added
        return a.added + a.unchanged + a.corrected + a.reread + self.failed

    @property
    def saved(self) -> float:
        """Share of the windows that had been met before, 0 to 1."""
        return self.recalled / (self.windows + self.recalled) if self.recalled else 0.0


Report = Callable[[Progress, tuple[InputError, ...]], None]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run is done: what to read in which way, with what and in how many processes."""

    settings: Settings = field(default_factory=Settings)
    options: Options | None = None
    processes: int = 0
    """0 takes all cores."""


def add_paths(
    archive: Archive,
    paths: Sequence[str | Path],
    manner: Manner,
    report: Report,
) -> Progress:
    """Put every article behind paths on the record; returns what became of them.

    An article that is there, read by this model, is not read again. `report` hears how far it is and what failed since
    it was last told. What was committed stays when this is interrupted, and the next time goes on from there.
    """
    adding = Adding(archive, report)
    new = adding.new(read_articles(paths, options=manner.options))
    return adding.run(read_in_processes(new, manner.settings, manner.processes), "add")


def reread(archive: Archive, manner: Manner, report: Report) -> Progress:
    """Read again every article that another model read; returns what became of them.

    An article's record stays until its new one takes its place, so searches find everything all the while, and after
    an interruption the next time goes on with the rest.
    """
    ids = archive.read_by_others(model_version())
    adding = Adding(archive, report)
    new = adding.new(archive.articles(ids))
    return adding.run(read_in_processes(new, manner.settings, manner.processes), "reread")


class Adding:
    """One run: what is new is read somewhere, what comes of it is gathered and committed."""

    def __init__(self, archive: Archive, report: Report) -> None:
        self.archive = archive
        self.report = report
        self.model = model_version()
        self.progress = Progress()
        self.errors: list[InputError] = []
        self.records: list[Record] = []
        self.changed = False
        self.began = self.committed = monotonic()

    def run(self, reading: Iterable[Done], command: str) -> Progress:
        """Put what is read on the record, batch by batch, and note the run as one of `command`."""
        started = datetime.now(UTC)
        try:
            for done in reading:
                self._take(done)
                if len(self.records) >= BATCH or monotonic() - self.committed > PATIENCE:
                    self._commit()
                    self._tell()
        finally:  # a Ctrl-C keeps what is done, and the run is noted however it ends
            self._commit()
            run = Run.of(command, self.model, started, self.progress.added, self.progress.failed)
            self.archive.note_run(run)
        if self.changed:
            self.archive.settle()
        self._tell()
        return self.progress

    def new(self, found: Iterator[Article | InputError] | Iterator[Article]) -> Iterator[Article]:
        """The articles that are not on the record yet, as this model reads them."""
        while batch := list(islice(found, BATCH)):
            self._failed([one for one in batch if isinstance(one, InputError)])
            articles = [one for one in batch if not isinstance(one, InputError)]
            new = self.archive.missing(articles, self.model)
            self.progress.added += Added(unchanged=len(articles) - len(new))
            self._tell()
            yield from new

    def _take(self, done: Done) -> None:
        self._failed([one for one in done.results if isinstance(one, InputError)])
        records = [one for one in done.results if not isinstance(one, InputError)]
        self.records += records
        self.progress.added += Added(unchanged=done.unchanged)
        self.progress.expected = done.expected or self.progress.expected
        self.progress.statements += sum(len(record.statements) for record in records)
        self.progress.words += sum(len(record.article.text.split()) for record in records)
        self.progress.windows += done.windows
        self.progress.recalled += done.recalled

    def _failed(self, errors: Sequence[InputError]) -> None:
        self.errors += errors
        self.progress.failures.update(type(error).__name__ for error in errors)

    def _commit(self) -> None:
        if self.records:
            added = self.archive.add(self.records)
            self.changed = self.changed or added.unchanged < len(self.records)
            self.progress.added += added
            self.records = []
        self.committed = monotonic()

    def _tell(self) -> None:
        self.progress.seconds = monotonic() - self.began
        self.report(self.progress, tuple(self.errors))
        self.errors = []
