"""Calendar days as news writes them, and the year they must mean."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from difflib import get_close_matches

from onrecord.records import Span

# Of each month: English, Spanish, French, Italian, German and Portuguese, names and short forms.
_NAMES = """
january jan enero ene janvier janv gennaio gen januar janeiro
february feb febrero février fevrier févr febbraio februar fevereiro fev
march mar marzo mars märz maerz março marco
april apr abril abr avril aprile avr
may mayo mai maggio mag maio
june jun junio juin giugno giu juni junho
july jul julio juillet juil luglio lug juli julho
august aug agosto ago août aout
september sep sept septiembre septembre settembre set setembro
october oct octubre octobre ottobre ott oktober okt outubro out
november nov noviembre novembre novembro
december dec diciembre dic décembre decembre déc dicembre dezember dez dezembro
"""
_MONTHS = {name: number for number, line in enumerate(_NAMES.split("\n")) for name in line.split()}
_FULL_NAMES = [line.split()[0] for line in _NAMES.strip().split("\n")]

_MONTH = r"(?P<month>[^\W\d_]{3,10})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# "March 2O" and "April l" come from tired typists: a letter in a digit's place is read as the digit.
_MONTH_FIRST = re.compile(
    rf"(?<![^\W_]){_MONTH}(?:[.,\s]\s{{0,3}}|(?=[0-9]))(?P<day>[0-9lO]{{1,2}})(?:st|nd|rd|th)?(?![^\W_])(?:,?\s{{1,3}}{_YEAR}(?!\d))?"
)
_DAY_FIRST = re.compile(
    rf"(?<![^\W_])(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.|º)?\s{{1,3}}(?:(?:of|de)\s)?{_MONTH}(?![^\W\d_])\.?"
    rf"(?:,?\s{{1,3}}(?:de\s)?{_YEAR}(?!\d))?"
)
_ISO = re.compile(rf"(?<!\d){_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")

_HALF_A_YEAR = timedelta(days=183)
_RECENT = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Day:
    """A day found in a text; the year only where it stands there."""

    year: int | None
    month: int
    day: int
    span: Span


def days_in(text: str, typos: bool = False) -> Iterator[Day]:
    """The days a text names, in three orders (March 3, 3 March, 2020-03-03), each order by its place in the text."""
    for pattern in (_ISO, _MONTH_FIRST, _DAY_FIRST):
        for match in pattern.finditer(text):
            month = _month(match["month"], typos)
            day = int(match["day"].replace("l", "1").replace("O", "0"))
            if month and 1 <= day <= 31:
                year = int(match["year"]) if match["year"] else None
                yield Day(year, month, day, match.span())


def is_month(name: str) -> bool:
    """A month's name or short form, in one of the languages known here."""
    return month_number(name) is not None


def month_number(name: str) -> int | None:
    """1 to 12 for a month's name or short form, None for any other word."""
    return _MONTHS.get(name.casefold())


def _month(name: str, typos: bool) -> int | None:
    if name.isdecimal():
        return int(name) if 1 <= int(name) <= 12 else None
    known = month_number(name)
    if known or not typos or len(name) < 4:
        return known
    close = get_close_matches(name.casefold(), _FULL_NAMES, n=1, cutoff=0.75)
    return _MONTHS[close[0]] if close else None


def nearest_year(day: Day, reference: date, reach: timedelta = _HALF_A_YEAR) -> date | None:
    """The day in the year that brings it nearest to the reference; None if that is further off than `reach`."""
    years = (reference.year - 1, reference.year, reference.year + 1)
    dates = [d for d in (date_in(year, day) for year in years) if d]
    best = min(dates, key=lambda d: abs(d - reference), default=None)
    return best if best and abs(best - reference) <= reach else None


def date_in(year: int, day: Day) -> date | None:
    """The day in that year, None where the year has no such day: 29 February mostly, 31 April always."""
    if not MINYEAR <= year <= MAXYEAR or day.day > monthrange(year, day.month)[1]:
        return None
    return date(year, day.month, day.day)


def iso_date(day: Day, published: str | None, before: str, after: str) -> str | None:
    """The day as ISO 8601, its year from what is surest: its own, `published`, the text before it, the text after it.

    A full date before it is page debris or a title, of the same day or nearly so. One after it may be any
    anniversary, so it counts only within 45 days. Without evidence the year stays open: `--MM-DD`.
    """
    if day.year is not None:
        exact = date_in(day.year, day)
        return exact.isoformat() if exact else None
    for reference, reach in _references(published, before, after):
        found = nearest_year(day, reference, reach)
        if found:
            return found.isoformat()
    return f"--{day.month:02}-{day.day:02}" if date_in(2000, day) else None


def _references(published: str | None, before: str, after: str) -> Iterator[tuple[date, timedelta]]:
    stamps = [d for d in days_in(published or "") if d.year]
    for text_days, reach in ((stamps, _HALF_A_YEAR), (days_in(before), _HALF_A_YEAR), (days_in(after), _RECENT)):
        for day in text_days:
            full = date_in(day.year, day) if day.year else None
            if full:
                yield full, reach
