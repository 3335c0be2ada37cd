"""Names in the words of an article: runs of capitals with their titles, split into a name and the role before it."""

import re
from dataclasses import dataclass

from onrecord.records import EntityKind
from onrecord.resolve import lexicon as lex
from onrecord.resolve.compounds import compounds
from onrecord.resolve.lexicon import Gender
from onrecord.resolve.media import is_medium
from onrecord.resolve.runs import ADJECTIVE, is_capital, is_known_as_surname, is_written_as_name, joins, run_end
from onrecord.resolve.titles import (
    before_posts,
    before_staff,
    field_end,
    first_name_after_role,
    has_faith_before,
    is_field,
    is_known_surname,
    is_surname,
    opens_with_verb,
    post_before,
    with_owner,
)
from onrecord.resolve.words import SOFT_HYPHEN, Words


@dataclass(frozen=True, slots=True)
class Name:
    """One mention by name: words [begin, end) are the name alone, [role_begin, begin) the role or title before it."""

    begin: int
    end: int
    role_begin: int
    text: str
    kind: EntityKind
    gender: Gender | None
    honorific: str | None
    possessive: bool
    """Followed by 's: "Iran's foreign minister" names Iran."""


def find_names(words: Words) -> list[Name]:
    """Every name of the text, in order; in headlines the runs may be wrong, callers know them by their paragraph."""
    out: list[Name] = []
    whole = compounds(words)
    i, n = 0, len(words.words)
    while i < n:
        if i in whole:
            end = whole[i]
            if joins(words, end) and is_capital(words, end + 1):  # "USA TODAY/Coral University poll"
                end = run_end(words, end + 1)
            out.append(_compound(words, i, end))
            i = end
            continue
        if not is_written_as_name(words.words[i]) or _PARTY_AND_STATE.match(words.words[i]) or not _may_begin(words, i):
            i += 1
            continue
        end = run_end(words, i)
        end = next((k for k in range(i + 1, end) if k in whole), end)
        out += _names_of_run(words, i, end)
        i = end
    return out


_PARTY_AND_STATE = re.compile(r"[RDI]-[A-Z]")


def _compound(words: Words, begin: int, end: int) -> Name:
    kind, _ = _kind_of(words, begin, end, titled=False)
    text = words.text[words.starts[begin] : words.ends[end - 1]]
    kind = kind if kind in ("country", "igo") else "organization"
    return Name(begin, end, begin, text, kind, None, None, _is_owner(words, end))


def _is_owner(words: Words, end: int) -> bool:
    return end < len(words.words) and words.words[end] in ("’s", "'s", "’", "'")


def _may_begin(words: Words, i: int) -> bool:
    lower = words.lower[i]
    if lower in lex.NOT_NAMES and not (lower in ("may", "will") and i and not words.opens_sentence(i)):
        return (lower == "may" and is_known_as_surname(words, i)) or _is_month_as_first_name(words, i)
    if (
        words.words[i] in _CAPTION
        or words.words[i] == "TV"
        or (words.words[i] in ("PAC", "PACs") and not is_capital(words, i + 1))
        or (len(words.words[i]) == 1 and words.words[i + 1 : i + 2] == [":"])  # the labels of an interview
        or (ADJECTIVE.fullmatch(words.words[i]) and is_capital(words, i + 1))
    ):
        return False
    opens = words.opens_sentence(i)
    if opens and opens_with_verb(words, i):
        return False
    if lower in words.common and opens and lower not in lex.TITLES:
        return i + 1 < len(words.words) and is_capital(words, i + 1) and _opens_name(words.words[i : i + 2])
    opens = opens or (lower.endswith("s") and words.words[i - 1] in (":", ";"))
    if lower not in lex.TITLES and opens and words.words[i] not in words.proper:
        alone = i + 1 >= len(words.words) or not words.words[i + 1][0].isupper()
        known = lower in _ONE_WORD or words.words[i] in lex.first_names()
        known = known or lex.country_key(words.words[i]) in lex.countries()
        following = words.words[i + 1] if i + 1 < len(words.words) else ""
        if alone and not known and (lower.endswith("s") or following.islower()) and not words.words[i].isupper():
            return following in ("’s", "'s") or not (lower.endswith(_COMMON_ENDS) or lower in _COMMON_NOUNS)
    return True


def _is_month_as_first_name(words: Words, i: int) -> bool:
    """Is this Jan a first name? The month has a stop or a day behind it. So is an April that opens a sentence, or
    follows the cue, with a surname behind.
    """
    if i + 1 >= len(words.words) or not is_capital(words, i + 1):
        return False
    opens = words.opens_sentence(i) or words.lower[i - 1] in ("said", "says")
    return words.words[i] == "Jan" or (words.words[i] in ("April", "June") and opens and _is_surname(words, i + 1))


