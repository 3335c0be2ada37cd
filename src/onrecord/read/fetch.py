"""Pages and feeds from the web, politely. All networking of onrecord is in this file.

For every address, redirects included:
1. the site's robots.txt is asked, and kept for a day
2. the host is not asked more often than its pace allows
3. the page is read within limits of time and size
4. a busy or failing server is asked again later, when it says so itself, else after growing waits
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urljoin, urlsplit, urlunsplit

from onrecord.errors import NotFetched

if TYPE_CHECKING:
    from protego import Protego
    from tenacity import RetryCallState

AGENT = "onrecord"
"""The name that a site's robots.txt knows onrecord by."""
_MEGABYTE = 1 << 20
_ROBOTS_SIZE = 512 * 1024  # RFC 9309 asks for at least 500 KB
_DAY = 86_400.0
_SULK = 300.0  # a site whose robots.txt could not be had is not tried again for so long
_LONGEST_CRAWL_DELAY = 60.0
_MOST_REDIRECTS = 5
_MOVED = {301, 302, 303, 307, 308}
_BUSY = {408, 425, 429, 500, 502, 503, 504}
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"


def _agent() -> str:
    from importlib.metadata import version

    return f"{AGENT}/{version('onrecord')}"


@dataclass(frozen=True, slots=True)
class Manners:
    """How servers are asked. Times in seconds, sizes in bytes."""

    agent: str = field(default_factory=_agent)
    """The User-Agent; the part before the stroke is what robots.txt is asked about."""
    timeout: float = 20.0
    """For a connection, and between two pieces of an answer."""
    deadline: float = 120.0
    """For a whole answer: servers that drip do not hold the reading up."""
    largest: int = 64 * _MEGABYTE
    """Of an answer, unpacked."""
    pace: float = 1.0
    """Between two requests to one host; a Crawl-delay in robots.txt lengthens it, up to a minute."""
    tries: int = 4
    backoff: float = 2.0
    """The first wait before another try; it doubles each time, with some chance in it."""
    longest_wait: float = 120.0
    """A server that asks for a longer one is left alone: NotFetched carries its `retry_after`."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave. `body` is None when it has not changed since the `etag` or `last_modified` given."""

    url: str
    """Where the last redirect led."""
    body: bytes | None
    content_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None


class Answer(Protocol):
    """A server's answer, its body still to be read."""

    status: int
    headers: Mapping[str, str]

    def read(self, size: int) -> bytes:
        """The next bytes, at most `size`, with no Content-Encoding left on them; none at the end."""


Transport = Callable[[str, dict[str, str], float], AbstractContextManager[Answer]]
"""Sends a GET for a URL with headers and a timeout. Raises ConnectionError or TimeoutError (both are OSError)."""


class _TryAgain(Exception):
    """A failure that may pass."""

    def __init__(self, failure: NotFetched) -> None:
        super().__init__(str(failure))
        self.failure = failure


