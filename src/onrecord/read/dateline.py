"""The header a wire story opens with: `MOSCOW, November 3. /TASS/.`, `PARIS (AP) —`, `TOLEDO, Ohio, March 3 -`.

How one is found:
1. Where it may start: at a line, after a sentence (a subtitle run together with the story), after page debris, after a
   byline. Only the opening of the text is looked at, so the time does not grow with the text.
2. Where it ends: at a dash, at an agency between brackets or strokes, or at a colon.
3. What stands between: a place, a day, an agency, in whatever order agencies like, and nothing else.
4. Whether that is enough: the place's own looks (capitals, a known city, a country behind it) and the company it keeps
   (day, agency, closing mark) are weighed, for "LONDON —" is a dateline and "EXCLUSIVE —" is not.
Texts without a header of this form may still give day and place in a title line, or day and paper under a byline.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, IntEnum

from onrecord.days import Day, days_in, is_month, iso_date
from onrecord.read.agencies import is_agency, is_agency_unmarked
from onrecord.read.places import (
    SPEAKERS,
    SURNAMES,
    has_place_word,
    is_city,
    is_region,
    is_upper,
    place_key,
    place_shaped,
)
from onrecord.records import Dateline, Span

_REACH = 2000  # captions and menus can push a header this far down
_INNER_REACH = 600  # and a run-together subtitle this far along
_LONGEST = 110  # of a header: two places with their countries, a day and an agency


def find_dateline(text: str, published: str | None = None) -> Dateline | None:
    """The dateline a text opens with, None where it has none.

    Place and agency are given as written, white space evened out. The day is ISO 8601, its year supplied from
    `published` (ISO 8601) or from full dates near it; a dateline without a day has no date, whatever `published` says.
    The span runs from the place (or what stands first) to the closing mark, in code points of `text` as given.
    """
    opening = text[:_REACH]
    header = next(_headers(opening), None) or _title_line(opening) or _credit_line(opening)
    if header is None:
        return None
    start, end = header.span
    date = None
    if header.day:
        date = iso_date(header.day, published, before=opening[:start], after=opening[end : end + _INNER_REACH])
    return Dateline(header.place, date, header.agency, header.span)


class _Start(IntEnum):
    """What a header begins after, surest first: the less sure, the more it must show."""

    TEXT = 1
    LINE = 2
    SENTENCE = 3
    WORD = 4


class _Close(Enum):
    DASH = 1
    COLON = 2
    NONE = 3  # an agency between marks needs nothing behind it


@dataclass(frozen=True, slots=True)
class _Header:
    names: tuple[str, ...]
    """The place's parts between commas: city, state or country."""
    day: Day | None
    agency: str | None
    span: Span = (0, 0)
    close: _Close = _Close.NONE

    @property
    def place(self) -> str | None:
        return ", ".join(self.names) or None

    @property
    def known_agency(self) -> bool:
        return self.agency is not None and is_agency(self.agency)

    @property
    def dash(self) -> bool:
        return self.close is _Close.DASH

    @property
    def city(self) -> bool:
        return any(is_city(name) for name in _CITIES_JOINED.split(self.names[0]))

    @property
    def upper(self) -> bool:
        return is_upper(self.names[0])

    @property
    def region(self) -> bool:
        """A country or state stands behind the city."""
        return len(self.names) > 1 and is_region(self.names[-1])

    @property
    def known(self) -> bool:
        return self.city or self.region or has_place_word(self.names[0])


def _headers(opening: str) -> Iterator[_Header]:
    for position, start in _starts(opening):
        header = _header_at(opening, position, start)
        if header:
            yield header


# --- 1. where it may start --------------------------------------------------------------------------------------------

# Ahead of a header: bullets, a stamp like "date 2020-11-03", a stray character with a gap behind it.
_STAMP = r"(?:date:?\s+)?\d{4}-\d\d-\d\d(?:[T ]\d\d:[\d:.]+)?(?:Z|[+-]\d\d:?\d\d)?\s+"
_LINE = re.compile(rf"(?:\A|\n)[\s*•|>_–—-]*(?:{_STAMP})?(?:\w\s{{2,}})?")
_WORD = re.compile(r"(?<=\s)(?=[^\W\d_a-z])")
_SENTENCE_END = re.compile(r"(?:[.!?…\"”’)\]|>:;]|\d{4}-\d\d-\d\d)\s+\Z")
_BYLINE = re.compile(r"(?:\A|\n)\s*(?:By|BY)\s[^\n]*[,/–—-]\s+\Z")


def _starts(opening: str) -> Iterator[tuple[int, _Start]]:
    lines = {match.end() for match in _LINE.finditer(opening)}
    words = {match.start() for match in _WORD.finditer(opening, 0, _INNER_REACH)}
    for position in sorted(lines | words):
        if position in lines:
            yield position, _Start.LINE if opening[:position].strip() else _Start.TEXT
        elif _SENTENCE_END.search(opening, max(0, position - 16), position):
            yield position, _Start.SENTENCE
        else:
            after_byline = _BYLINE.search(opening, max(0, position - 120), position)
            yield position, _Start.SENTENCE if after_byline else _Start.WORD


