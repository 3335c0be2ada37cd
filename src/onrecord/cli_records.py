"""Files of records for the commands that take them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from onrecord.errors import BadRecord, MissingInput, OnrecordError

if TYPE_CHECKING:
    from onrecord.records import Record


def read_files(paths: Iterable[Path]) -> "Iterator[Record | OnrecordError]":
    """The records of files of JSON lines, and an error in its place for each line or file that has none."""
    from onrecord.records_json import read_records

    for path in paths:
        try:
            with path.open("rb") as lines:
                yield from read_records(lines, str(path))
        except FileNotFoundError:
            yield MissingInput(str(path), "no such file of records")
        except OSError as error:
            yield BadRecord(str(path), "file", f"cannot be read ({error.strerror})")


def sound(
    results: "Iterable[Record | OnrecordError] | Iterable[Record]", failures: list[OnrecordError]
) -> "Iterator[Record]":
    """The records; errors are shown at once, one line each, and kept."""
    for result in results:
        if isinstance(result, OnrecordError):
            typer.echo(f"error: {result}", err=True)
            failures.append(result)
        else:
            yield result
