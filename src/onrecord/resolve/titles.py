"""Titles: which words of a run of capitals tell what somebody is, and which are a name or a body's field."""

from onrecord.resolve import lexicon as lex
from onrecord.resolve.media import is_medium
from onrecord.resolve.words import Words

_SURNAMES = lex.spelled("king pope prince bishop judge justice major cardinal speaker fellow singer")
"""Titles that people bear as surnames too."""


def is_surname(words: Words, begin: int, k: int) -> bool:
    """Is a title the surname of the first names before it: "Larry King", "Billie Jean King"?"""
    before = k - 2 if k - 2 >= begin and words.words[k - 1] == "." else k - 1
    initial = before > begin and len(words.words[before]) == 1
    first = before >= begin and bool({words.words[before], words.words[begin]} & lex.first_names().keys())
    return words.lower[k] in _SURNAMES and (initial or first)


def is_known_surname(words: Words, begin: int, end: int) -> bool:
    """Is a title alone the surname of somebody named in full elsewhere: "King" where a Larry King is?"""
    if end - begin > 1 or words.lower[begin] not in _SURNAMES:
        return False
    same = (k for k in range(1, len(words.words)) if words.words[k] == words.words[begin])
    return any(words.words[k - 1] in lex.first_names() for k in same)


def first_name_after_role(words: Words, begin: int, end: int) -> int | None:
    """Where the name begins in a run that ends with a first name and a surname after a word for a person, which tells
    what they are: "House Republican Ada Brandt", "Public Advocate Tom Okoro"; or "Republican Trump".
    """
    for k in range(end - 2, max(end - 5, begin), -1):
        before = words.lower[k - 1]
        if words.words[k] in lex.first_names() and before in lex.PERSON_NOUNS - lex.HONORIFICS:
            return k
    first = end - begin > 2 and words.words[end - 2] in lex.first_names()
    if first and is_medium(" ".join(words.words[begin : end - 2])):  # "Fox News Ada Brandt"
        return end - 2
    usual = words.lower[end - 1] in lex.SURNAME_GENDER and words.lower[end - 2] in lex.PARTISAN
    return end - 1 if usual and end - 2 >= begin else None


def is_field(words: Words, begin: int, k: int) -> bool:
    """Is a word what an office is for: the Justice of "Department of Justice", "Minister of Foreign Trade"?"""
    if words.lower[k - 1 : k + 1] == ["of", "foreign"]:
        return k - 1 > begin
    return k - 1 > begin and words.lower[k - 1] == "of" and words.lower[k - 2] in ("department", "ministry", "office")


def field_end(words: Words, i: int, end: int) -> int:
    """Where the name begins after a title and "of": at the first name within three words, else after one word."""
    return next((k for k in range(i + 1, min(i + 4, end - 1)) if words.words[k] in lex.first_names()), i + 1)


def post_before(words: Words, begin: int, end: int) -> int:
    """How many words of a run end a role: one in "ambassador to Libya Ada Brandt", "secretary of State Ada Brandt" and
    "speaker of the House Ada Brandt", two in "ambassador to the United Nations Ada Brandt".
    """
    if words.lower[max(begin - 2, 0) : begin + 1] == ["secretary", "of", "state"] and end - begin > 1:
        return 1
    before = begin - 1 if words.lower[begin - 1 : begin] == ["the"] else begin
    if before > 1 and words.lower[before - 1] == "of" and words.lower[before - 2] in lex.TITLES:
        return int(
            end - begin > 2 and words.lower[begin] in lex.BODY_NAMES and words.words[begin + 1] in lex.first_names()
        )
    before = _first_post(words, before)
    if before < 2 or words.lower[before - 1] != "to" or words.lower[before - 2] not in ("ambassador", "envoy"):
        return 0
    for size in (2, 1):
        land = " ".join(words.words[begin : begin + size])
        if end - begin > size and (
            lex.country_key(land) in lex.countries() or land in ("United Nations", "U.N.", "UN")
        ):
            return size
    return 0


def before_posts(words: Words, begin: int) -> int:
    """Where a role that ends with a post at word `begin` is sure to have begun."""
    return _first_post(words, begin) - 2


def _first_post(words: Words, at: int) -> int:
    """The word after "to", at most three before `at`, where "and" joins posts: "to Orland and Nordia Ada Brandt"."""
    if at > 3 and words.lower[at - 1] == "and":
        return next((k + 1 for k in range(at - 2, at - 5, -1) if words.lower[k] == "to"), at)
    return at


_STAFF = ["joint", "chiefs", "of", "staff"]


def before_staff(words: Words, i: int) -> int:
    """Where "chairman of the Joint Chiefs of Staff" begins that ends before word `i`; else `i` itself."""
    if words.lower[max(i - 4, 0) : i] != _STAFF or words.lower[max(i - 6, 0) : i - 4] != ["of", "the"]:
        return i
    return i - 7 if words.lower[i - 7 : i - 6] in (["chairman"], ["member"]) else i


def has_faith_before(words: Words, begin: int, end: int) -> bool:
    """Does a run begin with what a body believes, its name behind: "Islamist al-Sahil Brigades"?"""
    if end - begin < 2 or words.lower[begin] not in lex.ADJECTIVES:
        return False
    return words.words[begin + 1].startswith(("al-", "el-"))


def opens_with_verb(words: Words, i: int) -> bool:
    """Does a sentence open here with a verb and somebody's name behind: "Adds Ada Brandt", "Painting Brandt as"?"""
    behind = words.words[i + 1 : i + 2]
    if words.lower[i] in _CUES:
        return bool(behind and behind[0][0].isupper())
    named = bool(behind) and (
        behind[0] in lex.first_names() or behind[0].casefold() in lex.SURNAME_GENDER or behind[0] in words.proper
    )
    known = words.words[i] in words.proper or words.words[i] in lex.first_names()
    if words.lower[i].endswith("ly") and named and not known:  # "Certainly Ada Brandt has doubts"
        return True
    return words.lower[i].endswith("ing") and len(words.words[i]) > 5 and named and not known


_CUES = lex.spelled("adds says added asks asked notes noted explains explained writes wrote argues argued")
"""Verbs that stand before the speaker; Said is a first name."""

_STATE_BODIES = lex.spelled(
    "ministry army navy force forces parliament guard guards police military service department council "
    "court affairs cabinet authority assembly senate embassy bank mission"
)


def with_owner(words: Words, begin: int, end: int, text: str) -> str:
    """A state's body goes by its whole name, its country's with it: "Orland's Foreign Ministry"."""
    if words.lower[end - 1] not in _STATE_BODIES or begin < 2:
        return text
    if words.words[begin - 1] not in ("’s", "'s"):
        return text
    for size in (2, 1):
        owner = words.words[begin - 1 - size : begin - 1]
        lettered = begin > size and owner[0][0].isalpha()
        if lettered and lex.country_key(" ".join(owner)) in lex.countries():
            return words.text[words.starts[begin - 1 - size] : words.ends[end - 1]]
    return text
