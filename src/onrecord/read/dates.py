"""Dates of publication, as files and pages write them, to ISO 8601."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_EXTENDED = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?)?")
_RFC_2822 = re.compile(r"([A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(:\d\d)? .+")
_DIGITS_WITHOUT_TIME = 10


def iso_date(value: str) -> str:
    """A date or date-time in ISO 8601's extended form: `2020-11-03`, `2020-11-03T10:00:00+03:00`.

    What is in that form already comes back as it is. ISO 8601's other forms, and the dates of feeds and mail
    (`Tue, 03 Nov 2020 10:00:00 GMT`), are rewritten into it. Raises ValueError for anything else: free text is not
    guessed at, `03/11/2020` least of all.
    """
    given = value.strip()
    if _RFC_2822.fullmatch(given):
        return parsedate_to_datetime(given).isoformat()
    # content systems write "2020-11-03 10:00:00 +0300" and "… UTC", which is ISO 8601 but for the blanks
    given = re.sub(r"(?<=:\d\d) ?(?:UTC|GMT)$", "Z", given)
    given = re.sub(r"(?<=:\d\d) (?=[+-]\d\d)", "", given)
    if not re.match(r"\d{4}", given) or not given.isascii():
        raise ValueError(f"not a date: {value!r}")
    if len(given) <= _DIGITS_WITHOUT_TIME:
        return date.fromisoformat(given).isoformat()
    moment = datetime.fromisoformat(given)
    return given if _EXTENDED.fullmatch(given) else moment.isoformat()
