"""Which entity a pronoun means: a logistic ranking over a few kinds of evidence, its weights in data/ranking.json.

One of them is what the encoder says: the share of its pointer (`Antecedent`) that falls on an entity's words.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import exp, log

from onrecord.records import Antecedent
from onrecord.resolve import lexicon as lex
from onrecord.resolve.cast import Cast, Member
from onrecord.resolve.words import Words

FEATURES = (
    "same sentence", "sentence before", "two before", "distance", "same paragraph", "opens its sentence",
    "opens this sentence", "spoke last", "frequency", "gender agrees", "gender unknown", "is a person",
    "is a body", "is a country", "possessive", "inside a quotation", "most recent", "both open", "inside this sentence",
    "is unnamed", "pointed to", "opens what they say",
)  # fmt: skip
"""Names of the evidence, in the order of `evidence`'s values."""
FARTHEST = 12
"""Sentences back that an antecedent may stand."""
AHEAD = 0.4
"""One who is named only after the pronoun is a candidate when the encoder's pointer gives them this much."""
LIKELY, SURE, SURER = 0.5, 0.8, 0.92
"""Of the encoder's pointer."""
TOLD = 3
"""What a title adds to the gender that speaks for somebody; a pronoun adds 1."""
BELIEF = 0.85
"""What the encoder's pointer counts by itself beside the ranking, which it also is evidence of: each sees what the
other misses, and a mean of the two is right more often than either."""
LESS_BELIEF = 0.7
"""The same for "they", of whom the pointer knows less: it gives several people's share to one."""
FLOOR = 0.01
"""A share below this says no less than this."""


@cache
def weights(personal: bool) -> tuple[float, ...]:
    """One weight for each of FEATURES: for he and she, or for it and they."""
    table = json.loads(files("onrecord.resolve").joinpath("data/ranking.json").read_text("utf-8"))
    return tuple(float(table["he, she" if personal else "it, they"].get(name, 0.0)) for name in FEATURES)


def pointed(words: Words, antecedents: Sequence[Antecedent]) -> dict[int, dict[int, float]]:
    """What each pronoun looks back to: by its word index, word indexes with their shares."""
    out: dict[int, dict[int, float]] = {}
    for antecedent in antecedents:
        shares: dict[int, float] = {}
        for span, share in antecedent.words:
            for k in words.covering(span)[:1]:
                shares[k] = shares.get(k, 0.0) + share
        for at in words.covering(antecedent.pronoun)[:1]:
            out[at] = shares
    return out


def candidates(cast: Cast, pronoun: str, at: int) -> list[tuple[Member, int, bool]]:
    """Entities a pronoun may mean by number, gender and kind, each with its last place before and if possessive."""
    gender = lex.PRONOUN_GENDER.get(pronoun)
    out = []
    for member in cast.members:
        if not _agrees(member, pronoun, gender) and not _is_meant(cast, member, pronoun, at):
            continue
        place = next((place for place in reversed(member.places) if place[0] < at), None)
        if place is None and member.places and cast.share(member, at) >= AHEAD:
            place = member.places[0]
        if place is not None and cast.words.sentence[at] - cast.words.sentence[place[0]] <= FARTHEST:
            out.append((member, *place))
    return out


def _agrees(member: Member, pronoun: str, gender: str | None) -> bool:
    if gender:
        kinds = ("person", "other") if member.named else ("person",)
        return member.kind in kinds and not member.members and member.gender in (None, gender)
    if pronoun in lex.NEUTER:
        return member.kind in ("organization", "country", "igo", "document") and not member.members
    if pronoun in lex.PLURAL:
        return bool(member.members) or member.kind in ("group", "organization", "country", "igo")
    return True


def _is_meant(cast: Cast, member: Member, pronoun: str, at: int) -> bool:
    """Is the encoder so sure of somebody that what speaks for another gender, or for a person, must err? It must be
    surer where a gender is that of a title or a first name.
    """
    if not member.named or member.members:
        return False
    if pronoun in lex.NEUTER:
        return member.kind == "other" and member.gender is None and cast.share(member, at) >= LIKELY
    if pronoun not in lex.PRONOUN_GENDER or member.kind not in ("person", "other"):
        return False
    first = member.name.split()[0] if " " in member.name else ""
    told = first in lex.first_names() or max(member.genders.values(), default=0) >= TOLD
    return cast.share(member, at) >= (SURER if told else SURE)


def evidence(
    cast: Cast, candidate: tuple[Member, int, bool], at: int, spoke_last: Member | None, newest: int
) -> tuple[float, ...]:
    """The values of FEATURES for one candidate of the pronoun at word `at`."""
    member, place, possessive = candidate
    words = cast.words
    apart = abs(words.sentence[at] - words.sentence[place])
    lead = words.opens_sentence(place) or _role_opens(cast, place)
    return (
        float(apart == 0), float(apart == 1), float(apart == 2), log(1 + apart),
        float(words.paragraph[at] == words.paragraph[place]), float(lead), float(lead and apart == 0),
        float(member is spoke_last), log(1 + len(member.places)),
        float(member.gender is not None), float(member.gender is None), float(member.kind == "person"),
        float(member.kind == "organization"), float(member.kind == "country"), float(possessive),
        float(words.quoted[place] and not words.quoted[at]), float(place == newest),
        float(lead and words.opens_sentence(at)),
        float(apart == 0 and not lead), float(not member.named),
        log(max(cast.share(member, at), FLOOR) / FLOOR) if at in cast.pointed else 0.0,
        float(cast.opened.get(at) is member),
    )  # fmt: skip


def all_evidence(
    cast: Cast, found: list[tuple[Member, int, bool]], at: int, spoke_last: Member | None
) -> list[tuple[float, ...]]:
    """The evidence of each candidate, in their order."""
    newest = max(place for _, place, _ in found)
    return [evidence(cast, c, at, spoke_last, newest) for c in found]


def _role_opens(cast: Cast, place: int) -> bool:
    found = cast.by_word.get(place)
    return found is not None and cast.words.opens_sentence(found[1].role_begin)


def ranked(cast: Cast, pronoun: str, at: int, spoke_last: Member | None) -> list[tuple[Member, float]]:
    """Every entity that the pronoun at word `at` may mean, with its probability among them."""
    found = candidates(cast, pronoun, at)
    if not found:
        return []
    weigh = weights(pronoun not in lex.NEUTER and pronoun not in lex.PLURAL)
    scores = [sum(w * x for w, x in zip(weigh, row, strict=True)) for row in all_evidence(cast, found, at, spoke_last)]
    top = max(scores)
    shares = [exp(s - top) for s in scores]
    whole = sum(shares)
    belief = LESS_BELIEF if pronoun in lex.PLURAL else BELIEF
    believed = belief if at in cast.pointed else 0.0
    return [
        (member, (1 - believed) * share / whole + believed * cast.share(member, at))
        for (member, _, _), share in zip(found, shares, strict=True)
    ]
