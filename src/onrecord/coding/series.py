"""What two sides did to each other, period by period: counts, scores, and how sure the counts are.

An event counts in the period of its date. Voices (`voices.py`) are apart: "fact" and the others sum to "all".
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from onrecord.coding.voices import VOICES, key_of, name_key
from onrecord.records import EventStatus, Happening, Party

Period = Literal["day", "week", "month", "year"]
PERIODS: tuple[Period, ...] = get_args(Period)
ALL = "all"
_Z = 1.959964
"""Standard deviations on each side of 95% of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Whose dealings, and how they are counted."""

    first: str
    """A code, or a name."""
    second: str
    by: Period = "month"
    since: str | None = None
    """Days of events, ISO 8601 or the beginning of it; both ends count, a month or year whole."""
    until: str | None = None
    statuses: tuple[EventStatus, ...] = ("asserted",)


@dataclass(frozen=True, slots=True)
class Row:
    """One period, one direction, one voice."""

    period: str
    """`2020-11-03`, `2020-W45`, `2020-11` or `2020`."""
    actor: str
    recipient: str
    voice: str
    """One of VOICES, or ALL."""
    events: int
    disputed: int
    """Of the events, those that some report denies."""
    quad1: int
    """Verbal cooperation; quad2 material cooperation, quad3 verbal conflict, quad4 material conflict."""
    quad2: int
    quad3: int
    quad4: int
    cooperation: float
    """Sum of the Goldstein scores above zero."""
    conflict: float
    """Sum of those below zero: zero or less."""
    articles: int
    """Read, of any content, that were published in the period."""
    rate: float | None
    """Events for 100 articles; None where none was read."""
    rate_low: float | None
    rate_high: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """Rows by period, direction (first to second, then back) and voice (ALL first)."""

    rows: tuple[Row, ...]
    unplaced: int
    """Events of the two whose dates name no such period: they are in no row."""


def series(happenings: Iterable[Happening], published: Mapping[str, int], ask: Ask) -> Series:
    """The series of two sides. `published` counts the articles read by their dates of publication, ISO 8601.

    Every period from the first to the last in which articles were read has its rows, zeros too.
    """
    articles: Counter[str] = Counter()
    for day, count in published.items():
        if (period := period_of(day, ask.by)) and _within(day, ask):
            articles[period] += count
    found: dict[tuple[str, int], list[Happening]] = {}
    unplaced = 0
    for one in happenings:
        way = _direction(one, ask)
        if way is None or one.event.status not in ask.statuses:
            continue
        period = period_of(one.date, ask.by)
        if period is None:
            unplaced += 1
        elif _within(str(one.date), ask):
            found.setdefault((period, way), []).append(one)
    periods = sorted({*_filled(sorted(articles), ask.by), *(period for period, _ in found)})
    sides = ((ask.first, ask.second), (ask.second, ask.first))
    rows = (
        row
        for period in periods
        for way in (0, 1)
        for row in _rows(period, sides[way], found.get((period, way), []), articles[period])
    )
    return Series(tuple(rows), unplaced)


def period_of(text: str | None, by: Period) -> str | None:
    """The period of an ISO 8601 date, date-time, month, week or year; None where it names no such period."""
    if not text or text.startswith("--"):
        return None
    try:
        if by == "year":
            return f"{int(text[:4]):04}"
        if "W" in text:
            thursday = date.fromisocalendar(int(text[:4]), int(text[6:8]), 4)
            return {"week": text[:8], "month": f"{thursday:%Y-%m}"}.get(by)
        if by == "month":
            return f"{date.fromisoformat(text[:7] + '-01'):%Y-%m}"
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return f"{day:%Y-%m-%d}" if by == "day" else "{}-W{:02}".format(*day.isocalendar())


def is_side(party: Party | None, side: str) -> bool:
    """Whether a party is the one that was asked for, by code or by name."""
    return party is not None and key_of(party) in (side, side.upper(), name_key(side))


def interval(events: int, articles: int) -> tuple[float, float]:
    """95% interval of the rate for 100 articles, events taken as Poisson: Byar's approximation of the exact limits."""
    low = events * (1 - 1 / (9 * events) - _Z / (3 * math.sqrt(events))) ** 3 if events else 0.0
    more = events + 1
    high = more * (1 - 1 / (9 * more) + _Z / (3 * math.sqrt(more))) ** 3
    return 100 * max(low, 0.0) / articles, 100 * high / articles


def _direction(one: Happening, ask: Ask) -> int | None:
    if is_side(one.actor, ask.first) and is_side(one.recipient, ask.second):
        return 0
    return 1 if is_side(one.actor, ask.second) and is_side(one.recipient, ask.first) else None


def _within(text: str, ask: Ask) -> bool:
    """Whether a date lies between the ends, as far as it is known."""
    day = str(period_of(text, "month")) if "W" in text else text
    after = not ask.since or day >= ask.since[: len(day)]
    return after and (not ask.until or day[: len(ask.until)] <= ask.until)


def _filled(periods: Sequence[str], by: Period) -> Iterator[str]:
    """The periods and those between them."""
    if not periods:
        return
    day, last = _first_day(periods[0]), _first_day(periods[-1])
    while day <= last:
        yield str(period_of(day.isoformat(), by))
        day += timedelta(days={"day": 1, "week": 7}.get(by, 28))
    yield periods[-1]


def _first_day(period: str) -> date:
    if "W" in period:
        return date.fromisocalendar(int(period[:4]), int(period[6:]), 1)
    return date.fromisoformat(period + "0001-01-01"[len(period) :])


def _rows(period: str, sides: Sequence[str], events: Sequence[Happening], articles: int) -> Iterator[Row]:
    for voice in (ALL, *VOICES):
        told = [one for one in events if voice in (ALL, one.voice)]
        quads = Counter(one.event.quad for one in told)
        scores = [one.event.goldstein or 0.0 for one in told]
        low, high = interval(len(told), articles) if articles else (None, None)
        yield Row(
            period, sides[0], sides[1], voice,
            events=len(told),
            disputed=sum(one.disputed for one in told),
            quad1=quads[1], quad2=quads[2], quad3=quads[3], quad4=quads[4],
            cooperation=round(sum((s for s in scores if s > 0), 0.0), 1),
            conflict=round(sum((s for s in scores if s < 0), 0.0), 1),
            articles=articles,
            rate=100 * len(told) / articles if articles else None,
            rate_low=low, rate_high=high,
        )  # fmt: skip
