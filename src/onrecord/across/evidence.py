"""Whether two profiles may be, or must not be, the same: a number, and the blocks in which to look for candidates.

APART        something speaks against it: link, country, gender, suffix, kind, or names that are different names
UNSURE (0)   nothing against it, and too little for it
1 to 5       the same, the more the surer

1. The registry's link decides where both have one.
2. Facts that contradict each other keep apart.
3. Full names that are equal are one; names that are only alike need a country, an office or a role that agrees; a
   single name needs office, country and year together.
4. Bodies go by their whole name, common ones ("Foreign Ministry") only in the same country.
"""

from collections.abc import Iterator
from functools import lru_cache

from onrecord.across.likeness import Likeness, given_initial, likeness, spoken
from onrecord.across.profiles import Profile

APART, UNSURE, WEAK, FAIR, GOOD, STRONG, LINKED = -1, 0, 1, 2, 3, 4, 5
BODIES = frozenset(("organization", "igo", "group"))
ACTS = frozenset(("person", "organization", "country", "igo", "group", "other"))
"""Kinds that can be actors: a place or a document is none."""
_COMMON = frozenset(
    word
    for line in (
        "ministry department agency commission committee council court government administration campaign party union",
        "bank bureau office parliament congress senate house board police army navy air force forces guard military",
        "foreign interior defense home justice finance health education energy trade labor treasury state national",
        "federal central supreme high constitutional security intelligence judiciary affairs relations armed services",
        "general assembly public republic democratic republican conservative liberal communist socialist people",
        "labor workers university college school hospital institute center embassy consulate mission authority cabinet",
        "opposition coalition alliance front movement league association federation group times post news press media",
        "daily herald tribune journal editorial staff team service company corp inc llc ltd co of the and for on in",
        "lower upper royal special first second third northern southern eastern western city district county regional",
        "joint chiefs north south east west korean chinese american european us uk of form",
        "oversight foreign international research studies policy budget appropriations ways means new app subscribe",
    )
    for word in line.split()
)
"""Words that many countries' bodies are made of: a name of these alone needs its country."""
_ELSEWHERE = frozenset(("embassy", "embassies", "consulate", "consulates"))
"""A country has one in every other."""
_ONE_OF_MANY = frozenset(("democrat", "republican", "conservative", "senator", "congressman", "lawmaker", "official"))
"""A group's name that ends so is a description of somebody: "a New Jersey Democrat"."""


@lru_cache(maxsize=1 << 17)
def compare(a: Profile, b: Profile) -> int:
    """How surely two profiles are one; the same both ways round."""
    if a.link and b.link:
        return _by_link(a, b)
    if (a.country and b.country and a.country != b.country) or (a.gender and b.gender and a.gender != b.gender):
        return APART
    if "other" in (a.kind, b.kind):
        return _of_unknown_kind(a, b)
    if a.kind == b.kind == "person":
        return _people(a, b)
    if a.kind == b.kind == "country":
        return GOOD if a.name == b.name else APART
    return _bodies(a, b) if a.kind in BODIES and b.kind in BODIES else APART


def blocks(profile: Profile) -> Iterator[str]:
    """Keys that two profiles share whenever `compare` could say they are one."""
    if profile.link:
        yield f"link {profile.link}"
    yield f"name {profile.name}"
    if profile.kind != "person":
        yield from (f"name {acronym}" for acronym in profile.acronyms)
        return
    words = profile.words
    if len(words) > 1:
        yield f"surname {spoken(words[-1])} {given_initial(words[0])}"
        yield f"whole {spoken(profile.name).replace(' ', '')}"
        if profile.country:
            yield f"given {' '.join(words[:-1])} {profile.country}"
    if profile.country:
        for office in profile.offices:
            yield from (f"office {profile.country} {office} {spoken(word)}" for word in {words[0], words[-1]})


def _by_link(a: Profile, b: Profile) -> int:
    if a.link != b.link or ((a.kind == "person") != (b.kind == "person") and "other" not in (a.kind, b.kind)):
        return APART
    return UNSURE if _is_elsewhere(a) or _is_elsewhere(b) else LINKED


def _of_unknown_kind(a: Profile, b: Profile) -> int:
    if a.name != b.name or a.suffix != b.suffix:
        return APART
    if a.kind == b.kind or "person" in (a.kind, b.kind):
        return GOOD if len(a.words) > 1 and _is_distinctive(a) else UNSURE
    return _same_body(a, b) if "country" not in (a.kind, b.kind) else UNSURE


def _people(a: Profile, b: Profile) -> int:
    alike = likeness(a.words, b.words)
    if alike is None or a.suffix != b.suffix:
        return APART
    same_country = bool(a.country) and a.country == b.country
    same_office = bool(set(a.offices) & set(b.offices))
    same_role = same_office or bool(set(a.role_words) & set(b.role_words))
    if alike is Likeness.PART:
        return WEAK if same_country and same_office and _near(a, b) else UNSURE
    if alike in (Likeness.INITIAL, Likeness.NICKNAME, Likeness.SPELLING):
        close = alike is Likeness.NICKNAME and (same_office or len(set(a.role_words) & set(b.role_words)) > 1)
        return WEAK if close or (same_country and same_role) else UNSURE
    unsupported, supported = _ALIKE[alike]
    if alike is Likeness.EXACT and not _is_full(a):
        unsupported = UNSURE
    if alike is Likeness.SOUND and a.words[-1] == b.words[-1]:
        unsupported = FAIR  # "Sergei" for "Sergey" is no other man, but Kelly is not Kelley
    return supported if same_country or same_role else unsupported


_ALIKE = {
    Likeness.EXACT: (GOOD, STRONG),
    Likeness.MIDDLE_INITIAL: (FAIR, GOOD),
    Likeness.SOUND: (UNSURE, GOOD),
    Likeness.MIDDLE_NAME: (UNSURE, FAIR),
}
"""How sure a likeness makes it with nothing else for it, and when country or role agree."""


def _is_full(profile: Profile) -> bool:
    """Whether it is a full name: "M. Brown" is none, and "Joint Chiefs" is not somebody's."""
    return (len(profile.words) > 2 or len(profile.words[0]) > 1) and _is_distinctive(profile)


def _near(a: Profile, b: Profile) -> bool:
    """Whether two of one office may be its one holder, by the articles' years.

    Holders change: two single names must be of one year, or years in a row would make a chain.
    """
    most = 1 if len(a.words) + len(b.words) > 2 else 0
    return bool(a.year and b.year) and abs(a.year - b.year) <= most


def _bodies(a: Profile, b: Profile) -> int:
    if a.name == b.name:
        return _same_body(a, b)
    for short, long in ((a, b), (b, a)):
        if short.name in long.acronyms and " " in long.name:
            # three letters are many things
            return FAIR if len(short.name) > 3 or (a.country and a.country == b.country) else UNSURE
    return APART


def _same_body(a: Profile, b: Profile) -> int:
    if _is_elsewhere(a) or ("group" in (a.kind, b.kind) and a.words[-1] in _ONE_OF_MANY):
        return UNSURE
    if a.country and a.country == b.country:
        return STRONG
    return GOOD if len(a.words) > 1 and _is_distinctive(a) else UNSURE


def _is_elsewhere(profile: Profile) -> bool:
    return profile.kind != "country" and not _ELSEWHERE.isdisjoint(profile.words)


def _is_distinctive(profile: Profile) -> bool:
    return any(word not in _COMMON and len(word) > 1 for word in profile.words)
