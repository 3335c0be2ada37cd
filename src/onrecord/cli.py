"""The command line. Thin: what is heavy is imported by the command that needs it."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO, cast

import typer

from onrecord import (
    cli_actors,
    cli_adding,
    cli_archive,
    cli_demo,
    cli_events,
    cli_explore,
    cli_positions,
    cli_topics,
    cli_trails,
    cli_users,
)
from onrecord.cli_next import LOOK, few, say_next
from onrecord.cli_options import Columns, Fetch, From, Nested, Paths, reading
from onrecord.cli_topics import Topics, own_topics
from onrecord.errors import InputError, OnrecordError

if TYPE_CHECKING:
    from onrecord.records import Article, Record

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Put the news on the record: who said what, with the evidence."
)
evaluate = typer.Typer(no_args_is_help=True, help="Measure against gold files of your own or ours.")
app.add_typer(evaluate, name="eval")
cli_demo.attach(app)
cli_actors.register(app)
cli_adding.attach(app)
cli_archive.attach(app)
cli_events.attach(app)
cli_explore.attach(app)
cli_users.attach(app)
cli_trails.register(app, evaluate)
cli_topics.register(evaluate)
cli_positions.register(app, evaluate)

FEW = 3
"""More articles than this and a progress line is worth showing."""
Gold = Annotated[Path, typer.Argument(help="Gold file, one JSON object an article.", exists=True, dir_okay=False)]
Threads = Annotated[int, typer.Option(help="Threads for the encoder; 0 takes all cores.", min=0)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of lines.")]


class Format(StrEnum):
    """What `read` writes."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    html = "html"


@app.command()
def read(
    paths: Paths,
    *,
    format: Annotated[Format, typer.Option("--format", "-f", help="What to write.")] = Format.table,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file instead of the terminal.")
    ] = None,
    nested: Nested = True,
    threads: Threads = 0,
    columns: Columns = None,
    fetch: Fetch = None,
    kind: From = None,
    topics: Topics = None,
) -> None:
    """Read articles and write down every statement in them."""
    from onrecord.pipeline import Settings, read_all

    failures: list[InputError] = []
    options = reading(columns, fetch, kind)
    settings = Settings(threads, nested, topics=own_topics(topics))
    with _opened(output) as stream:
        records = _sound(_with_progress(read_all(paths, settings, options)), failures)
        _write(records, format, stream)
    if failures:
        typer.echo(f"{len(failures)} could not be read", err=True)
        raise typer.Exit(1)
    if output and format is Format.jsonl:
        say_next("actors", str(output))
    elif output or format is Format.table:
        say_next("add", *few(paths))


@app.command()
def watch(
    feeds: Annotated[Path, typer.Argument(help="The feeds: a TOML file with a table for each.", dir_okay=False)],
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Add the records to this file of JSON lines.")
    ] = None,
    state: Annotated[
        Path | None, typer.Option(help="Folder for what is known of the feeds; if not said, that of FEEDS.")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Poll every feed once and end.")] = False,
    archive: Annotated[
        str | None, typer.Option(help="Put the records on the record in this archive, instead of writing them.")
    ] = None,
    nested: Nested = True,
    threads: Threads = 0,
    topics: Topics = None,
) -> None:
    """Poll feeds and write down every statement in what is new, as JSON lines; until Ctrl-C, or once."""
    from onrecord.export.jsonl import write_jsonl
    from onrecord.pipeline import Settings, record_of
    from onrecord.watch import State, read_feed_list
    from onrecord.watch import watch as polls

    keep = cli_adding.keeper(archive) if archive else None
    settings = Settings(threads, nested, topics=own_topics(topics))

    def handle(article: "Article") -> None:
        record = record_of(article, settings)
        if keep is not None:
            keep(record)
            return
        write_jsonl([record], stream)
        stream.flush()

    listed = read_feed_list(feeds)
    known = State((state or feeds.parent) / f"{feeds.stem}.state.json")
    failures = 0
    with _opened(output, "a") as stream, _until_stopped():
        for poll in polls(listed, known, handle, once=once):
            # beside records on standard output, news of the polls goes to standard error
            typer.echo(str(poll), err=output is None and archive is None)
            for error in poll.errors:
                typer.echo(f"error: {error}", err=True)
            failures += len(poll.errors)
    if failures:
        typer.echo(f"{failures} could not be read", err=True)
        raise typer.Exit(1)
    if archive:
        say_next(*LOOK, archive=archive)
    elif output:
        say_next("actors", str(output))
    else:
        say_next("watch", str(feeds), "--archive", "DIR")


