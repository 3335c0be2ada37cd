"""Descriptions ("the top diplomat", "the ministry") to the entity whose role or name the text gave in these words."""

import re
from functools import lru_cache
from itertools import pairwise

from onrecord.resolve import lexicon as lex
from onrecord.resolve.cast import Cast, Member
from onrecord.resolve.homes import states_in
from onrecord.resolve.ranking import ranked

_SAME = {
    "pres": "president", "sen": "senator", "sens": "senator", "senators": "senator", "rep": "congressman",
    "representative": "congressman",
    "congresswoman": "congressman", "gov": "governor", "nominee": "candidate", "hopeful": "candidate",
    "contender": "candidate", "premier": "prime", "spokeswoman": "spokesman", "spokesperson": "spokesman",
    "businesswoman": "businessman", "mogul": "businessman", "billionaire": "businessman", "tycoon": "businessman",
    "chairwoman": "chairman", "chair": "chairman", "gop": "republican", "u.s": "us", "american": "us",
    "democratic": "democrat",
    "gen": "general", "col": "colonel", "prof": "professor", "dr": "doctor",
    "attorney": "lawyer", "counsel": "lawyer", "adviser": "advisor", "frontrunner": "candidate",
    "secretary": "minister",
}  # fmt: skip


@lru_cache(maxsize=1 << 12)
def stems(text: str) -> frozenset[str]:
    """The words of a role in one form, so that "Sen." and "senator" meet."""
    found = set()
    for raw in text.casefold().replace("’s", "").replace("'s", "").replace("-", " ").replace(",", " ").split():
        word = raw.strip(".,()“”\"'")
        found.add(_SAME.get(word, word))
    return frozenset(found - _IDLE)


@lru_cache(maxsize=1 << 12)
def lands(text: str) -> frozenset[str]:
    """The countries that a role speaks of: "Tehran's top diplomat" and "Iranian Foreign Minister" share one."""
    words = text.replace("’s", "").replace("'s", "").split()
    forms = [*words, *(" ".join(pair) for pair in pairwise(words))]
    found = (lex.countries().get(lex.country_key(f.strip(",()"))) for f in forms if f[:1].isupper())
    return frozenset(known[0] for known in found if known)


def office(role: str) -> frozenset[str]:
    """What a role says its bearer is, without whose it is or for whom: "eldest daughter" of "the nominee's eldest
    daughter", "spokesman" of "spokesman for the president".
    """
    own = re.split(r"['’]s ", role)[-1]
    return stems(re.split(r"[, ](?:of|for|to|at|in|with|who) ", own)[0])


_IDLE = lex.DETERMINERS | {"of", "for", "the", "at", "in", "to", "and", "former", "who", "is", ""}


def describe_person(cast: Cast, description: str, at: int, spoke_last: Member | None) -> tuple[Member | None, float]:
    """The person a definite description means, with its probability; None where no role fits well enough."""
    head = _SAME.get(cast.words.lower[at], cast.words.lower[at])
    # of whom there are many, whatever else their roles are
    partisan = head in lex.PARTISAN and not states_in(description)
    found, probability = (None, 0.0) if partisan else _role_holder(cast, description, at, spoke_last)
    if found is not None:
        return found, probability
    owned = "'s " in description or "’s " in description
    if (head not in _PLACELESS or owned) and not _TOLD_BY_LIFE.search(description):
        return None, 0.0
    pronoun = {"m": "he", "f": "she"}.get(_gender(description) or "", "he or she")
    party, states = _parties(description), states_in(description)
    likely = ranked(cast, pronoun, at, spoke_last)
    fitting = [(m, s) for m, s in likely if not _of_another(party, m) and (m.named or " " in m.name)]
    fitting = [(m, s) for m, s in fitting if party & _parties_of(m)] or fitting
    found, share = max(fitting, key=lambda f: f[1], default=(None, 0.0))
    if found is None or found.kind != "person" or (states and found.homes and not states & found.homes):
        return None, 0.0
    probability = share / (sum(share for _, share in fitting) or 1.0)
    return (found, 0.8 * probability) if probability > 0.3 else (None, 0.0)


def is_at_odds(description: str, member: Member) -> bool:
    """Does a description tell another gender, party or country than somebody is of?"""
    gender, land = _gender(description), lands(description)
    theirs = frozenset().union(*map(lands, member.roles))
    return (
        (gender is not None and member.gender not in (None, gender))
        or _of_another(_parties(description), member)
        or bool(land and theirs and not land & theirs)
    )


def _of_another(party: frozenset[str], member: Member) -> bool:
    """Is somebody told, or known, to be of another party than this?"""
    theirs = _parties_of(member)
    return bool(party and theirs) and not party & theirs


def _parties_of(member: Member) -> frozenset[str]:
    """The parties that somebody is told, or else known, to be of."""
    told = frozenset().union(*map(_parties, member.roles))
    known = lex.SURNAME_PARTY.get(member.parts[-1])
    return told or frozenset([known] if known and member.kind == "person" else [])


def _gender(description: str) -> str | None:
    return next((lex.TITLE_GENDER[w] for w in description.casefold().split() if w in lex.TITLE_GENDER), None)


def _role_holder(cast: Cast, description: str, at: int, spoke_last: Member | None) -> tuple[Member | None, float]:
    """The person whose stated role a description tells, with its probability; None where none fits well enough."""
    said = stems(description)
    head = _SAME.get(cast.words.lower[at], cast.words.lower[at])
    gender = _gender(description)
    ranked = []
    for member in cast.members:
        if member.kind not in ("person", "other") or (gender and member.gender not in (None, gender)):
            continue
        if _of_another(_parties(description), member):
            continue
        worth = max((_fit(description, said, head, member, role) for role in member.roles), default=0.0)
        if worth > 0.5:
            before = [p for p, _ in member.places if p < at]
            near = 1.0 / (1 + cast.words.sentence[at] - cast.words.sentence[before[-1]]) if before else 0.1
            ranked.append((worth + near + 0.3 * (member is spoke_last), member))
    if not ranked:
        return None, 0.0
    ranked.sort(key=lambda r: -r[0])
    clear = len(ranked) == 1 or ranked[0][0] - ranked[1][0] > 0.4
    return ranked[0][1], 0.85 if clear else 0.6


