"""Records as tables: for the terminal with rich, for notebooks as plain HTML."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from onrecord.export.ribbon import short_provenance
from onrecord.export.who import own_words, standing, unsure
from onrecord.export.wording import (
    certainty,
    counted,
    facts_of,
    nested,
    one_line,
    shorten,
    speakers,
    title_of,
    visible,
)
from onrecord.records import Entity, Record, Statement

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

COLUMNS = ("speaker", "cue", "type", "content", "provenance", "confidence")
"""Of these, provenance only where any statement of the article has one."""
_NOBODY = "–"
_COLOURS = {"sure": "green", "likely": "yellow", "check": "red"}
_TYPE, _CONFIDENCE, _PADDING = 8, 11, 10
"""Characters that the columns of fixed width, and the room between all, take of a line."""
_WORDS = 40
"""Characters of the article's own words for a speaker, after the name."""
_ROOMY = 100
"""Characters of a line from which provenance has a column of its own; below, it stands under the content."""
_LINES = 4
"""Lines a content may take before it is shortened."""


def statements_table(record: Record, width: int | None = None) -> "Table":
    """One row a statement, nested ones under their parent behind a ↳; `width` in characters
    (120 when not given) decides how much of each content is shown, and whether how a statement came has a column.

    A speaker stands with the article's own words for them where they differ, with ? where the link is unsure, and
    behind `unnamed:` or `unresolved:` where the article gives no name.

    Everything from the article is shown as plain text: brackets are no markup, control characters are left out.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    wide = width or 120
    rows = list(_rows(record))
    column = wide >= _ROOMY and any(row.provenance for row in rows)
    speaker, cue, provenance = min(max(wide // 5, 8), 28), min(max(wide // 9, 9), 16), min(wide // 6, 26)
    beside = provenance + 2 if column else 0
    content = max(wide - speaker - cue - beside - _TYPE - _CONFIDENCE - _PADDING, 12)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", leading=1)
    table.add_column("speaker", max_width=speaker, overflow="fold")
    table.add_column("cue", max_width=cue, style="italic", overflow="fold")
    table.add_column("type", no_wrap=True)
    table.add_column("content", max_width=content, overflow="fold")
    if column:
        table.add_column("provenance", max_width=provenance, style="dim", overflow="fold")
    table.add_column("confidence", no_wrap=True)
    for row in rows:
        shown = Text(shorten(row.content, _LINES * content - content // 2))
        if row.provenance and not column:
            shown.append(f"\n· {row.provenance}", style="dim")
        table.add_row(
            Text(_indent(row.depth) + row.speaker, style="dim" if row.speaker == _NOBODY else "cyan"),
            Text(row.cue),
            Text(row.quote),
            shown,
            *([Text(row.provenance)] if column else []),
            Text(row.confidence, style=_COLOURS[row.confidence.split()[0]]),
        )
    return table


def print_records(records: Iterable[Record], console: "Console") -> None:
    """Print each article's heading, then its table, to a rich console at the console's width."""
    from rich.text import Text

    for index, record in enumerate(records):
        if index:
            console.print()
        console.print(Text(title_of(record), style="bold"))
        facts = [*facts_of(record), counted(len(record.statements), "statement")]
        console.print(Text(" · ".join(facts), style="dim"))
        if record.statements:
            console.print(statements_table(record, console.width))


def html_table(record: Record) -> str:
    """The same table as plain HTML with everything escaped, content in full, for a notebook's `_repr_html_`."""
    heading = " · ".join([title_of(record), *facts_of(record), counted(len(record.statements), "statement")])
    shown = list(_rows(record))
    came = any(row.provenance for row in shown)
    columns = [name for name in COLUMNS if came or name != "provenance"]
    head = "".join(f'<th style="text-align:left">{name}</th>' for name in columns)
    rows = []
    for row in shown:
        provenance = [row.provenance] if came else []
        texts = (_indent(row.depth) + row.speaker, row.cue, row.quote, row.content, *provenance, row.confidence)
        cells_html = (f'<td style="text-align:left;vertical-align:top">{_html(text)}</td>' for text in texts)
        rows.append(f"<tr>{''.join(cells_html)}</tr>")
    return (
        f'<table class="onrecord"><caption style="text-align:left;caption-side:top">{_html(heading)}</caption>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody></table>"
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """One statement as both tables show it, every text on one line."""

    depth: int
    speaker: str
    cue: str
    quote: str
    content: str
    provenance: str
    confidence: str


def _rows(record: Record) -> Iterator[_Row]:
    entities = speakers(record)
    for statement, depth in nested(record):
        entity = entities.get(statement.speaker)
        yield _Row(
            depth,
            _speaker(record, statement, entity),
            one_line(record.text_of(statement.cue)) or _NOBODY,
            statement.quote,
            one_line(record.text_of(statement.content)),
            short_provenance(record, statement, entities),
            f"{certainty(statement.confidence)} {statement.confidence:.2f}",
        )


def _speaker(record: Record, statement: Statement, entity: Entity | None) -> str:
    """The speaker, with the article's own words where those do not already hold the name: `Ada Brandt ("she")`."""
    name = one_line(entity.name if entity else record.text_of(statement.source))
    if not name:
        return _NOBODY
    stands = standing(entity)
    words = own_words(record, statement, entity)
    own = f' ("{shorten(words, _WORDS)}")' if words and name.casefold() not in words.casefold() else ""
    return f"{'' if stands == 'named' else f'{stands}: '}{name}{'?' if unsure(statement) else ''}{own}"


def _indent(depth: int) -> str:
    """Up to four steps of indentation: deeper ones keep the mark, not the room."""
    return "  " * (min(depth, 4) - 1) + "↳ " if depth else ""


def _html(text: str) -> str:
    return escape(visible(text))
