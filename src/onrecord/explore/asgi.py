"""What an ASGI application takes and gives."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


def header(scope: Message, name: bytes) -> str:
    """The first header of a name, empty when there is none."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")
