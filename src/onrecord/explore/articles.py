"""What pages and API ask of articles and of the entities in them."""

from dataclasses import dataclass
from datetime import datetime

from onrecord.explore.paging import Paged, Place
from onrecord.records import Record
from onrecord.store.archive import Archive
from onrecord.store.tables import quoted

_OPENING = 120
"""Characters of a text that tell an article without a title."""


@dataclass(frozen=True, slots=True)
class Which:
    """Which articles: words of the title, the outlet or agency, days of publication; None asks nothing."""

    title: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article as a list shows it."""

    id: str
    version: int
    title: str | None
    outlet: str | None
    agency: str | None
    published: str | None
    url: str | None
    language: str | None
    model: str | None
    added: datetime
    opening: str
    """The first words of its text."""
    statements: int


@dataclass(frozen=True, slots=True)
class Read:
    """An article's record, which version it is, and which there are."""

    record: Record
    version: int
    versions: tuple[int, ...]

    @property
    def current(self) -> bool:
        return self.version == self.versions[-1]


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name that entities of articles bear."""

    name: str
    kind: str
    code: str | None
    country: str | None
    articles: int
    statements: int
    """Statements whose speaker bears it."""


def articles(archive: Archive, which: Which, place: Place) -> Paged[ArticleRow]:
    """A page of articles, those published last first, undated ones at the end. Raises BadQuery."""
    start = place.start(which)
    where = " and ".join(_predicates(which)) or "true"
    (counted,) = archive.sql(f"select count(*) as n from articles a where {where}").table.to_pylist()
    rows = article_rows(archive, where, "a.published desc nulls last, a.id", f"{place.limit} offset {start}")
    return Paged(rows, counted["n"], place.after(start + len(rows), counted["n"], which))


def article_rows(archive: Archive, where: str, order: str, limit: str) -> tuple[ArticleRow, ...]:
    """Rows of the view `articles`, as `a`, for which SQL holds; of text only the beginning is read."""
    columns = "a.id, a.version, a.title, a.outlet, a.dateline_agency as agency, a.published, a.url, a.language, a.model"
    found = archive.sql(
        f"select a.*, (select count(*) from statements s where s.article = a.id) as statements from ("
        f"select {columns}, a.added, left(a.text, {_OPENING}) as opening from articles a where {where}"
        f" order by {order} limit {limit}) a order by {order}"
    ).table.to_pylist()
    return tuple(ArticleRow(**row) for row in found)


def _predicates(which: Which) -> list[str]:
    parts = [f"a.title ilike {quoted(_like(word))} escape '!'" for word in (which.title or "").split()]
    if which.outlet:
        like = quoted(_like(which.outlet))
        parts.append(f"(a.outlet ilike {like} escape '!' or a.dateline_agency ilike {like} escape '!')")
    if which.since:
        parts.append(f"a.published >= {quoted(which.since)}")
    if which.until:
        parts.append(f"left(a.published, {len(which.until)}) <= {quoted(which.until)}")
    return parts


def _like(word: str) -> str:
    return "%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"


def read(archive: Archive, article: str, version: int | None = None) -> Read | None:
    """An article's record, the current one or that of a version; None when there is none."""
    record = archive.record(article, version)
    if record is None:
        return None
    versions = tuple(archive.versions(article))
    return Read(record, versions[-1] if version is None else version, versions)


def entities(archive: Archive, name: str | None, kind: str | None, place: Place) -> Paged[NameRow]:
    """A page of the names that entities bear, those in most articles first. Raises BadQuery."""
    parts = [f"e.name ilike {quoted(_like(word))} escape '!'" for word in (name or "").split()]
    parts += [f"e.kind = {quoted(kind)}"] if kind else []
    found = archive.sql(
        "with named as (select e.name, e.kind, mode(e.code) as code, mode(e.country) as country,"
        " count(distinct e.article) as articles from entities e"
        f" where e.named and {' and '.join(parts) or 'true'} group by 1, 2),"
        " said as (select speaker, speaker_kind, count(*) as n from statements group by 1, 2)"
        " select n.*, coalesce(s.n, 0)::BIGINT as statements from named n"
        " left join said s on s.speaker = n.name and s.speaker_kind = n.kind order by articles desc, n.name, n.kind"
    ).table.to_pylist()
    return place.cut([NameRow(**row) for row in found], ("entities", name, kind))
