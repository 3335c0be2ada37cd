"""The commands on statements that report one utterance: `trails`, and `eval trails`. Thin, as in `cli.py`."""

import json
import re
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli_next import few, say_next
from onrecord.cli_records import read_files, sound
from onrecord.errors import BadRecord, MissingInput, OnrecordError

if TYPE_CHECKING:
    from onrecord.records import Record
    from onrecord.trails.trails import Trail


class Format(StrEnum):
    """What `trails` writes."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


def register(app: typer.Typer, evaluate: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("trails")(trails)
    app.command("trail")(trail)
    evaluate.command("trails")(evaluate_trails)


def trails(
    records: Annotated[
        list[Path] | None, typer.Argument(help="Records, as `onrecord read --format jsonl` writes them.")
    ] = None,
    *,
    archive: Annotated[str | None, typer.Option(help="An archive to take them from instead.")] = None,
    since: Annotated[str | None, typer.Option(help="Of an archive, articles published from YYYY-MM-DD on.")] = None,
    until: Annotated[str | None, typer.Option(help="The same, up to YYYY-MM-DD.")] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="What to write.")] = Format.table,
) -> None:
    """Follow each utterance through the articles that report it: who has it whole, trimmed, altered, copied."""
    from onrecord.trails.collecting import collecting_seldom
    from onrecord.trails.trails import Trails

    if bool(records) == bool(archive):
        raise typer.BadParameter("give files of records, or an archive with --archive")
    failures: list[OnrecordError] = []
    gathered = Trails()
    with collecting_seldom():
        for record in _archived(archive, since, until) if archive else sound(read_files(records or ()), failures):
            gathered.add(record)
        found = gathered.trails()
    _write(found, format)
    if failures:
        typer.echo(f"{len(failures)} could not be read", err=True)
        raise typer.Exit(1)
    if format is Format.table:
        files = () if archive else few([str(path) for path in records or ()])
        say_next("trails", *files, "--format", "jsonl", archive=archive)


def trail(
    statement: Annotated[str, typer.Argument(help="ARTICLE#STATEMENT, such as a17#s4.")],
    records: Annotated[
        list[Path] | None, typer.Argument(help="Records, as `onrecord read --format jsonl` writes them.")
    ] = None,
    *,
    archive: Annotated[str | None, typer.Option(help="An archive to take them from instead.")] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="What to write.")] = Format.table,
) -> None:
    """The trails that one statement stands in: who else has the same utterance, in which form."""
    from onrecord.trails.archived import days_around
    from onrecord.trails.trails import Trails

    if bool(records) == bool(archive):
        raise typer.BadParameter("give files of records, or an archive with --archive")
    article, _, id_ = statement.rpartition("#")
    article = re.sub(r"@\d+\Z", "", article)
    failures: list[OnrecordError] = []
    known = Trails()
    if archive:
        from onrecord.cli_options import opened

        since, until = days_around(opened(archive), article)
    for record in _archived(archive, since, until) if archive else sound(read_files(records or ()), failures):
        known.know(record)
    if not known.has(article, id_):
        raise typer.BadParameter(f"{statement}: there is no such statement; write ARTICLE#STATEMENT, such as a17#s4")
    _write(known.of_statement(article, id_), format)
    if failures:
        raise typer.Exit(1)
    if format is Format.table:
        files = () if archive else few([str(path) for path in records or ()])
        say_next("trails", *files, "--format", "jsonl", archive=archive)


def evaluate_trails(
    gold: Annotated[Path, typer.Argument(help="Gold articles with statements, as for record.", exists=True)],
    groups: Annotated[Path, typer.Argument(help="Their trails: groups with trails and undecided.", exists=True)],
    records: Annotated[list[Path], typer.Argument(help="Records of the same articles.")],
    *,
    predicted: Annotated[
        Path | None, typer.Option(help="Trails to score, as `trails --format jsonl` writes them; else made here.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines.")] = False,
) -> None:
    """Trails against gold: pairs of statements that report one utterance."""
    from onrecord.evaluate import attribution
    from onrecord.evaluate import trails as scorer
    from onrecord.trails.trails import Trails

    failures: list[OnrecordError] = []
    read = list(sound(read_files(records), failures))
    if failures:
        raise typer.Exit(1)
    gathered = Trails()
    for record in read if predicted is None else ():
        gathered.add(record)
    members = [[(m.article, m.statement) for m in trail.members] for trail in gathered.trails()]
    score = scorer.score(
        attribution.load_rows(gold, ("statements",)),
        scorer.load_groups(groups),
        [record.to_dict() for record in read],
        members if predicted is None else _predicted(predicted),
    )
    typer.echo(json.dumps(score.to_dict(), indent=1) if as_json else scorer.format_score(score))
    if not as_json:
        say_next("trails", *few([str(path) for path in records]))


def _predicted(path: Path) -> list[list[tuple[str, str]]]:
    try:
        with path.open(encoding="utf-8") as lines:
            rows = [(n, json.loads(line)) for n, line in enumerate(lines, 1) if line.strip()]
        return [[(m["article"], m["statement"]) for m in row["members"]] for _, row in rows]
    except OSError as error:
        raise MissingInput(str(path), f"cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BadRecord(str(path), "members", f"cannot be read as trails ({error})") from error


def _archived(place: str, since: str | None, until: str | None) -> "Iterator[Record]":
    from onrecord.cli_options import opened
    from onrecord.trails.archived import records_of

    for day in (since, until):
        if day is not None and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
            raise typer.BadParameter(f"{day}: write a day as YYYY-MM-DD")
    return records_of(opened(place), since, until)


def _write(found: "list[Trail]", format: Format) -> None:
    if format is Format.table:
        _print_table(found)
        return
    rows = [trail.to_dict() for trail in found]
    if format is Format.json:
        json.dump(rows, sys.stdout, indent=1)
        sys.stdout.write("\n")
    for row in rows if format is Format.jsonl else ():
        sys.stdout.write(json.dumps(row) + "\n")


def _print_table(found: "list[Trail]") -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    for trail in found:
        by = f"{trail.articles} articles, {trail.reports} independent report{'s' if trail.reports > 1 else ''}"
        way = " > ".join(filter(None, (trail.speaker or "unnamed", trail.venue, *trail.through)))
        console.print(Text(f"{way} · {by}", style="bold"), Text(trail.id, style="dim"))
        for m in trail.members:
            facts = (
                (m.published or "")[:10],
                m.outlet or m.article,
                m.form,
                f"copy of {m.copy_of}" if m.copy_of else "",
            )
            console.print(Text("  " + " · ".join(filter(None, facts))), Text(" ".join(m.text.split()), style="italic"))
            for change in m.changes:
                words = " → ".join(f"“{words}”" if words else "nothing" for words in (change.was, change.now))
                console.print(Text(f"    {change.kind}: {words}", style="yellow"))
        console.print()
    if not found:
        console.print("no utterance is in two articles")
