"""The commands that put articles on the record: `add`, `reread`. Thin, as in cli.py."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli_next import LOOK, say_next
from onrecord.cli_options import (
    Columns,
    Fetch,
    From,
    Nested,
    Paths,
    Where,
    archive_place,
    needs_packages,
    opened,
    reading,
)
from onrecord.cli_scale import Address, Asked, CoreHour, Gpus, ToParquet, needs_ray, put_on_ray
from onrecord.cli_topics import Topics, own_topics
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.adding import Manner, Progress
    from onrecord.errors import InputError
    from onrecord.records import Record
    from onrecord.store.archive import Archive


class Engine(StrEnum):
    """What reads."""

    local = "local"
    ray = "ray"


Processes = Annotated[
    int, typer.Option("--processes", "-p", help="Processes that read, one model each; 0 takes all cores.", min=0)
]


def attach(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (add, reread):
        app.command()(command)


def add(
    paths: Paths,
    *,
    archive: Where = None,
    nested: Nested = True,
    processes: Processes = 0,
    columns: Columns = None,
    fetch: Fetch = None,
    kind: From = None,
    topics: Topics = None,
    engine: Annotated[Engine, typer.Option(help="Where to read: on this machine, or on a cluster of Ray's.")] = (
        Engine.local
    ),
    address: Address = None,
    gpus: Gpus = 0.0,
    parquet: ToParquet = None,
    core_hour: CoreHour = None,
) -> None:
    """Put articles on the record. What is there already is left as it is; Ctrl-C keeps what is done."""
    asked = Asked(address, gpus, parquet, core_hour)
    if engine is Engine.local and asked.anything:
        raise OnrecordError("--address, --gpus, --parquet and --core-hour are for --engine ray")
    if engine is Engine.ray:
        needs_ray()
    needs_packages()
    from onrecord.adding import Manner
    from onrecord.pipeline import Settings
    from onrecord.store.archive import Archive

    settings = Settings(threads=1, nested=nested, topics=own_topics(topics))
    manner = Manner(settings, reading(columns, fetch, kind), processes)
    into = None if parquet else Archive.open_or_make(archive_place(archive))
    if engine is Engine.local and into:
        done = put(paths, into, manner)
    else:
        with _shown() as report:
            done = put_on_ray(paths, into, manner, asked, report)
    added = done.added
    typer.echo(
        f"{added.added} added, {added.unchanged} unchanged, {added.corrected} new versions, "
        f"{added.reread} read again, {done.failed} failed"
    )
    _end(done)
    if not parquet:
        say_next(*LOOK, archive=archive)


def put(paths: Sequence[str], archive: "Archive", manner: "Manner") -> "Progress":
    """Put the articles behind paths on the record, and show how far it is."""
    from onrecord.adding import add_paths

    with _shown(paths=paths) as report:
        return add_paths(archive, paths, manner, report)


def reread(*, archive: Where = None, nested: Nested = True, processes: Processes = 0, topics: Topics = None) -> None:
    """Read again what another model read. Each record stays until its new one is there; Ctrl-C keeps what is done."""
    there = opened(archive)
    from onrecord.adding import Manner, reread
    from onrecord.pipeline import Settings, model_version

    settings = Settings(threads=1, nested=nested, topics=own_topics(topics))
    with _shown(total=len(there.read_by_others(model_version()))) as report:
        done = reread(there, Manner(settings, processes=processes), report)
    left = len(there.read_by_others(model_version()))
    typer.echo(f"{done.added.reread} read again, {left} left, {done.failed} failed")
    _end(done)
    say_next("info", archive=archive)


def _end(done: "Progress") -> None:
    """The last line of a run and its exit code."""
    if done.words:
        typer.echo(
            f"{done.words:,} words in {done.seconds:.0f} s, {done.words / done.seconds:,.0f} words/s; "
            f"{done.saved:.0%} of the windows were copies of ones read before"
        )
    if done.failed:
        raise typer.Exit(1)


@contextmanager
def _shown(
    total: int | None = None, paths: Sequence[str] = ()
) -> "Iterator[Callable[[Progress, tuple[InputError, ...]], None]]":
    """Errors one line each as they come, and when a person is looking the pace and the time left."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Shown

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Shown(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task("", total=total)
        if paths and console.is_terminal:
            _count_ahead(paths, lambda total: shown.update(task, total=total))

        def report(progress: "Progress", errors: "tuple[InputError, ...]") -> None:
            for error in errors:
                typer.echo(f"error: {error}", err=True)
            pace = progress.articles / max(progress.seconds, 0.1)
            shown.update(task, completed=progress.articles, description=f"{pace:.1f} articles/s")
            if progress.expected:
                shown.update(task, total=progress.expected)

        yield report


def keeper(place: str) -> "Callable[[Record], object]":
    """What puts one record after another on the record in an archive, made where there is none."""
    needs_packages()
    from onrecord.store.archive import Archive

    kept = Archive.open_or_make(archive_place(place))
    return lambda record: kept.add([record])


def _count_ahead(paths: Sequence[str], tell: "Callable[[int], None]") -> None:
    """Count the articles beside the reading of them, which takes far longer: what can be read twice, and only then."""
    from threading import Thread

    from onrecord.read.articles import read_articles

    if all(os.path.exists(path) for path in paths):
        Thread(target=lambda: tell(sum(1 for _ in read_articles(paths))), daemon=True).start()
