"""States of the United States, by which news tells where its politicians are from: "(R-Fla.)", "the Ohio senator"."""

import re
from functools import cache

from onrecord.resolve.words import Words

_STATES = (
    "Alabama Ala AL|Alaska AK|Arizona Ariz AZ|Arkansas Ark AR|California Calif CA|Colorado Colo CO|Connecticut Conn CT|"
    "Delaware Del DE|Florida Fla FL|Georgia Ga GA|Hawaii HI|Idaho ID|Illinois Ill IL|Indiana Ind IN|Iowa IA|"
    "Kansas Kan KS|Kentucky Ky KY|Louisiana La LA|Maine ME|Maryland Md MD|Massachusetts Mass MA|Michigan Mich MI|"
    "Minnesota Minn MN|Mississippi Miss MS|Missouri Mo MO|Montana Mont MT|Nebraska Neb NE|Nevada Nev NV|"
    "New_Hampshire N.H NH|New_Jersey N.J NJ|New_Mexico N.M NM|New_York N.Y NY|North_Carolina N.C NC|"
    "North_Dakota N.D ND|Ohio OH|Oklahoma Okla OK|Oregon Ore OR|Pennsylvania Pa PA|Rhode_Island R.I RI|"
    "South_Carolina S.C SC|South_Dakota S.D SD|Tennessee Tenn TN|Texas Tex TX|Utah UT|Vermont Vt VT|Virginia Va VA|"
    "Washington_state Wash WA|West_Virginia W.Va WV|Wisconsin Wis WI|Wyoming Wyo WY"
)
"""Each with how it is shortened in news; Washington, mostly the city, only with the word state."""
_PARTIES = {"R": "Republican", "D": "Democrat", "I": "independent"}
_PARTY_AND_STATE = re.compile(r"([RDI])-(\w[\w.]*)")


def home_after(words: Words, end: int) -> tuple[str | None, str] | None:
    """Party and state of somebody whose name ends at word `end`, told in brackets, between commas or by "of"."""
    opening, following = words.lower[end : end + 1], words.words[end + 1 : end + 2]
    if opening in (["("], [","]) and following and (found := _PARTY_AND_STATE.fullmatch(following[0])):
        state = _by_form().get(found[2].rstrip("."))
        return (_PARTIES[found[1]], state) if state else None
    begin, party = end + 1, None
    if opening == [","] and words.lower[end + 1 : end + 3] in (["republican", "of"], ["democrat", "of"]):
        begin, party = end + 3, words.words[end + 1]
    elif opening != ["of"]:
        return None
    forms = (" ".join(words.words[begin : begin + size]) for size in (2, 1))
    state = next((_by_form()[form] for form in forms if len(form) > 3 and form in _by_form()), None)
    return (party, state) if state else None


def states_in(text: str) -> set[str]:
    """The states that a text names in full."""
    return set(_IN_FULL.findall(text))


@cache
def _by_form() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in _STATES.split("|"):
        name, *others = row.split()
        table.update(dict.fromkeys((name, *others), name.replace("_", " ")))
    return table


_IN_FULL = re.compile(
    r"\b(?:West Virginia|" + "|".join(row.split()[0].replace("_", " ") for row in _STATES.split("|")) + r")\b"
)
