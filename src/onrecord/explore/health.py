"""What those ask who keep the server up: does it live, can it answer, how much does it do."""

import logging

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import JSONResponse, Response

from onrecord.errors import OnrecordError
from onrecord.explore.explorer import Explorer
from onrecord.explore.watched import Metrics
from onrecord.explore.who import NotGathered

HEALTH, LIVE, METRICS = "/health", "/health/live", "/metrics"
_COUNTED = ("articles", "statements", "entities", "events", "decisions")
router = APIRouter(include_in_schema=False)
_log = logging.getLogger(__name__)


@router.get(LIVE)
def live() -> Response:
    """The process answers."""
    return JSONResponse({"status": "live"})


@router.get(HEALTH)
def ready(request: Request) -> Response:
    """The archive can be read; 503 when it cannot, and the log says why."""
    explorer: Explorer = request.app.state.explorer
    try:
        commits = explorer.desk.sequence
    except OnrecordError as error:
        _log.error("not ready: %s", error)  # not to who asks without a token
        return JSONResponse({"status": "archive"}, 503)
    return JSONResponse({"status": "ready", "commits": commits, "actors_gathered": _gathered(explorer)})


@router.get(METRICS)
def metrics(request: Request) -> Response:
    """Requests by route and status, how long they took, and what is on the record, for Prometheus."""
    explorer: Explorer = request.app.state.explorer
    kept: Metrics = request.app.state.metrics
    now = explorer.desk.archive.snapshot
    for table in _COUNTED:
        kept.rows.labels(table).set(now.count(table))
    kept.commits.set(now.head.sequence)
    kept.gathered.set(_gathered(explorer))
    return Response(kept.written(), media_type=CONTENT_TYPE_LATEST)


def _gathered(explorer: Explorer) -> bool:
    try:
        return explorer.actors is not None
    except NotGathered:
        return False
