"""What an analyst wants to see first: what is new, what is echoed, who is at it with whom, and what to check."""

from dataclasses import dataclass
from datetime import datetime

from onrecord.errors import BadQuery
from onrecord.explore.articles import ArticleRow, article_rows
from onrecord.explore.desk import Desk
from onrecord.explore.echoes import Echo, echoes
from onrecord.explore.paging import MOST
from onrecord.store.archive import Archive
from onrecord.store.search import Hit
from onrecord.store.tables import quoted

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class ActivePair:
    """Two names and how many statements the one made of the other, either way; and the events between them."""

    left: str
    right: str
    statements: int
    events: int


@dataclass(frozen=True, slots=True)
class Briefing:
    """The state of an archive for its reader. `since` is the moment from which articles count as new."""

    since: datetime | None
    articles: int
    statements: int
    new_articles: int
    new: tuple[ArticleRow, ...]
    """The newest of the new; without `since`, the newest."""
    echoes: tuple[Echo, ...]
    """Among the two thousand statements published last."""
    pairs: tuple[ActivePair, ...]
    unsure: tuple[Hit, ...]
    """Of the last statements, those least likely to be right."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What stands out among the two thousand statements published last: what of a briefing is the same for all."""

    echoes: tuple[Echo, ...]
    unsure: tuple[Hit, ...]


def briefing(desk: Desk, since: datetime | None = None) -> Briefing:
    """The briefing from a moment on (with its zone); from the beginning when it is None. Raises BadQuery."""
    heard, pairs = desk.ask(_heard), desk.ask(active_pairs)
    counted, new = desk.ask(_news, since)
    return Briefing(since, *counted, new, heard.echoes, pairs[:_SHOWN], heard.unsure)


def _heard(archive: Archive) -> Heard:
    newest = _newest(archive)
    return Heard(echoes(newest)[:_SHOWN], tuple(sorted(newest, key=lambda hit: hit.confidence)[:_SHOWN]))


def _news(archive: Archive, since: datetime | None) -> tuple[tuple[int, int, int], tuple[ArticleRow, ...]]:
    """Articles, statements and new articles, counted; and the newest of the new."""
    new = f"added > {quoted(since.isoformat())}::TIMESTAMPTZ" if since else "true"
    (counted,) = archive.sql(
        f"select count(*) as articles, (select count(*) from statements) as statements,"
        f" count(*) filter (where {new}) as new from articles"
    ).table.to_pylist()
    rows = article_rows(archive, new, "a.added desc, a.published desc, a.id", str(_SHOWN))
    return (counted["articles"], counted["statements"], counted["new"]), rows


def moment(text: str) -> datetime:
    """A day or date-time of ISO 8601, UTC where it has no zone. Raises BadQuery."""
    from datetime import UTC

    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadQuery(f"since: {text[:80]!r} is no day or date-time; write 2020-11-03 or 2020-11-03T09:30") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def active_pairs(archive: Archive, most: int = 100) -> tuple[ActivePair, ...]:
    """The names that speak most of each other, or do most to each other; not those whom articles only describe."""
    rows = archive.sql(
        "with said as (select speaker as one, unnest(about) as other, 1 as s, 0 as e from statements),"
        " told as (select speaker as one, addressee as other, 1 as s, 0 as e from statements),"
        " done as (select actor as one, recipient as other, 0 as s, 1 as e from events),"
        " every as (select * from said union all select * from told union all select * from done),"
        " named as (select distinct name from entities where named)"
        " select least(one, other) as left, greatest(one, other) as right, sum(s)::BIGINT as statements,"
        " sum(e)::BIGINT as events from every where one <> other and one in (from named)"
        " and other in (from named) group by 1, 2"
        f" order by sum(s) + sum(e) desc, 1, 2 limit {most}"
    ).table.to_pylist()
    return tuple(ActivePair(**row) for row in rows)


def _newest(archive: Archive) -> tuple[Hit, ...]:
    first = archive.search(None, limit=MOST)
    return first.hits + archive.search(None, limit=MOST, cursor=first.cursor).hits if first.cursor else first.hits
