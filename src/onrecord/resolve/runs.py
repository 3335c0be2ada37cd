"""Runs of capitals that may hold a name: which words go along, and where a run ends."""

import re

from onrecord.resolve import lexicon as lex
from onrecord.resolve.words import Words

ADJECTIVE = re.compile(
    r"[A-Z][\w.]*-(?:born|based|run|backed|led|owned|aligned|controlled|educated|trained|funded|winner|winning)"
)
"""What is said of somebody before the name, with a name in it: "the Orland-backed Coral Movement"."""


def is_capital(words: Words, i: int) -> bool:
    """Can this word be part of a name by its case?"""
    if i >= len(words.words):
        return False
    if words.lower[i] in lex.NOT_NAMES:
        return _is_initial(words, i)
    return is_written_as_name(words.words[i])


def _is_initial(words: Words, i: int) -> bool:
    """Is this A or I the initial between two names: "William A. Brandt"?"""
    around = words.words[i - 1 : i] + words.words[i + 1 : i + 3]
    return (
        words.words[i] in ("A", "I")
        and len(around) == 3
        and around[1] == "."
        and all(word[0].isupper() and word.casefold() not in lex.NOT_NAMES for word in (around[0], around[2]))
    )


def is_written_as_name(word: str) -> bool:
    return word[0].isupper() or ("-" in word and _WITH_ARTICLE.match(word) is not None)


_WITH_ARTICLE = re.compile(r"(?:al|el|ul|an|ar|as|ash|at|az|ad)-[A-Z]")
"""Arabic names keep their article in lower case: al-Sadr."""


_WITH_STOP = lex.TITLES | {"st"} | lex.SUFFIXES
"""What a stop follows without an end to the name."""


def run_end(words: Words, begin: int) -> int:
    """Where the run of capitals that begins here ends; initials, particles and links in bodies' names go along."""
    i, n = begin + 1, len(words.words)
    sentence = words.sentence[begin]
    while i < n and words.sentence[i] == sentence and words.paragraph[i] == words.paragraph[begin]:
        word = words.words[i]
        if (ADJECTIVE.fullmatch(word) and is_capital(words, i + 1)) or _ends_short_line(words, i):
            break
        if (
            is_capital(words, i)
            or is_word_as_surname(words, i)
            or (word == "." and (len(words.words[i - 1]) == 1 or words.lower[i - 1] in _WITH_STOP))
        ):
            i += 1
        elif _is_nickname(words, i):
            i += 3
        elif i + 1 < n and joins(words, i) and is_capital(words, i + 1):
            i += 2
        elif word in lex.KIN_PARTICLES and _capital_within(words, i + 1, 2):
            i += 1
        elif _links_body(words, begin, i):
            i += 2 if is_capital(words, i + 1) else 3
        else:
            break
    while words.words[i - 1] == "." and len(words.words[i - 2]) != 1 and words.lower[i - 2] not in lex.SUFFIXES:
        i -= 1
    return i


def _ends_short_line(words: Words, i: int) -> bool:
    """Does the line before this word end early, as a caption does and a line of running text does not?"""
    cut = words.text.rfind("\n", words.ends[i - 1], words.starts[i])
    return cut >= 0 and cut - words.text.rfind("\n", 0, cut) < _SHORT_LINE


_POLL = 9
"""Words from the mark to "poll" in "Coral News/Herald Post poll" at most."""
_SHORT_LINE = 45
"""Characters."""


def joins(words: Words, i: int) -> bool:
    """Does the mark at a word index join two parts of a name: "Black & White", "People's Bank"?"""
    if i + 1 >= len(words.words):
        return False
    if words.words[i] == "/" and words.ends[i - 1] == words.starts[i] and words.ends[i] == words.starts[i + 1]:
        return any(word in ("poll", "polls", "survey", "polling") for word in words.lower[i : i + _POLL])
    return words.words[i] == "&" or (words.words[i] in ("’s", "'s") and words.lower[i - 1] == "people")


def _is_nickname(words: Words, i: int) -> bool:
    """Do quotation marks hold one word between a first name and a surname: Tom “Chico” Okoro?"""
    marks = words.words[i : i + 3 : 2]
    held = i + 3 < len(words.words) and marks in (['"', '"'], ["“", "”"], ["‘", "’"], ["'", "'"])
    return held and words.words[i - 1] in lex.first_names() and all(is_capital(words, k) for k in (i + 1, i + 3))


