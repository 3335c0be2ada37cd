"""Sides: "we" of somebody who speaks for a country, and "they" who stand against it."""

from onrecord.resolve import lexicon as lex
from onrecord.resolve.cast import Cast, Member

_SPEAKS_FOR = ("minister", "president", "spokes", "ambassador", "premier", "chancellor", "envoy", "diplomat", "leader")


def side_of(cast: Cast, speaker: Member) -> Member | None:
    """The country that a speaker's role speaks for: "we" of a Russian Foreign Minister."""
    for role in speaker.roles:
        for word in role.split():
            known = lex.countries().get(lex.country_key(word))
            if known and any(title in role.casefold() for title in _SPEAKS_FOR):
                return next((m for m in cast.members if _is_country(m, known[0])), None)
    return None


def other_side(cast: Cast, own: Member, at: int) -> Member | None:
    """The state or body of states that the text up to word `at` speaks of most, the own side aside.

    None where two are spoken of equally often.
    """
    counts = [
        (sum(place < at for place, _ in m.places), m)
        for m in cast.members
        if m.kind in ("country", "igo") and m is not own
    ]
    counts.sort(key=lambda found: -found[0])
    if not counts or not counts[0][0] or (len(counts) > 1 and counts[0][0] == counts[1][0]):
        return None
    return counts[0][1]


def _is_country(member: Member, name: str) -> bool:
    forms = [member.name, *member.forms]
    return any(lex.countries().get(lex.country_key(form), ("",))[0] == name for form in forms)
