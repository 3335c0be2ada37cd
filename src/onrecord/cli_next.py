"""What one would do next: where a person is looking, every command ends with one dim line that names it."""

import os
import shlex
import sys
from collections.abc import Mapping, Sequence

import typer

SILENCE = "ONRECORD_HINTS"
"""Set to `off` in the environment, it keeps these lines away."""
LOOK = ("serve",)
"""The command that looks into an archive."""
FEW = 3
"""More paths than this are not repeated."""


def say_next(*command: str, archive: object | None = None) -> None:
    """Name the next useful command on standard error; `archive` is the one that was given, to be given again.

    Only when standard output and standard error are both a terminal: a line on the way to a pipe or a file would be in
    somebody's way.
    """
    if is_watched() and os.environ.get(SILENCE) != "off":
        typer.secho(f"next: {written(*command, archive=archive)}", dim=True, err=True)


def is_watched() -> bool:
    """Is a person looking at what is written?"""
    return sys.stdout.isatty() and sys.stderr.isatty()


def written(*command: str, archive: object | None = None) -> str:
    """A command of ours as one types it into a shell."""
    chosen = ("--archive", str(archive)) if archive else ()
    return shlex.join(("onrecord", *command, *chosen))


def few(paths: Sequence[str]) -> Sequence[str]:
    """The paths to repeat, or a word for them when they are many, as those that a shell's pattern stands for."""
    return paths if len(paths) <= FEW else ("PATHS",)


def asked(query: str | None, filters: Mapping[str, object]) -> list[str]:
    """A question to the archive as words of the command line; filters that are None were not given."""
    given = [(f"--{name.replace('_', '-')}", str(value)) for name, value in filters.items() if value is not None]
    return ([query] if query else []) + [word for pair in given for word in pair]
