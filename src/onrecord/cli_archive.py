"""The commands over the archive. Thin, as in cli.py, and without a package of the archive until one of them runs."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, cast

import typer

from onrecord.cli_next import LOOK, asked, say_next
from onrecord.cli_options import Where, archive_place, needs_packages, opened
from onrecord.errors import ArchiveError

if TYPE_CHECKING:
    import pyarrow as pa

    from onrecord.store.search import Facets, Hit

Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of the terminal.")]


class Format(StrEnum):
    """What `search` and `sql` write."""

    table = "table"
    json = "json"
    csv = "csv"
    parquet = "parquet"


Written = Annotated[Format, typer.Option("--format", "-f", help="What to write.")]


def attach(app: typer.Typer) -> None:
    """Add the archive's commands to the command line."""
    for command in (search, sql, info, verify, compact, export):
        app.command()(command)
    app.command("import")(import_)


def search(  # noqa: PLR0917
    query: Annotated[
        str | None,
        typer.Argument(help='Words, "a phrase", begin*, S-400; AND, OR, NOT and brackets. Without: the newest.'),
    ] = None,
    speaker: Annotated[str | None, typer.Option(help="Words of the speaker's name, or a code such as RUS.")] = None,
    about: Annotated[str | None, typer.Option(help="Words of a name the statement speaks of, or its code.")] = None,
    outlet: Annotated[str | None, typer.Option(help="The article's outlet, or its dateline's agency.")] = None,
    via: Annotated[str | None, typer.Option(help="An outlet that the statement came through.")] = None,
    country: Annotated[str | None, typer.Option(help="The speaker's country, ISO 3166 alpha-3.")] = None,
    since: Annotated[str | None, typer.Option(help="Published on or after YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(help="Published on or before; a month or year counts whole.")] = None,
    quote: Annotated[str | None, typer.Option(help="direct, indirect or mixed.")] = None,
    min_confidence: Annotated[float | None, typer.Option(help="0 to 1.")] = None,
    limit: Annotated[int, typer.Option(help="Statements on a page.", min=1, max=1000)] = 20,
    cursor: Annotated[str | None, typer.Option(help="The page after one: the cursor it ended with.")] = None,
    facets: Annotated[bool, typer.Option("--facets", help="Counts by speaker, outlet, quote, topic, month.")] = False,
    format: Written = Format.table,
    output: Output = None,
    archive: Where = None,
) -> None:
    """Find statements by their words, who said them, about whom, where and when."""
    found = opened(archive)
    from onrecord.store.filters import Filters

    filters = Filters(speaker, about, outlet, via, country, since, until, quote, min_confidence)
    if facets:
        counted = found.facets(query, filters)
        _write_facets(counted, format, output)
        if format is Format.table or output:
            top = counted.speaker[0][0] if counted.speaker else None
            say_next("search", *asked(query, asdict(filters) | {"speaker": top or speaker}), archive=archive)
        return
    page = found.search(query, filters, limit=limit, cursor=cursor)
    if format is Format.table and output is None:
        _show_hits(page.hits)
    elif format is Format.json:
        _write_text(json.dumps({"hits": [asdict(h) for h in page.hits], "cursor": page.cursor}, indent=1), output)
    else:
        from onrecord.store.tabular import hits_table

        _write_table(hits_table(page.hits), format, output)
    if page.cursor and format is not Format.json:
        typer.echo(f"more: --cursor {page.cursor}", err=True)
    elif format is Format.table or output:
        say_next("search", *(asked(query, asdict(filters)) if page.hits else ()), "--facets", archive=archive)


def sql(
    query: Annotated[str, typer.Argument(help="One SELECT over articles, statements, entities, events, past, runs.")],
    format: Written = Format.table,
    output: Output = None,
    archive: Where = None,
) -> None:
    """Ask the archive in SQL (DuckDB's), read-only."""
    _write_table(opened(archive).sql(query).table, format, output)
    if format is Format.table and output is None:
        say_next("sql", "QUERY", "--format", "csv", "--output", "FILE", archive=archive)


def info(
    archive: Where = None, as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines.")] = False
) -> None:
    """What the archive holds: counts, size, models, last runs."""
    found = opened(archive).info()
    if as_json:
        typer.echo(json.dumps(asdict(found), indent=1, default=str))
        return
    typer.echo(f"{found.path}: {found.size / 2**20:,.1f} MB, {found.text / 2**20:,.1f} MB of it text")
    typer.echo(", ".join(f"{count:,} {name}" for name, count in found.counts.items()))
    typer.echo(f"published {found.first or '-'} to {found.last or '-'}")
    typer.echo("read by " + (", ".join(f"{model} ({n:,} articles)" for model, n in found.models.items()) or "no model"))
    typer.echo(f"{found.unindexed:,} statements not in the indexes yet (searches find them)")
    for run in found.runs:
        typer.echo(
            f"{run.started:%Y-%m-%d %H:%M} {run.command}: {run.added} added, {run.unchanged} unchanged, "
            f"{run.corrected} new versions, {run.reread} read again, {run.failed} failed"
        )
    say_next(*(LOOK if found.counts["articles"] else ("add", "PATHS")), archive=archive)


def verify(archive: Where = None) -> None:
    """Check that every span lies in its text, every reference resolves, indexes agree, and nothing is there twice."""
    count = 0
    for fault in opened(archive).faults():
        typer.echo(fault)
        count += 1
    if count:
        typer.echo(f"{count} faults", err=True)
        raise typer.Exit(1)
    typer.echo("whole")
    say_next("export", "DIR", archive=archive)


def compact(archive: Where = None) -> None:
    """Put small files together and bring the indexes up to date now; adding does it on its own when due."""
    opened(archive).tidy()
    say_next("info", archive=archive)


def export(
    folder: Annotated[Path, typer.Argument(help="Folder to write into.")],
    archive: Where = None,
) -> None:
    """Write the whole archive as Parquet and JSON lines."""
    counts = opened(archive).export(folder)
    typer.echo(f"{folder}: " + ", ".join(f"{count:,} {name}" for name, count in counts.items()))
    say_next("import", str(folder), archive="NEW")


def import_(
    folder: Annotated[Path, typer.Argument(help="Folder of an export.")],
    archive: Where = None,
) -> None:
    """Take an export into a new archive."""
    needs_packages()
    from onrecord.store.archive import Archive

    place = archive_place(archive)
    typer.echo(f"{place}: {Archive.open_or_make(place).import_from(folder):,} articles")
    say_next(*LOOK, archive=archive)


def _show_hits(hits: "Sequence[Hit]") -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    for hit in hits:
        facts = [hit.speaker or "–", hit.quote, hit.published and hit.published[:10], hit.outlet or hit.agency]
        facts.append("via " + ", ".join(hit.through) if hit.through else None)
        console.print(Text(" · ".join(fact for fact in facts if fact), style="bold"))
        snippet = Text(_visible(hit.snippet))
        for start, end in hit.marks:
            snippet.stylize("bold yellow" if console.is_terminal else "", start, end)
        console.print(snippet)
        console.print(Text(" · ".join(part for part in (hit.title, hit.key) if part), style="dim"))
        console.print()
    if not hits:
        console.print("nothing found")


def _visible(text: str) -> str:
    """The text with control characters as blanks, one for one: marks keep their places, and no terminal is steered."""
    return "".join(c if c.isprintable() else " " for c in text)


def _write_facets(counted: "Facets", format: Format, output: Path | None) -> None:
    from onrecord.store.tabular import FACETS, facets_table

    if format is Format.json:
        values = {name: dict(getattr(counted, name)) for name in FACETS}
        _write_text(json.dumps({"total": counted.total, **values}, indent=1, ensure_ascii=False), output)
    else:
        _write_table(facets_table(counted), format, output)


def _write_table(table: "pa.Table", format: Format, output: Path | None) -> None:
    if format is Format.json:
        lines = json.dumps(table.to_pylist(), indent=1, ensure_ascii=False, default=str)
        _write_text(lines, output)
    elif format is Format.csv:
        import csv
        import io

        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(table.column_names)
        writer.writerows([_cell(value) for value in row.values()] for row in table.to_pylist())
        _write_text(buffer.getvalue().rstrip("\n"), output)
    elif format is Format.parquet:
        import pyarrow.parquet as pq

        with stream_to(output) as stream:
            pq.write_table(table, stream)
    else:
        _show_table(table, output)


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else value


def _show_table(table: "pa.Table", output: Path | None) -> None:
    from io import StringIO

    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in table.column_names:
        shown.add_column(Text(_visible(name)), overflow="fold")
    for row in table.to_pylist():
        shown.add_row(*(Text("" if v is None else _visible(str(_cell(v)))) for v in row.values()))
    if output is None:
        Console().print(shown)
        return
    buffer = StringIO()
    Console(file=buffer, width=160).print(shown)
    _write_text(buffer.getvalue().rstrip("\n"), output)


def _write_text(text: str, output: Path | None) -> None:
    with stream_to(output) as stream:
        stream.write(text.encode("utf-8", "replace") + b"\n")


@contextmanager
def stream_to(output: Path | None) -> Iterator[BinaryIO]:
    if output is None:
        yield cast(BinaryIO, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    try:
        with output.open("wb") as stream:
            yield cast(BinaryIO, stream)
    except OSError as error:
        raise ArchiveError(output, f"cannot be written ({error.strerror})") from error
