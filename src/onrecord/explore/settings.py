"""How the explorer is served."""

import ipaddress
from dataclasses import dataclass

from onrecord.errors import OnrecordError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the explorer listens, by which names it is known, and who may do what.

    On loopback whoever reaches it may read; writing needs the token. On any other address everything does.
    """

    token: str
    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()
    """Names and addresses beside `host` by which browsers may ask for it."""
    person: str = "somebody"
    """Who decides, in decisions made through the pages."""

    @property
    def guarded(self) -> bool:
        """Whether reading needs the token too."""
        return not is_loopback(self.host)

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
    return settings
