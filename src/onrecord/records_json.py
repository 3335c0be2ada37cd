"""Records read back from JSON: the inverse of `Record.to_dict`, held against the types in `records.py`.

The checks are made from the dataclasses themselves, so a field added there is read here without a line changed. What
is missing takes its default, unknown keys are passed over, and anything else is one error that names the field.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from onrecord.errors import BadRecord
from onrecord.records import MEANING_BITS, Article, Record, Span

Take = Callable[[Any, str], Any]
"""Turns a JSON value into a field's value, given the field's name for the error."""

_DIGITS = MEANING_BITS // 4


class _Wrong(Exception):
    """A value that does not fit: the field's path and why."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(field, why)
        self.field = field
        self.why = why


def record_from_dict(value: Any, where: str) -> Record:
    """One record from a parsed JSON object such as `Record.to_dict` gives; `where` is "file:line" for the error.

    Raises BadRecord, naming the field, for a wrong type, an unknown value, a span that does not lie in the text, an id
    given twice, or a reference to an entity or statement that the record does not have.
    """
    try:
        if not isinstance(value, dict):
            raise _Wrong("record", f"is {_kind(value)}, not an object as `onrecord read --format jsonl` writes it")
        article = _take(Article)(value, "")
        rest = {f.name: value[f.name] for f in fields(Record) if f.name != "article" and f.name in value}
        record = cast(Record, _build(Record, rest | {"article": article}, "", {"article": lambda v, _: v}))
        _check_spans(record)
        _check_references(record)
        _check_sizes(record)
    except _Wrong as wrong:
        raise BadRecord(where, wrong.field, wrong.why) from None
    return record


