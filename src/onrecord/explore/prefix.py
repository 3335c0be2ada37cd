"""The explorer under a path of a name that it shares, such as https://news.example/onrecord.

Pages, templates and redirects know nothing of it: they name addresses from the root, and what leaves is put under the
prefix. In markup an address from the root stands in an attribute; text cannot look like one, for quotes are escaped.
"""

import re

from onrecord.explore.asgi import App, Message, Receive, Send

_FROM_ROOT = re.compile(rb'(?<=\s)(href|src|action|hx-get|hx-post)="/(?!/)')


class Prefixed:
    """Puts the addresses in an application's answers under a prefix."""

    def __init__(self, app: App, prefix: str) -> None:
        self.app, self.prefix = app, prefix.encode()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self.prefix:
            await self.app(scope, receive, send)
            return
        begun: Message = {}
        body = bytearray()

        async def prefixed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = {
                    **message,
                    "headers": [(name, self._header(name, value)) for name, value in message["headers"]],
                }
                if not _is_page(begun):
                    await send(begun)
                return
            if not _is_page(begun):
                await send(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                whole = _FROM_ROOT.sub(rb'\1="' + self.prefix + b"/", bytes(body))
                headers = [(n, str(len(whole)).encode() if n == b"content-length" else v) for n, v in begun["headers"]]
                await send({**begun, "headers": headers})
                await send({"type": "http.response.body", "body": whole})

        await self.app(scope, receive, prefixed)

    def _header(self, name: bytes, value: bytes) -> bytes:
        if name == b"location" and value.startswith(b"/"):
            return self.prefix + value
        if name == b"set-cookie":
            return re.sub(rb"Path=/(?=;|$)", b"Path=" + self.prefix, value)
        return value


def without(scope: Message, prefix: str) -> Message:
    """A request as the application knows it, whether or not the proxy took the prefix away."""
    if not prefix or not (scope["path"] == prefix or scope["path"].startswith(f"{prefix}/")):
        return scope
    raw = scope.get("raw_path") or b""
    return {**scope, "path": scope["path"][len(prefix) :] or "/", "raw_path": raw[len(prefix) :] or b"/"}


def _is_page(begun: Message) -> bool:
    return any(name == b"content-type" and value.startswith(b"text/html") for name, value in begun["headers"])
