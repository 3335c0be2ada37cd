"""WARC files, as crawlers write them, to articles: the HTML pages among their responses.

warcio reads the headers and undoes what HTTP did to the pages. The walk from record to record is done here: warcio's
own takes a file that breaks off for one that ends. warcio and not fastwarc: that one reads records faster, but nearly
all the time goes into the extraction of the pages' text, and it weighs 5 MB against 0.3.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

from onrecord.errors import Damaged, InputError, NoArticle, NotText, TooBig
from onrecord.read.dates import iso_date
from onrecord.read.decoding import decode
from onrecord.read.fields import ArticleFields, Draft, Finds
from onrecord.read.html import read_html
from onrecord.read.streams import LARGEST_PIECE, MEGABYTE

_PAGE = re.compile(r"\s*(text/html|application/xhtml\+xml)\b", re.IGNORECASE)
_TEXT = re.compile(r"\s*text/plain\b", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def read_warc(stream: BinaryIO, where: str) -> Finds:
    """The articles of a WARC file, one record in memory at a time.

    Found pages (responses with status 200, resources, and texts that were made of pages) come with the record's address
    where they give none of their own, and the time of their capture. Those without an article come as errors in their
    place; all other records are passed over. A file that breaks off gives its whole records and then raises Damaged,
    one without any page NoArticle. Offsets in messages count bytes of the unpacked file.
    """
    empty = True
    for record in _records(stream, where):
        kind = record.kind()
        if kind is None:
            continue
        empty = False
        place = f"{where}, record at byte {record.offset:,}"
        try:
            yield _article(record, place, kind == "html")
        except InputError as error:
            yield error
    if empty:
        raise NoArticle(where, "holds no HTML page that was found by the crawler")


class _Record(NamedTuple):
    offset: int
    warcio: Any
    """Its `raw_stream` stands at the beginning of the content, after the HTTP headers."""

    def header(self, name: str) -> str:
        return str(self.warcio.rec_headers.get_header(name) or "")

    @property
    def content_type(self) -> str:
        http = self.warcio.http_headers
        return str((http or self.warcio.rec_headers).get_header("Content-Type") or "")

    def kind(self) -> str | None:
        """What of a record is read: its "html" or "text"; None for all else."""
        if self.warcio.rec_type == "conversion":
            return "text" if _TEXT.match(self.content_type) else None
        http = self.warcio.http_headers
        found = self.warcio.rec_type == "resource" or (
            self.warcio.rec_type == "response" and http is not None and http.get_statuscode() == "200"
        )
        return "html" if found and _PAGE.match(self.content_type) else None


def _article(record: _Record, where: str, html: bool) -> Draft:
    charset = _CHARSET.search(record.content_type)
    text = decode(_content(record, where), where, html=html, charset=charset[1] if charset else None)
    draft = read_html(text, where) if html else Draft(text, ArticleFields())
    address = record.header("WARC-Target-URI")
    fields: ArticleFields = {**draft.fields, "captured": _captured(record, where)}
    if not fields.get("url") and re.match(r"https?://", address):
        fields["url"] = address
    return Draft(draft.text, fields)


def _captured(record: _Record, where: str) -> str | None:
    date = record.header("WARC-Date")
    try:
        return iso_date(date) if date else None
    except ValueError as error:
        raise Damaged(where, f"WARC-Date is not a date ({date[:40]!r})") from error


def _content(record: _Record, where: str) -> bytes:
    """The page's bytes, without chunks and Content-Encoding."""
    from warcio.bufferedreaders import BufferedReader

    http = record.warcio.http_headers
    encoding = (http.get_header("Content-Encoding") or "identity").strip().lower() if http else "identity"
    if encoding not in {"identity", *BufferedReader.get_supported_decompressors()}:
        advice = ": pip install brotli" if encoding == "br" else ""
        raise NotText(where, f"has Content-Encoding {encoding}, which is not read here{advice}")
    stream, pieces, size = record.warcio.content_stream(), [], 0
    while piece := stream.read(MEGABYTE):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_PIECE:
            raise TooBig(where, f"is longer than the {LARGEST_PIECE // MEGABYTE} MB that are read in one piece")
    return b"".join(pieces)


class _Lines:
    """A stream that knows its place and whether its last line was the empty one that ends a header."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.place = 0
        self.last = b""

    def tell(self) -> int:
        return self.place

    def readline(self, size: int = -1) -> bytes:
        self.last = self._stream.readline(MEGABYTE if size < 0 else size)
        self.place += len(self.last)
        return self.last

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.place += len(data)
        return data


def _records(stream: BinaryIO, where: str) -> Iterator[_Record]:
    """Every record, read whole. Raises Damaged at the first that is not."""
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.recordloader import ArcWarcRecordLoader
    from warcio.statusandheaders import StatusAndHeadersParserException

    lines, loader = _Lines(stream), ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    while (line := _next_line(lines)) is not None:
        offset = lines.place - len(line)
        if not line.startswith(b"WARC/"):
            raise Damaged(where, f"holds no WARC record at byte {offset:,}, where one should begin")
        try:
            record = loader.parse_record_stream(lines, line, "warc", no_record_parse=True)
        except (ArchiveLoadFailed, EOFError, StatusAndHeadersParserException) as error:
            raise Damaged(where, f"holds no WARC record that can be read at byte {offset:,}") from error
        if lines.last.strip() or not lines.last:
            raise Damaged(where, f"breaks off in the header of the record at byte {offset:,}")
        block = _block(lines, record, where, offset)
        if block is None:
            continue
        record.raw_stream = BytesIO(block)
        try:
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            record.http_headers = loader.load_http_headers(record.rec_type, address, record.raw_stream, len(block))
        except EOFError:
            continue  # a response without a single header: nothing came
        yield _Record(offset, record)


def _next_line(lines: _Lines) -> bytes | None:
    """The first line that is not empty, None at the end."""
    while line := lines.readline():
        if line.strip():
            return line
    return None


def _block(lines: _Lines, record: Any, where: str, offset: int) -> bytes | None:
    """What follows a record's header; None when it is larger than any page, and passed over."""
    declared = record.rec_headers.get_header("Content-Length") or ""
    if not re.fullmatch(r"\d{1,18}", declared.strip()):
        raise Damaged(where, f"gives no length for the record at byte {offset:,}")
    length = left = int(declared)
    pieces: list[bytes] = []
    while left and (piece := lines.read(min(left, MEGABYTE))):
        left -= len(piece)
        if length <= LARGEST_PIECE:
            pieces.append(piece)
    if left:
        raise Damaged(where, f"breaks off in the record at byte {offset:,}, {left:,} bytes before its end")
    return b"".join(pieces) if length <= LARGEST_PIECE else None
