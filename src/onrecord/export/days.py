"""Days for people: `2020-11-03` as `Nov 3, 2020`."""

import re

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = re.compile(r"(?P<year>\d{4}|-)(?:-W(?P<week>\d\d)|-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?)?(?=T|$)")


_CLOCK = re.compile(r"T(?P<clock>\d\d:\d\d)(?::[\d.,]+)?(?P<zone>Z|[+-]\d\d:?\d\d)?$")


def moment_in_words(moment: str) -> str:
    """An ISO 8601 day or date-time as `Nov 3, 2020, 14:05 UTC`; its time by the clock of the zone it is given in."""
    day = day_in_words(moment)
    match = _CLOCK.search(moment)
    if match is None or day == moment:
        return day
    zone = match["zone"] or ""
    return f"{day}, {match['clock']} {'UTC' if zone in ('Z', '+00:00', '+0000') else zone}".rstrip()


def day_in_words(day: str, year: str = "") -> str:
    """An ISO 8601 day, week, month or year in short words, without its year where that is `year` or not known.

    What is none of these stays as it is.
    """
    match = _DAY.match(day)
    if match is None or (match["year"] == "-" and match["month"] is None):
        return day
    told = "" if match["year"] in ("-", year) else match["year"]
    if match["week"]:
        return f"week {int(match['week'])}" + (f" of {told}" if told else "")
    if match["month"] is None:
        return match["year"]
    month = _MONTHS[int(match["month"]) - 1]
    if match["day"]:
        return f"{month} {int(match['day'])}" + (f", {told}" if told else "")
    return f"{month} {told}".rstrip()
