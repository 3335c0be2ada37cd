"""Every request counted, timed and, if asked for, written down: what a team that serves the explorer watches."""

import json
import logging
import re
import time
import uuid
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from onrecord.explore.asgi import App, Message, Receive, Send, header

USER = "onrecord.user"
"""Where a request carries who asks."""
_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)
_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_log = logging.getLogger("onrecord.requests")


class Metrics:
    """The figures of one application, in Prometheus' terms."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        of = ("method", "route", "status")
        self.requests = Counter("onrecord_requests", "Requests answered.", of, registry=self.registry)
        self.seconds = Histogram(
            "onrecord_request_seconds", "Seconds until the answer was sent.", ("route",), buckets=_BOUNDS,
            registry=self.registry,
        )  # fmt: skip
        self.rows = Gauge("onrecord_rows", "Rows on the record.", ("table",), registry=self.registry)
        self.commits = Gauge("onrecord_commits", "Commits of the archive so far.", registry=self.registry)
        self.gathered = Gauge("onrecord_actors_gathered", "Whether actors are gathered.", registry=self.registry)

    def written(self) -> bytes:
        """All of them, as Prometheus reads them."""
        return generate_latest(self.registry)


class Watched:
    """Stands before the guard, so that refusals are seen too."""

    def __init__(self, app: App, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given, began, status = header(scope, b"x-request-id"), time.perf_counter(), 500
        id_ = given if _ID.fullmatch(given) else uuid.uuid4().hex

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", []), (b"x-request-id", id_.encode())]
            await send(message)

        try:
            await self.app(scope, receive, told)
        finally:
            self._note(scope, id_, status, time.perf_counter() - began)

    def _note(self, scope: Message, id_: str, status: int, seconds: float) -> None:
        # the pattern of the address, not the address: there are few of them
        route = getattr(scope.get("route"), "path", "other")
        self.metrics.requests.labels(scope["method"], route, status).inc()
        self.metrics.seconds.labels(route).observe(seconds)
        user, client = scope.get(USER), scope.get("client")
        told = {
            "request": id_, "user": user.name if user else None, "client": client[0] if client else None,
            "method": scope["method"], "path": scope["path"], "status": status, "ms": round(seconds * 1000, 1),
        }  # fmt: skip
        _log.info("%s %s %s", scope["method"], scope["path"], status, extra={"told": told})


class JsonLines(logging.Formatter):
    """A log record as one JSON object a line. Queries are not in it: the token may stand there."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "logger": record.name}
        told = getattr(record, "told", None)
        line |= told if told else {"message": record.getMessage()}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def log_as_json() -> None:
    """From now on, all logs of this process are JSON lines on standard error, requests included."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    _log.setLevel(logging.INFO)
