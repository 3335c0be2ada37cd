"""Every error of the application in one shape: JSON for the API, a page for the pages."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from onrecord.errors import (
    ArchiveBusy,
    ArchiveError,
    BadDecision,
    BadQuery,
    DecisionConflict,
    NoMeanings,
    OnrecordError,
)
from onrecord.explore.answers import failed
from onrecord.explore.who import NotGathered

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

API = "/api/"
_log = logging.getLogger(__name__)


class Missing(OnrecordError):
    """What was asked for is not in the archive."""


class Forbidden(OnrecordError):
    """Who asks may not do that."""


_TOLD: dict[type[OnrecordError], tuple[int, str]] = {
    Missing: (404, "not_found"),
    Forbidden: (403, "forbidden"),
    BadQuery: (400, "bad_query"),
    DecisionConflict: (409, "conflict"),
    BadDecision: (400, "bad_decision"),
    NotGathered: (503, "gathering"),
    ArchiveBusy: (503, "busy"),
    NoMeanings: (409, "no_meanings"),
    ArchiveError: (503, "archive"),
}
"""Status and kind of each error, the narrower ones first."""
Shown = Callable[["Request", int, str, str], "Response"]
"""What shows an error as a page: of a request, with status, kind and words."""


def attach(app: "FastAPI", as_page: Shown) -> None:
    """Have an application answer every error in its shape."""

    def respond(request: "Request", status: int, kind: str, message: str) -> "Response":
        if request.url.path.startswith(API):
            headers = {"retry-after": "2"} if status == 503 else None
            return failed(status, kind, message, headers)
        return as_page(request, status, kind, message)

    @app.exception_handler(OnrecordError)
    def of_ours(request: "Request", error: OnrecordError) -> "Response":
        return respond(request, *_told(error), str(error))

    @app.exception_handler(RequestValidationError)
    def of_request(request: "Request", error: RequestValidationError) -> "Response":
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:]) or "request"
        return respond(request, 422, "bad_request", f"{where}: {first['msg']}")

    @app.exception_handler(HTTPException)
    def of_http(request: "Request", error: HTTPException) -> "Response":
        kind = {404: "not_found", 405: "wrong_method"}.get(error.status_code, "http")
        words = "there is nothing at this address" if error.status_code == 404 else str(error.detail)
        response = respond(request, error.status_code, kind, words)
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(Exception)
    def of_others(request: "Request", error: Exception) -> "Response":
        _log.exception("%s %s", request.method, request.url.path, exc_info=error)
        return respond(request, 500, "fault", "a fault of onrecord; its log says more")


def _told(error: OnrecordError) -> tuple[int, str]:
    return next((told for kind, told in _TOLD.items() if isinstance(error, kind)), (500, "fault"))
