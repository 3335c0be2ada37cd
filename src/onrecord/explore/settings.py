"""How the explorer is served."""

import hmac
import ipaddress
import re
from dataclasses import dataclass

from onrecord.errors import OnrecordError
from onrecord.explore.users import User, Users

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the explorer listens, by which names it is known, and who may do what.

    On loopback whoever reaches it may read; writing needs the token. On any other address, behind a proxy or with
    users everything does.
    """

    token: str
    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()
    """Names and addresses beside `host` by which browsers may ask for it."""
    person: str = "somebody"
    """Who decides, in decisions made through the pages by who knows the one token."""
    users: Users | None = None
    """Who may do what, each by a token of their own; then there is no other one."""
    proxies: tuple[str, ...] = ()
    """Addresses or networks whose X-Forwarded-For and X-Forwarded-Proto are believed."""
    prefix: str = ""
    """The path that it lies under for those who ask, such as /onrecord."""

    @property
    def guarded(self) -> bool:
        """Whether reading needs the token too."""
        return not is_loopback(self.host) or self.users is not None or bool(self.proxies)

    def who(self, token: str) -> User | None:
        """Whose token it is, told in a time that says nothing of it; None for nobody's."""
        if self.users is not None:
            return self.users.who(token)
        same = hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode())
        return User(self.person) if same else None

    @property
    def hosts(self) -> frozenset[str]:
        """Names that a Host header may have, in lower case and without port."""
        return frozenset(name.lower() for name in (*LOOPBACK, self.host, *self.names))

    @property
    def address(self) -> str:
        """Where it is reached from this machine."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def checked(settings: Settings) -> Settings:
    """The settings, when they can be served. Raises OnrecordError."""
    if len(settings.token) < 16:
        raise OnrecordError(f"--token: {len(settings.token)} characters are too few; 16 at least")
    if not settings.token.isascii() or not settings.token.isprintable() or " " in settings.token:
        raise OnrecordError("--token: only printable ASCII without blanks can stand in a header")
    if settings.prefix and not re.fullmatch(r"(/[\w.~-]+)+", settings.prefix, re.ASCII):
        raise OnrecordError(f"--root-path: {settings.prefix!r} is no path such as /onrecord")
    return settings