def is_known_as_surname(words: Words, i: int) -> bool:
    """Does this May open a sentence of somebody who has it as surname elsewhere: "May said"?"""
    following = words.words[i + 1] if i + 1 < len(words.words) else ""
    named = any(is_word_as_surname(words, k) for k in range(1, len(words.words)))
    return named and (following.islower() or following in ("’s", "'s"))


def is_word_as_surname(words: Words, i: int) -> bool:
    """Is this May, Will or Read the surname of the first name before it, and no day of it told?"""
    if words.words[i] not in _SURNAMES or words.words[i - 1] not in lex.first_names():
        return False
    if words.words[i] not in ("May", "Will") and words.paragraph[i] in words.headline:
        return False
    return not (i + 1 < len(words.words) and words.words[i + 1][0].isdigit())


_SURNAMES = frozenset(("May", "Will", "Read", "From", "March", "Day"))
"""Words that are surnames too."""


def _capital_within(words: Words, i: int, most: int) -> bool:
    for k in range(i, min(i + most, len(words.words))):
        if is_capital(words, k):
            return True
        if words.words[k] not in lex.KIN_PARTICLES:
            return False
    return False


def _links_body(words: Words, begin: int, i: int) -> bool:
    """ "of", "for", "and" and their like inside the name of a body: Committee for a Better Budget."""
    word = words.words[i]
    if word not in ("of", "for", "on", "and") or i + 1 >= len(words.words):
        return False
    after = i + 1
    if words.words[after] in ("the", "a") and after + 1 < len(words.words):
        after += 1
    if not is_capital(words, after):
        return False
    if word == "and":
        return after == i + 1 and _halves_body(words, begin, i)
    if word == "of" and _is_home(words, begin, i, after):
        return False
    bodies = any(words.lower[k] in lex.BODY_NAMES for k in range(begin, i))
    members = i == begin + 1 and words.lower[begin] in _MEMBERS
    cause = word == "for" and (members or (after == i + 1 and words.lower[after] in _CAUSES))
    told = words.lower[begin - 1] in ("called", "named") and word != "on"  # "a group called Citizens for Lerne"
    return bodies or cause or told or words.lower[i - 1] == "secretary" or words.lower[begin:i] == ["bank"]


def _is_home(words: Words, begin: int, i: int, after: int) -> bool:
    """Is what stands behind "of" where somebody is from: "House Speaker Ada Brandt of Ohio"?"""
    first = any(words.words[k] in lex.first_names() for k in range(begin, i - 1))
    place = words.words[after] in lex.places() or " ".join(words.words[after : after + 2]) in lex.places()
    return first and place


def _halves_body(words: Words, begin: int, i: int) -> bool:
    """Does "and" stand inside the name of a body: "Justice and Development Party", "Bureau of Science and Security"?"""
    if words.lower[i - 1] in _HALVES:
        return True
    if i - begin == 1 and words.words[begin].isupper():  # "FBI and Justice Department" are two
        return False
    tail = next((k for k in range(i + 1, min(i + 5, len(words.words))) if not is_capital(words, k)), i + 2)
    return words.lower[i - 1] not in lex.BODY_NAMES and words.lower[tail - 1] in (
        "commission", "services", "committee", "agency", "office", "department", "studies", "council", "security"
    )  # fmt: skip


_CAUSES = lex.spelled(
    "america action change choice democracy freedom growth humanity justice liberty life peace progress"
)
"""What bodies are for: "Club for Growth"."""

_MEMBERS = lex.spelled(
    "citizens americans students mothers moms doctors physicians veterans parents workers lawyers scientists women men "
    "voters friends rabbis artists"
)
"""Who has come together for something: "Citizens for Lerne"."""
_HALVES = lex.spelled(
    "central eastern western northern southern east west north south middle justice peace freedom truth law order food "
    "health human economic social cultural political legal scientific control safety trade energy science arts"
)
"""Words that name nothing alone: "Central and East European Coalition", "Justice and Development Party"."""
