"""JSON and JSON lines to articles: one article an object, in our own fields or as a ninjs item."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.errors import BadLine, InputError, NotText
from onrecord.read.dates import iso_date
from onrecord.read.decoding import byte_order_mark, refuse_binary
from onrecord.read.fields import ArticleFields, Draft
from onrecord.read.ninjs import draft_of_item, is_ninjs


def read_jsonl(lines: Iterable[bytes], where: str) -> Iterator[Draft | InputError]:
    """The articles of a JSON lines file, one line in memory at a time. Blank lines are passed over.

    A line is a ninjs item, or an object that has `text` and any of id, url, outlet, title, published, language
    (strings) and byline (a string or a list of them); other keys are ignored; null and blank strings count as not
    given. A line that is no such object comes as BadLine("file:line", …) in its place, an item without a body as
    NoArticle. Raises NotText when the file holds no line, or is not in UTF-8 from its first bytes on (JSON lines are
    always UTF-8).
    """
    empty = True
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = _without_mark(line, where)  # noqa: PLW2901
        if not line.strip():
            continue
        empty = False
        place = f"{where}:{number}"
        try:
            yield _draft(_parse(line, place), place)
        except InputError as error:
            yield error
    if empty:
        raise NotText(where, "is empty")


def read_json(text: str, where: str) -> Iterator[Draft | InputError]:
    """The article of a JSON file that is one object, or the articles of one that is a list of them. Raises BadLine
    when the file as a whole is not JSON."""
    value = _parse(text, where)
    if not isinstance(value, list):
        yield _draft(value, where)
        return
    for number, item in enumerate(value, 1):
        place = f"{where}, object {number}"
        try:
            yield _draft(item, place)
        except InputError as error:
            yield error


def _draft(value: Any, where: str) -> Draft:
    return draft_of_item(value, where) if is_ninjs(value) else draft_of(value, where)


def draft_of(value: Any, where: str) -> Draft:
    """One article from a parsed JSON object. Raises BadLine, saying which field is wrong and how."""
    if not isinstance(value, dict):
        raise BadLine(where, f"is not an article but {_kind(value)}: an object with a text is needed")
    if value.get("text") is None:
        raise BadLine(where, "has no text")
    text = value["text"]
    if not isinstance(text, str):
        raise BadLine(where, f"text is {_kind(text)}, not a string")
    if not text or text.isspace():
        raise BadLine(where, "text is empty")
    return Draft(
        text,
        ArticleFields(
            id=_id(value.get("id"), where),
            url=_string(value, "url", where),
            outlet=_string(value, "outlet", where),
            title=_string(value, "title", where),
            byline=_byline(value.get("byline"), where),
            language=_string(value, "language", where),
            published=_published(value, where),
        ),
    )


def _without_mark(line: bytes, where: str) -> bytes:
    """The first line without UTF-8's mark."""
    refuse_binary(line, where)
    found = byte_order_mark(line)
    if found is None:
        return line
    mark, encoding = found
    if encoding != "utf-8":
        raise NotText(where, f"is in {encoding.upper()}, but JSON lines must be in UTF-8: convert it")
    return line[len(mark) :]


def _parse(line: bytes | str, where: str) -> Any:
    try:
        return json.loads(line.decode("utf-8") if isinstance(line, bytes) else line)
    except UnicodeDecodeError as error:
        raise BadLine(where, f"is not in UTF-8 (byte {error.start} of the line): convert it") from error
    except json.JSONDecodeError as error:
        raise BadLine(where, f"is not JSON: {error.msg} at character {error.pos + 1}") from error
    except (ValueError, RecursionError) as error:
        # a number of thousands of digits, or brackets within brackets without end
        raise BadLine(where, f"is not JSON that can be read: {error}") from error


def _string(value: dict[str, Any], key: str, where: str) -> str | None:
    found = value.get(key)
    if found is None or (isinstance(found, str) and not found.strip()):
        return None
    if not isinstance(found, str):
        raise BadLine(where, f"{key} is {_kind(found)}, not a string")
    return found


def _id(found: Any, where: str) -> str | None:
    # databases number their articles: a whole number is as good an id as its digits
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return _string({"id": found}, "id", where)


def _byline(found: Any, where: str) -> tuple[str, ...]:
    names = [] if found is None else [found] if isinstance(found, str) else found
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadLine(where, "byline is not a string or a list of strings")
    return tuple(name for name in names if name.strip())


def _published(value: dict[str, Any], where: str) -> str | None:
    found = _string(value, "published", where)
    try:
        return iso_date(found) if found else None
    except ValueError as error:
        advice = "write it as 2020-11-03 or 2020-11-03T10:00:00+03:00, or leave it out"
        raise BadLine(where, f"published is not a date ({str(found)[:40]!r}): {advice}") from error


def _kind(value: Any) -> str:
    """A JSON value's type in words."""
    if isinstance(value, bool):
        return "true or false"
    names: dict[type, str] = {dict: "an object", list: "a list", str: "a string", int: "a number", float: "a number"}
    return names.get(type(value), "null")
