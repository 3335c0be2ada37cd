"""What pages and API ask of events: who did what to whom, on whose word."""

from dataclasses import dataclass
from typing import Any

from onrecord.errors import BadQuery
from onrecord.explore.paging import Paged, Place
from onrecord.records import Span
from onrecord.store.archive import Archive
from onrecord.store.search import statement_key
from onrecord.store.tables import listed, quoted

STATUSES = ("asserted", "negated", "conditional", "future", "demanded")
_COLUMNS = (
    "article, version, id, actor, recipient, actor_id, recipient_id, actor_code, recipient_code, type, mode, context,"
    " cameo, quad, goldstein, trigger, trigger_spans, status, on_word_of, date, confidence, outlet, published,"
    " (select any_value(s.speaker) from statements s where s.article = e.article and s.id = e.on_word_of) as said_by"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: names of actor and recipient (any of several), or of either in `among`; None asks nothing."""

    actor: tuple[str, ...] | None = None
    recipient: tuple[str, ...] | None = None
    among: tuple[str, ...] | None = None
    type: str | None = None
    status: str | None = None
    article: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event. `said` is the key of the statement it rests on; None when the outlet itself reports it."""

    article: str
    version: int
    id: str
    actor: str | None
    recipient: str | None
    actor_id: str | None
    recipient_id: str | None
    actor_code: str | None
    recipient_code: str | None
    type: str
    mode: str | None
    context: tuple[str, ...]
    cameo: str | None
    quad: int | None
    goldstein: float | None
    trigger: str
    spans: tuple[Span, ...]
    status: str
    said: str | None
    said_by: str | None
    """Whose statement that is, by name."""
    date: str | None
    confidence: float
    outlet: str | None
    published: str | None

    @property
    def day(self) -> str | None:
        """When it was, else when that was published."""
        return self.date or (self.published[:10] if self.published else None)

    @property
    def cooperation(self) -> bool | None:
        """Whether it is cooperation (quad classes 1 and 2) or conflict (3 and 4); None when its class is not known."""
        return None if self.quad is None else self.quad <= 2


def events(archive: Archive, wanted: Wanted, place: Place) -> Paged[EventRow]:
    """A page of events, the newest first. Raises BadQuery."""
    if wanted.status is not None and wanted.status not in STATUSES:
        raise BadQuery(f"status: {wanted.status!r} is none of {', '.join(STATUSES)}")
    start = place.start(wanted)
    where = " and ".join(_predicates(wanted)) or "true"
    (counted,) = archive.sql(f"select count(*) as n from events where {where}").table.to_pylist()
    found = archive.sql(
        f"select {_COLUMNS} from events e where {where} order by coalesce(date, published) desc nulls last, article,"
        f" position limit {place.limit} offset {start}"
    ).table.to_pylist()
    rows = tuple(_row(row) for row in found)
    return Paged(rows, counted["n"], place.after(start + len(rows), counted["n"], wanted))


def _predicates(wanted: Wanted) -> list[str]:
    parts = []
    for column in ("actor", "recipient"):
        if (names := getattr(wanted, column)) is not None:
            parts.append(_any_of(column, names))
    if wanted.among is not None:
        parts.append(f"({_any_of('actor', wanted.among)} or {_any_of('recipient', wanted.among)})")
    for column in ("type", "status", "article"):
        if (value := getattr(wanted, column)) is not None:
            parts.append(f"{column} = {quoted(value)}")
    day = "coalesce(date, published)"
    if wanted.since:
        parts.append(f"{day} >= {quoted(wanted.since)}")
    if wanted.until:
        parts.append(f"left({day}, {len(wanted.until)}) <= {quoted(wanted.until)}")
    return parts


def _any_of(column: str, names: tuple[str, ...]) -> str:
    return f"{column} in ({listed(names)})" if names else "false"


def _row(row: dict[str, Any]) -> EventRow:
    spans = tuple((span["start"], span["end"]) for span in row.pop("trigger_spans") or ())
    said = row.pop("on_word_of")
    key = statement_key(row["article"], row["version"], said) if said else None
    return EventRow(**{**row, "context": tuple(row["context"] or ())}, spans=spans, said=key)