@contextmanager
def _until_stopped() -> Iterator[None]:
    """Ends its block without an error on Ctrl-C, and on the signal by which services are stopped."""
    import signal

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)
    finally:
        signal.signal(signal.SIGTERM, before)


def _sound(results: "Iterable[Record | InputError]", failures: list[InputError]) -> "Iterator[Record]":
    """The records; errors are shown at once, one line each, and kept."""
    for result in results:
        if isinstance(result, InputError):
            typer.echo(f"error: {result}", err=True)
            failures.append(result)
        else:
            yield result


def _write(records: "Iterator[Record]", format: Format, stream: TextIO) -> None:
    if format is Format.jsonl:
        from onrecord.export.jsonl import write_jsonl

        write_jsonl(records, stream)
    elif format is Format.json:
        from onrecord.export.jsonl import write_json

        write_json(records, stream)
    elif format is Format.html:
        from onrecord.export.html import render_page

        stream.write(render_page(list(records)))
    else:
        from rich.console import Console

        from onrecord.export.table import print_records

        print_records(records, Console(file=stream))


@contextmanager
def _opened(output: Path | None, mode: str = "w") -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    try:
        stream = cast(TextIO, output.open(mode, encoding="utf-8", errors="replace", newline=""))
    except OSError as error:
        raise OnrecordError(f"{output}: cannot be written ({error.strerror})") from error
    with stream:
        yield stream


def _with_progress(results: "Iterator[Record | InputError]") -> "Iterator[Record | InputError]":
    """Show articles read and words per second once there are more than a few, when a person is looking."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield from results
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:,.0f} articles"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("read", total=None, rate="", visible=False)
        words = 0
        for n, result in enumerate(results, 1):
            words += 0 if isinstance(result, InputError) else len(result.article.text.split())
            elapsed = progress.tasks[0].elapsed or 0.0
            rate = f"{words / elapsed:,.0f} words/s" if elapsed > 1 else ""
            progress.update(task, completed=n, rate=rate, visible=n > FEW)
            yield result


@evaluate.command("attribution")
def evaluate_attribution(gold: Gold, as_json: AsJson = False, threads: Threads = 0) -> None:
    """Source, cue and content against GOLD: {"id", "text", "attributions": [{"source", "cue", "content"}]}."""
    from onrecord.evaluate import attribution
    from onrecord.evaluate.predictions import attributions_of

    rows = attribution.load_gold(gold)
    predicted = [attributions_of(row, threads) for row in _tracked(rows)]
    score = attribution.score(rows, predicted)
    _print_score(score.to_dict(), attribution.format_score(score), as_json, "calibration", str(gold))


@evaluate.command("record")
def evaluate_record(gold: Gold, as_json: AsJson = False, threads: Threads = 0) -> None:
    """Whole records against GOLD: statements, speakers, nesting, datelines, events."""
    from onrecord.evaluate import attribution, record
    from onrecord.evaluate.predictions import record_of_row

    rows = attribution.load_rows(gold)
    score = record.score(rows, [record_of_row(row, threads).to_dict() for row in _tracked(rows)])
    _print_score(score.to_dict(), record.format_score(score), as_json, "links", str(gold))


@evaluate.command("speakers")
def evaluate_speakers(
    gold: Gold,
    speakers: Annotated[
        Path, typer.Argument(help="Who each attribution's source is, one object an article.", exists=True)
    ],
    given: Annotated[bool, typer.Option("--given", help="Take GOLD's attributions; only name their speakers.")] = False,
    as_json: AsJson = False,
    threads: Threads = 0,
) -> None:
    """Who speaks, against SPEAKERS: {"id", "speakers": [{"attribution", "name", "mention", "names"}]}."""
    from onrecord.evaluate import attribution
    from onrecord.evaluate import speakers as scorer
    from onrecord.evaluate.predictions import record_of_row, resolved_row

    named = scorer.load_speakers(speakers)
    wanted = {row["id"] for row in named}
    rows = [row for row in attribution.load_gold(gold) if row["id"] in wanted]
    records = [(resolved_row(row) if given else record_of_row(row, threads)).to_dict() for row in _tracked(rows)]
    score = scorer.score(rows, named, records)
    _print_score(score.to_dict(), scorer.format_score(score), as_json, "attribution", str(gold))


@evaluate.command("gap")
def evaluate_gap(
    file: Annotated[Path, typer.Argument(help="A file of GAP, tab-separated.", exists=True, dir_okay=False)],
    as_json: AsJson = False,
) -> None:
    """Pronouns with two candidate names each (GAP): F1 overall and by gender, and the bias ratio."""
    from onrecord.evaluate import gap

    score = gap.score(gap.load(file))
    _print_score(score.to_dict(), gap.format_score(score), as_json, "speakers", "GOLD", "SPEAKERS")


@evaluate.command("links")
def evaluate_links(gold: Gold, threads: Threads = 0, as_json: AsJson = False) -> None:
    """Countries of linked entities against records: how many are wrong, and which. GOLD as for record."""
    from onrecord.evaluate import attribution, links
    from onrecord.evaluate.predictions import record_of_row

    rows = attribution.load_rows(gold)
    score = links.score(rows, [record_of_row(row, threads).to_dict() for row in _tracked(rows)])
    _print_score(score.to_dict(), links.format_score(score), as_json, "record", str(gold))


@evaluate.command("events")
def evaluate_events(gold: Gold, as_json: AsJson = False) -> None:
    """Which event a marked pair is, against GOLD: {"sentence", "source_spans", "target_spans", "root"}, as PLV's."""
    from onrecord.evaluate import events

    rows = events.load(gold)
    score = events.score(rows, events.code_rows(_tracked(rows)))
    _print_score(score.to_dict(), events.format_score(score), as_json, "record", "GOLD")


