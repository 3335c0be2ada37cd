"""The commands on events: `events`, `dyad`. Thin, as in `cli.py`."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from onrecord.cli_archive import Output, stream_to
from onrecord.cli_next import few, say_next
from onrecord.cli_options import Where, opened
from onrecord.cli_records import read_files, sound
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.events import Ask, Dyad, Told
    from onrecord.records import EventStatus

Records = Annotated[
    list[Path] | None,
    typer.Argument(help="Records, as `onrecord read --format jsonl` writes them; without, the archive's."),
]


class By(StrEnum):
    """Periods of a series."""

    day = "day"
    week = "week"
    month = "month"
    year = "year"


class Status(StrEnum):
    """How an event is told."""

    asserted = "asserted"
    negated = "negated"
    conditional = "conditional"
    future = "future"
    demanded = "demanded"


class SeriesFormat(StrEnum):
    """What `dyad` writes."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"
    svg = "svg"
    png = "png"


class EventFormat(StrEnum):
    """What `events` writes."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    plover = "plover"
    gdelt = "gdelt"


def attach(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(events)
    app.command()(dyad)


def events(
    records: Records = None,
    format: Annotated[EventFormat, typer.Option("--format", "-f", help="What to write.")] = EventFormat.jsonl,
    output: Output = None,
    archive: Where = None,
) -> None:
    """Write every event once, with how many tell it and on whose word."""
    failures: list[OnrecordError] = []
    happenings = _told(records, archive, failures).happenings()
    from onrecord.export import gdelt, plover, tabular
    from onrecord.export import happenings as flat

    with stream_to(output) as stream:
        if format is EventFormat.gdelt:
            gdelt.write_gdelt(happenings, stream)
        elif format is EventFormat.plover:
            plover.write_plover(happenings, stream)
        elif format is EventFormat.csv:
            tabular.write_csv(flat.flat_rows(happenings), flat.COLUMNS, stream)
        elif format is EventFormat.parquet:
            tabular.write_parquet(list(flat.flat_rows(happenings)), flat.COLUMNS, stream)
        else:
            flat.write_happenings(happenings, stream)
    _end(failures)
    if output:
        say_next("dyad", "ACTOR", "ACTOR", *few([str(path) for path in records or ()]), archive=archive)


def dyad(  # noqa: PLR0917
    first: Annotated[str, typer.Argument(help="A code such as RUS or EU, or a name.")],
    second: Annotated[str, typer.Argument(help="The other side.")],
    records: Records = None,
    by: Annotated[By, typer.Option(help="Period of a row.")] = By.month,
    since: Annotated[str | None, typer.Option(help="Events on or after YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(help="Events on or before; a month or year counts whole.")] = None,
    status: Annotated[
        list[Status] | None, typer.Option(help="Count events told so; may be given again. Else asserted ones.")
    ] = None,
    format: Annotated[SeriesFormat, typer.Option("--format", "-f", help="What to write.")] = SeriesFormat.table,
    output: Output = None,
    archive: Where = None,
) -> None:
    """What two sides did to each other, period by period, as facts or on whose word; how sure the counts are."""
    from onrecord.events import Ask
    from onrecord.events import dyad as series

    statuses = cast("tuple[EventStatus, ...]", tuple(one.value for one in status or [Status.asserted]))
    ask = Ask(first, second, by.value, since, until, statuses)
    failures: list[OnrecordError] = []
    found = series(_told(records, archive, failures, ask), ask)
    _write_series(found, format, output)
    if found.unplaced:
        typer.echo(f"{found.unplaced} events have no date that names a {by.value}", err=True)
    _end(failures)
    if format is SeriesFormat.table and output is None:
        paths = few([str(path) for path in records or ()])
        say_next("events", *paths, "--format", "csv", "--output", "FILE", archive=archive)


def _told(
    records: list[Path] | None, archive: str | None, failures: list[OnrecordError], ask: "Ask | None" = None
) -> "Told":
    from onrecord.events import in_archive, in_records

    if records and archive:
        raise typer.BadParameter("name records or an archive, not both")
    return in_records(sound(read_files(records), failures)) if records else in_archive(opened(archive), ask)


def _end(failures: Sequence[OnrecordError]) -> None:
    if failures:
        typer.echo(f"{len(failures)} could not be read", err=True)
        raise typer.Exit(1)


def _write_series(found: "Dyad", format: SeriesFormat, output: Path | None) -> None:
    if format is SeriesFormat.table and output is None:
        _show_series(found.to_dicts())
        return
    from onrecord.export import chart, tabular

    rows, columns = found.to_dicts(), found.columns
    with stream_to(output) as stream:
        if format is SeriesFormat.json:
            tabular.write_json(rows, stream)
        elif format is SeriesFormat.parquet:
            tabular.write_parquet(rows, columns, stream)
        elif format in (SeriesFormat.svg, SeriesFormat.png):
            chart.write_chart(rows, format.value, stream)
        else:
            tabular.write_csv(rows, columns, stream)


def _show_series(rows: Sequence[dict[str, Any]]) -> None:
    """A table a direction, one line a period: all events, and how many of each voice."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    ways: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for row in rows:
        way = ways.setdefault(f"{row['actor']} → {row['recipient']}", {})
        way.setdefault(row["period"], []).append(row)
    for title, periods in ways.items():
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", title=title, title_justify="left")
        for name in ("period", "events", "told", "score", "articles", "per 100 (95%)"):
            table.add_column(name, justify="left" if name in ("period", "told") else "right", no_wrap=name != "told")
        for period, (row, *voices) in periods.items():
            told = ", ".join(f"{one['events']} {one['voice']}" for one in voices if one["events"])
            score = f"{row['cooperation']:+.1f} {row['conflict']:.1f}" if row["events"] else ""
            sure = "" if row["rate"] is None else f"{row['rate']:.1f} ({row['rate_low']:.1f}-{row['rate_high']:.1f})"
            table.add_row(period, str(row["events"]), told, score, str(row["articles"]), sure)
        Console().print(table)
