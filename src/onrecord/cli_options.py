"""What several commands ask in the same way: how inputs are read."""

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.read.formats import Format as Kind

if TYPE_CHECKING:
    from onrecord.read.fields import Options

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


def reading(columns: list[str] | None, fetch: bool | None, kind: Kind | None) -> "Options":
    """The options of reading. Raises BadParameter for a column that is not written `text=body`."""
    from onrecord.read.fields import FIELDS, Options

    pairs = [one.partition("=") for one in columns or []]
    for field, sign, name in pairs:
        if field not in FIELDS or not sign or not name:
            raise typer.BadParameter(f"{field}{sign}{name}: write FIELD=NAME, FIELD one of {', '.join(FIELDS)}")
    return Options({field: name for field, _, name in pairs}, fetch, kind)
