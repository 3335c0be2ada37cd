"""Whether two statements may have one speaker: names as `across` compares them, and officials with whom they act for.

In news of a few days "Iran" and "Zarif", "Riyadh" and the Saudi colonel, "Amnesty" and its director are named for one
and the same utterance. So what is asked here is less than whether two are one actor.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from onrecord.across.evidence import UNSURE, compare
from onrecord.across.likeness import likeness, spoken
from onrecord.across.profiles import Profile, seen
from onrecord.names import fold_text
from onrecord.records import Entity, Record


class Compatible(Enum):
    SAME = "one actor, as far as these articles tell"
    ALLIED = "a country or body, and who speaks for it"
    UNKNOWN = "one of them is not named"
    DIFFERENT = "two actors"


_EMPTY = frozenset(
    word
    for line in (
        "the of and for a an in on to official officials spokesman spokeswoman spokesperson minister ministry",
        "president government foreign prime secretary state leader leaders group people department senior former",
        "chief general statement report police military army rebels movement party union national council",
        "international top its his her their who say said one two backed aligned other some many sources source",
        "news agency",
    )
    for word in line.split()
)
"""Words of names and roles that many share."""
_TWO_WORDS = re.compile(r"\b(north|south|united|new|west|east) (?=\w)")
"""Korea is two countries, and "United" names none."""
_ROOT = 4
"""First letters by which "Iran" and "Iranian" are known for one another."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who makes a statement, as far as it is compared."""

    profile: Profile
    named: bool
    country: str
    """Of what it acts for, or comes from: a code, "" when not known."""
    words: frozenset[str]
    """Roots of the distinctive words of the name, when it is one."""
    role: frozenset[str]
    """Those of the role, and of a description."""

    @property
    def is_person(self) -> bool:
        return self.profile.kind == "person"

    def tokens(self) -> frozenset[str]:
        """What two compatible speakers share at least one of, when both are known well enough to tell."""
        own = {_root(self.profile.words[-1])} if self.is_person and self.named else self.words
        return frozenset({spoken(root) for root in own | self.role} | ({self.country} if self.country else set()))


def speaker_of(record: Record, entity: Entity | None) -> Speaker | None:
    """The speaker that an article's entity is; None where nobody was resolved."""
    if entity is None:
        return None
    name, role = _distinctive(entity.name), _distinctive(entity.role or "")
    country = entity.country or entity.code or _country(record, role if entity.named and entity.role else name)
    return Speaker(
        seen(record, entity).profile,
        entity.named,
        country,
        name if entity.named else frozenset(),
        role if entity.named else role | name,
    )


def _country(record: Record, roots: frozenset[str]) -> str:
    """The code of the country of which the article speaks by one of these roots; "" where there is none, or several."""
    codes = {
        code
        for entity in record.entities
        if entity.kind == "country" and (code := entity.country or entity.code)
        for form in (entity.name, *entity.aliases)
        if not _distinctive(form).isdisjoint(roots)
    }
    return codes.pop() if len(codes) == 1 else ""


def _distinctive(text: str) -> frozenset[str]:
    joined = _TWO_WORDS.sub(r"\1_", fold_text(text))
    return frozenset(_root(w) for w in re.findall(r"\w{3,}", joined) if w not in _EMPTY)


def _root(word: str) -> str:
    first, _, second = word.rpartition("_")
    return f"{first}_{second[:3]}" if first else word[:_ROOT]


def compatible(a: Speaker | None, b: Speaker | None) -> Compatible:
    """Whether two speakers, of articles of the same days, may be one for an utterance; the same both ways round."""
    if a is None or b is None:
        return Compatible.UNKNOWN
    one, other = a.profile, b.profile
    if one.name == other.name:
        return Compatible.SAME
    if a.named and b.named and one.kind == other.kind == "person":
        linked = bool(one.link) and one.link == other.link
        return Compatible.SAME if linked or _names_of_one(one.name, other.name) else Compatible.DIFFERENT
    return Compatible.SAME if _are_one(a, b) else _different(a, b)


def _different(a: Speaker, b: Speaker) -> Compatible:
    """What two are for each other that are not one actor, nor both people with names."""
    if a.country and b.country:
        return Compatible.ALLIED if a.country == b.country else Compatible.DIFFERENT
    if _share_a_word(a, b):
        return Compatible.ALLIED
    return Compatible.DIFFERENT if a.named and b.named else Compatible.UNKNOWN


def _are_one(a: Speaker, b: Speaker) -> bool:
    """The same of two that are not both people with names."""
    named = (a.is_person and a.named) or (b.is_person and b.named)
    return (
        (named and _named_in(a.profile.name, b.profile.name))
        or _speaks_for(a, b)
        or _speaks_for(b, a)
        or compare(a.profile, b.profile) > UNSURE
    )


@lru_cache(maxsize=1 << 18)
def _names_of_one(one: str, other: str) -> bool:
    """Whether two people's names may be one's."""
    return _named_in(one, other) or likeness(one.split(), other.split()) is not None


def _named_in(one: str, other: str) -> bool:
    """Whether one full name is the end of the other, as in "Secretary of State Mike Pompeo"."""
    full = " " in one and " " in other
    return full and (one.endswith(f" {other}") or other.endswith(f" {one}"))


def _speaks_for(a: Speaker, b: Speaker) -> bool:
    """Whether `a` is nobody but the voice of `b`: an official without a name, and the country or body."""
    if a.named or b.is_person or not b.named:
        return False
    return bool(a.role & b.words) or (b.profile.kind == "country" and a.country == b.country != "")


def _share_a_word(a: Speaker, b: Speaker) -> bool:
    """Whether one's name is in the other's role or description, or both act for the same."""
    if a.words & b.role or b.words & a.role or a.role & b.role:
        return True
    return bool(a.words & b.words) and not (a.is_person and b.is_person)
