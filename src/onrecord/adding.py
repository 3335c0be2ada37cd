"""From files to the archive: read, leave out what is there, record, commit in batches."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from onrecord.errors import InputError
from onrecord.pipeline import Settings, model_version, record_of
from onrecord.read.articles import read_articles
from onrecord.records import Article, Record
from onrecord.store.adding import Added
from onrecord.store.archive import Archive
from onrecord.store.notes import Run

BATCH = 64
"""Articles that are committed together: what a crash can lose."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an adding has come."""

    added: Added
    failed: tuple[InputError, ...]
    """What could not be read since the last report."""


def add_paths(
    archive: Archive, paths: Sequence[str | Path], settings: Settings, report: Callable[[Progress], None]
) -> tuple[Added, int]:
    """Put every article behind paths on the record, and return what became of them and how many could not be read.

    An article that is there, read by this model, is not read again. `report` hears of every batch once it is on the
    record. What was committed stays when this is interrupted, and the next time goes on from there.
    """
    started, model = datetime.now(UTC), model_version()
    total, failed = Added(), 0
    for batch in _batches(read_articles(paths), BATCH):
        errors = tuple(found for found in batch if isinstance(found, InputError))
        articles = [found for found in batch if not isinstance(found, InputError)]
        added = _add(archive, articles, model, lambda article: record_of(article, settings))
        total, failed = total + added, failed + len(errors)
        report(Progress(total, errors))
    archive.note_run(Run.of("add", model, started, total, failed))
    return total, failed


def _add(archive: Archive, articles: Sequence[Article], model: str, recorded: Callable[[Article], Record]) -> Added:
    new = archive.missing(articles, model)
    done = Added(unchanged=len(articles) - len(new))
    return done + archive.add([recorded(article) for article in new]) if new else done


def _batches(found: Iterator[Article | InputError], size: int) -> Iterator[list[Article | InputError]]:
    while batch := list(islice(found, size)):
        yield batch
