"""How the pages are put together: templates, what they may call, and the files they load."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, Response

from onrecord.explore import links
from onrecord.export.cards import sureness_of
from onrecord.export.days import day_in_words
from onrecord.export.html import anchor_of, environment
from onrecord.export.wording import one_line, shorten

if TYPE_CHECKING:
    from jinja2 import Environment

    from onrecord.records import Span

_STATIC, _SHARED = "explore/web/static", "export/templates"
STATIC = {
    "tokens.css": (_SHARED, "text/css"),
    "page.css": (_SHARED, "text/css"),
    "page.js": (_SHARED, "text/javascript"),
    "explore.css": (_STATIC, "text/css"),
    "explore.js": (_STATIC, "text/javascript"),
    "charts.js": (_STATIC, "text/javascript"),
    "htmx.min.js": (f"{_STATIC}/vendor", "text/javascript"),
    "echarts.min.js": (f"{_STATIC}/vendor", "text/javascript"),
}
"""Every file that a page may load: where it lies in the package, and what it is."""
VENDORED = ("htmx.min.js", "echarts.min.js")
_YEAR = 31_536_000


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with its count, and that count in per cent of the greatest beside it."""

    name: str
    count: int
    share: float


def page(template: str, **values: Any) -> Response:
    """A page. `status` among the values is that of the answer, 200 else."""
    status = values.pop("status", 200)
    return HTMLResponse(templates().get_template(template).render(**values), status)


def static(name: str, version: str) -> Response | None:
    """A file of a page, for good when it is asked for by its own version; None when there is none of that name."""
    content = _content(name) if name in STATIC else None
    if content is None:
        return None
    forever = version == _version(name)
    headers = {"cache-control": f"public, max-age={_YEAR}, immutable" if forever else "no-cache"}
    return Response(content, headers=headers, media_type=f"{STATIC[name][1]}; charset=utf-8")


def missing_files() -> list[str]:
    """Front-end libraries that the package lacks: it was installed from a checkout without Node."""
    return [name for name in VENDORED if _content(name) is None]


@cache
def templates() -> "Environment":
    """The templates, with what they may call."""
    made = environment("explore/web/templates")
    made.globals |= {
        "asset": lambda name: f"/static/{name}?v={_version(name)}",
        "article_at": links.article_at,
        "statement_at": links.statement_at,
        "trail_at": links.trail_at,
        "statement_json_at": links.statement_json_at,
        "actor_at": links.actor_at,
        "pair_at": links.pair_at,
        "record_at": links.record_at,
        "bars": bars,
        "sure": sureness_of,
    }
    made.filters |= {
        "day": lambda text: day_in_words(text[:10]) if text else "",
        "clock": clock,
        "thousands": lambda number: f"{number:,}",
        "marked": marked,
        "data": data,
        "query": lambda values: urlencode({k: v for k, v in values.items() if v not in {"", None}}, errors="replace"),
        "anchor": anchor_of,
        "dict": asdict,
        "plain": one_line,
        "short": lambda text, limit=90: shorten(one_line(text), limit),
        "line": lambda quote: {"direct": "solid", "mixed": "double"}.get(quote, "dashed"),
    }
    return made


def bars(counts: Iterable[tuple[str, int]]) -> list[Bar]:
    """Counts as bars."""
    found = list(counts)
    most = max((count for _, count in found), default=0)
    return [Bar(name, count, round(100 * count / most, 1)) for name, count in found]


def marked(text: str, spans: "Iterable[Span]") -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it stands in a span. The spans are in order, none in another."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [(words, on) for words, on in (*pieces, (text[at:], False)) if words]


def data(value: Any) -> str:
    """A value for a script, to stand in an attribute."""
    return json.dumps(value, separators=(",", ":"), default=str)


def clock(moment: datetime) -> str:
    """`Nov 3, 2020, 14:05` by the local clock."""
    local = moment.astimezone()
    return f"{day_in_words(local.date().isoformat())}, {local:%H:%M}"


@cache
def _content(name: str) -> bytes | None:
    file = files("onrecord").joinpath(STATIC[name][0], name)
    return file.read_bytes() if file.is_file() else None


@cache
def _version(name: str) -> str:
    return blake2b(_content(name) or b"", digest_size=6).hexdigest()
