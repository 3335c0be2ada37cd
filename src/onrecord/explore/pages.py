"""The pages: one function an address. What they ask of the archive is what the API asks."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import parse_qs, parse_qsl

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from onrecord.explore import statements
from onrecord.explore.articles import Read
from onrecord.explore.asked import SORTS, Asked
from onrecord.explore.briefing import active_pairs, briefing, moment
from onrecord.explore.decisions import judged
from onrecord.explore.dossier import SIDES, Side, statements_of
from onrecord.explore.events import Wanted, events
from onrecord.explore.explorer import Explorer
from onrecord.explore.links import actor_at, record_at
from onrecord.explore.paging import MOST, ON_A_PAGE, Place
from onrecord.explore.refusals import Missing
from onrecord.explore.runs import lately, progress
from onrecord.explore.safety import COOKIE, ENTER
from onrecord.explore.shown import page, static
from onrecord.explore.statements import citation
from onrecord.explore.watched import USER
from onrecord.export.html import anchor_of, article_view
from onrecord.store.filters import Filters
from onrecord.store.search import statement_key

router = APIRouter(include_in_schema=False)
_VISIT = "onrecord-visit"
_SAME_VISIT = timedelta(minutes=30)
_LISTED = 100


def _explorer(request: Request) -> Explorer:
    explorer: Explorer = request.app.state.explorer
    return explorer.asked_by(request.scope[USER])


Ask = Annotated[Explorer, Depends(_explorer)]


@router.get("/")
def show_briefing(request: Request, ask: Ask, since: str = "") -> Response:
    """What is new, echoed, active and doubtful."""
    before, now = _visits(request)
    from_when = moment(since) if since else before
    found = briefing(ask.desk, from_when)
    whole = ask.desk.ask(statements.series, Asked())
    answer = page("briefing.html.j2", at="briefing", found=found, series=whole, chosen=bool(since))
    visits = f"{before.isoformat() if before else ''}~{now.isoformat()}"
    secure = request.url.scheme == "https"
    answer.set_cookie(_VISIT, visits, max_age=31_536_000, httponly=True, samesite="lax", secure=secure)
    return answer


def _visits(request: Request) -> tuple[datetime | None, datetime]:
    """When the visit before this one was, and that this one is still on: half an hour without a look ends a visit."""
    now = datetime.now(UTC)
    before, _, last = request.cookies.get(_VISIT, "").partition("~")
    try:
        found = [datetime.fromisoformat(text).astimezone(UTC) if text else None for text in (before, last)]
    except (ValueError, OverflowError):
        return None, now
    if found[1] is None or now - found[1] > _SAME_VISIT:
        return found[1], now
    return found[0], now


@router.get("/record")
def show_record(request: Request, ask: Ask, cursor: str = "") -> Response:
    """Statements that answer a search, with facets and a timeline."""
    asked = Asked.of(request.query_params)
    found = ask.desk.ask(statements.statements, asked, Place(ON_A_PAGE, cursor or None))
    return page(
        "record.html.j2", at="record", asked=asked, found=found, sorts=SORTS, most=MOST, first=not cursor,
        facets=ask.desk.ask(statements.counts, Asked(asked.words, asked.filters)),
        series=ask.desk.ask(statements.series, Asked(asked.words, asked.filters)),
        without=_without(asked), origin=str(request.base_url).rstrip("/"),
    )  # fmt: skip


def _without(asked: Asked) -> list[tuple[str, str, dict[str, str]]]:
    """Each filter that holds, and what is asked without it."""
    held = {name: value for name, value in asked.given.items() if name not in {"q", "sort"}}
    return [(name, value, {k: v for k, v in asked.given.items() if k != name}) for name, value in held.items()]


@router.get("/compare")
def show_comparison(ask: Ask, a: str = "", b: str = "") -> Response:
    """Two searches side by side. Each is words, or the query of the address of one."""
    sides = [_side(ask, text) for text in (a, b)]
    together = statements.alike([side["series"] for side in sides])
    return page("compare.html.j2", at="record", a=a, b=b, sides=sides, series=[one.points for one in together])


def _side(ask: Explorer, text: str) -> Mapping[str, Any]:
    asked = Asked.of(dict(parse_qsl(text)) if "=" in text else {"q": text})
    return {
        "text": text,
        "asked": asked,
        "facets": ask.desk.ask(statements.counts, asked),
        "series": ask.desk.ask(statements.series, asked),
        "found": ask.desk.ask(statements.statements, asked, Place(8)),
    }


@router.get("/read/{article:path}")
def read_article(ask: Ask, article: str, version: int | None = None) -> Response:
    """The article with its marks, and everything that is said of it."""
    found = ask.article(article, version)
    record = found.record
    view = article_view(record, anchor_of(record.article.id))
    return page(
        "reader.html.j2", at="record", found=found, view=view, cited=_citations(found),
        happened=ask.desk.ask(events, Wanted(article=article), Place(MOST)).rows if found.current else (),
        entities={entity.id: entity for entity in record.entities},
    )  # fmt: skip


def _citations(found: Read) -> dict[str, tuple[str, str]]:
    """Key and citation of each statement by its id."""
    record = found.record
    keys = {s.id: statement_key(record.article.id, found.version, s.id) for s in record.statements}
    return {s.id: (keys[s.id], citation(record, s, keys[s.id])) for s in record.statements}


@router.get("/actors")
def show_actors(ask: Ask, q: str = "", cursor: str = "") -> Response:
    """People and bodies, those in most articles first."""
    found = Place(_LISTED, cursor or None).cut(ask.actors.like(q, MOST), ("actors", q))
    return page("actors.html.j2", at="actors", q=q, found=found, all=len(ask.actors.all))


@router.get("/actor/{reference:path}")
def show_actor(ask: Ask, reference: str, side: Side = "by", cursor: str = "") -> Response:
    """The dossier of an actor, whose id is its lasting address."""
    actor = ask.actors.find(reference)
    if actor is None:
        return _said_by(ask, speaker=reference)
    if actor.id != reference:
        return RedirectResponse(actor_at(actor.id, **({"side": side} if side != "by" else {})), 302)
    portrait = ask.portrait(reference)
    said = ask.desk.ask(statements_of, actor, side, Place(ON_A_PAGE, cursor)) if cursor else portrait.first[side]
    forms = tuple(form for form, _ in actor.aliases)
    return page(
        "actor.html.j2", at="actors", found=portrait.dossier, side=side, sides=SIDES, first=not cursor, said=said,
        namesakes=ask.actors.namesakes(actor),
        decided=[d for d in ask.desk.ask(judged) if {d.left, d.right, d.left_name, d.right_name} & {actor.id, *forms}],
        happened=ask.desk.ask(events, Wanted(among=forms), Place(12)),
    )  # fmt: skip


def _said_by(ask: Explorer, speaker: str, about: str | None = None) -> Response:
    """For those whom articles only describe there is no dossier, but there are statements. Raises Missing when not."""
    asked = Asked(filters=Filters(speaker=speaker, about=about))
    if not ask.desk.ask(statements.counts, asked).total:
        raise Missing(f"{speaker[:100]!r}: nobody of this id or name")
    return RedirectResponse(record_at(**asked.given), 302)


@router.get("/who")
def suggest_actors(ask: Ask, q: str = "") -> Response:
    """Actors of a name, to choose from."""
    return page("who.html.j2", found=ask.actors.like(q, 8) if q.strip() else ())


@router.post("/join")
def join_actors(
    ask: Ask, left: Annotated[str, Form()], right: Annotated[str, Form()], note: Annotated[str, Form()] = ""
) -> Response:
    """Decide that two actors are one."""
    ask.join(left, right, note or None)
    return RedirectResponse(actor_at(left), 303)


@router.post("/part")
def part_actor(ask: Ask, actor: Annotated[str, Form()], name: Annotated[str, Form()]) -> Response:
    """Decide that one name of an actor is another's."""
    ask.part(actor, name)
    return RedirectResponse(actor_at(actor), 303)