class Fetcher:
    """Fetches addresses and remembers each site's rules and when it was last asked. For one thread."""

    def __init__(
        self,
        manners: Manners | None = None,
        transport: Transport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._manners = manners or Manners()
        self._transport = transport or _urllib3_transport()
        self._sleep = sleep
        self._clock = clock
        self._robots: dict[str, tuple[float, Protego | NotFetched | None]] = {}
        """Until when what is known of a site holds: its rules, None where it has none, why they could not be had."""
        self._next: dict[str, float] = {}

    def fetch(
        self, url: str, etag: str | None = None, last_modified: str | None = None, *, linked_by: str | None = None
    ) -> Fetched:
        """What stands at an address now. Raises NotFetched.

        `linked_by` is the address of a feed that names this one: one on the public web leads to no private network.
        """
        guarded = linked_by is not None and not _is_private(linked_by)
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        address = _checked(url, url)
        for _ in range(_MOST_REDIRECTS + 1):
            if guarded and _is_private(address):
                raise NotFetched(url, "lies in a private network, and what links to it does not", temporary=False)
            self._ask_robots(address, url)
            found = self._persistently(address, url, headers)
            if isinstance(found, Fetched):
                return found
            address = _checked(urljoin(address, found), url)
        raise NotFetched(url, f"redirects more than {_MOST_REDIRECTS} times", temporary=False)

    def _persistently(self, address: str, url: str, headers: dict[str, str]) -> Fetched | str:
        """An answer, or the address it redirects to, after as many tries as it takes."""
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

        retrying = Retrying(
            stop=stop_after_attempt(self._manners.tries),
            wait=self._wait,
            retry=retry_if_exception_type(_TryAgain),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return retrying(self._once, address, url, headers)
        except _TryAgain as error:
            raise error.failure from error.__cause__

    def _wait(self, state: "RetryCallState") -> float:
        """Seconds before the next try: what the server asks for, else growing ones."""
        from tenacity import wait_random_exponential

        outcome = state.outcome and state.outcome.exception()
        asked = outcome.failure.retry_after if isinstance(outcome, _TryAgain) else None
        if asked is not None:
            return asked
        manners = self._manners
        growing = wait_random_exponential(multiplier=manners.backoff, max=manners.longest_wait)
        return manners.backoff / 2 + growing(state) / 2

    def _once(self, address: str, url: str, headers: dict[str, str]) -> Fetched | str:
        with self._answer(address, url, headers) as answer:
            status = answer.status
            if status in _MOVED and answer.headers.get("Location"):
                return answer.headers["Location"]
            if status in _BUSY:
                raise self._busy(answer, url)
            if status == 304 and headers:
                return _fetched(address, answer, None)
            if status != 200:
                raise NotFetched(url, f"the server answers {status}{_meaning(status)}", temporary=False)
            return _fetched(address, answer, self._body(answer, url))

    @contextmanager
    def _answer(self, address: str, url: str, headers: dict[str, str]) -> Iterator[Answer]:
        """One request, at the host's pace; what goes wrong on the way is worth another try."""
        self._keep_pace(address)
        own = {"User-Agent": self._manners.agent, "Accept": _ACCEPT, **headers}
        try:
            with self._transport(address, own, self._manners.timeout) as answer:
                yield answer
        except OSError as error:
            reason = "does not answer in time" if isinstance(error, TimeoutError) else f"cannot be reached: {error}"
            raise _TryAgain(NotFetched(url, reason, temporary=True)) from error

    def _body(self, answer: Answer, url: str) -> bytes:
        pieces, size, end = [], 0, self._clock() + self._manners.deadline
        while piece := answer.read(1 << 16):
            pieces.append(piece)
            size += len(piece)
            if size > self._manners.largest:
                largest = self._manners.largest
                limit = f"{largest // _MEGABYTE} MB" if largest >= _MEGABYTE else f"{largest:,} bytes"
                raise NotFetched(url, f"is larger than the {limit} that are fetched", temporary=False)
            if self._clock() > end:
                why = f"is not sent within {self._manners.deadline:g} seconds"
                raise NotFetched(url, why, temporary=True)
        return b"".join(pieces)

    def _busy(self, answer: Answer, url: str) -> Exception:
        after = _seconds(answer.headers.get("Retry-After"))
        why = f"the server answers {answer.status}{_meaning(answer.status)}"
        if after is not None and after > self._manners.longest_wait:
            why += f" and asks to wait {after:,.0f} seconds: try again then"
            return NotFetched(url, why, temporary=True, retry_after=after)
        return _TryAgain(NotFetched(url, f"{why}: try again later", temporary=True, retry_after=after))

    def _keep_pace(self, address: str) -> None:
        host = urlsplit(address).netloc
        wait = self._next.get(host, 0.0) - self._clock()
        if wait > 0:
            self._sleep(wait)
        self._next[host] = self._clock() + self._pace(address)

    def _pace(self, address: str) -> float:
        _, rules = self._robots.get(_site(address), (0.0, None))
        asked = None if rules is None or isinstance(rules, NotFetched) else rules.crawl_delay(self._manners.agent)
        return max(self._manners.pace, min(asked or 0.0, _LONGEST_CRAWL_DELAY))

    def _ask_robots(self, address: str, url: str) -> None:
        """Raises NotFetched when the site asks not to be read, or cannot be asked."""
        site = _site(address)
        until, rules = self._robots.get(site, (0.0, None))
        if site not in self._robots or self._clock() >= until:
            rules = self._robots_of(site)
            self._robots[site] = (self._clock() + (_SULK if isinstance(rules, NotFetched) else _DAY), rules)
        if isinstance(rules, NotFetched):
            raise NotFetched(url, rules.why, temporary=True, retry_after=rules.retry_after)
        if rules and not rules.can_fetch(address, self._manners.agent):
            raise NotFetched(url, "the site's robots.txt asks not to fetch it", temporary=False)

    def _robots_of(self, site: str) -> "Protego | NotFetched | None":
        """A site's rules by RFC 9309: none where it has no robots.txt, and why, where it cannot give it at present."""
        from protego import Protego

        address = own = f"{site}/robots.txt"
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                found = self._persistently(address, own, {})
                if isinstance(found, Fetched):
                    return Protego.parse((found.body or b"")[:_ROBOTS_SIZE].decode("utf-8", "replace"))
                address = _checked(urljoin(address, found), own)
        except NotFetched as error:
            if error.temporary:
                why = f"{error.why} (asked for {own})"
                return NotFetched(own, why, temporary=True, retry_after=error.retry_after)
        return None


def _checked(address: str, url: str) -> str:
    """An address that can be fetched, without its fragment. Raises NotFetched."""
    try:
        parts = urlsplit(address.strip())
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and (parts.port or 1)
    except ValueError:
        usable = False
    if not usable:
        whose = "is" if address == url else f"leads to {address!r}, which is"
        raise NotFetched(url, f"{whose} no web address that can be fetched", temporary=False)
    return urlunsplit(parts._replace(fragment="", path=parts.path or "/"))


def _is_private(address: str) -> bool:
    """Whether a host is on this machine or in a network of its own. Not one that cannot be found: that shows later."""
    import ipaddress
    import socket

    try:
        places = socket.getaddrinfo(urlsplit(address).hostname, None, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return any(not ipaddress.ip_address(str(place[4][0]).partition("%")[0]).is_global for place in places)


def _site(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _fetched(address: str, answer: Answer, body: bytes | None) -> Fetched:
    from email.message import Message

    header = Message()
    header["Content-Type"] = answer.headers.get("Content-Type", "")
    kind = header.get_content_type() if answer.headers.get("Content-Type") else ""
    charset = header.get_param("charset")
    return Fetched(
        address,
        body,
        kind,
        charset if isinstance(charset, str) else None,
        answer.headers.get("ETag"),
        answer.headers.get("Last-Modified"),
    )


def _meaning(status: int) -> str:
    from http import HTTPStatus

    try:
        return f" ({HTTPStatus(status).phrase})"
    except ValueError:
        return ""


def _seconds(retry_after: str | None) -> float | None:
    """The wait a Retry-After header asks for, given in seconds or as a date."""
    from urllib3.exceptions import InvalidHeader
    from urllib3.util import Retry

    if not retry_after:
        return None
    try:
        return max(0.0, Retry().parse_retry_after(retry_after))
    except InvalidHeader:
        return None  # it says nothing that can be kept to: our own waits apply


def _urllib3_transport() -> Transport:
    """urllib3's pool, its errors as OSError's."""
    import urllib3

    pool = urllib3.PoolManager(num_pools=32, retries=False)

    class Response:
        def __init__(self, response: Any) -> None:
            self._response = response
            self.status: int = response.status
            self.headers: Mapping[str, str] = response.headers

        def read(self, size: int) -> bytes:
            # read1: what has arrived, so that a server that drips meets the deadline
            with _as_os_errors():
                return bytes(self._response.read1(size, decode_content=True))

    @contextmanager
    def send(url: str, headers: dict[str, str], timeout: float) -> Iterator[Answer]:
        with _as_os_errors():
            response = pool.request(
                "GET",
                url,
                headers={**headers, **urllib3.util.make_headers(accept_encoding=True)},
                timeout=urllib3.Timeout(connect=timeout, read=timeout),
                redirect=False,
                preload_content=False,
            )
        try:
            yield Response(response)
        finally:
            # closed and not drained: what is left of an answer may be endless
            response.close()

    return send


@contextmanager
def _as_os_errors() -> Iterator[None]:
    from urllib3.exceptions import HTTPError, NewConnectionError
    from urllib3.exceptions import TimeoutError as OutOfTime

    try:
        yield
    except NewConnectionError as error:  # which urllib3 counts among those out of time
        raise ConnectionError(_plain(error)) from error
    except OutOfTime as error:
        raise TimeoutError(str(error)) from error
    except (HTTPError, ValueError) as error:
        raise ConnectionError(_plain(error)) from error


def _plain(error: Exception) -> str:
    """urllib3 wraps what happened in what it was doing: the inmost reason, in one line."""
    while isinstance(inner := getattr(error, "reason", None) or error.__cause__, Exception):
        error = inner
    return " ".join(str(error).split()) or type(error).__name__
