"""Names that small words hold together: "Bosnia and Herzegovina", "Movement for the Defence of the Coast (MDC)".

Capitals alone would cut them in pieces. Three things show that a stretch is one name: it is a country's, it is one of
a few that are known by what they are ("Houthi rebels"), or the letters in brackets after it are its initials.
"""

from functools import cache

from onrecord.resolve import lexicon as lex
from onrecord.resolve.words import Words

_SMALL = lex.spelled("of for and in the on to against de du des del la y et da do dos")
_FIXED = (
    "Islamic State of Iraq and Syria", "Islamic State of Iraq and the Levant", "Islamic State of Iraq and al-Sham",
    "al-Qaeda in the Arabian Peninsula", "al-Qaida in the Arabian Peninsula", "al-Qaeda in the Islamic Maghreb",
    "al-Qaida in the Islamic Maghreb", "USA Today",
    "Joint Chiefs of Staff", "Houthi rebels", "Houthi movement", "Houthi militia", "Islamic State group",
    "Haqqani network", "The Economist", "Black Lives Matter",
    "Organization for Economic Cooperation and Development", "Organisation for Economic Co-operation and Development",
)  # fmt: skip
_FEWEST, _MOST = 3, 8
"""Letters of an acronym that is held against the words before it: two would fit by chance."""


def compounds(words: Words) -> dict[int, int]:
    """Where such names begin and end, as word indexes; headlines too."""
    found: dict[int, int] = {}
    known = _known()
    for i, lower in enumerate(words.lower):
        for name in known.get(lower, ()):
            edges = words.words[i : i + len(name) : len(name) - 1]
            if tuple(words.lower[i : i + len(name)]) == name and any(word[0].isupper() for word in edges):
                found[i] = max(i + len(name), found.get(i, 0))
        if lower == "(" and i + 2 < len(words.words) and words.words[i + 2] == ")":
            begin = spelled_out(words, i, words.words[i + 1])
            if begin is not None and any(words.lower[k] in _SMALL for k in range(begin, i)):
                found[begin] = i
    return found


@cache
def _known() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Names by their first word, in lower case, each as its words."""
    out: dict[str, list[tuple[str, ...]]] = {}
    lands = [tuple(name.split()) for name, (_, how) in lex.countries().items() if how == "name"]
    held = [parts for parts in lands if any(part in _SMALL for part in parts)]
    for parts in (*held, *(tuple(name.casefold().split()) for name in _FIXED)):
        out.setdefault(parts[0], []).append(parts)
    return {first: tuple(found) for first, found in out.items()}


def spelled_out(words: Words, end: int, acronym: str) -> int | None:
    """Where the words begin, up to `end`, whose initials are the acronym's letters; None where they are not."""
    left = acronym.replace(".", "")
    if not (left.isupper() and left.isalpha() and _FEWEST <= len(left) <= _MOST):
        return None
    k = end
    while left and k > 0 and words.sentence[k - 1] == words.sentence[end]:
        k -= 1
        initials = initials_of(words.words[k])
        if initials and left.endswith(initials):
            left = left[: -len(initials)]
        elif initials and left.endswith(initials[0]):  # "Co-operation" is one letter
            left = left[:-1]
        elif words.lower[k] not in _SMALL:
            return None
    return k if not left and words.words[k][0].isupper() else None


def initials_of(word: str) -> str:
    """The letters that a word of a name gives its acronym: all of "U.N.", "CO" of "Co-operation", none of "of"."""
    bare = word.replace(".", "")
    if bare.isupper() and bare.isalpha():
        return bare
    if word.startswith(("al-", "el-")):
        return word[3:4].upper()
    return "".join(part[0] for part in word.split("-") if part).upper() if word[0].isupper() else ""
