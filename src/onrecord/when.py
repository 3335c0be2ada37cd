"""The time words of news, and the days they mean, counted from the day of the article.

on Tuesday, late Thursday, Monday evening    the last such day on or before the article's
Nov. 3, 3 November 2020                      the year supplied
yesterday, two days ago, today               counted from the article's day
last week, earlier this month, in March      less of a date, as ISO 8601 writes it: 2019-W38, 2019-09
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.days import Day, date_in, days_in, month_number
from onrecord.records import Article, Span

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}

_PART = r"(?:(?:early|late|earlier|later|mid|first)[ -])?"
_OCCASION = (
    "(?:press|news|interview|speech|address|briefing|debate|statement|meeting|talks|summit|rally|hearing|session"
    "|opening|ceremony|event|forum|remarks|announcement|call|conference|televised|joint)"
)
# "Tuesday's attack" is not when it was said; "Tuesday's speech" is
_NOT_ITS = rf"(?![’']s(?! (?:\w+ )?{_OCCASION}))(?![\w-])"
_WEEKDAY = re.compile(
    rf"(?<![\w-]){_PART}(?:on )?{_PART}(?P<which>last |next |this |the following |the previous )?(?:past |coming )?"
    rf"(?P<day>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day{_NOT_ITS}"
)
_COUNTED = re.compile(
    r"(?<![\w-])(?P<word>[Yy]esterday|today|\AToday|[Tt]onight|[Tt]omorrow|[Tt]his (?:morning|afternoon|evening)"
    rf"|[Ll]ast night){_NOT_ITS}"
)
_AGO = re.compile(rf"\b(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)}) (?P<unit>day|week|month|year)s? ago\b", re.IGNORECASE)
_RELATIVE = re.compile(
    rf"\b(?:(?:[Ee]arlier|[Ll]ate|[Ll]ater|[Ee]arly) )?(?P<which>[Ll]ast|[Tt]his|[Nn]ext)"
    rf" (?P<unit>week(?:end)?|month|year){_NOT_ITS}"
)
_WEEKEND = re.compile(r"\b(?:over|at|during) the weekend\b", re.IGNORECASE)
_MONTH = re.compile(
    r"\b(?:[Ii]n|[Ll]ast|[Tt]his|[Bb]ack in) (?:early |late |mid-)?(?P<month>[A-Z][a-z]{2,8})\b(?!\.? \d{1,2}\b)"
    r"(?:\.? (?:of )?(?P<year>(?:19|20)\d\d))?"
)
_YEAR = re.compile(r"\b(?:[Ii]n (?:an? )?|[Bb]ack in )(?P<year>(?:19|20)\d\d)\b(?! \w+ (?:percent|people))")


@dataclass(frozen=True, slots=True)
class Time:
    """A day, or less of a date, that words name."""

    value: str
    """ISO 8601: 2019-09-18, 2019-W38, 2019-09 or 2019"""
    span: Span
    """of the words, in the text that was searched"""
    loose: bool = False
    """True for months, years and "last week", which may stand anywhere and belong to something else."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day an article's time words are counted from."""

    day: date
    exact: bool
    """False for a day of publication, which may be a day behind that of the words."""


def anchor_of(article: Article) -> Anchor | None:
    """The day of the dateline, else that of the publication; None when neither is a full date."""
    dateline = article.dateline.date if article.dateline else None
    for stamp, exact in ((dateline, True), (article.published, False)):
        found = next(days_in(stamp or ""), None)
        day = date_in(found.year, found) if found and found.year is not None else None
        if day:
            return Anchor(day, exact)
    return None


def times_in(words: str, anchor: Anchor | None, ahead: bool) -> Iterator[Time]:
    """The times that a text names, each kind by its place in the text; weekdays and days without a year are the next
    ones where what is told lies `ahead`, else the last ones.

    Without an anchor only words that hold the whole date count.
    """
    day = anchor.day if anchor else None
    yield from _calendar_days(words, day, ahead)
    yield from _months(words, day)
    for match in _YEAR.finditer(words):
        yield Time(match["year"], match.span("year"), loose=True)
    if anchor is None or day is None:
        return
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], str | None]], ...] = (
        (_COUNTED, _counted),
        (_AGO, _ago),
        (_RELATIVE, _relative),
        (_WEEKEND, lambda _, day: _weekend(day)),
        (_WEEKDAY, lambda match, _: _weekday(match, anchor, ahead)),
    )
    for pattern, read in readers:
        for match in pattern.finditer(words):
            if value := read(match, day):
                yield Time(value, match.span(), loose=pattern is _RELATIVE)