def _is_surname(words: Words, i: int) -> bool:
    return words.lower[i] not in _COMMON_NOUNS | lex.PARTY_WORDS and words.words[i] not in lex.first_names()


_CAPTION = frozenset(("WATCH", "WATCHED", "VIDEO", "VIDEOS", "PHOTOS", "BREAKING", "EXCLUSIVE", "REPLAY"))
"""Capitals that stand between an article's lines where a page has its films and pictures: "JUST WATCHED Brandt"."""


_ONE_WORD = lex.spelled("reuters axios hamas breitbart")
"""Names that end like common words."""


def _opens_name(two: list[str]) -> bool:
    """Do these words begin a name though the first is a common word too: "Mark Okoro", "New Zealand"?"""
    return two[0] in lex.first_names() or lex.country_key(" ".join(two)) in lex.countries()


_COMMON_ENDS = ("s", "ing", "ed", "ly", "ment", "tion", "ity", "ness", "er", "or", "ist", "ence", "ance", "ive", "al")


_COMMON_NOUNS = lex.PERSON_NOUNS | lex.BODY_NOUNS | lex.DOCUMENT_NOUNS
_SLIPS = {"United State": "United States"}
"""Slips of the pen that news is full of."""


def _names_of_run(words: Words, begin: int, end: int) -> list[Name]:
    """Split a run into the role before a name and the name; a run of titles alone names nobody."""
    role_end = begin
    for k in range(begin, end):
        title = words.lower[k] in lex.TITLES and not is_surname(words, begin, k) and not is_field(words, begin, k)
        if title and words.lower[end - 1] not in lex.BODY_NAMES:
            role_end = k + 1
    role_end = max(role_end, first_name_after_role(words, begin, end) or begin)
    if (
        role_end == end > begin + 1
        and _honorific(words, begin, begin + 1)
        and words.lower[end - 1] not in lex.HONORIFICS
    ):
        role_end = end - 1  # "Mr. King": after an honorific a title is a surname
    while role_end < end and words.words[role_end] in (".", "of"):
        # "Secretary of State Ada Brandt", "Secretary of Foreign Trade Ada Brandt"
        role_end = field_end(words, role_end + 1, end) if words.words[role_end] == "of" else role_end + 1
    if role_end < end and words.words[role_end] == "for":  # an office: High Commissioner for Something
        role_end = begin
    if role_end >= end and not is_known_surname(words, begin, end):
        return _possessors(words, begin, min(role_end, end))
    role_end = min(role_end, end - 1)
    name_begin = role_end
    honorific = _honorific(words, begin, role_end)
    if role_end == begin:
        begin, name_begin = _without_leading_people(words, begin, end)
    post = post_before(words, begin, end) if name_begin == begin else 0
    name_begin += post
    cut = _two_names(words, name_begin, end)
    if cut:
        return [*_names_of_run(words, begin, cut), *_names_of_run(words, cut, end)]
    dated = int(role_end == begin and _is_dated(words, begin, end))
    begin, name_begin = begin - dated, name_begin - dated
    text = words.text[words.starts[name_begin] : words.ends[end - 1]].replace(SOFT_HYPHEN, "")
    text = _SLIPS.get(text, text)
    role_begin = _role_begin(words, before_posts(words, begin) if post else begin, name_begin)
    titled = role_begin < name_begin and words.lower[role_begin:name_begin] != ["former"]
    kind, gender = _kind_of(words, name_begin, end, titled)
    if end - name_begin == 1 and (titled or words.lower[name_begin] in lex.SURNAME_GENDER):
        gender = None  # "Clinton" is a first name too
    if titled and kind == "person":
        for k in range(role_begin, name_begin):
            gender = lex.TITLE_GENDER.get(words.lower[k], gender)
    text = with_owner(words, name_begin, end, text) if kind == "organization" else text
    return [Name(name_begin, end, role_begin, text, kind, gender, honorific, _is_owner(words, end))]


def _two_names(words: Words, begin: int, end: int) -> int | None:
    """Where the second of two names begins that stand side by side: "Trump Donald Trump", "… the Herald Trump said"."""
    if end - begin > 2 and words.lower[begin] == words.lower[end - 1]:
        return begin + 1
    usual = end - begin > 1 and words.lower[end - 1] in lex.SURNAME_GENDER
    return end - 1 if usual and is_medium(" ".join(words.words[begin : end - 1])) else None


