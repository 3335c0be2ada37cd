"""What a role's words say: which office, and whether it is held, past or only served."""

import re
from enum import Enum


class Office(Enum):
    STATE = "head of state"
    GOVERNMENT = "head of government"
    LEADER = "leader"  # either of the two: sources and journalists often do not say which
    FOREIGN = "foreign minister"
    BODY = "head of a body"
    OTHER = "other"


_NOT_THE_OFFICE = re.compile(
    r"\b(?:vice|deputy|spokes\w+|aides?|advis[eo]rs?|candidate|nominee|wife|husband|widow|son|daughter|brother|sister|"
    r"ambassador|envoy|opposition|party|rebel|militia|assistant|under-?secretary|lawyer|staff|crown|counterpart|elect)\b"
    r"|president-elect",
    re.I,
)
_OFFICES = (
    (
        Office.FOREIGN,
        re.compile(
            r"foreign (?:minister|secretary|affairs)|secretary of state|external affairs|(?:top|chief) diplomat|"
            r"minist\w+ d\w+ (?:relaciones )?exteriores|ministre des affaires|außenminister",
            re.I,
        ),
    ),
    (
        Office.GOVERNMENT,
        re.compile(r"\b(?:prime minister|premier|chancellor|taoiseach|primer ministro|bundeskanzler\w*)\b", re.I),
    ),
    (
        Office.BODY,
        re.compile(
            r"secretary[- ]general|director[- ]general|managing director|high representative|foreign policy chief|"
            r"\b(?:commission|council|parliament|bank|u\.?n\.?|eu|nato|iaea|who|imf|ecb|prosecutor)\b.*|"
            r"high commissioner|\bchief\b",
            re.I,
        ),
    ),
    (
        Office.STATE,
        re.compile(
            r"\b(?:president|presidente|président|king|queen|emperor|sultan|emir|pope|papst|papa|supreme leader|"
            r"head of state|prince|monarch)\b",
            re.I,
        ),
    ),
    (Office.LEADER, re.compile(r"\b(?:leader|ruler|dictator|strongman|head of government|chief executive)\b", re.I)),
    (Office.OTHER, re.compile(r"\w")),
)
_FORMER = re.compile(r"\b(?:former|ex|late|then)\b|^ex-", re.I)
HEADS = {Office.STATE, Office.GOVERNMENT, Office.LEADER}
COURTESY = frozenset(
    word
    for line in (
        "mr mrs ms dr sir lord dame prof gen general col colonel admiral marshal",
        "sen senator rep judge sheikh shaikh ayatollah hojatoleslam mullah",
    )
    for word in line.split()
)
"""Titles, folded, that tell no office the registry holds."""
TITLES = COURTESY | frozenset(
    word
    for line in (
        "president king queen emperor sultan emir pope papst prince princess premier chancellor minister secretary",
        "prime foreign vice crown presidente ministro former us",
    )
    for word in line.split()
)
"""Words, folded, that stand before a name without being part of it."""


def office(role: str) -> Office:
    """The office a role's words name: "Iran's top diplomat" is the foreign minister, "Kremlin spokesman" is OTHER."""
    if _NOT_THE_OFFICE.search(role):
        return Office.OTHER
    return next(office for office, pattern in _OFFICES if pattern.search(role or "x"))


def is_former(role: str) -> bool:
    return bool(_FORMER.search(role))


def same_office(stated: str, held: str) -> bool:
    """Whether the role the article states may be the one the registry holds."""
    a, b = office(stated), office(held)
    if b is Office.OTHER:
        return held.casefold() in stated.casefold()
    if Office.LEADER in (a, b):
        return a in HEADS and b in HEADS
    return a == b
