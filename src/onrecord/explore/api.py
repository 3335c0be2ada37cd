"""The API: what the pages show, as JSON, CSV or Parquet; described at /api/v1/openapi.json."""

from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from onrecord.explore import articles, briefing, decisions, dossier, events, statements
from onrecord.explore.answers import Failure, Format, Many, One, many, one
from onrecord.explore.asked import Asked, Sort
from onrecord.explore.explorer import Explorer
from onrecord.explore.paging import MOST, Paged, Place
from onrecord.explore.pair import PairPoint
from onrecord.explore.runs import RunRow, lately, progress
from onrecord.explore.watched import USER
from onrecord.store.filters import Filters
from onrecord.store.search import Facets, Hit

_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": Failure, "description": "The question cannot be understood."},
    404: {"model": Failure, "description": "There is no such thing."},
    422: {"model": Failure, "description": "A parameter is not of its kind."},
    503: {"model": Failure, "description": "Not ready yet, or busy: ask again after Retry-After seconds."},
}
_WRITES: dict[int | str, dict[str, Any]] = {
    401: {"model": Failure, "description": "The token is missing or wrong."},
    403: {"model": Failure, "description": "Asked by a page of another site, or beyond one's role."},
    409: {"model": Failure, "description": "It contradicts an earlier decision."},
}
router = APIRouter(prefix="/api/v1", responses=_ERRORS)


def _explorer(request: Request) -> Explorer:
    explorer: Explorer = request.app.state.explorer
    return explorer.asked_by(request.scope[USER])


def _place(
    limit: Annotated[int, Query(ge=1, le=MOST, description="Rows on a page.")] = 20,
    cursor: Annotated[str | None, Query(max_length=200, description="The one that the page before gave.")] = None,
) -> Place:
    return Place(limit, cursor or None)