_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def _is_dated(words: Words, begin: int, end: int) -> bool:
    """Is a run a law or treaty that goes by the year before it: "the 1951 Refugee Convention"?"""
    law = words.lower[end - 1] in ("convention", "treaty", "act", "protocol", "accord", "agreement", "constitution")
    return law and begin > 0 and _YEAR.fullmatch(words.words[begin - 1]) is not None


def _possessors(words: Words, begin: int, end: int) -> list[Name]:
    """In a run that is only a title ("Russian Foreign Minister") the people it speaks of name a country."""
    for size in (2, 1):
        text = " ".join(words.words[begin : begin + size])
        if begin + size < end and lex.country_key(text) in lex.countries():
            return [Name(begin, begin + size, begin, text, "country", None, None, True)]
    return []


def _honorific(words: Words, begin: int, end: int) -> str | None:
    return next((words.lower[k] for k in range(begin, end) if words.lower[k] in lex.HONORIFICS), None)


def _without_leading_people(words: Words, begin: int, end: int) -> tuple[int, int]:
    """Where a run, and the name in it, begin: "NBC News" stays; "Republican Donald Trump" is Donald Trump; what a
    body believes tells nothing of it.
    """
    if end - begin > 1 and words.lower[begin] in lex.PARTY_WORDS and words.words[begin + 1] in lex.first_names():
        return begin, begin + 1
    if end - begin > 2 and words.words[begin] == "PAC":  # "the super PAC Forward Lerne"
        return begin + 1, begin + 1
    faith = int(has_faith_before(words, begin, end))
    return begin + faith, begin + faith


_ROLE_STOPS = lex.NOT_NAMES | {"said", "says", "told", "called", "asked", "named", "by"}


def _role_begin(words: Words, run: int, name: int) -> int:
    """Where the words begin that tell what the person is: "Clinton communication director" before a name."""
    of_state = words.lower[max(name - 3, 0) : name] == ["secretary", "of", "state"]
    if run == name and not of_state and (name == 0 or words.lower[name - 1] not in lex.PERSON_NOUNS):
        return name
    i = name - 3 if of_state else run
    if run < name and all(words.lower[k] in lex.HONORIFICS or words.words[k] == "." for k in range(run, name)):
        return run
    i = before_staff(words, i)
    while i > 0 and words.sentence[i - 1] == words.sentence[run] and name - i < 9:
        word = words.words[i - 1]
        if not (word[0].isalpha() or word in ("’s", "'s")) or words.lower[i - 1] in _ROLE_STOPS:
            break
        if word.endswith("ing") or (
            words.lower[i - 1].endswith("ed") and words.lower[i - 1] not in ("united", "retired")
        ):
            break
        i -= 1
    return i


def _kind_of(words: Words, begin: int, end: int, titled: bool) -> tuple[EntityKind, Gender | None]:
    text = " ".join(words.words[begin:end])
    known = lex.countries().get(lex.country_key(text))
    first = words.words[begin]
    last = words.lower[end - 1]
    gender = lex.first_names().get(first)
    several = end - begin > 1
    bare = text.replace(".", "")
    kind: EntityKind = "other"
    if titled and not (last in lex.PARTY_WORDS and last.endswith("s")):  # "Fellow Republicans" is no name
        kind = "person"
    elif text in lex.places():
        kind = "place"
    elif known:
        kind = "igo" if known[0] == "European Union" else "country"
    elif last.endswith("s") and (last in lex.PARTY_WORDS or lex.country_key(last[:-1]) in lex.countries()) and several:
        kind = "group"  # "House Democrats", "Central Americans"
    elif last in lex.BODY_NOUNS or (several and _is_body(words, begin, end, gender is not None)):
        kind = "organization"
    elif (gender or _has_initial(words, begin, end)) and several:
        kind = "person"
    elif bare.isupper() and 2 <= len(bare) <= 6 and not several:
        kind = "organization"
    elif last in lex.PARTY_WORDS or (not several and last.endswith(("ists", "ans", "crats"))):
        kind = "group"
    return kind, gender if kind in ("person", "other") else None


def _has_initial(words: Words, begin: int, end: int) -> bool:
    """Is a name one with a middle initial: "Blair W. Okoro"?"""
    return end - begin == 4 and len(words.words[begin + 1]) == 1 and words.words[begin + 2] == "."


def _is_body(words: Words, begin: int, end: int, first_name: bool) -> bool:
    """A name with a body's noun in it, unless it is a first name and a surname ("Grace Church")."""
    if first_name and end - begin == 2:
        return False
    return any(words.lower[k] in lex.BODY_NAMES for k in range(begin, end))
