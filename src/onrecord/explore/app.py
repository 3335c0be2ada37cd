"""The application: API and pages over one archive, behind its guard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request

from onrecord.explore import api, health, pages, paths, positions, refusals
from onrecord.explore.answers import failed
from onrecord.explore.asgi import App, Message
from onrecord.explore.explorer import Explorer
from onrecord.explore.prefix import Prefixed
from onrecord.explore.safety import Guard
from onrecord.explore.shown import page
from onrecord.explore.watched import Metrics, Watched

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
    "forbidden": "That is not yours to do",
}


def application(explorer: Explorer) -> Watched:
    """The whole explorer as one ASGI application."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        explorer.start()
        yield
        explorer.stop()

    app = FastAPI(
        title="onrecord", version=version("onrecord"), lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/v1/openapi.json", description="What is on the record, with the evidence.",
        servers=[{"url": explorer.settings.prefix}] if explorer.settings.prefix else None,
    )  # fmt: skip
    app.state.explorer, app.state.metrics = explorer, Metrics()
    app.add_middleware(Prefixed, prefix=explorer.settings.prefix)
    app.add_middleware(GZipMiddleware, minimum_size=1_000)
    app.include_router(health.router)
    app.include_router(positions.api)
    app.include_router(positions.pages)
    app.include_router(api.router)
    app.include_router(paths.router)
    app.include_router(pages.router)
    refusals.attach(app, as_page)

    def refused(scope: Message, status: int, kind: str, message: str) -> App:
        return Prefixed(_refused(scope, status, kind, message), explorer.settings.prefix)

    return Watched(Guard(app, explorer.settings, refused), app.state.metrics)


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