def read_records(lines: Iterable[bytes], where: str) -> Iterator[Record | BadRecord]:
    """The records of a JSON lines file, one line in memory at a time; blank lines are passed over.

    A line that is no record comes as BadRecord("file:line", field, why) in its place, and the rest goes on.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{where}:{number}"
        try:
            yield record_from_dict(json.loads(line), place)
        except BadRecord as error:
            yield error
        except (ValueError, RecursionError) as error:  # also bytes that are not UTF-8
            yield BadRecord(place, "line", f"is not JSON ({error})")


@cache
def _take(kind: Any) -> Take:
    """How a value of some type is read."""
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return lambda value, field: _object(cast(type, kind), value, field)
    if origin in (Union, UnionType):
        return _optional(_take(next(a for a in arguments if a is not type(None))))
    if origin is Literal:
        return _literal(arguments)
    if kind == Span:
        return _span
    if origin is tuple:
        return _tuple(_take(arguments[0]))
    return _plain(kind)


def _object(kind: type, value: Any, field: str) -> Any:
    if not isinstance(value, dict):
        raise _Wrong(field, f"is {_kind(value)}, not an object")
    return _build(kind, value, field, {})


def _build(kind: type, value: dict[str, Any], field: str, taken: dict[str, Take]) -> Any:
    found = {}
    for name, take, needed in _fields(kind):
        path = f"{field}.{name}" if field else name
        if name in value:
            found[name] = taken.get(name, take)(value[name], path)
        elif needed:
            raise _Wrong(path, "is missing")
    return kind(**found)


@cache
def _fields(kind: Any) -> tuple[tuple[str, Take, bool], ...]:
    hints = get_type_hints(kind)
    return tuple((f.name, _take(hints[f.name]), f.default is MISSING) for f in fields(kind))


def _optional(take: Take) -> Take:
    return lambda value, field: None if value is None else take(value, field)


def _literal(allowed: tuple[str, ...]) -> Take:
    def take(value: Any, field: str) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise _Wrong(field, f"is {value!r:.40}, none of {', '.join(allowed)}")
        return value

    return take


def _tuple(take: Take) -> Take:
    def take_all(value: Any, field: str) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise _Wrong(field, f"is {_kind(value)}, not a list")
        return tuple(take(item, f"{field}[{n}]") for n, item in enumerate(value))

    return take_all


def _span(value: Any, field: str) -> Span:
    ends = tuple(value) if isinstance(value, list | tuple) else ()
    if len(ends) != 2 or not all(type(end) is int for end in ends) or not 0 <= ends[0] <= ends[1]:
        raise _Wrong(field, f"is {value!r:.40}, not a span [start, end]")
    return ends


def _plain(kind: type) -> Take:
    # true and false are whole numbers to Python, but not to a record
    fits = {str: (str,), bool: (bool,), int: (int,), float: (float, int)}[kind]
    name = {str: "a string", bool: "true or false", int: "a whole number", float: "a number"}[kind]

    def take(value: Any, field: str) -> Any:
        if not isinstance(value, fits) or (isinstance(value, bool) and kind is not bool):
            raise _Wrong(field, f"is {_kind(value)}, not {name}")
        return value

    return take


def _check_spans(record: Record) -> None:
    end = len(record.article.text)
    dateline = record.article.dateline
    found = [("dateline.span", dateline.span)] if dateline else []
    found += [(f"entities[{n}].mentions", m.span) for n, e in enumerate(record.entities) for m in e.mentions]
    for n, s in enumerate(record.statements):
        found += [(f"statements[{n}]", span) for span in (*s.source, *s.cue, *s.content)]
        found += [(f"statements[{n}].provenance", evidence.span) for evidence in s.provenance]
    found += [(f"events[{n}].trigger", span) for n, event in enumerate(record.events) for span in event.trigger]
    for field, span in found:
        if span[1] > end:
            raise _Wrong(field, f"has the span {list(span)}, but the text ends at {end}")


def _check_references(record: Record) -> None:
    entities = _ids("entities", [e.id for e in record.entities])
    statements = _ids("statements", [s.id for s in record.statements])
    _ids("events", [e.id for e in record.events])
    for n, s in enumerate(record.statements):
        for field, ids in (("speaker", (s.speaker,)), ("addressee", (s.addressee,)), ("about", s.about)):
            _known(f"statements[{n}].{field}", ids, entities, "entity")
        _known(f"statements[{n}].stances", (stance.entity for stance in s.stances), entities, "entity")
        _known(f"statements[{n}].parent", (s.parent,), statements, "statement")
    for n, event in enumerate(record.events):
        _known(f"events[{n}].actor", (event.actor,), entities, "entity")
        _known(f"events[{n}].recipient", (event.recipient,), entities, "entity")
        _known(f"events[{n}].on_word_of", (event.on_word_of,), statements, "statement")


def _check_sizes(record: Record) -> None:
    for n, s in enumerate(record.statements):
        if len(s.topic_confidence) not in {0, len(s.topics)}:
            why = f"has {len(s.topic_confidence)} numbers for {len(s.topics)} topics"
            raise _Wrong(f"statements[{n}].topic_confidence", why)
        if s.meaning is not None and not re.fullmatch(f"[0-9a-f]{{{_DIGITS}}}", s.meaning):
            raise _Wrong(
                f"statements[{n}].meaning", f"is {s.meaning!r:.40}, not {_DIGITS} hexadecimal digits in small letters"
            )


def _ids(field: str, ids: list[str]) -> set[str]:
    seen: set[str] = set()
    for n, id_ in enumerate(ids):
        if id_ in seen:
            raise _Wrong(f"{field}[{n}].id", f"is {id_!r:.40} again; ids are unique within a record")
        seen.add(id_)
    return seen


def _known(field: str, ids: Iterable[str | None], known: set[str], what: str) -> None:
    for id_ in ids:
        if id_ is not None and id_ not in known:
            raise _Wrong(field, f"is {id_!r:.40}, but the record has no such {what}")


def _kind(value: Any) -> str:
    """A JSON value's type in words."""
    if isinstance(value, bool):
        return "true or false"
    names: dict[type, str] = {dict: "an object", list: "a list", str: "a string", int: "a number", float: "a number"}
    return names.get(type(value), "null")
