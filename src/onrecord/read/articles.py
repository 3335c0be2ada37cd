"""The stage's entry: sources to articles.

1. find what lies behind paths, folders, patterns, addresses    sources.py, remote.py
2. fetch what is on the web                                      fetch.py
3. unpack what is packed                                         unpack.py
4. tell the format, by the name or else by the first bytes       formats.py
5. bytes to articles' parts                                      one file a format; decoding.py for their text
6. fetch the pages that a feed only points to                    fetch.py
7. give each an id and read its dateline                         identity.py, dateline.py
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Unpack, cast
from urllib.parse import urlsplit

from onrecord.errors import InputError, NoArticle
from onrecord.read.dateline import find_dateline
from onrecord.read.dates import iso_date
from onrecord.read.decoding import decode
from onrecord.read.feeds import Entry, read_feed
from onrecord.read.fetch import Fetched, Fetcher
from onrecord.read.fields import ArticleFields, Draft, Finds, Found, Link, Options
from onrecord.read.formats import Format, format_of, format_of_root, tell_format
from onrecord.read.html import read_html
from onrecord.read.identity import article_id
from onrecord.read.jsonl import read_json, read_jsonl
from onrecord.read.sources import Source, find_sources
from onrecord.read.streams import read_lines, read_whole, with_opening
from onrecord.read.unpack import Part, unpack
from onrecord.records import Article

# A page captured within so many days of its dateline gives that its year; one captured later is of any year.
_FRESH = 31
_TYPES: dict[str, Format] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
    "application/mbox": "mbox",
    "message/rfc822": "eml",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
}


def read_articles(
    paths: Sequence[str | Path],
    *,
    stdin: BinaryIO | None = None,
    options: Options | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Article | InputError]:
    """The articles behind paths: files, folders, patterns, addresses, and `-` for standard input (or `stdin` in its
    place).

    In the order given, sorted within folders and patterns, one file (of formats that hold many articles: one article)
    in memory at a time. Whatever cannot be read comes as an InputError in its place, and the reading goes on after it;
    none is raised. `fetcher` replaces the one that is made when something is to be fetched.
    """
    yield from read_sources(find_sources(paths), stdin=stdin, options=options, fetcher=fetcher)


def read_sources(
    sources: Iterable[Source | InputError],
    *,
    stdin: BinaryIO | None = None,
    options: Options | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Article | InputError]:
    """The articles of sources that were found, as `read_articles` reads them."""
    reader = _Reader(options or Options(), fetcher)
    for source in sources:
        if isinstance(source, InputError):
            yield source
            continue
        try:
            with reader.opened(source, stdin) as part:
                yield from reader.articles(part)
        except InputError as error:
            yield error
        except OSError as error:
            yield InputError(source.name, f"cannot be read: {error.strerror or ' '.join(str(error).split())}")


def read_page(link: Link, fetcher: Fetcher, given: ArticleFields | None = None) -> Article:
    """The article at a link, with what is known of it beforehand where the page does not say it; what is `given`
    outranks the page. Raises InputError."""
    fetched = fetcher.fetch(link.url, linked_by=link.linked_by)
    where = link.url
    if fetched.content_type and _TYPES.get(fetched.content_type) != "html":
        raise NoArticle(where, f"is no page but {fetched.content_type}")
    draft = read_html(decode(fetched.body or b"", where, html=True, charset=fetched.charset), where)
    own = {name: value for name, value in draft.fields.items() if value}
    fields = cast(ArticleFields, {**link.fields, **own, **(given or {})})
    return _finished(Draft(draft.text, fields))


def entries_of(fetched: Fetched) -> Iterator[Entry]:
    """The entries of a feed that was fetched. Raises NoArticle when it is none."""
    return read_feed(fetched.body or b"", fetched.url, fetched.url, fetched.charset)


def article_of(found: Found, fetcher: Fetcher | None, given: ArticleFields | None = None) -> Article:
    """The article that was found: itself, or the page of a link when there is a fetcher to fetch it. What is `given`
    outranks what the article says of itself. Raises the InputError that was found in its place."""
    if isinstance(found, InputError):
        raise found
    if isinstance(found, Draft):
        return _finished(Draft(found.text, cast(ArticleFields, {**found.fields, **(given or {})})))
    if fetcher is None:
        raise NoArticle(found.where, f"gives only a summary of {found.url}: --fetch reads the page itself")
    return read_page(found, fetcher, given)


class _Reader:
    """The way from a source's bytes to its articles, under one run's options."""

    def __init__(self, options: Options, fetcher: Fetcher | None) -> None:
        self._options = options
        self._fetcher = fetcher

    @contextmanager
    def opened(self, source: Source, stdin: BinaryIO | None) -> Iterator[Part]:
        if source.url:
            fetched = self._web().fetch(source.url)
            by_name = format_of(urlsplit(source.url).path)
            format_ = by_name if by_name == "feed" else _TYPES.get(fetched.content_type) or by_name
            body = BytesIO(fetched.body or b"")
            yield Part(source.name, self._options.format or format_, body, fetched.charset, fetched.url)
        else:
            with source.open(stdin) as stream:
                yield Part(source.name, self._options.format or source.format, stream)

    def articles(self, part: Part) -> Iterator[Article | InputError]:
        for inner in unpack(part):
            if isinstance(inner, InputError):
                yield inner
                continue
            try:
                for found in self._read(inner):
                    yield self._article(found, inner)
            except InputError as error:
                yield error

    def _article(self, found: Found, part: Part) -> Article | InputError:
        allowed = bool(part.url) if self._options.fetch is None else self._options.fetch
        try:
            return article_of(found, self._web() if allowed and isinstance(found, Link) else None)
        except InputError as error:
            return error

    def _web(self) -> Fetcher:
        if self._fetcher is None:
            self._fetcher = Fetcher()
        return self._fetcher

    def _read(self, part: Part) -> Finds:
        head, stream = with_opening(part.stream)
        where = part.name
        format_ = _format(part, head)
        if format_ in {"jsonl", "mbox"}:
            yield from (read_jsonl if format_ == "jsonl" else _mbox)(read_lines(stream, where), where)
        elif format_ in {"csv", "parquet", "warc"}:
            yield from self._read_many(format_, stream, where)
        else:
            yield from _read_whole(format_, read_whole(stream, where), part)

    def _read_many(self, format_: Format, stream: BinaryIO, where: str) -> Finds:
        """Formats of many articles that find their own way through the stream."""
        if format_ == "csv":
            from onrecord.read.csv import read_csv

            return read_csv(stream, where, self._options.columns)
        if format_ == "parquet":
            from onrecord.read.parquet import read_parquet

            return read_parquet(stream, where, self._options.columns)
        from onrecord.read.warc import read_warc

        return read_warc(stream, where)


def _format(part: Part, head: bytes) -> Format:
    """What a file holds. Web servers call feeds and data pages: their first bytes outrank what is said of them, but
    that a feed is a page shows its reader an error."""
    told = tell_format(head)
    if part.format is None or (part.url and told not in {"text", "xml"} and part.format != "feed"):
        return told
    if part.format == "xml" and told == "text":
        return "xml"
    return told if part.format == "xml" else part.format


def _read_whole(format_: Format, data: bytes, part: Part) -> Finds:
    """Formats of one article, or of one document with some."""
    where = part.name
    if format_ == "feed":
        yield from (entry.found for entry in read_feed(data, where, part.url, part.charset))
    elif format_ in {"newsml", "xml"}:
        yield from _read_xml(data, where)
    elif format_ == "eml":
        from onrecord.read.mail import read_mail

        yield read_mail(data, where)
    else:
        text = decode(data, where, html=format_ == "html", charset=part.charset)
        if format_ == "html":
            draft = read_html(text, where)
            own = draft.fields.get("url") or part.url
            yield Draft(draft.text, cast(ArticleFields, {**draft.fields, "url": own}))
        elif format_ == "json":
            yield from read_json(text, where)
        else:
            yield Draft(text, ArticleFields(url=part.url))


def _read_xml(data: bytes, where: str) -> Finds:
    from onrecord.read.markup import local_name, parse_xml
    from onrecord.read.newsml import read_newsml

    if not data.strip():
        decode(data, where)  # which says that it is empty
    root = parse_xml(data, where)
    if format_of_root(local_name(root)) != "newsml":
        raise NoArticle(where, f"is XML of a kind that is not read (its root element is <{local_name(root)}>)")
    yield from read_newsml(root, where)


def _mbox(lines: Iterator[bytes], where: str) -> Finds:
    from onrecord.read.mail import read_mbox

    return read_mbox(lines, where)


def article_from_text(text: str, **fields: Unpack[ArticleFields]) -> Article:
    """An article of a text at hand, kept exactly. Any string will do, an empty one and lone surrogates too.

    The id follows from the URL or the text when none is given. Raises InputError when `published` is not ISO 8601.
    """
    published = _iso_or_complain(fields.get("published"))
    return Article(
        id=fields.get("id") or article_id(text, fields.get("url")),
        text=text,
        url=fields.get("url"),
        outlet=fields.get("outlet"),
        title=fields.get("title"),
        byline=tuple(fields.get("byline") or ()),
        language=fields.get("language"),
        published=published,
        dateline=find_dateline(text, published),
    )


def _finished(draft: Draft) -> Article:
    article = article_from_text(draft.text, **draft.fields)
    captured = draft.fields.get("captured")
    if article.published or not captured:
        return article
    dateline = find_dateline(draft.text, captured)
    if dateline is None or not _is_fresh(dateline.date, captured):
        return article
    return replace(article, dateline=dateline)


def _is_fresh(day: str | None, captured: str) -> bool:
    """Whether a dateline's day lies so shortly before the capture of its page that the capture tells the year."""
    try:
        age = date.fromisoformat(captured[:10]) - date.fromisoformat(day or "")
    except ValueError:
        return False  # a dateline without a day, or with less than one
    return 0 <= age.days <= _FRESH


def _iso_or_complain(published: str | None) -> str | None:
    try:
        return iso_date(published) if published else None
    except ValueError as error:
        raise InputError("published", f"is not a date in ISO 8601 ({published!r})") from error
