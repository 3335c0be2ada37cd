"""What several commands ask in the same way: how inputs are read, and where the archive is."""

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import OnrecordError
from onrecord.read.formats import Format as Kind

if TYPE_CHECKING:
    from onrecord.read.fields import Options
    from onrecord.store.archive import Archive
    from onrecord.store.place import Root

PACKAGES = ("lance", "duckdb", "pyarrow", "filelock", "platformdirs")

Paths = Annotated[
    list[str],
    typer.Argument(
        help='Files, folders, patterns such as "news/**/*.html", web addresses of pages or feeds, or - for '
        "standard input. Text, HTML, JSON lines, feeds, WARC, CSV, Parquet, ninjs, NewsML-G2, mail; packed or not."
    ),
]
Nested = Annotated[bool, typer.Option(help="Also find statements inside other statements' words.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="FIELD=NAME", help="The column of a table that holds a field, as in text=body."),
]
Fetch = Annotated[
    bool | None,
    typer.Option(help="Fetch the pages behind a feed's summaries; if not said, when the feed itself is fetched."),
]
From = Annotated[
    Kind | None, typer.Option("--from", help="What the input is, where neither name nor first bytes tell.")
]
Where = Annotated[
    str | None,
    typer.Option(
        "--archive",
        help="The archive's folder, or its address (s3://bucket/prefix, gs://…, az://…); else ONRECORD_ARCHIVE, else "
        "your own data folder.",
    ),
]


def needs_packages() -> None:
    """Make ready for importing what the archive needs. Raises OnrecordError when it is not installed."""
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise OnrecordError(f"the archive needs more packages ({', '.join(missing)}); pip install 'onrecord[archive]'")
    # Lance's own lines on standard error are for its developers; it looks once, when it is imported
    os.environ.setdefault("LANCE_LOG", "error")


def archive_place(given: "str | Root | None") -> "Root":
    """The place of the archive that is meant."""
    from onrecord.store.place import find_archive

    return find_archive(given, os.environ)


def opened(given: "str | Root | None") -> "Archive":
    """The archive that is meant. Raises OnrecordError or ArchiveError."""
    needs_packages()
    from onrecord.store.archive import Archive

    return Archive.open(archive_place(given))


def reading(columns: list[str] | None, fetch: bool | None, kind: Kind | None) -> "Options":
    """The options of reading. Raises BadParameter for a column that is not written `text=body`."""
    from onrecord.read.fields import FIELDS, Options

    pairs = [one.partition("=") for one in columns or []]
    for field, sign, name in pairs:
        if field not in FIELDS or not sign or not name:
            raise typer.BadParameter(f"{field}{sign}{name}: write FIELD=NAME, FIELD one of {', '.join(FIELDS)}")
    return Options({field: name for field, _, name in pairs}, fetch, kind)
