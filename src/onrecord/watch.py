"""Feeds polled, politely and for as long as it takes: what is new in them goes to whoever keeps it.

1. the list of feeds, from a TOML file                                        read_feed_list
2. what is known of each from earlier polls, in a file beside the archive     State
3. one poll: ask whether the feed has changed, take each new entry's article  _poll
4. wait until the next one is due                                             watch
"""

import json
import os
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from onrecord.errors import InputError, NotFetched, OnrecordError
from onrecord.read.articles import article_of, entries_of
from onrecord.read.feeds import Entry
from onrecord.read.fetch import Fetcher
from onrecord.read.fields import ArticleFields
from onrecord.records import Article

EVERY = 1800.0
"""Seconds between two polls of a feed that says nothing else."""
_SHORTEST, _LONGEST = 60.0, 86_400.0
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_KEPT = 30 * 86_400.0  # an entry that has left its feed is forgotten after a month
_MOST_FAILURES = 3  # of pages in one poll
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed to watch. `outlet` and `language`, where given, outrank what it says of itself."""

    url: str
    outlet: str | None = None
    language: str | None = None
    every: float = EVERY
    """Seconds."""
    fetch: bool = True
    """Whether to fetch the pages behind entries that are only summaries."""


@dataclass(frozen=True, slots=True)
class Poll:
    """What one poll of a feed gave."""

    feed: Feed
    entries: int = 0
    new: int = 0
    """Entries that are new or have changed."""
    read: int = 0
    """Articles handed on."""
    errors: tuple[InputError, ...] = ()
    unchanged: bool = False
    """The server said that nothing has changed since the last poll."""
    waits: float = 0.0
    """Seconds for which the feed is still left alone, because it failed before; then it was not polled."""

    def __str__(self) -> str:
        name = f"{self.feed.url}: "
        if self.waits:
            return f"{name}left alone for {self.waits / 60:,.0f} more minutes, as it failed before"
        if self.unchanged:
            return f"{name}unchanged"
        failed = f", {len(self.errors)} failed" if self.errors else ""
        return f"{name}{self.entries} entries, {self.new} new, {self.read} read{failed}"


def read_feed_list(path: Path) -> list[Feed]:
    """The feeds of a TOML file: tables `[[feeds]]` with `url` and, each if wanted, `outlet`, `language`, `every`
    ("90s", "15m", "2h", "1d") and `fetch`.

    The last two may stand above all tables, for all. Raises InputError, naming the feed and the field.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"is not TOML: {' '.join(str(error).split())}") from error
    rows = table.pop("feeds", None)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise InputError(str(path), 'has no feeds: begin each with a line [[feeds]], and give its url = "https://…"')
    unknown = sorted(table.keys() - {"every", "fetch"})
    if unknown:
        raise InputError(str(path), f"{unknown[0]} is not known here; every and fetch are, and tables [[feeds]]")
    feeds = [_feed({**table, **row}, f"{path}, feed {number}") for number, row in enumerate(rows, 1)]
    urls = [feed.url for feed in feeds]
    for number, url in enumerate(urls):
        if url in urls[:number]:
            raise InputError(f"{path}, feed {number + 1}", f"{url} is there twice")
    return feeds


def _feed(row: dict[str, Any], where: str) -> Feed:
    kinds: dict[str, type | tuple[type, ...]] = {
        "url": str,
        "outlet": str,
        "language": str,
        "every": (str, int, float),
        "fetch": bool,
    }
    for name, value in row.items():
        if name not in kinds:
            raise InputError(where, f"{name} is not known here; {', '.join(kinds)} are")
        if not isinstance(value, kinds[name]) or (isinstance(value, bool) and name != "fetch"):
            raise InputError(where, f"{name} cannot be {value!r}")
    if not row.get("url", "").startswith(("http://", "https://")):
        raise InputError(where, 'needs url = "https://…"')
    every = _seconds(row["every"], where) if "every" in row else EVERY
    return Feed(row["url"], row.get("outlet"), row.get("language"), every, row.get("fetch", True))


def _seconds(every: str | float, where: str) -> float:
    number, unit = (every[:-1], every[-1:]) if isinstance(every, str) else (str(every), "s")
    try:
        seconds = float(number) * _UNITS[unit]
    except (ValueError, KeyError):
        seconds = 0.0
    if not _SHORTEST <= seconds <= 30 * _LONGEST:
        raise InputError(where, f'every cannot be {every!r}: write "15m", "2h" or "1d", a minute at least')
    return seconds


@dataclass(slots=True)
class Known:
    """What is known of one feed from its earlier polls. Times in seconds since 1970."""

    etag: str | None = None
    last_modified: str | None = None
    due: float = 0.0
    """Not polled before; later than its `every` says after failures, or when the server asks for it."""
    failures: int = 0
    """Polls in a row that gave nothing."""
    seen: dict[str, tuple[str, float]] = field(default_factory=dict)
    """By an entry's key: its state when its article was handed on, and when it last was in the feed."""


