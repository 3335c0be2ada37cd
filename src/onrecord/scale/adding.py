"""A run on a cluster: sources to the archive, or to plain Parquet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from onrecord.adding import Adding, Progress, Report
from onrecord.errors import InputError
from onrecord.pipeline import model_version
from onrecord.read.sources import Source, find_sources
from onrecord.scale.cluster import Cluster, actors_of, answers, grouped, joined
from onrecord.scale.parts import Parts
from onrecord.scale.reading import Answer, Work
from onrecord.scale.register import digest, digests
from onrecord.store.adding import Added
from onrecord.store.archive import Archive

PART = 1_000_000
"""Code points of the articles of one Parquet file: some five hundred stories, half a minute of work."""


@dataclass(frozen=True, slots=True)
class OnCluster:
    """How a run is done: what every process is told, where, and who hears of it."""

    report: Report
    work: Work = field(default_factory=Work)
    cluster: Cluster = field(default_factory=Cluster)
    joined: Callable[[str | None, int], object] = lambda dashboard, actors: None
    """Told, as soon as it is known, where Ray's dashboard is and how many actors read."""


def add_on_cluster(archive: Archive, paths: Sequence[str | Path], manner: OnCluster) -> Progress:
    """Put every article behind paths on the record, as `add_paths` does, the reading done by a cluster.

    The driver, this process, is the archive's one writer. An article that is there, read by this model, is not read
    again; what was committed stays whatever dies, and the next time goes on from there. Raises OnrecordError.
    """
    answers = _answers(paths, archive.standing(model_version()), manner)
    return Adding(archive, manner.report).run((answer.done for answer in answers), "add")


def write_on_cluster(parts: Parts, paths: Sequence[str | Path], manner: OnCluster) -> Progress:
    """Write the records of every article behind paths as Parquet, by the processes that read them.

    Every version of an article (an id and the text and fields it came with) is there once, whatever died on the way
    and however often it is run. Raises OnrecordError.
    """
    manner = replace(manner, work=replace(manner.work, parts=parts, chunk=PART))
    progress, began = Progress(), monotonic()
    for answer in _answers(paths, parts.standing(model_version()), manner):
        errors = tuple(one for one in answer.done.results if isinstance(one, InputError))
        progress.failures.update(type(error).__name__ for error in errors)
        progress.added += Added(answer.written.articles, answer.done.unchanged)
        progress.statements += answer.written.statements
        progress.words += answer.written.words
        progress.windows += answer.done.windows
        progress.recalled += answer.done.recalled
        progress.expected = answer.done.expected or progress.expected
        progress.seconds = monotonic() - began
        manner.report(progress, errors)
    return progress


def _answers(paths: Sequence[str | Path], standing: Iterator[tuple[str, str]], manner: OnCluster) -> Iterator[Answer]:
    """What comes of the articles, each answer with how many there seem to be in all, from how many a group holds."""
    groups = grouped([_reachable(source) for source in find_sources(paths)])
    known = digests([digest(*version) for version in standing])
    with joined(manner.cluster) as dashboard:
        manner.joined(dashboard, actors_of(manner.cluster))
        met = 0
        for answer in answers(groups, known, manner.work, manner.cluster):
            expected = met * len(groups) // answer.group if answer.group else None
            met += len(answer.done.results) + answer.done.unchanged + answer.written.articles
            yield replace(answer, done=replace(answer.done, expected=expected))


def _reachable(source: Source | InputError) -> Source | InputError:
    """The source, if every process of a cluster may read it by itself."""
    if isinstance(source, InputError) or source.path or source.remote:
        return source
    return InputError(
        source.name, "is read on one machine only, at a pace that its server bears: leave out --engine ray"
    )
