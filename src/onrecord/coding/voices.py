"""Who vouches for an event: the outlets themselves, or only those they quote, and on which side these stand.

fact        some outlet reports it in its own voice
actor       only on the word of the actor's side
recipient   only on the word of the recipient's side
third       only on the word of others, whose codes are known
several     only on the word of speakers of more than one side
unplaced    only on the word of speakers whose side is not known
"""

from collections.abc import Iterable

from onrecord.names import fold, sound, without_initials
from onrecord.records import Party, Report

VOICES = ("fact", "actor", "recipient", "third", "several", "unplaced")
_GENERIC = frozenset(
    ("rebel", "rebels", "movement", "fighters", "militants", "militia", "group", "forces", "army", "government",
     "military", "officials", "authorities", "insurgents", "leaders", "leadership", "troops", "regime",
     "administration")
)  # fmt: skip


def key_of(party: Party | None) -> str:
    """What makes two articles' parties one: the code; without one the name, folded, without words for what groups
    are ("Houthi rebels" is "Houthi movement"). Nobody is the empty key."""
    if party is None:
        return ""
    return party.code or name_key(party.name)


def name_key(name: str) -> str:
    """A name's part of a key, by its sound. Folded names are lower case: they meet no code."""
    words = without_initials(fold(name)).split()
    return sound(" ".join([word for word in words if word not in _GENERIC] or words))


def voice_of(reports: Iterable[Report]) -> str:
    """The voice of an event with these reports, as they assert it."""
    sides = set()
    for report in reports:
        if report.event.on_word_of is None:
            return "fact"
        sides.add(_side(report))
    known = sides - {"unplaced"}
    if len(known) > 1:
        return "several"
    return known.pop() if known else "unplaced"


def _side(report: Report) -> str:
    speaker = key_of(report.claimant)
    if speaker and speaker == key_of(report.actor):
        return "actor"
    if speaker and speaker == key_of(report.recipient):
        return "recipient"
    return "third" if report.claimant and report.claimant.code else "unplaced"
