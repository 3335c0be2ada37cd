"""The commands on who is who across articles: `actors`, `same`, `different`. Thin, as in `cli.py`."""

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli_next import say_next
from onrecord.cli_options import opened
from onrecord.cli_records import read_files, sound
from onrecord.errors import BadDecision, MissingInput, OnrecordError

if TYPE_CHECKING:
    from onrecord.across.actors import Actor, Reference
    from onrecord.deciding import ArchiveDecisions
    from onrecord.store.archive import Archive

Left = Annotated[str, typer.Argument(help="An actor's id, or ARTICLE:ENTITY.")]
Right = Annotated[str, typer.Argument(help="The other one.")]
File = Annotated[Path | None, typer.Option("--decisions", help="The file of decisions; made when there is none.")]
Kept = Annotated[str | None, typer.Option("--archive", help="The archive's folder, in place of files.")]
By = Annotated[str, typer.Option("--by", help="Who decides.")]
Note = Annotated[str | None, typer.Option(help="Why, for those who come later.")]
Checked = Annotated[
    list[Path] | None,
    typer.Option("--records", help="Records that both are looked up in; their names are kept with the decision."),
]


class Format(StrEnum):
    """What `actors` writes."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("actors")(actors)
    app.command("same")(same)
    app.command("different")(different)


def actors(
    records: Annotated[
        list[Path] | None, typer.Argument(help="Records, as `onrecord read --format jsonl` writes them.")
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option(help="Decisions to follow, as `same` and `different` store them.")
    ] = None,
    archive: Annotated[
        str | None, typer.Option(help="An archive: its decisions, and its records where no files are given.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="What to write.")] = Format.table,
) -> None:
    """List the people and bodies of many articles, each once, with aliases and roles."""
    from onrecord.across.decisions import DecisionFile
    from onrecord.across.linker import Linker

    if not records and archive is None:
        raise typer.BadParameter("name files of records, or --archive DIR")
    if decisions and not decisions.exists():
        raise MissingInput(str(decisions), "no such file of decisions")
    linker = Linker([
        *(DecisionFile(decisions).load() if decisions else ()),
        *(_kept_in(archive).load() if archive else ()),
    ])  # fmt: skip
    failures: list[OnrecordError] = []
    for record in sound(read_files(records) if records else opened(archive).records(), failures):
        linker.add(record)
    _write(linker.actors(), format)
    for error in linker.astray():
        typer.echo(f"warning: {error}", err=True)
    if failures:
        typer.echo(f"{len(failures)} could not be read", err=True)
        raise typer.Exit(1)
    if format is Format.table:
        place = ("--archive", str(archive)) if archive else ("--decisions", str(decisions or "FILE"))
        say_next("same", "ID", "ID", *place, "--by", "NAME")


def same(
    left: Left,
    right: Right,
    *,
    by: By,
    decisions: File = None,
    archive: Kept = None,
    note: Note = None,
    records: Checked = None,
) -> None:
    """Decide that two are one, for every later run."""
    sides = _sides((left, right), records, archive)
    _decide(sides, decisions, archive, (True, by, note))


def different(
    left: Left,
    right: Right,
    *,
    by: By,
    decisions: File = None,
    archive: Kept = None,
    note: Note = None,
    records: Checked = None,
) -> None:
    """Decide that two are not one, for every later run."""
    sides = _sides((left, right), records, archive)
    _decide(sides, decisions, archive, (False, by, note))


def _decide(
    sides: "list[Reference]", file: Path | None, archive: str | None, what: tuple[bool, str, str | None]
) -> None:
    from onrecord.across.decisions import DecisionFile, Decisions, decide

    if (file is None) == (archive is None):
        raise typer.BadParameter("name one place for the decision: --decisions FILE or --archive DIR")
    decision = decide(sides[0], sides[1], *what)
    kept: Decisions = DecisionFile(file) if file else _kept_in(archive)
    kept.append(decision)
    typer.echo(f"stored {decision}")
    say_next("actors", *(() if archive else ("RECORDS", "--decisions", str(file))), archive=archive)


def _kept_in(archive: str | None) -> "ArchiveDecisions":
    there = opened(archive)
    from onrecord.deciding import ArchiveDecisions

    return ArchiveDecisions(there)


def _sides(texts: tuple[str, str], records: list[Path] | None, archive: str | None) -> "list[Reference]":
    """Both sides as references, with the names that records or the archive have for them."""
    from onrecord.across.actors import reference

    found = []
    for text in texts:
        side = reference(text)
        if side is None:
            raise BadDecision(repr(text), "is neither an actor's id nor ARTICLE:ENTITY")
        found.append(side)
    if records:
        return _named(found, records)
    return [_named_in(opened(archive), side) for side in found] if archive else found


def _named_in(archive: "Archive", side: "Reference") -> "Reference":
    """A reference to an entity with the name that the archive has for it. Raises BadDecision where it has none."""
    from dataclasses import replace

    if side.article is None:
        return side
    record = archive.record(side.article)
    for entity in record.entities if record else ():
        if entity.id == side.entity:
            return replace(side, name=entity.name)
    raise BadDecision(str(side), f"is not in {archive.root}")


def _named(sides: "list[Reference]", paths: list[Path]) -> "list[Reference]":
    """The references with the names that the records have for them. Raises BadDecision for one that they lack."""
    from dataclasses import replace

    from onrecord.across.actors import member_token

    names: dict[str, str] = {}
    wanted = {side.token for side in sides}
    failures: list[OnrecordError] = []
    for record in sound(read_files(paths), failures):
        for entity in record.entities:
            token = member_token((record.article.id, entity.id))
            if token in wanted:
                names[token] = entity.name
    for side in sides:
        if side.token not in names:
            raise BadDecision(str(side), f"is not in {', '.join(map(str, paths))}")
    return [replace(side, name=names[side.token]) for side in sides]


def _write(found: "list[Actor]", format: Format) -> None:
    if format is Format.table:
        _print_table(found)
        return
    rows = [asdict(actor) | {"articles": actor.articles} for actor in found]
    if format is Format.json:
        json.dump(rows, sys.stdout, indent=1)
        sys.stdout.write("\n")
    for row in rows if format is Format.jsonl else ():
        sys.stdout.write(json.dumps(row) + "\n")


def _print_table(found: "list[Actor]") -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("id", "name", "kind", "code", "articles", "also called", "roles"):
        table.add_column(column, justify="right" if column == "articles" else "left", overflow="fold")
    for a in found:
        also = ", ".join(f"{form} ({n})" for form, n in a.aliases if form != a.name)
        roles = "; ".join(f"{h.role} ({_days(h.first, h.last)})" if h.first else h.role for h in a.roles[:4])
        code = a.code or a.country or ""
        table.add_row(a.id, *map(escape, (a.name, a.kind, code, str(a.articles), also, roles)))
    Console().print(table)


def _days(first: str | None, last: str | None) -> str:
    return str(first) if first == last else f"{first} to {last}"
