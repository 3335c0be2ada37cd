"""Tables to articles: one article a row, in columns named as its fields. What CSV and Parquet have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

from onrecord.errors import InputError, NoArticle
from onrecord.read.fields import FIELDS

_SHOWN = 20


def chosen_columns(names: Sequence[str], columns: Mapping[str, str], where: str) -> dict[str, str]:
    """Which column gives which field: by its own name, any case, or by the one that `columns` gives it.

    Raises InputError for a column that was asked for and is not there, NoArticle when none gives the text; both name
    the columns that are.
    """
    there = {name.strip().casefold(): name for name in reversed(names)}
    found: dict[str, str] = {}
    for field in FIELDS:
        asked = columns.get(field)
        name = there.get((asked or field).strip().casefold())
        if name is not None:
            found[field] = name
        elif asked:
            raise InputError(where, f"has no column {asked!r} for {field}; it has {_listed(names)}")
    if "text" not in found:
        why = f"has no column 'text'; it has {_listed(names)}: say which holds the text with --column text=NAME"
        raise NoArticle(where, why)
    return found


def as_given(field: str, value: Any) -> Any:
    """A cell as JSON would have it: days and times in ISO 8601, several authors apart."""
    if field == "byline" and isinstance(value, str):
        return [name.strip() for name in value.split(";")]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name in names[:_SHOWN])
    return shown + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
