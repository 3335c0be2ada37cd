"""The application: API and pages over one archive, behind its guard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request

from onrecord.explore import api, pages, positions, refusals
from onrecord.explore.answers import failed
from onrecord.explore.explorer import Explorer
from onrecord.explore.safety import App, Guard, Message
from onrecord.explore.shown import page

if TYPE_CHECKING:
    from starlette.responses import Response

_HEADINGS = {
    "not_found": "Nothing is on the record there",
    "bad_query": "That cannot be asked",
    "bad_request": "That cannot be asked",
    "bad_decision": "That cannot be decided",
    "conflict": "That contradicts an earlier decision",
    "gathering": "Gathering who is who",
    "no_token": "The token is needed",
    "other_origin": "Not from there",
}


def application(explorer: Explorer) -> Guard:
    """The whole explorer as one ASGI application."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        explorer.start()
        yield
        explorer.stop()

    app = FastAPI(
        title="onrecord", version=version("onrecord"), lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/v1/openapi.json", description="What is on the record, with the evidence.",
    )  # fmt: skip
    app.state.explorer = explorer
    app.add_middleware(GZipMiddleware, minimum_size=1_000)
    app.include_router(positions.api)
    app.include_router(positions.pages)
    app.include_router(api.router)
    app.include_router(pages.router)
    refusals.attach(app, as_page)
    return Guard(app, explorer.settings, _refused)


def as_page(request: "Request", status: int, kind: str, message: str) -> "Response":
    """An error as a page."""
    heading = _HEADINGS.get(kind, "That went wrong")
    return page(
        "refusal.html.j2", at="", status=status, kind=kind, message=message, heading=heading,
        address=str(request.url.path),
    )  # fmt: skip


def _refused(scope: Message, status: int, kind: str, message: str) -> App:
    if scope["path"].startswith(refusals.API) or kind == "wrong_host":
        return failed(status, kind, message)
    return as_page(Request(scope), status, kind, message)
