"""Who may ask, and what a page may do: Host, token, origin, and the headers of every answer.

A page of another site can send a browser here. It cannot know the token; its requests to write carry its own origin
and are refused; and a name that it has pointed at this machine (DNS rebinding) is none of ours.
"""

from collections.abc import Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from onrecord.explore.asgi import App, Message, Receive, Send, header
from onrecord.explore.health import HEALTH, LIVE, METRICS
from onrecord.explore.prefix import without
from onrecord.explore.settings import Settings
from onrecord.explore.users import Role
from onrecord.explore.watched import USER

Refuse = Callable[[Message, int, str, str], App]
"""What shows a refusal: of a request, with status, kind and words."""

COOKIE = "onrecord-token"
ENTER = "/enter"
_READS = {"GET", "HEAD", "OPTIONS"}
_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    # with no-referrer, browsers say of our own forms that they come from nowhere
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Stands before the whole application."""

    def __init__(self, app: App, settings: Settings, refuse: Refuse) -> None:
        self.app, self.settings, self.refuse = app, settings, refuse

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # the outer request, not a copy, tells who asked and which route answered
        if (inner := without(scope, self.settings.prefix)) is not scope:
            scope.update(inner)
        scope[USER] = self.settings.who(_bearer(scope) or _cookie(scope) or "")
        refusal = self._refusal(scope)
        handler = self.refuse(scope, *refusal) if refusal else self.app

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_headers()]
            await send(message)

        await handler(scope, receive, answered)

    def _refusal(self, scope: Message) -> tuple[int, str, str] | None:
        """Status, kind and words, when a request must not be answered."""
        if scope["path"] in {HEALTH, LIVE} and scope["method"] in _READS:
            return None  # who keeps servers up asks by address and has no token; it hears nothing of what is in here
        host = header(scope, b"host")
        if _name_of(host) not in self.settings.hosts:
            return 421, "wrong_host", f"{host[:100]!r} is no name of this explorer; start it with --name to allow it"
        writes = scope["method"] not in _READS
        entering = scope["path"] == ENTER
        open_to_all = entering or scope["path"].startswith("/static/")
        if (writes or self.settings.guarded) and not open_to_all:
            user, role = scope[USER], Role.correct if writes else Role.read
            if user is None:
                return 401, "no_token", self._needs_token(writes)
            if not user.may(Role.admin if scope["path"] == METRICS else role):
                return 403, "forbidden", f"{user.name} may only {user.role} here; ask an admin for another role"
        if writes and not self._same_origin(scope, host):
            return 403, "other_origin", "a page of another site cannot write here"
        return None

    def _same_origin(self, scope: Message, host: str) -> bool:
        """A browser says where a request to write comes from; other programs say nothing, and prove the token."""
        origin, site = header(scope, b"origin"), header(scope, b"sec-fetch-site")
        if origin:
            return origin == f"{scope['scheme']}://{host}"
        if site:
            return site == "same-origin"
        return _bearer(scope) is not None

    def _needs_token(self, writes: bool) -> str:
        needs = "writing needs a token" if writes else "this explorer is open only to those who have a token"
        if self.settings.users is not None:
            return f"{needs}; enter yours, or ask an admin for one"
        return f"{needs}; open the address that `onrecord serve` printed"


def _headers() -> Iterable[tuple[bytes, bytes]]:
    return ((name.encode(), value.encode()) for name, value in _HEADERS.items())


def _name_of(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _bearer(scope: Message) -> str | None:
    kind, _, token = header(scope, b"authorization").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None


def _cookie(scope: Message) -> str | None:
    try:
        found = SimpleCookie(header(scope, b"cookie")).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None
