"""The stage's entry: files to articles.

1. find the files behind paths, folders, patterns and standard input   sources.py
2. tell the format, by the suffix or else by the first bytes           here
3. bytes to text                                                       decoding.py
4. text to an article's parts                                          html.py, jsonl.py
5. give it an id and read its dateline                                 identity.py, dateline.py
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Unpack

from onrecord.errors import BadLine, InputError
from onrecord.read.dateline import find_dateline
from onrecord.read.dates import iso_date
from onrecord.read.decoding import decode
from onrecord.read.fields import ArticleFields, Draft
from onrecord.read.html import read_html
from onrecord.read.identity import article_id
from onrecord.read.jsonl import read_json, read_jsonl
from onrecord.read.sources import Format, find_sources
from onrecord.records import Article

# how much of a file is looked at to tell its format
_HEAD = 4096
_HTML = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|article|main|div|meta|title|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON = re.compile(rb"\s*(\[\s*)?\{\s*(\"|\}|$)")


def read_articles(paths: Sequence[str | Path], *, stdin: BinaryIO | None = None) -> Iterator[Article | InputError]:
    """The articles behind paths: files, folders, patterns, and `-` for standard input (or `stdin` in its place).

    In the order given, sorted within folders and patterns, one file (of JSON lines: one line) in memory at a time.
    Whatever cannot be read comes as an InputError in its place, and the reading goes on after it; none is raised.
    """
    for source in find_sources(paths):
        if isinstance(source, InputError):
            yield source
            continue
        try:
            with source.open(stdin) as stream:
                yield from map(_finish, _read(stream, source.name, source.format))
        except InputError as error:
            yield error
        except OSError as error:
            yield InputError(source.name, f"cannot be read: {error.strerror or error}")


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


def _finish(draft: Draft | BadLine) -> Article | InputError:
    return draft if isinstance(draft, BadLine) else article_from_text(draft.text, **draft.fields)


def _read(stream: BinaryIO, where: str, format_: Format | None) -> Iterator[Draft | BadLine]:
    """What a file holds, read in one go, or line by line when it is JSON lines."""
    lines: Iterable[bytes] = stream
    if format_ is None:
        opening = _opening_lines(stream)
        format_ = _tell_format(opening)
        lines = chain(opening, stream)
    if format_ == "jsonl":
        yield from read_jsonl(lines, where)
        return
    text = decode(b"".join(lines), where, html=format_ == "html")
    if format_ == "html":
        yield read_html(text, where)
    elif format_ == "json":
        yield from read_json(text, where)
    else:
        yield Draft(text, ArticleFields())


def _opening_lines(stream: BinaryIO) -> list[bytes]:
    """The lines up to the first that is not blank, and some more to tell a page by."""
    lines: list[bytes] = []
    for line in stream:
        lines.append(line)
        if sum(map(len, lines)) > _HEAD or _JSON.match(line):
            break
    return lines


def _tell_format(lines: list[bytes]) -> Format:
    """The format of what has no known suffix. Text is the rule, the others show by how they open."""
    # without UTF-8's mark, and without the zeros and the mark of UTF-16, to compare with ASCII
    head = b"".join(lines)[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _HTML.match(head):
        return "html"
    if not _JSON.match(head):
        return "text"
    first = head.strip().split(b"\n", 1)[0].rstrip()
    if first.startswith(b"["):
        return "json"
    return "jsonl" if len(first) >= _HEAD - 3 or first.endswith(b"}") else "json"


def _iso_or_complain(published: str | None) -> str | None:
    try:
        return iso_date(published) if published else None
    except ValueError as error:
        raise InputError("published", f"is not a date in ISO 8601 ({published!r})") from error
