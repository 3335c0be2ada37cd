"""Users' own actors, from one CSV file that a spreadsheet can write."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast, get_args

from onrecord.errors import BadActor, MissingInput
from onrecord.names import fold
from onrecord.records import EntityKind
from onrecord.resolve.actors.actor import Actor, Term
from onrecord.resolve.actors.table import MARKS, line_of

Refuse = Callable[[BadActor], None]
FIELDS = ("name", "code", "kind", "country", "role", "aliases", "start", "end")
_NEEDED = ("name", "code", "kind")
_KINDS = get_args(EntityKind)
_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$")
_NO_DATE = "{!r} is not a date such as 2024-08-21, 2024-08 or 2024"


@dataclass
class _Own:
    """An actor put together from all rows of its name and code: a row a term of office."""

    fields: dict[str, str]
    names: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)


def own_lines(path: Path, refuse: Refuse | None = None) -> Iterator[str]:
    """The file's actors as lines of the registry's table, in the file's order.

    A bad row is handed to `refuse` as a BadActor naming file, row (the line; the header is 1) and field, and the others
    are kept; without `refuse` it is raised. Raises MissingInput when there is no such file, and BadActor when its
    header lacks a needed column or names an unknown one.
    """
    if not path.is_file():
        raise MissingInput(str(path), "no such file of actors")
    actors: dict[tuple[str, str], _Own] = {}
    for fields in _rows(path, refuse):
        own = actors.setdefault((fields["code"], fold(fields["name"])), _Own(fields))
        own.names += [fields["name"], *_aliases(fields)]
        own.terms += _terms(fields)
    return (_line(own) for own in actors.values())


def _rows(path: Path, refuse: Refuse | None) -> Iterator[dict[str, str]]:
    where = str(path)
    with path.open(encoding="utf-8-sig", newline="", errors="surrogateescape") as file:
        reader = csv.DictReader(file, restkey="")
        _check_header(where, reader.fieldnames or ())
        for raw in reader:
            try:
                fields = _checked(where, reader.line_num, raw)
            except BadActor as error:
                if refuse is None:
                    raise
                refuse(error)
                continue
            if any(fields.values()):
                yield fields


def _check_header(where: str, columns: Sequence[str]) -> None:
    for column in columns:
        if column not in FIELDS:
            raise BadActor(where, 1, column, f"no such column; there are {', '.join(FIELDS)}")
    for needed in _NEEDED:
        if needed not in columns:
            raise BadActor(where, 1, needed, "the column is missing")


def _checked(where: str, row: int, raw: dict[str, str | list[str] | None]) -> dict[str, str]:
    if "" in raw:
        raise BadActor(where, row, FIELDS[-1], "more cells than columns; a name with a comma needs quotation marks")
    fields = dict.fromkeys(FIELDS, "") | {name: str(value or "").strip() for name, value in raw.items()}
    if any(fields.values()):
        for column, value in fields.items():
            why = _fault(column, value)
            if why:
                raise BadActor(where, row, column, why)
        if fields["start"] and fields["end"] and fields["start"] > fields["end"]:
            raise BadActor(where, row, "end", f"{fields['end']} lies before the start, {fields['start']}")
    return fields


def _fault(column: str, value: str) -> str | None:
    """What is wrong with a cell, None for nothing."""
    if not value:
        return "must not be empty" if column in _NEEDED else None
    faults = {
        "is not in UTF-8": any("\ud800" <= c <= "\udfff" for c in value),
        "holds a tab, a line end or a bar": any(c in value for c in "\t\n\r|"),
    }
    names = [part.strip() for part in value.split(";")]
    of_column = {
        "name": (f"begins with one of {MARKS}", value[0] in MARKS),
        "aliases": (f"one begins with one of {MARKS}", any(n and n[0] in MARKS for n in names)),
        "kind": (f"{value!r} is none of {', '.join(_KINDS)}", value not in _KINDS),
        "country": (f"{value!r} is not three capitals, such as UKR", not re.fullmatch(r"[A-Z]{3}", value)),
        "role": (f"{value!r} holds a semicolon or an @", any(c in value for c in ";@")),
        "start": (_NO_DATE.format(value), not _DAY.match(value)),
        "end": (_NO_DATE.format(value), not _DAY.match(value)),
    }
    if column in of_column:
        why, wrong = of_column[column]
        faults[why] = wrong
    return next((why for why, wrong in faults.items() if wrong), None)


def _aliases(fields: dict[str, str]) -> list[str]:
    return [alias.strip() for alias in fields["aliases"].split(";") if alias.strip()]


def _terms(fields: dict[str, str]) -> list[Term]:
    role, start, end = fields["role"], fields["start"] or None, fields["end"] or None
    dated = start or end or (role and fields["kind"] == "person")
    return [Term(role, start, end)] if dated else []


def _line(own: _Own) -> str:
    name, code, kind, role = (own.fields[f] for f in ("name", "code", "kind", "role"))
    country = own.fields["country"] or (code if kind == "country" else None)
    person = kind == "person"
    # a person's name of one word is a surname, and links with the same care as ours
    names = [f"^{n}" if person and " " not in n else n for n in own.names]
    names += [f"^{name.split()[-1]}"] if person and " " in name else []
    kind_ = cast(EntityKind, kind)
    actor = Actor(f"own:{code}:{name}", code, name, kind_, country, role or None, (), tuple(own.terms))
    return line_of(actor, dict.fromkeys(names))
