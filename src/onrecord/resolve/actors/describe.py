"""The country that a description's people act for: "the Saudi ambassador to Berlin", "officials in Tehran".

1. The words are cut at prepositions; the head ("the Saudi ambassador") is asked first.
2. A country counts when it opens the head (after "senior", "a former" and the like), owns it ("Iran's"), or is a
   demonym in it. "China expert", "Iran-backed rebels" and "South American" name no country they act for.
3. Without one in the head, "of", "from", "at", "for" and "in" lead on to the next words, each after its own heads only.
4. Two countries ("Turkey and Russia"), or a body of many countries, are none.
"""

import re
from typing import Protocol

from onrecord.names import without_possessive
from onrecord.resolve.actors.actor import MEDIA, Actor

_PREPOSITION = re.compile(
    r"\s+(of|from|at|for|in|to|on|about|against|over|with|by|near|who|that|which)\s+|\s*[,(;—–]\s*"
)
_LONGEST = 6
_ABOUT_IT = re.compile(
    r"(?:expert|analyst|specialist|scholar|watcher|hawk|correspondent|desk|editor|researcher|critic|bureau|reporter|"
    r"policy|affairs|studies|relations|talks|deal|agreement|accord|treaty|crisis|war|sanctions?|historian)s?\b",
    re.I,
)
_OPENERS = re.compile(
    r"^(?:a|an|the|two|three|four|five|several|some|many|most|all|one|no|other|another|senior|top|former|ex|unnamed|"
    r"unidentified|anonymous|acting|deputy|vice|new|late|high-level|high-ranking|his|her|their|both|local|outgoing|"
    r"incoming|The|A|An|Two|Three|Several|Some|Many|Most|Senior|Top|Former|Unnamed)$"
)
_MIXED = frozenset("south north latin african native central asian eastern western euro anti pro".split())  # noqa: SIM905
_IN_OFFICE = re.compile(
    r"\b(?:officials?|authorities|government|lawmakers?|police|courts?|prosecutors?|ministers?|leaders?)$", re.I
)
_SPOKEN_FOR = re.compile(r"\b(?:spokes\w+|ministers?|secretary|representatives?|ambassador)$", re.I)
_NEAR = re.compile(r"\b(?:aides?|advis[eo]rs?|close|spokes\w+)$", re.I)
_NOT_OF = re.compile(
    r"\b(?:critics?|opponents?|victims?|supporters?|enem(?:y|ies)|friends?|allies|ally|neighbou?rs?|experts?|students?|"
    r"observers?|scholars?|historians?|survivors?|rivals?|experts?|invasion|capital|city|coast)$",
    re.I,
)
_LEADS_ON = {"of": None, "from": None, "at": None, "for": _SPOKEN_FOR, "in": _IN_OFFICE, "to": _NEAR}


class Names(Protocol):
    """What is asked of the registry."""

    def country_named(self, name: str) -> str | None: ...
    def demonym(self, word: str) -> str | None: ...
    def metonym(self, place: str, *, country: str | None = None, on: str | None = None) -> Actor | None: ...
    def find(self, name: str) -> Actor | None: ...


def country_of(words: str, names: Names) -> str | None:
    """Alpha-3 code of the one country that the people or the body described by `words` act for; None when none, two
    or a body of many countries."""
    pieces = _PREPOSITION.split(words.strip())
    for i in range(0, len(pieces), 2):
        found = _countries(pieces[i], names)
        if found:
            return found.pop() if len(found) == 1 else None
        if i + 1 >= len(pieces) or not _leads_on(pieces[i], pieces[i + 1]):
            return None
    return None


def _leads_on(head: str, preposition: str | None) -> bool:
    if preposition not in _LEADS_ON:
        return False
    allowed = _LEADS_ON[preposition]
    return bool(allowed.search(head)) if allowed else not _NOT_OF.search(head)


def _countries(head: str, names: Names) -> set[str | None]:
    """The countries a head names; a None among them stands for a body of no single country."""
    words = head.split()
    found: set[str | None] = set()
    i = 0
    while i < len(words):
        length, country = _longest(words, i, names)
        if length and country is not _UNUSABLE:
            found.add(country)
        i += length or 1
    return found


_UNUSABLE = "-"


def _longest(words: list[str], at: int, names: Names) -> tuple[int, str | None]:
    """Length and country of the longest known name that begins at a word; (0, None) when none does. A name known but
    of no use here, such as a newspaper's, has the country `_UNUSABLE`."""
    if not words[at][:1].isupper():
        return 0, None
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        last = words[at + length - 1]
        owner = without_possessive(last)
        name = " ".join([*words[at : at + length - 1], owner])
        follows = words[at + length] if at + length < len(words) else ""
        before = words[at - 1] if at else ""
        opens = all(_OPENERS.match(w) for w in _after_and(words[:at]))
        demonym = names.demonym(name)
        if demonym:
            usable = before.casefold() not in _MIXED and not (
                follows and _ABOUT_IT.match(follows) and _no_person(follows)
            )
            return length, demonym if usable else _UNUSABLE
        country = _stands_for(name, names)
        if country:
            usable = (opens or owner != last) and (owner != last or not _ABOUT_IT.match(follows))
            return length, country if usable else _UNUSABLE
        actor = names.find(name) if length > 1 or name.isupper() else None
        if actor and actor.kind == "igo":
            return length, None
        if actor and actor.kind == "organization":
            media = actor.role in MEDIA or actor.role == "company"
            return length, _UNUSABLE if media else actor.country
    return 0, None


def _after_and(words: list[str]) -> list[str]:
    """What of some words follows the last "and": both countries of "Turkey and Russia" open their half."""
    for i in range(len(words) - 1, -1, -1):
        if words[i] in ("and", "&"):
            return words[i + 1 :]
    return words


def _stands_for(name: str, names: Names) -> str | None:
    country = names.country_named(name)
    if country:
        return country
    government = names.metonym(name)
    return government.country if government else None


def _no_person(word: str) -> bool:
    """ "Russian analyst" is a Russian; "Iranian affairs" is a subject."""
    return bool(
        re.match(r"(?:policy|affairs|studies|relations|talks|deal|agreement|accord|treaty|crisis|war|sanction)", word)
    )
