"""What somebody says on a topic, over time: the API's route and the page."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from onrecord.explore.answers import Failure, One, one
from onrecord.explore.explorer import Explorer
from onrecord.explore.shown import page
from onrecord.positions.archived import archived_position
from onrecord.positions.position import Position

_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": Failure, "description": "The question cannot be understood."},
    422: {"model": Failure, "description": "A parameter is not of its kind."},
}
api = APIRouter(prefix="/api/v1", responses=_ERRORS)
pages = APIRouter(include_in_schema=False)
_Who = Annotated[str, Query(min_length=1, max_length=500, description="A name, words of one, or a code such as RUS.")]
_On = Annotated[str, Query(min_length=1, max_length=500, description="A topic's name or code, or plain words.")]
_Day = Annotated[str | None, Query(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$", description="YYYY, YYYY-MM, YYYY-MM-DD.")]


def asked(explorer: Explorer, who: str, on: str, since: str | None = None, until: str | None = None) -> Position:
    """A position from the explorer's archive."""
    return explorer.desk.ask(archived_position, who, on, explorer.scheme, since=since or None, until=until or None)


@api.get("/position", response_model=One[Position], tags=["positions"])
def get_position(request: Request, who: _Who, on: _On, since: _Day = None, until: _Day = None) -> Response:
    """What a speaker, country or body says on a topic, in order of time, and pairs that seem at odds."""
    return one(asked(request.app.state.explorer, who, on, since, until))


@pages.get("/position")
def show_position(request: Request, who: str = "", on: str = "") -> Response:
    """The position as a timeline; without a question, the form to ask it."""
    who, on = who.strip()[:500], on.strip()[:500]
    explorer: Explorer = request.app.state.explorer
    found = asked(explorer, who, on) if who and on else None
    beside: dict[int, list[dict[str, Any]]] = {}
    for turn in found.turns if found else ():
        for at, other in ((turn.was, turn.now), (turn.now, turn.was)):
            beside.setdefault(at, []).append({**asdict(turn), "other": other})
    names = {code: topic.name for code, topic in explorer.scheme.topics.items()}
    return page("position.html.j2", at="actors", who=who, on=on, found=found, beside=beside, topics=names)
