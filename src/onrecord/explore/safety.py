"""Who may ask, and what a page may do: Host, token, origin, and the headers of every answer.

A page of another site can send a browser here. It cannot know the token; its requests to write carry its own origin
and are refused; and a name that it has pointed at this machine (DNS rebinding) is none of ours.
"""

import hmac
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from onrecord.explore.settings import Settings

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
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
        refusal = self._refusal(scope)
        handler = self.refuse(scope, *refusal) if refusal else self.app

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_headers()]
            await send(message)

        await handler(scope, receive, answered)

    def _refusal(self, scope: Message) -> tuple[int, str, str] | None:
        """Status, kind and words, when a request must not be answered."""
        host = _header(scope, b"host")
        if _name_of(host) not in self.settings.hosts:
            return 421, "wrong_host", f"{host[:100]!r} is no name of this explorer; start it with --name to allow it"
        writes = scope["method"] not in _READS
        entering = scope["path"] == ENTER
        open_to_all = entering or scope["path"].startswith("/static/")
        if (writes or self.settings.guarded) and not open_to_all and not self._knows_token(scope):
            needs = "writing needs the token" if writes else "this explorer is open only to those who know its token"
            return 401, "no_token", f"{needs}; open the address that `onrecord serve` printed"
        if writes and not self._same_origin(scope, host):
            return 403, "other_origin", "a page of another site cannot write here"
        return None

    def _same_origin(self, scope: Message, host: str) -> bool:
        """A browser says where a request to write comes from; other programs say nothing, and prove the token."""
        origin, site = _header(scope, b"origin"), _header(scope, b"sec-fetch-site")
        if origin:
            return origin == f"{scope['scheme']}://{host}"
        if site:
            return site == "same-origin"
        return _bearer(scope) is not None

    def _knows_token(self, scope: Message) -> bool:
        given = _bearer(scope) or _cookie(scope) or ""
        return is_token(given, self.settings)


def is_token(given: str, settings: Settings) -> bool:
    """Whether a text is the token, told in a time that says nothing of it."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), settings.token.encode())


def _headers() -> Iterable[tuple[bytes, bytes]]:
    return ((name.encode(), value.encode()) for name, value in _HEADERS.items())


def _header(scope: Message, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _name_of(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _bearer(scope: Message) -> str | None:
    kind, _, token = _header(scope, b"authorization").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None


def _cookie(scope: Message) -> str | None:
    try:
        found = SimpleCookie(_header(scope, b"cookie")).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None