@router.post("/undo")
def undo_decision(ask: Ask, decision: Annotated[str, Form()], back: Annotated[str, Form()]) -> Response:
    """Take a decision back."""
    ask.undo(decision)
    return RedirectResponse(actor_at(back), 303)


@router.get("/pairs")
def show_pairs(ask: Ask) -> Response:
    """Who speaks most of whom."""
    return page("pairs.html.j2", at="pairs", found=ask.desk.ask(active_pairs))


@router.get("/pair/{left}/{right}")
def show_pair(ask: Ask, left: str, right: str) -> Response:
    """What passed between two actors."""
    if not (ask.actors.find(left) and ask.actors.find(right)):
        return _said_by(ask, speaker=left, about=right)
    return page("pair.html.j2", at="pairs", found=ask.pair(left, right))


@router.get("/run")
def show_runs(ask: Ask) -> Response:
    """What is being added, and what was."""
    return page("run.html.j2", at="run", found=ask.desk.ask(progress, lately()))


@router.get(ENTER)
def enter(request: Request, ask: Ask, token: str = "") -> Response:
    """Takes the token out of the address and into a cookie."""
    return _entered(request, ask, token) if token else page("enter.html.j2", at="", wrong=False)


@router.post(ENTER)
async def enter_by_form(request: Request, ask: Ask) -> Response:
    """The same from a form."""
    given = parse_qs((await request.body())[:2_000].decode("utf-8", "replace")).get("token", [""])[0]
    return _entered(request, ask, given)


def _entered(request: Request, ask: Explorer, token: str) -> Response:
    if ask.settings.who(token) is None:
        return page("enter.html.j2", at="", wrong=True, status=403)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return answer


@router.get("/static/{name}")
def load(name: str, v: str = "") -> Response:
    """A style sheet or script."""
    found = static(name, v)
    if found is None:
        raise Missing(f"{name[:100]}: no such file")
    return found
