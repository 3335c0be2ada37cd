"""What notebooks show: a record as the page's reader in a frame of its own, a dyad's series as its chart.

A frame keeps the page's styles and script from the notebook's, and the notebook's from the page. Where frames are not
shown, as in notebooks that one has not trusted or on sites that show them, the table below stays.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from onrecord.export.chart import write_chart
from onrecord.export.html import render_page
from onrecord.export.table import html_table
from onrecord.export.wording import title_of, visible
from onrecord.records import Record

_LOWEST, _HIGHEST = 24, 46
"""Rem that a frame is high; a long article scrolls in it."""
_LINE, _AROUND = 2, 14
"""Rem of a line of text, and of what stands around the text."""
_CHARACTERS = 70
"""In a line of text."""
_ALL = "all"
_SHOWN = {
    "period": "period", "actor": "actor", "recipient": "recipient", "events": "events", "disputed": "disputed",
    "cooperation": "cooperation", "conflict": "conflict", "articles": "articles", "rate": "for 100 articles",
}  # fmt: skip


def record_cell(record: Record) -> str:
    """A record as the reader, in a sandboxed frame that asks for nothing, and folded up below it as a table."""
    lines = sum(len(line) // _CHARACTERS + 1 for line in record.article.text.splitlines())
    high = min(max(_AROUND + _LINE * lines, _LOWEST), _HIGHEST)
    page = escape(render_page([record], framed=True))
    return (
        f'<iframe title="{escape(visible(title_of(record)))}" srcdoc="{page}"'
        ' sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"'
        f' style="display:block;width:100%;height:min({high}rem,85vh);border:1px solid #8886;border-radius:8px">'
        f"</iframe>\n{_folded(html_table(record))}"
    )


def series_cell(rows: Sequence[Mapping[str, Any]], unplaced: int = 0) -> str:
    """Rows with the fields of `coding.series.Row` as a chart, and folded up below it as a table.

    Without matplotlib the table stands alone. `unplaced` events are in no row.
    """
    table = _series_table([row for row in rows if row["voice"] == _ALL])
    note = f"<p>{unplaced} events have no date that names such a period.</p>" if unplaced else ""
    picture = series_picture(rows, "svg")
    if picture is None:
        return f"<p>A chart needs matplotlib: <code>pip install 'onrecord[charts]'</code></p>{table}{note}"
    sides = " and ".join(dict.fromkeys(str(row["actor"]) for row in rows)) or "nobody"
    return (
        f'<img alt="{escape(visible(f"What passed between {sides}, by period"))}" style="max-width:100%"'
        f' src="data:image/svg+xml;base64,{b64encode(picture).decode()}">{_folded(table)}{note}'
    )


def series_picture(rows: Sequence[Mapping[str, Any]], format: str) -> bytes | None:
    """The chart of a series as `svg` or `png`; None where matplotlib is not installed."""
    if find_spec("matplotlib") is None:
        return None
    stream = BytesIO()
    write_chart(rows, format, stream)
    return stream.getvalue()


def _series_table(rows: Sequence[Mapping[str, Any]]) -> str:
    head = "".join(f"<th>{label}</th>" for label in _SHOWN.values())
    body = "\n".join(f"<tr>{''.join(f'<td>{_cell(row[name])}</td>' for name in _SHOWN)}</tr>" for row in rows)
    return f'<table class="onrecord"><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>'


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if isinstance(value, float) else escape(visible(str(value)))


def _folded(table: str) -> str:
    return f"<details><summary>as a table</summary>\n{table}\n</details>"
