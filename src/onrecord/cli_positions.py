"""The commands on positions: `position`, `eval positions` and `eval stances`. Thin, as in `cli.py`."""

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli_next import few, say_next
from onrecord.cli_options import Where, opened
from onrecord.cli_records import read_files, sound
from onrecord.cli_topics import Topics, own_topics
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.positions.position import Position


class Format(StrEnum):
    """What `position` writes."""

    table = "table"
    json = "json"


def register(app: typer.Typer, evaluate: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("position")(position)
    evaluate.command("positions")(evaluate_positions)
    evaluate.command("stances")(evaluate_stances)


def position(
    who: Annotated[str, typer.Argument(help="A name, words of one, or the code of a country or body, such as RUS.")],
    records: Annotated[
        list[Path] | None, typer.Argument(help="Records of `onrecord read --format jsonl`; else the archive is asked.")
    ] = None,
    *,
    on: Annotated[str, typer.Option(help="A topic's name or code, or plain words.")],
    archive: Where = None,
    since: Annotated[
        str | None, typer.Option(help="Of an archive, published from YYYY, YYYY-MM or YYYY-MM-DD on.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="The same, up to then.")] = None,
    topics: Topics = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="What to write.")] = Format.table,
) -> None:
    """Show what somebody says on a topic over time, and where that seems to have changed."""
    from onrecord.positions.archived import archived_position
    from onrecord.positions.position import position as of_records
    from onrecord.topics.scheme import load

    if records and (archive or since or until):
        raise typer.BadParameter("give files of records, or ask an archive with --archive, --since and --until")
    scheme, failures = load(own_topics(topics)), list[OnrecordError]()
    if records:
        found = of_records(sound(read_files(records), failures), who, on, scheme)
    else:
        found = archived_position(opened(archive), who, on, scheme, since=since, until=until)
    if format is Format.json:
        json.dump(asdict(found) | {"first": found.first, "last": found.last}, sys.stdout, indent=1)
        sys.stdout.write("\n")
    else:
        _print(found)
    if failures:
        typer.echo(f"{len(failures)} could not be read", err=True)
        raise typer.Exit(1)
    if format is Format.table:
        say_next("trails", *few([str(path) for path in records or ()]), archive=archive)


def evaluate_positions(
    gold: Annotated[Path, typer.Argument(help="Judged pairs of statements.", exists=True, dir_okay=False)],
    records: Annotated[list[Path], typer.Argument(help="Records of the articles that they are from.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines.")] = False,
) -> None:
    """Reversals and contradictions against pairs that were judged by reading."""
    from onrecord.evaluate import positions as scorer

    failures: list[OnrecordError] = []
    score = scorer.score(scorer.load_gold(gold), sound(read_files(records), failures))
    typer.echo(json.dumps(asdict(score), indent=1) if as_json else scorer.format_score(score))
    if failures:
        raise typer.Exit(1)
    if not as_json:
        say_next("trails", *few([str(path) for path in records]))


def evaluate_stances(
    gold: Annotated[Path, typer.Argument(help="JSONL, one sentence a line.", exists=True, dir_okay=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Attitudes towards marked targets, against GOLD: {"sentence", "targets": [{"start", "end", "polarity"}]}, as
    NewsMTSC's.
    """
    from rich.progress import track

    from onrecord.evaluate import stances

    rows = stances.load(gold)
    tracked = track(rows, "", disable=not sys.stderr.isatty())
    score = stances.score(rows, stances.judge_rows(tracked))
    typer.echo(json.dumps(score.to_dict(), indent=1) if as_json else stances.format_score(score))
    if not as_json:
        say_next("eval", "events", "GOLD")


def _print(found: "Position") -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    span = f", {found.first} to {found.last}" if found.first else ""
    console.print(Text(f"{found.who} on {found.on}: {len(found.said)} utterances{span}", style="bold"))
    for number, said in enumerate(found.said):
        reports = f"{len(said.reports)} reports" if len(said.reports) > 1 else ""
        towards = "; ".join(f"{attitude} {name}" for name, attitude, _ in said.stances if attitude != "neither")
        facts = (f"{number}", said.day or "no day", said.speaker, said.outlet, reports, towards)
        console.print(Text(" · ".join(fact for fact in facts if fact)), Text(said.text, style="italic"))
        for turn in found.turns:
            if turn.now == number:
                why = "; ".join(f"{r.why}: “{r.was}” → “{r.now}”" for r in turn.why)
                console.print(Text(f"    {turn.kind}? beside {turn.was}: {why}", style="yellow"))
    if not found.said:
        console.print("nothing on the record; a topic is named as IPTC names it, or asked for by plain words")
