"""The first minute: `demo` fills an archive with the packaged affair and opens it in the browser."""

from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli_adding import put
from onrecord.cli_explore import PORT, lacking, serve
from onrecord.cli_next import LOOK, is_watched, written
from onrecord.cli_options import archive_place, needs_packages, opened
from onrecord.errors import ArchiveError, InputError

if TYPE_CHECKING:
    from onrecord.store.archive import Archive
    from onrecord.store.place import Root


def attach(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(demo)


def demo(
    archive: Annotated[
        str | None,
        typer.Option("--archive", help="The archive's folder; else `demo` in your own data folder."),
    ] = None,
    open_: Annotated[
        bool | None,
        typer.Option("--open/--no-open", help="Open the briefing in the browser; if not said, where you are looking."),
    ] = None,
) -> None:
    """Fill an archive of its own with two dozen stories of an invented affair, and open the briefing."""
    place = fill(archive)
    counts = opened(place).info().counts
    typer.echo(
        f"{place}: {counts['articles']} stories of an invented quarrel over a satellite, "
        f"{counts['statements']} statements"
    )
    if open_ or (open_ is None and is_watched() and not lacking()):
        serve(str(place), port=free_port(), open_=True)
    else:
        _say_how(place)


def _say_how(place: "Root") -> None:
    typer.echo("next: " + written(*LOOK, archive=place) + f"  # {lacking() or f'http://127.0.0.1:{PORT}'}")
    typer.echo("      " + written("search", "lantern OR lamp", "--speaker", "Penwarden", archive=place))
    typer.echo("      " + written("search", "--speaker", "Larraguibel", "--facets", archive=place))


def free_port() -> int:
    """The usual port, else 0: any that is free."""
    import socket

    with socket.socket() as probe:
        return 0 if probe.connect_ex(("127.0.0.1", PORT)) == 0 else PORT


def fill(archive: "str | Root | None" = None) -> "Root":
    """Put the packaged affair on the record in an archive, and return its place.

    Without one, in an archive of its own in the user's data folder: never in the user's main one, whatever the
    environment names. What is there already is not read again. Raises ArchiveError when the archive holds anything
    else, for these stories are invented.
    """
    needs_packages()
    from onrecord.adding import Manner
    from onrecord.pipeline import Settings
    from onrecord.store.archive import Archive
    from onrecord.store.place import demo_archive

    place = archive_place(archive) if archive else demo_archive()
    own = Archive.open_or_make(place)
    with as_file(files("onrecord.samples") / "affair") as folder:
        _refuse_others(own, folder)
        put([str(folder)], own, Manner(Settings(threads=1)))
    return place


def _refuse_others(own: "Archive", folder: Path) -> None:
    from onrecord.read.articles import read_articles

    ours = {article.id for article in read_articles([folder]) if not isinstance(article, InputError)}
    there = own.sql("SELECT id FROM articles").table["id"].to_pylist()
    if not ours.issuperset(there):
        why = "holds articles of your own, and these are invented; name another folder (--archive DIR)"
        raise ArchiveError(own.root, why)
