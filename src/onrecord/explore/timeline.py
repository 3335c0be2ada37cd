"""Days and months for charts: every one between the first and the last, so that silence shows."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

By = Literal["day", "month"]
_FEW_DAYS = 130
"""What spans no more than this is counted by day."""
_MANY = 2_400
"""Of more months than these, 200 years, only those that hold anything are given: dates so far apart are mistakes."""


def day_of(text: str | None) -> date | None:
    """The day that an ISO 8601 text begins with; None when it says less."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def coarseness(days: Iterable[date]) -> By:
    """Whether days lie near enough to each other to be counted singly."""
    known = list(days)
    return "day" if known and (max(known) - min(known)).days < _FEW_DAYS else "month"


def bucket(day: date, by: By) -> str:
    """`2020-11-03`, or its month."""
    return day.isoformat() if by == "day" else day.isoformat()[:7]


def between(first: str, last: str) -> list[str]:
    """All days or months from one to another, both in; just the two when that were too many."""
    if len(first) == 10:
        start = date.fromisoformat(first)
        return [(start + timedelta(days=n)).isoformat() for n in range((date.fromisoformat(last) - start).days + 1)]
    numbers = range(_number(first), _number(last) + 1)
    return [first, last] if len(numbers) > _MANY else [f"{n // 12:04}-{n % 12 + 1:02}" for n in numbers]


def filled(counted: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """Counts by day or month with the empty ones between them."""
    if not counted:
        return ()
    every = between(min(counted), max(counted))
    return tuple((at, counted.get(at, 0)) for at in (every if len(every) > 2 else sorted({*every, *counted})))


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1