@evaluate.command("datelines")
def evaluate_datelines(gold: Gold) -> None:
    """Datelines against stories whose dateline is tagged: {"text", "dateline"}."""
    from onrecord.evaluate import attribution, datelines

    typer.echo(datelines.format_datelines(datelines.score_datelines(attribution.load_rows(gold))))
    say_next("eval", "record", "GOLD")


@evaluate.command("calibration")
def evaluate_calibration(gold: Gold, threads: Threads = 0) -> None:
    """Is a confidence of 0.9 right nine times in ten? GOLD as for attribution."""
    from onrecord.evaluate import attribution, calibration
    from onrecord.evaluate.predictions import attributions_of, judged

    rows = attribution.load_gold(gold)
    confidences, right = judged(rows, [attributions_of(row, threads) for row in _tracked(rows)])
    typer.echo(calibration.format_reliability(calibration.reliability(confidences, right)))
    typer.echo(f"expected calibration error {calibration.expected_calibration_error(confidences, right):.4f}")
    say_next("eval", "attribution", str(gold))


@app.command()
def bench(
    gold: Annotated[Path, typer.Argument(help="Articles to time on, one JSON object with text a line.", exists=True)],
    rounds: Annotated[int, typer.Option(help="Times to repeat; the median is shown.", min=1)] = 3,
) -> None:
    """Words per second, one and two threads, beside the bare forward pass on the same windows."""
    from onrecord.evaluate import attribution, speed

    texts = [str(row["text"]) for row in attribution.load_rows(gold)]
    for line in speed.report(texts, rounds):
        typer.echo(line)
    say_next("eval", "attribution", str(gold))


def _tracked(rows: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(rows, "reading", console=console, transient=True, disable=not console.is_terminal)


def _print_score(values: dict[str, object], lines: str, as_json: bool, *following: str) -> None:
    import json

    typer.echo(json.dumps(values, indent=1) if as_json else lines)
    if not as_json:
        say_next("eval", *following)


def main() -> None:
    """Entry point: our own errors become one line and exit code 1."""
    try:
        app()
    except OnrecordError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # the reader of our output went away (`| head`): nothing to say, and nobody to say it to
        sys.stderr.close()
        sys.exit(141)


if __name__ == "__main__":
    main()
