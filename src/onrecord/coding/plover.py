"""What follows from an event's type and words by table: CAMEO code, PLOVER mode and context, quad class, Goldstein
score.

`codes.csv` carries the codes over from PLOVER's table of 2021 (Open Event Data Alliance) with Goldstein's scores as
CAMEO has them; a code without a score of its own there has its root's. `words.toml` tells codes apart by words.
"""

import csv
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

EMBARGO = "EMBARGO"
"""Economic sanctions, told apart by the network: a SANCTION with the code 163 in records."""
_ECONOMIC = "163"
QUADS = {
    1: ("AGREE", "CONSULT", "SUPPORT"),
    2: ("COOPERATE", "AID", "CONCEDE", "RETREAT"),
    3: ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    4: ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
"""Quad classes: verbal and material cooperation, verbal and material conflict."""
QUAD_OF = {type_: quad for quad, types in QUADS.items() for type_ in types}
_GAP = r"(?:\w+\W+){0,4}?"


@dataclass(frozen=True, slots=True)
class Code:
    """A row of the table: what a CAMEO code is in PLOVER."""

    cameo: str
    type: str
    mode: str | None
    context: tuple[str, ...]
    goldstein: float
    """-10 (conflict) to 10 (cooperation)."""


@dataclass(frozen=True, slots=True)
class Details:
    """An event's type with all that follows from it and its words."""

    type: str
    cameo: str
    mode: str | None
    context: tuple[str, ...]
    quad: int
    goldstein: float


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Words that speak for a code."""

    code: str
    head: re.Pattern[str] | None
    """Must stand in the trigger."""
    rest: tuple[re.Pattern[str], ...]
    """May stand anywhere in the sentence."""


def details(type_: str, trigger: str, sentence: str) -> Details:
    """The details of an event of one of PLOVER's sixteen types (or EMBARGO), told by `trigger` within `sentence`.

    The code whose words fit best is taken, a deeper one before its root; without fitting words the type's own. Raises
    ValueError for any other type.
    """
    if type_ == EMBARGO:
        code = codes()[_ECONOMIC]
    elif type_ in QUAD_OF:
        code = codes()[_best(_patterns(type_), trigger, sentence) or default_code(type_)]
    else:
        raise ValueError(f"{type_!r} is none of PLOVER's types: {', '.join(QUAD_OF)}")
    named = code.type if type_ == EMBARGO else type_
    mode = code.mode if code.type == named else None
    context = dict.fromkeys((*(code.context if code.type == named else ()), *_contexts(sentence)))
    return Details(named, code.cameo, mode, tuple(context), QUAD_OF[named], code.goldstein)


@cache
def codes() -> dict[str, Code]:
    """The table, by CAMEO code."""
    with files("onrecord.coding").joinpath("codes.csv").open(encoding="utf-8") as lines:
        return {
            row["cameo"]: Code(
                row["cameo"], row["type"], row["mode"] or None, tuple(row["context"].split()), float(row["goldstein"])
            )
            for row in csv.DictReader(lines)
        }


def default_code(type_: str) -> str:
    """The CAMEO code of a type of which no words say more."""
    return str(_words()["defaults"][type_])


def _best(patterns: Sequence[_Pattern], trigger: str, sentence: str) -> str | None:
    """The code whose words fit best: first where the trigger has them, then where more of them stand in it, then the
    deeper code, then the earlier one."""
    found: tuple[tuple[bool, int, int], str] | None = None
    for pattern in patterns:
        fit = _fit(pattern, trigger, sentence)
        if fit and (found is None or (*fit, len(pattern.code)) > found[0]):
            found = (*fit, len(pattern.code)), pattern.code
    return found[1] if found else None


def _fit(pattern: _Pattern, trigger: str, sentence: str) -> tuple[bool, int] | None:
    """Whether the pattern's first words stand in the trigger, and a point for each part of it, two in the trigger."""
    told = pattern.head is None or pattern.head.search(trigger) is not None
    if not told and pattern.head and not pattern.head.search(sentence):
        return None
    points = 2 if told and pattern.head else 0
    for part in pattern.rest:
        if part.search(trigger):
            points += 2
        elif part.search(sentence):
            points += 1
        else:
            return None
    return told, points


def _contexts(sentence: str) -> Iterator[str]:
    return (p.code for p in _patterns("context") if all(part.search(sentence) for part in p.rest))


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("onrecord.coding").joinpath("words.toml").read_text("utf-8"))


@cache
def _patterns(table: str) -> tuple[_Pattern, ...]:
    return tuple(_pattern(code, line) for code, lines in _words()[table].items() for line in lines)


def _pattern(code: str, line: str) -> _Pattern:
    head, *rest = (part.strip() for part in line.split("&"))
    return _Pattern(code, _words_in_a_row(head) if head else None, tuple(map(_words_in_a_row, rest)))


def _words_in_a_row(part: str) -> re.Pattern[str]:
    """`took|take* ~ custody` as a regular expression. Choices may be several words, as in `cut|broke off`."""
    runs = []
    for run in part.split(" ~ "):
        choices = (r"\W+".join(map(_word, choice.split())) for choice in run.split("|"))
        runs.append(f"(?:{'|'.join(choices)})")
    return re.compile(r"\b" + (r"\W+" + _GAP).join(runs) + r"\b", re.IGNORECASE)


def _word(word: str) -> str:
    return re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
