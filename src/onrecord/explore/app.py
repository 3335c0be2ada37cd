"""The application: API and pages over one archive, behind its guard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from onrecord.explore import api, refusals
from onrecord.explore.answers import failed
from onrecord.explore.explorer import Explorer
from onrecord.explore.safety import App, Guard, Message

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def application(explorer: Explorer) -> Guard:
    """The whole explorer as one ASGI application."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        explorer.registry.start()
        yield
        explorer.registry.stop()

    app = FastAPI(
        title="onrecord", version=version("onrecord"), lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/v1/openapi.json", description="What is on the record, with the evidence.",
    )  # fmt: skip
    app.state.explorer = explorer
    app.add_middleware(GZipMiddleware, minimum_size=1_000)
    app.include_router(api.router)
    refusals.attach(app, as_page)
    return Guard(app, explorer.settings, _refused)


def as_page(request: "Request", status: int, kind: str, message: str) -> "Response":
    return failed(status, kind, message)


def _refused(scope: Message, status: int, kind: str, message: str) -> App:
    return failed(status, kind, message)