# --- 2. where it ends -------------------------------------------------------------------------------------------------

_DASH = r"\s*(?:-{2,}|[–—]|(?<=\s)[-_](?=\s)|(?<=[\w.,)/])-(?=\s)|(?<=\s)-(?=[\w\"“<])|(?<=\))\.--?)"
_END = re.compile(
    rf"(?P<mark>\((?P<in>[^()\n]{{2,40}})\)|(?<!\S)/(?P<strokes>[^\s/][^/\n]{{0,30}})/)|(?P<dash>{_DASH})|:(?=\s)"
)
_AFTER_MARK = re.compile(rf"(?P<dash>{_DASH})|[.:](?=\s)|(?=[\s\w“\"]|\Z)")
_LATE_DAY = re.compile(rf"\s*(?P<day>[^\n–—:]{{3,20}}?)(?:{_DASH}|(?P<colon>:))")


def _header_at(opening: str, position: int, start: _Start) -> _Header | None:
    head = opening[position : position + _LONGEST]
    end = _END.search(head)
    if end is None or "\n\n" in head[: end.start()].strip():
        return None
    header = _marked(head, end) if end["mark"] else _unmarked(head, end, start)
    if header is None:
        return None
    header = replace(header, span=(position, position + header.span[1]))
    if header.agency and not header.names and not header.day:
        header = _agency_first(opening, header)
    return header if _convinces(header, start, opening[header.span[1] :]) else None


def _unmarked(head: str, end: re.Match[str], start: _Start) -> _Header | None:
    """A header that a dash or a colon closes, its agency, if any, between commas."""
    read = _read(head[: end.start()])
    close = _Close.DASH if end["dash"] else _Close.COLON
    if read is None or (not read.names and (close is _Close.COLON or start is not _Start.TEXT)):
        return None  # "CNN —" without brackets is a header only as the very first words
    header = replace(read, span=(0, end.end()), close=close)
    late = _LATE_DAY.match(head, end.end()) if header.dash and not header.day else None
    if late and late["colon"] and late["day"].isupper() and _with_day(header, late).day:
        return None  # PARIS, FRANCE - NOVEMBER 3: stands under a photo agency's picture
    return _with_day(header, late)


def _marked(head: str, end: re.Match[str]) -> _Header | None:
    """A header with its agency between brackets or strokes: the dash behind it may be missing, a day may follow."""
    before, inside = head[: end.start()], (end["in"] or end["strokes"]).strip()
    after = _AFTER_MARK.match(head, end.end())
    by_itself = not before.strip() and not is_agency(inside)
    read = _read(inside) if by_itself else _read(before)  # (WASHINGTON) — has the place itself between the brackets
    if after is None or read is None or read.agency:
        return None
    close = _Close.DASH if after["dash"] else _Close.NONE
    agency = None if by_itself else inside or None
    header = replace(read, agency=agency, span=(0, after.end()), close=close)
    return header if header.dash or header.day else _with_day(header, _LATE_DAY.match(head, end.end()))


def _with_day(header: _Header, late: re.Match[str] | None) -> _Header:
    """The header with the day that follows its first mark, where one does: `CAIRO – 3 November 2020:`."""
    day = next(days_in(late["day"], typos=True), None) if late else None
    if late is None or day is None or late["day"][: day.span[0]].strip():
        return header
    return replace(header, day=day, span=(0, late.end()), close=_Close.DASH)


def _agency_first(opening: str, header: _Header) -> _Header:
    """`(AP) MOSCOW –`, `(ANSA) - ROMA, 3 NOV -`: the place, where one follows, taken in."""
    start, end = header.span
    head = opening[end : end + _LONGEST]
    close = _END.search(head)
    read = _read(head[: close.start()]) if close and close["dash"] else None
    if close is None or read is None or not read.names or read.agency:
        return header
    whole = replace(read, agency=header.agency, span=(start, end + close.end()), close=_Close.DASH)
    convinces = whole.city or whole.region or (whole.upper and (whole.known or whole.day))
    return whole if convinces and _opens_sentence(opening[whole.span[1] :]) else header


# --- 3. what stands between -------------------------------------------------------------------------------------------

_CITIES_JOINED = re.compile(r"\s*/\s*|\s+(?:and|AND|&)\s+")


def _read(body: str) -> _Header | None:
    """Place, day and agency of a header without its marks; None when anything else stands there."""
    day = next(days_in(body, typos=True), None)
    pieces = body.split(",") if day is None else [*body[: day.span[0]].split(","), *body[day.span[1] :].split(",")]
    names: list[str] = []
    agency = None
    for piece in (p.strip() for p in pieces):
        if not any(c.isalnum() for c in piece) or is_month(piece.rstrip(".")):
            continue  # "Md., -" leaves an empty piece, "SYDNEY, April -" a month whose day was forgotten
        if agency is None and is_agency_unmarked(piece):
            agency = piece
        else:
            names.append(piece)
    if names and agency is None:
        names[-1], agency = _split_agency(names[-1])
    tidied = tuple(_tidy(name, only=len(names) == 1) for name in names)
    if len(names) > 4 or not all(_is_place(raw, name) for raw, name in zip(names, tidied, strict=True)):
        return None
    return _Header(tidied, day, agency)