_Text = Annotated[str | None, Query(max_length=2_000)]
_Day = Annotated[str | None, Query(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$", description="YYYY, YYYY-MM, YYYY-MM-DD.")]


def _filters(  # noqa: PLR0917
    speaker: _Text = None, about: _Text = None, outlet: _Text = None, via: _Text = None, country: _Text = None,
    since: _Day = None, until: _Day = None,
    quote: Annotated[str | None, Query(pattern="^(direct|indirect|mixed)?$")] = None,
    min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None,
) -> Filters:  # fmt: skip
    return Filters(
        speaker or None, about or None, outlet or None, via or None, country or None, since or None, until or None,
        quote or None, min_confidence,
    )  # fmt: skip


Held = Annotated[Filters, Depends(_filters)]
Ask = Annotated[Explorer, Depends(_explorer)]
At = Annotated[Place, Depends(_place)]
Written = Annotated[Format, Query(alias="format", description="How the list is written.")]
Words = Annotated[str | None, Query(max_length=2_000, description="Words, a phrase in quotes, begin*, OR, NOT, ( ).")]
Whom = Annotated[str, Path(max_length=500, description="An actor's id, or a name.")]


@router.get("/statements", response_model=Many[Hit], tags=["statements"])
def find_statements(
    ask: Ask, held: Held, place: At, q: Words = None, sort: Sort = "best", format: Written = Format.json
) -> Response:
    """Statements that answer a search, by words and filters."""
    page = ask.desk.ask(statements.statements, Asked(q, held, sort), place)
    return many(page, Hit, format, "statements")


@router.get("/statements/{key:path}", response_model=One[statements.Evidenced], tags=["statements"])
def get_statement(ask: Ask, key: Annotated[str, Path(description="ARTICLE@VERSION#STATEMENT; # is %23.")]) -> Response:
    """One statement, with the words of the article behind everything that is said of it."""
    return one(ask.statement(key))


@router.get("/facets", response_model=One[Facets], tags=["statements"])
def count_facets(ask: Ask, held: Held, q: Words = None, top: Annotated[int, Query(ge=1, le=200)] = 10) -> Response:
    """How many statements answer a search, by speaker, outlet, quotation, topic and month."""
    return one(ask.desk.ask(statements.counts, Asked(q, held), top))


@router.get("/series", response_model=One[statements.Series], tags=["statements"])
def count_series(ask: Ask, held: Held, q: Words = None) -> Response:
    """How many statements answer a search, by month; by day where they are few and near in time."""
    return one(ask.desk.ask(statements.series, Asked(q, held)))


@router.get("/articles", response_model=Many[articles.ArticleRow], tags=["articles"])
def find_articles(  # noqa: PLR0917
    ask: Ask, place: At, title: _Text = None, outlet: _Text = None, since: _Day = None, until: _Day = None,
    format: Written = Format.json,
) -> Response:  # fmt: skip
    """Articles, those published last first."""
    which = articles.Which(title or None, outlet or None, since or None, until or None)
    return many(ask.desk.ask(articles.articles, which, place), articles.ArticleRow, format, "articles")


@router.get("/articles/{article:path}", response_model=One[dict[str, Any]], tags=["articles"])
def get_article(ask: Ask, article: str, version: Annotated[int | None, Query(ge=0, le=2**31 - 1)] = None) -> Response:
    """The record of an article: text, entities, statements, events, all with offsets; an older version if asked."""
    found = ask.article(article, version)
    return one({**found.record.to_dict(), "version": found.version, "versions": found.versions})


@router.get("/entities", response_model=Many[articles.NameRow], tags=["actors"])
def find_entities(
    ask: Ask, place: At, name: _Text = None, kind: _Text = None, format: Written = Format.json
) -> Response:
    """Names that entities of articles bear, those in most articles first."""
    page = ask.desk.ask(articles.entities, name or None, kind or None, place)
    return many(page, articles.NameRow, format, "entities")


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor as a list shows it."""

    id: str
    name: str
    kind: str
    country: str | None
    code: str | None
    link: str | None
    articles: int
    aliases: tuple[str, ...]


@router.get("/actors", response_model=Many[ActorRow], tags=["actors"])
def find_actors(ask: Ask, place: At, q: Words = None, format: Written = Format.json) -> Response:
    """People and bodies across articles, those in most articles first."""
    found = ask.actors.like(q or "", MOST)
    page = place.cut(found, ("actors", q))
    rows = tuple(
        ActorRow(a.id, a.name, a.kind, a.country, a.code, a.link, a.articles, tuple(form for form, _ in a.aliases))
        for a in page.rows
    )
    return many(Paged(rows, page.total, page.cursor), ActorRow, format, "actors")


@router.get("/actors/{actor}", response_model=One[dossier.Dossier], tags=["actors"])
def get_actor(ask: Ask, actor: Whom) -> Response:
    """The dossier of an actor."""
    return one(ask.portrait(actor).dossier)


@router.get("/actors/{actor}/statements", response_model=Many[Hit], tags=["actors"])
def get_actor_statements(
    ask: Ask, place: At, actor: Whom, side: dossier.Side = "by", format: Written = Format.json
) -> Response:
    """What an actor said, or what was said about or to them, the newest first."""
    found = ask.actor(actor)
    page = ask.desk.ask(dossier.statements_of, found, side, place)
    return many(page, Hit, format, f"{found.id}-{side}")


@router.get("/pairs", response_model=Many[briefing.ActivePair], tags=["pairs"])
def find_pairs(ask: Ask, place: At, format: Written = Format.json) -> Response:
    """The names that speak most of each other, or do most to each other."""
    page = place.cut(ask.desk.ask(briefing.active_pairs), "pairs")
    return many(page, briefing.ActivePair, format, "pairs")


class PairOut(BaseModel):
    """Two actors and what passed between them."""

    left: str
    right: str
    points: list[PairPoint]
    left_says: list[Hit]
    right_says: list[Hit]
    facts: list[events.EventRow]
    claims: list[events.EventRow]


@router.get("/pairs/{left}/{right}", response_model=One[PairOut], tags=["pairs"])
def get_pair(ask: Ask, left: Whom, right: Whom) -> Response:
    """Two actors: what each said of the other, and the events between them, fact and claim apart."""
    found = ask.pair(left, right)
    lists = {name: getattr(found, name) for name in ("points", "left_says", "right_says", "facts", "claims")}
    return one({"left": found.left.name, "right": found.right.name, **lists})


@router.get("/pairs/{left}/{right}/series", response_model=Many[PairPoint], tags=["pairs"])
def get_pair_series(ask: Ask, left: Whom, right: Whom, place: At, format: Written = Format.json) -> Response:
    """Statements and events between two actors, by day or month."""
    page = place.cut(ask.pair(left, right).points, ("series", left, right))
    return many(page, PairPoint, format, "series")


@router.get("/events", response_model=Many[events.EventRow], tags=["events"])
def find_events(  # noqa: PLR0917
    ask: Ask, place: At, actor: _Text = None, recipient: _Text = None, type: _Text = None,
    status: Annotated[str | None, Query(pattern=f"^({'|'.join(events.STATUSES)})?$")] = None,
    since: _Day = None, until: _Day = None, format: Written = Format.json,
) -> Response:  # fmt: skip
    """Events, the newest first; actor and recipient are names or ids of actors."""
    doer, done_to = (_names(ask, who) for who in (actor, recipient))
    wanted = events.Wanted(doer, done_to, None, type or None, status or None, None, since or None, until or None)
    return many(ask.desk.ask(events.events, wanted, place), events.EventRow, format, "events")


def _names(ask: Explorer, who: str | None) -> tuple[str, ...] | None:
    return tuple(form for form, _ in ask.actor(who).aliases) if who else None


@router.get("/briefing", response_model=One[dict[str, Any]], tags=["archive"])
def get_briefing(ask: Ask, since: Annotated[str | None, Query(max_length=40)] = None) -> Response:
    """What is new since a moment, most echoed statements, most active pairs, least certain records."""
    return one(briefing.briefing(ask.desk, briefing.moment(since) if since else None))


@router.get("/runs", response_model=Many[RunRow], tags=["archive"])
def find_runs(ask: Ask, place: At, format: Written = Format.json) -> Response:
    """The last runs that added articles, the newest first."""
    return many(place.cut(ask.desk.ask(progress, lately()).runs, "runs"), RunRow, format, "runs")


@router.get("/info", response_model=One[dict[str, Any]], tags=["archive"])
def get_info(ask: Ask) -> Response:
    """What the archive holds, in figures. Where it lies is not told."""
    return one({name: value for name, value in asdict(ask.desk.ask(progress, lately()).info).items() if name != "path"})


@router.get("/decisions", response_model=Many[decisions.Judged], tags=["decisions"])
def find_decisions(ask: Ask, place: At, format: Written = Format.json) -> Response:
    """What people decided on who is who, the newest first."""
    return many(place.cut(ask.desk.ask(decisions.judged), "decisions"), decisions.Judged, format, "decisions")


class Joined(BaseModel):
    """Two actors that are one."""

    left: str = Field(max_length=500, description="An actor's id, or a name.")
    right: str = Field(max_length=500)
    note: str | None = Field(None, max_length=2_000)


class Parted(BaseModel):
    """A name of an actor that is another's."""

    name: str = Field(max_length=500)


@router.post("/decisions", response_model=One[decisions.Judged], status_code=201, responses=_WRITES, tags=["decisions"])
def join_actors(ask: Ask, given: Joined) -> Response:
    """Decide that two actors are one."""
    return one(ask.join(given.left, given.right, given.note), 201)


@router.post(
    "/actors/{actor}/parted",
    response_model=One[decisions.Judged],
    status_code=201,
    responses=_WRITES,
    tags=["decisions"],
)
def part_actor(ask: Ask, actor: Whom, given: Parted) -> Response:
    """Decide that those whom an actor's articles call by one of its names are another."""
    return one(ask.part(actor, given.name), 201)


@router.delete("/decisions/{decision}", response_model=One[decisions.Judged], responses=_WRITES, tags=["decisions"])
def undo_decision(ask: Ask, decision: Annotated[str, Path(max_length=100)]) -> Response:
    """Take a decision back."""
    return one(ask.undo(decision))
