"""The Phoenix dictionaries (Open Event Data Alliance, MIT, to 2015): officials with dates, and armed groups."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.names import fold, sound
from onrecord.resolve.actors.actor import day_number

_TERM = re.compile(r"\[([A-Z]{3})GOV[A-Z]*\s+(?:>?(\d{6,8}))")
_GROUP = re.compile(r"^([A-Z][A-Z' \-_]+?)_?\s*\[([A-Z]{3})REB\]")
_NEAR_DAYS = 100


@dataclass(frozen=True, slots=True)
class Official:
    country: str
    name: str
    started: tuple[str, ...]

    def began_near(self, day: str) -> bool:
        return any(abs(day_number(s) - day_number(day)) <= _NEAR_DAYS for s in self.started)

    def is_called(self, surname: str) -> bool:
        return sound(fold(self.name.split()[-1])) == sound(fold(surname))


def officials(path: Path) -> list[Official]:
    """People of two to four words who held a government's office from a known day."""
    out = []
    for name, block in _blocks(path):
        terms = _TERM.findall(block)
        if terms and 2 <= len(name.split()) <= 4:
            started = tuple(day for _, raw in terms if (day := _iso(raw)))
            out.append(Official(terms[0][0], name, started))
    return out


def groups(path: Path) -> Iterator[tuple[str, str]]:
    """Country and name of armed groups whose names are two to six words; names of one word are too common."""
    for line in path.read_text("utf-8", errors="replace").splitlines():
        match = _GROUP.match(line)
        if match and 2 <= len(words := match[1].replace("_", " ").split()) <= 6:
            yield match[2], " ".join(_cased(w) for w in words)


def _blocks(path: Path) -> Iterator[tuple[str, str]]:
    """Each entry's name, in ordinary capitals, and the bracketed lines that follow it."""
    name, block = "", ""
    for raw in path.read_text("utf-8", errors="replace").splitlines():
        line = raw.split("#")[0].rstrip()
        if line and not line[0].isspace() and line[0] != "+":
            if name:
                yield name, block
            name, block = " ".join(_cased(w) for w in line.split("[")[0].replace("_", " ").split()), line
        else:
            block += " " + line
    if name:
        yield name, block


def _cased(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))


def _iso(raw: str) -> str | None:
    if len(raw) == 6:
        raw = ("20" if raw[:2] < "30" else "19") + raw
    year, month, day = raw[:4], raw[4:6], raw[6:8]
    return f"{year}-{month}-{day}" if len(raw) == 8 and "01" <= month <= "12" and "01" <= day <= "31" else None
