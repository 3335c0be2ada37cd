"""RSS and Atom feeds to articles, through feedparser.

An entry that carries its article whole (`content`, or a description as long as one) is an article. One that carries a
summary is a link to the page that has it; who reads says whether links are fetched.
"""

import hashlib
import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import urljoin

from onrecord.errors import Damaged, NoArticle
from onrecord.read.dates import iso_date
from onrecord.read.fields import ArticleFields, Draft, Found, Link
from onrecord.read.formats import format_of_root, root_of
from onrecord.read.jsonld import plain, split_names
from onrecord.read.markup import text_of_html

# A summary is a sentence or three; a description of this length is the whole article, or enough of it to be read.
_SHORTEST_WHOLE = 1000
_END = re.compile(rb"</(rss|feed|([\w.-]+:)?RDF|channel)\s*>\s*(<!--.*?-->\s*)*\Z", re.IGNORECASE | re.DOTALL)


class Entry(NamedTuple):
    """One entry of a feed."""

    key: str
    """The same for the same entry at every reading."""
    state: str
    """Changes when the entry does."""
    found: Found


def read_feed(data: bytes, where: str, url: str | None = None, charset: str | None = None) -> Iterator[Entry]:
    """The entries of a feed, in its order. `url` is where it was fetched, for links that are relative.

    Entries without text and link come with NoArticle as what was found. Feeds that are not well-formed are read as far
    as they can be; of one that breaks off, the last entry comes as Damaged. Raises NoArticle when it is no feed.
    """
    import feedparser

    headers = {"content-location": url or "", "content-type": f"application/xml; charset={charset}" if charset else ""}
    # in a BytesIO: feedparser takes bare bytes for an address when they look like one
    parsed = feedparser.parse(BytesIO(data), response_headers={k: v for k, v in headers.items() if v})
    if not parsed.get("version") and not parsed.entries:
        raise NoArticle(where, _not_a_feed(data))
    entries = [_entry(entry, parsed.feed, f"{where}, entry {n}", url) for n, entry in enumerate(parsed.entries, 1)]
    if parsed.bozo and not _END.search(data):
        entries = entries[:-1]
        why = f"breaks off after {len(entries)} whole entries ({_reason(parsed.get('bozo_exception'))})"
        yield from entries
        yield Entry("", "", Damaged(where, why))
    else:
        yield from entries


def _not_a_feed(data: bytes) -> str:
    root = root_of(data)
    if format_of_root(root) == "html" or re.match(rb"\s*<!doctype html", data, re.IGNORECASE):
        return "is an HTML page, not a feed: give the address that the page links to as its feed"
    return f"is not a feed (its root element is <{root}>)" if root else "is not a feed, nor any XML"


def _entry(entry: Any, feed: Any, where: str, url: str | None) -> Entry:
    link = _link(entry, url)
    fields = ArticleFields(
        # an article read from its page has the id that follows from its address; that from the feed must be the same
        id=None if link else entry.get("id"),
        url=link,
        outlet=plain(entry.get("source", {}).get("title")) or plain(feed.get("title")),
        title=_title(entry),
        byline=_byline(entry),
        language=_language(entry, feed),
        published=_published(entry),
    )
    text = _whole_text(entry)
    words = text or text_of_html(entry.get("summary", ""))
    found: Found
    if text:
        found = Draft(text, fields)
    elif link:
        found = Link(link, fields, where, url)
    else:
        found = NoArticle(where, "has neither the article's text nor a link to it")
    # dict's own get: feedparser's gives the day of publication for a change that the feed does not tell
    updated = dict.get(entry, "updated", "")
    key = entry.get("id") or link or f"{fields.get('title')}\n{words}"
    return Entry(_digest(key), _digest(f"{fields.get('title')}\n{updated}\n{words}"), found)


def _whole_text(entry: Any) -> str | None:
    for content in entry.get("content", ()):
        text = content["value"] if content.get("type") == "text/plain" else text_of_html(content["value"])
        if text.strip():
            return str(text)
    summary = text_of_html(entry.get("summary", ""))
    return summary if len(summary) >= _SHORTEST_WHOLE else None


def _link(entry: Any, url: str | None) -> str | None:
    link = urljoin(url or "", entry.get("link", "").strip())
    return link if re.match(r"https?://[^/]", link) else None


def _title(entry: Any) -> str | None:
    return plain(entry.get("title"))


def _byline(entry: Any) -> tuple[str, ...]:
    # RSS writes "jane@c.example (Jane Doe)", of which feedparser makes a name; what has only an address has no name
    authors = [author.get("name") or "" for author in entry.get("authors", ())]
    return tuple(name for author in authors if "@" not in author for name in split_names(author))


def _language(entry: Any, feed: Any) -> str | None:
    details = [entry.get("title_detail", {}).get("language"), feed.get("language")]
    found = next((match for value in details if value and (match := re.match(r"[A-Za-z]{2,3}(?=$|[-_])", value))), None)
    return found[0].lower() if found else None


def _published(entry: Any) -> str | None:
    for given, parsed in (("published", "published_parsed"), ("updated", "updated_parsed")):
        if given not in entry:
            continue
        try:
            return iso_date(entry[given])
        except ValueError:
            moment = entry.get(parsed)
            if moment:  # a date in another form than ours, which feedparser knows; in UTC
                return datetime.fromtimestamp(timegm(moment), UTC).isoformat()
    return None


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def _reason(error: object) -> str:
    message = getattr(error, "getMessage", lambda: str(error))()
    return " ".join(str(message).split())
