"""How alike two people's names are, from the very same down to a spelling apart; None when they are different names."""

from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from onrecord.names import sound


class Likeness(Enum):
    EXACT = "the same full name"
    SOUND = "one name in two transliterations"
    MIDDLE_INITIAL = "a middle initial more"
    MIDDLE_NAME = "a middle name more"
    INITIAL = "a first name, and its initial"
    NICKNAME = "a first name, and its short form"
    SPELLING = "one letter apart"
    PART = "a single name that the other has, or shares"


_SHORT_FORMS = {
    short: full
    for line in (
        "william bill billy will,michael mike mick,joseph joe joey,james jim jimmy jamie,robert bob bobby rob",
        "richard dick rick,anthony tony,daniel dan danny,david dave,steven stephen steve,christopher chris,thomas tom",
        "edward ted ed,nicholas nick,jeffrey jeff geoffrey,gregory greg,benjamin ben bibi,matthew matt,ronald ron",
        "kenneth ken,timothy tim,andrew andy,alexander alex,elizabeth liz,katherine kate kathy catherine,susan sue",
        "charles chuck,bernard bernie,john jack,patrick pat,samuel sam,peter pete,jacob jake",
        "frederick fred,lawrence larry,deborah debbie,jennifer jen,margaret maggie,rebecca becky",
    )
    for names in line.split(",")
    for full, *shorts in [names.split()]
    for short in shorts
}


def likeness(a: list[str], b: list[str]) -> Likeness | None:
    """Two folded names as words, titles and suffixes taken off."""
    if len(a) == 1 or len(b) == 1:
        return Likeness.PART if _is_part(a, b) or _is_part(b, a) else None
    if a == b:
        return Likeness.EXACT
    if spoken(" ".join(a)).replace(" ", "") == spoken(" ".join(b)).replace(" ", ""):
        return Likeness.SOUND
    if a[-1] == b[-1]:
        return _by_given_names(a[:-1], b[:-1])
    return Likeness.SPELLING if _surnames_alike(a, b) else None


@lru_cache(maxsize=1 << 16)
def spoken(folded: str) -> str:
    """A name by its sound, "Aleksei" as "Alexei" too."""
    return sound(folded.replace("ks", "x"))


def given_initial(word: str) -> str:
    """The letter by which a first name and its short forms are looked up."""
    return spoken(_SHORT_FORMS.get(word, word))[:1]


def _is_part(single: list[str], other: list[str]) -> bool:
    return len(single) == 1 and spoken(single[0]) in (spoken(other[0]), spoken(other[-1]))


def _surnames_alike(a: list[str], b: list[str]) -> bool:
    """Whether the surnames are nearly the same, and the given names speak for one person."""
    if spoken(a[-1]) == spoken(b[-1]):
        return _by_given_names(a[:-1], b[:-1]) is not None
    return a[:-1] == b[:-1] and len(a[0]) > 1 and _one_letter_apart(a[-1], b[-1])


def _by_given_names(a: list[str], b: list[str]) -> Likeness | None:
    if not _middles_agree(a[1:], b[1:]):
        return None
    first, other = a[0], b[0]
    if spoken(first) == spoken(other):
        extra = (a[1:] if len(a) > len(b) else b[1:]) if len(a) != len(b) else []
        return Likeness.MIDDLE_INITIAL if all(len(word) == 1 for word in extra) else Likeness.MIDDLE_NAME
    if 1 in (len(first), len(other)):
        return Likeness.INITIAL if first[0] == other[0] else None
    if _SHORT_FORMS.get(first, first) == _SHORT_FORMS.get(other, other):
        return Likeness.NICKNAME
    return Likeness.SPELLING if _one_letter_apart(first, other) else None


def _middles_agree(a: list[str], b: list[str]) -> bool:
    """Middle names and initials, of which one may have fewer: "W." is not "H. W."."""
    if not a or not b:
        return True
    return len(a) == len(b) and all(
        x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for x, y in zip(a, b, strict=True)
    )


def _one_letter_apart(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= 5 and OSA.distance(a, b, score_cutoff=1) <= 1 and JaroWinkler.similarity(a, b) >= 0.9