def _split_agency(name: str) -> tuple[str, str | None]:
    """`Washington CNN`: the short form of an agency right behind a city."""
    city, _, last = " ".join(name.split()).rpartition(" ")
    return (city, last) if is_city(city) and last.isupper() and is_agency_unmarked(last) else (name, None)


def _tidy(name: str, only: bool) -> str:
    name = " ".join(name.split())
    # The dot ends "KYIV. Nov 3", but belongs to "Washington D.C." and, behind a comma, to "Ill."
    return name.rstrip(".") if only and "." not in name.split()[-1][:-1] else name


def _is_place(raw: str, name: str) -> bool:
    parts = _CITIES_JOINED.split(name)
    if "\n" in raw and not all(is_city(part) or is_region(part) for part in parts):
        return False  # words of two lines make a name only if it is a known one
    return len(parts) <= 4 and all(place_shaped(part) for part in parts)


# --- 4. whether that is enough ----------------------------------------------------------------------------------------


def _convinces(header: _Header, start: _Start, rest: str) -> bool:
    if not header.names:
        # "(CNN)", "Nov 3 (AFP) —": the story must go on behind it, for a line that ends there is a picture's credit.
        return header.known_agency and start <= _Start.LINE and rest[:1] not in ("", "\n")
    if start is _Start.WORD:
        return header.known_agency and header.dash and (header.city or (header.upper and header.known))
    if start is _Start.SENTENCE:
        return header.known and _convinces_after_sentence(header, rest)
    return _convinces_at_line(header, start, rest)


def _convinces_at_line(header: _Header, start: _Start, rest: str) -> bool:
    if header.known_agency:
        return header.upper or header.known or header.dash
    if header.agency:
        # an agency nobody has heard of, but capitals, a day and marks around it: nothing else is written so
        return (header.known and header.dash) or (header.upper and header.day is not None)
    if header.day:
        return header.known or (header.upper and header.dash)
    return header.names[0][0].isupper() and _opens_sentence(rest) and _stands_alone(header, start)


def _convinces_after_sentence(header: _Header, rest: str) -> bool:
    if header.known_agency or header.day:
        return header.dash or header.upper
    return header.dash and (header.region or (header.upper and header.city)) and _opens_sentence(rest)


def _stands_alone(header: _Header, start: _Start) -> bool:
    """Place and closing mark without day or agency: the place must be one beyond doubt."""
    if len(header.names) > 1:
        return header.region
    key = place_key(_CITIES_JOINED.split(header.names[0])[0])
    if header.dash:
        return (header.city and (header.upper or key not in SURNAMES)) or (header.upper and header.known)
    return header.city and key not in SPEAKERS and (header.upper or start is _Start.TEXT)


def _opens_sentence(rest: str) -> bool:
    """Without day or agency a dash may as well be a parenthesis: "London — and Paris — agreed"."""
    first = next((c for c in rest[:8] if c.isalnum()), "")
    return first.isupper() or first.isdigit()


# --- other openings ---------------------------------------------------------------------------------------------------

_PAPER = re.compile(
    r"^By [^\n/]{2,80}/ *(?P<agency>[A-Z][^\n/]{1,40}?) (?:Staff )?(?:Writer|Reporter|Correspondent)s?\s*\n"
    r"(?:\d\d?:\d\d(?: [A-Z]{2,4})?,?\s+)?(?P<day>[^\n]{6,30})$",
    re.MULTILINE,
)


def _title_line(opening: str) -> _Header | None:
    """`Remarks by the minister, Moscow, June 30, 2017`: a transcript's title that ends with place and full date."""
    line = re.match(r"\s*([^\n]{8,400})(?:\n|\Z)", opening)
    if line is None:
        return None
    title = line[1].rstrip()
    day = next((d for d in days_in(title) if d.year and d.span[1] == len(title)), None)
    pieces = title[: day.span[0]].rstrip().removesuffix(",").split(",") if day else []
    for names in (pieces[-2:], pieces[-1:]):
        place = [name.strip() for name in names]
        if place and is_city(place[0]) and all(is_region(name) for name in place[1:]):
            start = line.start(1) + len(",".join(pieces)) - len(",".join(names).lstrip())
            return _Header(tuple(place), day, None, (start, line.start(1) + len(title)))
    return None


def _credit_line(opening: str) -> _Header | None:
    """`By A and B / The Daily Staff Writers`, and under it the hour and the full date."""
    match = _PAPER.search(opening)
    day = next((d for d in days_in(match["day"]) if d.year), None) if match else None
    if match is None or day is None:
        return None
    return _Header((), day, match["agency"], (match.start("agency"), match.end()))
