"""CSV and TSV to articles: a row of column names, then one article a row."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from onrecord.errors import BadLine, NotText
from onrecord.read.decoding import byte_order_mark, refuse_binary
from onrecord.read.fields import Draft, Finds
from onrecord.read.guessing import guess_encodings
from onrecord.read.jsonl import draft_of
from onrecord.read.streams import LARGEST_PIECE, MEGABYTE, buffered, put_back
from onrecord.read.tables import as_given, chosen_columns

_DELIMITERS = (",", "\t", ";", "|")


def read_csv(stream: BinaryIO, where: str, columns: Mapping[str, str]) -> Finds:
    """The articles of a table, one row in memory at a time; `columns` maps our fields to its columns' names.

    Commas, tabs, semicolons and strokes are told apart by the row of names. A row that is no article comes as
    BadLine("file:line", …) in its place. Raises NotText when the table is empty, binary or in an encoding that cannot
    be told, NoArticle when no column holds the text, BadLine where the quotation marks do not close.
    """
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST_PIECE))  # the module's own is 128 KB, under a long report
    text = _decoded(stream, where)
    with text:
        header = _header(text, where)
        rows = csv.reader(text, delimiter=_delimiter(header, columns), strict=True)
        names = next(csv.reader([header], delimiter=rows.dialect.delimiter))
        place = {field: names.index(name) for field, name in chosen_columns(names, columns, where).items()}
        empty = True
        for line, row in _numbered(rows, where):
            empty = False
            yield _article(row, len(names), place, f"{where}:{line + 1}")
        if empty:
            raise NotText(where, "is a table without a row under its column names")


def _article(row: list[str], width: int, place: dict[str, int], where: str) -> Draft | BadLine:
    if len(row) != width:
        return BadLine(where, f"has {len(row)} fields under {width} column names: check quotation marks and delimiters")
    try:
        return draft_of({field: as_given(field, row[index]) for field, index in place.items()}, where)
    except BadLine as error:
        return error


def _numbered(rows: Any, where: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with the line it begins on, counted from 1 after the header."""
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise BadLine(
                f"{where}:{line + 1}", f"is no row of a table ({error}): check its quotation marks"
            ) from error
        except UnicodeDecodeError as error:
            why = f"is not in {error.encoding.upper()} as what stands before it ({error.reason}): convert it to UTF-8"
            raise NotText(f"{where}:{line + 1}", why) from error
        if row is None:
            return
        if any(row):
            yield line, row


def _header(text: io.TextIOWrapper, where: str) -> str:
    """The line of column names; those of news tables do not run over several lines."""
    try:
        header = text.readline(MEGABYTE)
    except UnicodeDecodeError as error:
        raise NotText(where, f"is not in {error.encoding.upper()}, as it begins: convert it to UTF-8") from error
    if not header.strip():
        raise NotText(where, "begins with an empty line, not with column names" if header else "is empty")
    return header.rstrip("\r\n")


def _delimiter(header: str, columns: Mapping[str, str]) -> str:
    """The one by which the text's column shows in the header, else the one that gives most columns."""
    wanted = columns.get("text", "text").strip().casefold()

    def shows(delimiter: str) -> tuple[bool, int]:
        names = [name.strip().casefold() for name in next(csv.reader([header], delimiter=delimiter))]
        return wanted in names, len(names)

    return max(_DELIMITERS, key=shows)


def _decoded(stream: BinaryIO, where: str) -> io.TextIOWrapper:
    """The table as text, its line ends kept, in UTF-8, what its mark says, or what its first megabyte looks like."""
    head = stream.read(MEGABYTE)
    refuse_binary(head, where)
    mark, encoding = byte_order_mark(head) or (b"", "")
    rest = buffered(put_back(head[len(mark) :], stream))
    return io.TextIOWrapper(rest, encoding or _encoding(head, where), newline="")


def _encoding(head: bytes, where: str) -> str:
    if not head:
        raise NotText(where, "is empty")
    if b"\0" in head:
        raise NotText(where, "is binary, not text")
    # the sample ends anywhere: the character it breaks off in says nothing
    complete = head[: head.rfind(b"\n") + 1] or head
    try:
        complete.decode("utf-8")
    except UnicodeDecodeError:
        guess = next(iter(guess_encodings(complete)), None)
        if guess is None:
            raise NotText(where, "is text in an encoding that could not be told: convert it to UTF-8") from None
        return guess
    return "utf-8"