@dataclass(frozen=True, slots=True)
class Time:
    """The clock and the waiting, to be replaced in tests."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


class State:
    """What is known of all feeds, in a file that is replaced whole or not at all."""

    def __init__(self, path: Path) -> None:
        """Raises InputError when there is a file and it is none of ours."""
        self._path = path
        self._known = _load(path)

    def of(self, feed: Feed) -> Known:
        """What is known of a feed; to be changed in place, and kept with `save`."""
        return self._known.setdefault(feed.url, Known())

    def save(self) -> None:
        """Raises OnrecordError when it cannot be written."""
        feeds = {url: asdict(known) for url, known in self._known.items()}
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("w", encoding="utf-8") as file:
                json.dump({"version": _VERSION, "feeds": feeds}, file)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
        except OSError as error:
            with suppress(OSError):
                beside.unlink()
            raise OnrecordError(f"{self._path}: cannot be written ({error.strerror or error})") from error


def _load(path: Path) -> dict[str, Known]:
    try:
        table = json.loads(path.read_text("utf-8"))
        if table["version"] != _VERSION:
            raise InputError(str(path), f"is of version {table['version']}, and {_VERSION} is what is known here")
        known = {url: Known(**row) for url, row in table["feeds"].items()}
        for one in known.values():
            one.seen = {key: (str(state), float(last)) for key, (state, last) in one.seen.items()}
        return known
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        why = "is not a state of watched feeds: move it away, and all entries count as new"
        raise InputError(str(path), why) from error


def watch(
    feeds: Sequence[Feed],
    state: State,
    handle: Callable[[Article], None],
    fetcher: Fetcher | None = None,
    *,
    once: bool = False,
    time_: Time | None = None,
) -> Iterator[Poll]:
    """Polls the feeds as they fall due and hands each new or changed article to `handle`; gives each poll's outcome.

    With `once`, every feed is polled now, but for those that failed or whose server asked to be left alone longer; else
    it goes on until it is no longer asked for the next outcome. An entry counts as seen when `handle` has returned, and
    the state is saved after every poll, interrupted ones too: after a break, at most the articles of one poll come
    again. Feeds and entries that cannot be read are counted in their poll; those that may be had later are tried then.
    What `handle` raises is not caught.
    """
    fetcher, time_ = fetcher or Fetcher(), time_ or Time()
    while True:
        for feed in sorted(feeds, key=lambda feed: state.of(feed).due):
            known = state.of(feed)
            wait = known.due - time_.now()
            if wait > 0 and not once:
                break  # nor are those after it due
            if wait > 0 and known.failures:
                yield Poll(feed, waits=wait)
                continue
            try:
                poll = _poll(feed, known, handle, fetcher, time_.now())
            finally:
                state.save()
            yield poll
        if once:
            return
        time_.sleep(max(0.0, min(state.of(feed).due for feed in feeds) - time_.now()))


def _poll(feed: Feed, known: Known, handle: Callable[[Article], None], fetcher: Fetcher, now: float) -> Poll:
    try:
        fetched = fetcher.fetch(feed.url, known.etag, known.last_modified)
        entries = [] if fetched.body is None else list(entries_of(fetched))
    except InputError as error:
        known.failures += 1
        asked = error.retry_after if isinstance(error, NotFetched) else None
        known.due = now + max(min(feed.every * 2**known.failures, max(feed.every, _LONGEST)), asked or 0.0)
        return Poll(feed, errors=(error,))
    known.failures = 0
    poll = Poll(feed, unchanged=True)
    if fetched.body is not None:
        # as if never polled, until all of what it has now has been taken
        known.etag, known.last_modified, known.due = None, None, now
        poll = _take(feed, known, entries, handle, fetcher, now)
        if not any(_is_temporary(error) for error in poll.errors):
            known.etag, known.last_modified = fetched.etag, fetched.last_modified
        known.seen = {key: (state, last) for key, (state, last) in known.seen.items() if now - last < _KEPT}
    known.due = now + feed.every
    return poll


def _take(
    feed: Feed, known: Known, entries: list[Entry], handle: Callable[[Article], None], fetcher: Fetcher, now: float
) -> Poll:
    """Hands on the articles of the entries that are new or have changed, oldest first."""
    given = ArticleFields()
    if feed.outlet:
        given["outlet"] = feed.outlet
    if feed.language:
        given["language"] = feed.language
    poll = Poll(feed, entries=len(entries))
    for entry in reversed(entries):
        state, _ = known.seen.get(entry.key, (None, now))
        if state == entry.state:
            known.seen[entry.key] = (entry.state, now)
            continue
        poll = replace(poll, new=poll.new + 1)
        try:
            article = article_of(entry.found, fetcher if feed.fetch else None, given)
        except InputError as error:
            poll = replace(poll, errors=(*poll.errors, error))
            if sum(map(_is_temporary, poll.errors)) >= _MOST_FAILURES:
                return poll  # the site is down or busy: the other pages wait for the next poll
            if _is_temporary(error):
                continue
        else:
            handle(article)
            poll = replace(poll, read=poll.read + 1)
        if entry.key:
            known.seen[entry.key] = (entry.state, now)
    return poll


def _is_temporary(error: InputError) -> bool:
    return isinstance(error, NotFetched) and error.temporary