def _fit(description: str, said: frozenset[str], head: str, member: Member, role: str) -> float:
    """How well a role of somebody's fits a description; 0 where it is another's."""
    land, theirs = lands(description), lands(role)
    states, home = states_in(description), states_in(role) | member.homes
    party, other = _parties(description), _parties(role)
    if land and not theirs and member.parts[-1] in lex.SURNAME_PARTY:
        theirs = _HOME_OF_PARTIES
    if any(one and two and not one & two for one, two in ((land, theirs), (states, home), (party, other))):
        return 0.0
    mine = stems(role) | stems(" ".join(member.homes))
    if ("vice" in mine) != ("vice" in said) and head in ("president", "chairman", "mayor"):
        return 0.0
    top_diplomat = "diplomat" in said and said & {"top", "chief"} and "minister" in mine and mine & {"foreign", "state"}
    worth = 3.0 if top_diplomat else 0.0
    if head in office(role) or (states & member.homes and head in _SENT):
        worth = max(worth, 2.0 + len(said & mine) - 0.5 * len(said - mine - stems(member.name)))
    return worth


def _parties(text: str) -> frozenset[str]:
    return stems(text) & _PARTIES


_PARTIES = frozenset(
    ["republican", "democrat", "libertarian", "conservative", "labour", "liberal", "socialist", "communist", "green"]
)
_SENT = lex.spelled("senator congressman lawmaker governor politician republican democrat")
"""What one from a state is, whose party alone is told."""
_TOLD_BY_LIFE = re.compile(r"\b[0-9]{1,3}-year-old\b|^[Tt]he former\b")
_PLACELESS = lex.spelled(
    "mother father grandmother grandfather socialist investor incumbent newcomer "
    "man woman businessman candidate old-timer tycoon star veteran executive actor actress author "
    "lawmaker politician leader lady native senator congressman texan donald billionaire justice democrat republican "
    "author columnist"
)
"""Heads that stand for a person already on stage though no role repeated them."""


def describe_body(cast: Cast, head: str, at: int, said: str = "") -> tuple[Member | None, float]:
    """The organization that a description means by its head noun ("the ministry", "the appeals court"), or the body it
    is the usual word for: of several the one whose name has more of what is `said`, then the one named last.
    """
    if head == "kingdom":
        kingdoms = [m for m in cast.members if m.kind == "country" and lex.country_key(m.name) in _KINGDOMS]
        return (kingdoms[0], 0.8) if len(kingdoms) == 1 else (None, 0.0)
    known = {"bloc": "european union", "alliance": "nato", "kremlin": "russia"}.get(head)
    found: tuple[tuple[int, int], Member] | None = None
    for member in cast.members:
        if member.kind not in ("organization", "igo", "country", "other"):
            continue
        if not (member.named or " " in member.name):  # "Network" of a headline
            continue
        fits = (known and any(lex.country_key(f) in (known, "eu") for f in [member.name, *member.forms])) or (
            member.kind == "organization" and _is_kind(member.parts, head)
        )
        before = [p for p, _ in member.places if p < at]
        worth = len(stems(said) & stems(member.name)), before[-1] if before else 0
        if fits and before and (found is None or worth > found[0]):
            found = worth, member
    return (found[1], 0.8) if found else (None, 0.0)


def _is_kind(parts: list[str], head: str) -> bool:
    """Is a noun in a body's name, or what its first or last word makes it: "the agency" for a Department of Trade?"""
    armed = head == "group" and parts[-1] in _ARMED
    return (
        head in parts
        or armed
        or head in _ACRONYMS.get(parts[-1].replace(".", ""), ())
        or any(head in _KINDS.get(part, ()) for part in (parts[0], parts[-1]))
    )


_HOME_OF_PARTIES = lands("United States")
_KINGDOMS = frozenset(
    ("saudi arabia", "jordan", "bahrain", "morocco", "united kingdom", "thailand", "cambodia", "bhutan")
)
_ARMED = lex.spelled("army front movement brigade brigades")
_ACRONYMS = {
    "fbi": ("bureau", "agency"),
    **dict.fromkeys(lex.spelled("cia nsa epa irs fda va dea tsa fema usda nasa cdc"), ("agency",)),
}
_KINDS = {
    **dict.fromkeys(
        lex.spelled("sentinel herald tribune globe chronicle gazette dispatch register inquirer mirror telegraph"),
        ("newspaper", "paper"),
    ),
    "times": ("newspaper", "paper"), "post": ("newspaper", "paper"), "journal": ("newspaper", "paper"),
    "news": ("network", "outlet", "channel", "agency"), "commission": ("agency",), "services": ("agency",),
    "bureau": ("agency",), "investigations": ("agency",), "department": ("agency",), "administration": ("agency",),
    "university": ("school",), "college": ("school",), "ministry": ("government",), "institute": ("group",),
    "association": ("group", "union"), "coalition": ("group",), "committee": ("group", "panel"),
    "union": ("group", "bloc"),
    "foundation": ("group",), "council": ("group",), "party": ("party",), "airlines": ("company", "airline"),
    **dict.fromkeys(lex.spelled("inc corp co ltd plc llc nv ag"), ("company", "firm")),
}  # fmt: skip
