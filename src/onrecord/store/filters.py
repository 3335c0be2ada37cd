"""Filters of a search as a predicate that the indexes answer."""

import math
import re
from dataclasses import dataclass

from onrecord.errors import BadQuery
from onrecord.store.rows import QUOTES, level_of
from onrecord.store.tables import Snapshot, listed, quoted
from onrecord.store.vocabulary import names_like

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MOST = 5_000
"""Names one filter may stand for."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What statements a search is held to; None asks nothing.

    `speaker`, `about`, `outlet` and `via` are words of a name, in any case and order: "lavrov" is Sergey Lavrov and
    everybody else of that name. `speaker` and `about` may also be a code (RUS, EU).
    """

    speaker: str | None = None
    about: str | None = None
    """A name or code among those that the content speaks of."""
    outlet: str | None = None
    """The article's outlet, or the agency of its dateline."""
    via: str | None = None
    """An outlet that the statement came through."""
    country: str | None = None
    """Of the speaker: ISO 3166 alpha-3."""
    since: str | None = None
    """First day of publication that counts: YYYY, YYYY-MM or YYYY-MM-DD."""
    until: str | None = None
    """Last day of publication that counts; a month or year counts whole."""
    quote: str | None = None
    """direct, indirect or mixed."""
    min_confidence: float | None = None


def predicate(snapshot: Snapshot, filters: Filters) -> str | None:
    """The filters in SQL, None where there are none, "false" where no name is like one asked for.

    Raises BadQuery when a filter cannot be understood.
    """
    parts = [
        _speaker(snapshot, filters.speaker),
        _about(snapshot, filters.about),
        _outlet(snapshot, filters.outlet),
        _via(snapshot, filters.via),
        f"speaker_country = {quoted(filters.country.upper())}" if filters.country else None,
        _from_on(filters.since),
        _up_to(filters.until),
        _quote(filters.quote),
        _at_least(filters.min_confidence),
    ]
    asked = [part for part in parts if part]
    if "false" in asked:
        return "false"
    return " AND ".join(f"({part})" for part in asked) or None


def _speaker(snapshot: Snapshot, asked: str | None) -> str | None:
    if not asked:
        return None
    numbers = list(_names(snapshot, "speaker", asked))
    code = f"speaker_code = {quoted(asked.upper())}" if _may_be_code(asked) else None
    return _either(f"speaker_number IN ({listed(numbers)})" if numbers else None, code)


def _about(snapshot: Snapshot, asked: str | None) -> str | None:
    if not asked:
        return None
    code = f"array_has_any(about_codes, [{quoted(asked.upper())}])" if _may_be_code(asked) else None
    numbers = listed(list(_names(snapshot, "about", asked)))
    # a column that must be cast to the type of what is asked for is not looked up in its index
    named = f"array_has_any(about_numbers, arrow_cast([{numbers}], 'List(Int32)'))" if numbers else None
    return _either(named, code)


def _outlet(snapshot: Snapshot, asked: str | None) -> str | None:
    if not asked:
        return None
    names = list(_names(snapshot, "outlet", asked).values())
    return f"outlet IN ({listed(names)}) OR agency IN ({listed(names)})" if names else "false"


def _via(snapshot: Snapshot, asked: str | None) -> str | None:
    names = listed(list(_names(snapshot, "via", asked).values())) if asked else ""
    return (f"array_has_any(through, [{names}])" if names else "false") if asked else None


def _from_on(since: str | None) -> str | None:
    """From this day: months and days of the month have bitmaps, a comparison of whole dates would cost far more."""
    if not since:
        return None
    year, month, day = _day(since, "since")
    if day is None:
        return f"month >= '{year}-{month or '01'}'"
    return f"month > '{year}-{month}' OR (month = '{year}-{month}' AND day >= {int(day)})"


def _up_to(until: str | None) -> str | None:
    if not until:
        return None
    year, month, day = _day(until, "until")
    if day is None:
        return f"month <= '{year}-{month or '12'}'"
    return f"month < '{year}-{month}' OR (month = '{year}-{month}' AND day <= {int(day)})"


def _quote(asked: str | None) -> str | None:
    if asked is None:
        return None
    if asked not in QUOTES:
        raise BadQuery(f"quote: {asked!r} is none of {', '.join(QUOTES)}")
    return f"quote = '{asked}'"


def _at_least(confidence: float | None) -> str | None:
    if confidence is None:
        return None
    if not 0 <= confidence <= 1:
        raise BadQuery(f"min confidence: {confidence} is not between 0 and 1")
    level = round(confidence * 100)
    whole = math.isclose(level / 100, confidence, abs_tol=1e-12)
    if whole:
        return f"level >= {level}"
    exactly = f"coalesce(exact_confidence, ten_thousandths / 10000.0) >= {confidence!r}"
    return f"level >= {level_of(confidence)} AND {exactly}"


def _names(snapshot: Snapshot, kind: str, asked: str) -> dict[int, str]:
    names = names_like(snapshot, kind, asked)
    if len(names) > _MOST:
        raise BadQuery(f"{kind}: {len(names):,} names have {asked!r} in them; say more of the name")
    return names


def _may_be_code(asked: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z][\w-]{1,11}", asked))


def _either(one: str | None, other: str | None) -> str:
    return " OR ".join(part for part in (one, other) if part) or "false"


def _day(text: str, which: str) -> tuple[str, str | None, str | None]:
    if not (match := _DAY.fullmatch(text)):
        raise BadQuery(f"{which}: {text!r} is no day; write YYYY, YYYY-MM or YYYY-MM-DD")
    return match.group(1), match.group(2), match.group(3)