def _calendar_days(words: str, anchor: date | None, ahead: bool) -> Iterator[Time]:
    """`Nov. 3`, with the weekday before it where there is one: `Thursday, Nov. 3`."""
    for day in days_in(words):
        found = _in_its_year(day, anchor, ahead)
        if found and not re.match(r"[’']s (?!.{0,20}(?:interview|speech|briefing|statement))", words[day.span[1] :]):
            before = re.search(r"(?:(?:on )?\w+day,? )\Z", words[: day.span[0]])
            yield Time(found.isoformat(), (before.start() if before else day.span[0], day.span[1]))


def _in_its_year(day: Day, anchor: date | None, ahead: bool) -> date | None:
    if day.year is not None:
        return date_in(day.year, day)
    if anchor is None:
        return None
    near = [d for y in (-1, 0, 1) if (d := date_in(anchor.year + y, day))]
    if ahead:
        return min((d for d in near if d >= anchor), default=None)
    # a day more: what is printed in one zone may be said in the next
    return max((d for d in near if d <= anchor + timedelta(days=1)), default=None)


def _months(words: str, anchor: date | None) -> Iterator[Time]:
    for match in _MONTH.finditer(words):
        number = month_number(match["month"])
        if number is None:
            continue
        year = int(match["year"]) if match["year"] else None
        if year is None and anchor is not None:
            year = anchor.year if number <= anchor.month else anchor.year - 1
        if year is not None:
            yield Time(f"{year}-{number:02}", match.span(), loose=True)


def _counted(match: re.Match[str], anchor: date) -> str:
    step = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(match["word"].casefold(), 0)
    return (anchor + timedelta(days=step)).isoformat()


def _ago(match: re.Match[str], anchor: date) -> str | None:
    given = match["number"].casefold()
    number = int(given) if given.isdecimal() else _NUMBERS[given]
    unit = match["unit"].casefold()
    if unit == "day":
        return (anchor - timedelta(days=number)).isoformat()
    return {"week": _week(anchor, -number), "month": _month(anchor, -number), "year": str(anchor.year - number)}[unit]


def _relative(match: re.Match[str], anchor: date) -> str | None:
    step = {"last": -1, "this": 0, "next": 1}[match["which"].casefold()]
    unit = match["unit"]
    if unit == "weekend":
        return _weekend(anchor) if step <= 0 else _week(anchor, 0)
    return {"week": _week(anchor, step), "month": _month(anchor, step), "year": str(anchor.year + step)}[unit]


def _weekend(anchor: date) -> str:
    """The week of the last weekend that has begun."""
    year, week, _ = (anchor - timedelta(days=(anchor.weekday() - 5) % 7)).isocalendar()
    return f"{year}-W{week:02}"


def _week(anchor: date, step: int) -> str:
    year, week, _ = (anchor + timedelta(weeks=step)).isocalendar()
    return f"{year}-W{week:02}"


def _month(anchor: date, step: int) -> str:
    months = anchor.year * 12 + anchor.month - 1 + step
    return f"{months // 12}-{months % 12 + 1:02}"


def _weekday(match: re.Match[str], anchor: Anchor, ahead: bool) -> str | None:
    wanted = _WEEKDAYS.index(f"{match['day']}day".casefold())
    back = (anchor.day.weekday() - wanted) % 7
    which = (match["which"] or "").strip()
    if which in ("the following", "the previous"):
        return None  # counted from a day that the text told before
    if which == "next" or (ahead and which != "last"):
        return (anchor.day + timedelta(days=7 - back)).isoformat()
    if back == 6 and not which and not anchor.exact:
        # Either six days ago or, where the stamp is of another zone or of a first version, the day after it. In dated
        # news the second is far more frequent (28 weekdays "six days ago", 2 "five days ago"), so it stays open.
        return None
    if which == "last" and back == 0:
        back = 7
    return (anchor.day - timedelta(days=back)).isoformat()
