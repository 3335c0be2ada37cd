"""What a source's words are: a pronoun, one or more names, or a description, and where its head stands."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from onrecord.records import Spans
from onrecord.resolve import lexicon as lex
from onrecord.resolve.cast import ROLE_REACH, Cast, Member
from onrecord.resolve.names import Name
from onrecord.resolve.words import Words

_STOPS = lex.spelled(", ( ) — – - ; : who whom which that including like such as")
_AFTER_HEAD = lex.spelled(
    "of for from in at on with by to about against near under inside within among over across than has had is "
    "was were are have said says told issued released published carried signed posted delivered sent written conducted "
    "prepared commissioned made done"
)  # fmt: skip


_DAYS = lex.spelled("monday tuesday wednesday thursday friday saturday sunday today yesterday")
_NOBODY = lex.INDEFINITE - lex.spelled("some many most few several all this people")
"""Words that open a source nobody is named in: "one of them"."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source as read: `head` is the index of the word that decides; `names` are the speakers it names outright."""

    kind: Literal["pronoun", "names", "body", "person", "people", "thing"]
    head: int
    first: int
    text: str
    names: tuple[tuple[Member, Name], ...] = ()
    definite: bool = False


def read_phrase(words: Words, cast: Cast, source: Spans) -> Phrase | None:
    """What the words of a source are; None for a source without words."""
    at = _first_piece(words, source)
    while at and not words.words[at[0]][0].isalnum():
        at.pop(0)
    if len(at) > 2:  # "such as Ada Brandt and Tom Okoro"
        example = [words.lower[i] for i in at[:2]]
        at = at[2:] if example == ["such", "as"] else at[1:] if example[0] in ("like", "including") else at
    if not at:
        return None
    text = words.text[words.starts[at[0]] : words.ends[at[-1]]].strip(" ,")
    alone = [i for i in at if words.words[i][0].isalnum()]
    if words.lower[alone[0]] in ("both", "either", "neither") and len(alone) > 2:
        at = [i for i in at if i != alone[0]]
        alone = alone[1:]
    besides = [i for i in alone if words.lower[i] not in _SELF]
    if besides:  # "Brandt herself"
        at = [i for i in at if words.lower[i] not in _SELF]
        alone = besides
    with_company = words.lower[alone[0]] in _SUBJECTS and words.lower[alone[0] + 1 : alone[0] + 2] == [
        "and"
    ]  # "she and her aides"
    if (len(alone) == 1 and words.lower[alone[0]] in lex.PRONOUNS) or (len(alone) > 1 and with_company):
        return Phrase("pronoun", alone[0], alone[0], text)
    at = _without_who(words, cast, at)
    return _read(words, cast, at, text) if any(words.words[i][0].isalnum() for i in at) else None


def _read(words: Words, cast: Cast, at: list[int], text: str) -> Phrase:
    """What words are that are more than a pronoun."""
    alone = [i for i in at if words.words[i][0].isalnum()]
    if words.lower[alone[-1]] in _WHO:
        return Phrase("people", alone[-1], alone[0], text)
    head = _head(words, cast, at)
    if words.lower[alone[0]] in _NOBODY:
        known = _apposed(words, cast, at)
        if known is None:
            return Phrase("people", alone[-1], alone[0], text)
        return Phrase("names", known[1].end - 1, at[0], text, (known,))
    names = _names(words, cast, at, head)
    if names:
        return Phrase("names", names[0][1].end - 1, at[0], text, tuple(names))
    return _description(words, cast, at, head, text)


_WHO = ("who", "whom", "which")


def _without_who(words: Words, cast: Cast, at: list[int]) -> list[int]:
    """The words without a relative pronoun that ends them, or the clause before it: "Brandt, who", "Brandt, a banker
    who".
    """
    alone = [i for i in at if words.words[i][0].isalnum()]
    if len(alone) > 1 and words.lower[alone[-1]] in _WHO and words.words[alone[-1] - 1] == ",":
        pronoun = alone.pop()
        at = [i for i in at if i < pronoun]
    return _before_comma(words, cast, at) if alone and words.lower[alone[-1]] in _WHO else at


def _before_comma(words: Words, cast: Cast, at: list[int]) -> list[int]:
    """The words up to the comma after a name that opens them; all where no such name does."""
    found = next((cast.by_word[i][1] for i in at if i in cast.by_word), None)
    opens = found is not None and found.role_begin <= at[0] and words.words[found.end] == ","
    return [i for i in at if not (opens and found and i >= found.end)]


def _first_piece(words: Words, source: Spans) -> list[int]:
    """The words of a source up to where words that are not of it break it off: what follows there is rarely of it."""
    at: list[int] = []
    for span in source:
        piece = words.covering(span)
        between = range(at[-1] + 1, piece.start) if at else range(0)
        if any(words.words[k][0].isalnum() for k in between):
            break
        at += [*between, *piece]
    return [i for i in at if words.words[i][0].isalnum() or words.words[i] in _MARKS]


_MARKS = frozenset(",(—–-")
_SUBJECTS = lex.spelled("he she i we")
_SELF = lex.spelled("himself herself itself themselves")


def _apposed(words: Words, cast: Cast, at: list[int]) -> tuple[Member, Name] | None:
    """The person between commas who "one of his advisers, Tad Devine," is."""
    for i in at:
        if words.words[i] == ",":
            found = next((cast.by_word[k] for k in range(i + 1, i + 8) if k in cast.by_word), None)
            told = found and found[1].role_begin < found[1].begin  # "syndicated radio host Ada Brandt"
            fits = found and found[1].role_begin <= i + (3 if told else 1) and found[1].kind in ("person", "other")
            return found if fits else None
    return None


def _head(words: Words, cast: Cast, at: list[int]) -> int:
    """The last word before a comma, a relative clause or a preposition that is not inside a name."""
    last = at[0]
    for i in at:
        inside = i in cast.by_word and cast.by_word[i][1].begin < i
        stops = words.lower[i] in _STOPS or (words.lower[i] in _AFTER_HEAD and not _in_role(cast, i))
        stops = stops or words.words[i] in _SIDING or (words.words[i].endswith("ing") and _does(words, i - 1))
        if i > at[0] and not inside and (stops or _adds_others(words, cast, i)):
            break
        if words.words[i][0].isalnum() and (inside or words.lower[i] not in _DAYS):
            last = i
    return last


def _adds_others(words: Words, cast: Cast, i: int) -> bool:
    """Does "and" add people nobody names to a body: "the Brandt campaign and some experts"?"""
    body = words.lower[i - 1] in lex.BODY_NOUNS and i - 2 in cast.by_word
    return body and words.lower[i] == "and" and bool(_OTHERS & set(words.lower[i + 1 : i + 2]))


_OTHERS = lex.spelled("some many other others several his her its their")
_SIDING = lex.spelled("supporting backing opposing representing advising endorsing")
"""What somebody does who is no part of the one named behind: "a delegate supporting Brandt"."""


def _does(words: Words, i: int) -> bool:
    """Is a word in lower case one for people or bodies, who do what stands behind: "groups urging Brandt", "a judge
    handling it"?
    """
    if words.words[i] in lex.PERSON_NOUNS:
        return True
    one = words.words[i].removesuffix("s")
    many = words.words[i] in lex.PLURAL_NOUNS or one in lex.BODY_NOUNS or one in lex.PERSON_NOUNS
    return many and words.words[i].endswith("s")


def _in_role(cast: Cast, i: int) -> bool:
    """Is this word inside the role before a name: the "of" of "Secretary of State Ada Brandt"?"""
    ahead = (cast.by_word[k][1] for k in range(i + 1, i + ROLE_REACH) if k in cast.by_word)
    return any(name.role_begin <= i for name in ahead)


def _names(words: Words, cast: Cast, at: list[int], head: int) -> list[tuple[Member, Name]]:
    """The names that are the source: the head's, those joined to it, the one in apposition, those after "like"."""
    inside = _named_in(words, cast, at)
    if not inside:
        return []
    opening = inside[0][1]
    following = words.lower[opening.end : opening.end + 2]
    opens = opening.role_begin <= at[0] + (words.lower[at[0]] == "the")
    company = opens and opening.end < at[-1] and following in _COMPANY  # "Brandt and her aides"
    if company and not _is_people(opening, some=False):
        return inside[:1]
    at_head = cast.by_word.get(head)
    if at_head and not any(name is at_head[1] for _, name in inside):  # where somebody works
        return inside[:1]
    kind_of_body = at_head and words.lower[at[0]] in ("a", "an") and at_head[1].text.isupper()  # "a super PAC"
    some = words.lower[at[0]] in _SOME
    if at_head and _ends_with(words, at_head[1], head) and not _is_people(at_head[1], some) and not kind_of_body:
        return _joined(words, inside, at_head)
    if opens and following[:1] in (["and"], ["or"]) and not _is_people(opening, some=False) and len(inside) == 1:
        return inside[:1]  # "Brandt and many voters"
    both = [(m, n) for m, n in inside if _is_second_role(words, n, at, head)]
    return both or next((told for i in at if (told := _named_after(words, inside, i, at, head))), [])


def _named_in(words: Words, cast: Cast, at: list[int]) -> list[tuple[Member, Name]]:
    """The names among the words of a source, but for those that are part of another one's role."""
    inside: list[tuple[Member, Name]] = []
    for i in at:
        found = cast.by_word.get(i)
        if found and not any(found[1] is n for _, n in inside):
            inside.append(found)
    return [(m, n) for m, n in inside if not _is_of_role(n, inside) and not _is_home(words, n, inside)]


def _is_second_role(words: Words, name: Name, at: list[int], head: int) -> bool:
    """Does a source tell two roles, or one of two words, before the name: "singer and activist Ada Brandt", "master of
    ceremonies Tom Okoro"?
    """
    one = words.lower[at[0]] not in lex.DETERMINERS and not words.lower[head].endswith("s")
    if not one or name.begin < head or "," in words.words[at[0] : name.begin]:
        return False
    if name.role_begin < name.begin:
        return words.lower[head] in lex.PERSON_NOUNS and words.lower[name.role_begin - 1] == "and"
    office = name.begin == head + 3 and words.lower[head + 1] == "of" and words.lower[head + 2] not in lex.NOT_NAMES
    return office and " " in name.text


_LISTING = lex.spelled("like including named called")


def _named_after(
    words: Words, inside: list[tuple[Member, Name]], i: int, at: list[int], head: int
) -> list[tuple[Member, Name]]:
    """The names that a comma, "like", "such as" and so on at word `i` bring in; none when they do not."""
    apart = words.words[i] in (",", "—", "–")
    listed = words.lower[i] in _LISTING or words.lower[i - 1 : i + 1] in (["identified", "as"], ["such", "as"])
    if not listed and not apart:
        return []
    if not listed and not _one_person(words, at[0], head):
        told = _spelled_out(words, [(m, n) for m, n in inside if n.begin > i], i + 1, at[-1])
        several = words.lower[head].endswith("s") or words.lower[head] in lex.PLURAL_NOUNS
        return told if several == (len(told) > 1) else []
    after = [(m, n) for m, n in inside if n.begin > i and _may_speak(m, n, surely=listed, beside=i == head + 1)]
    if not after or after[0][1].role_begin > i + (4 if after[0][1].role_begin < after[0][1].begin else 2):
        return []
    return after if listed else after[:1]


def _may_speak(member: Member, name: Name, surely: bool = False, beside: bool = False) -> bool:
    """Is a name that of a person or body, as far as its words or the article tell; `surely` so, unless it stands beside
    the noun for what it is ("companies including Coral")?
    """
    known = {name.kind, member.kind} & {"person", "organization"}
    looks_so = name.kind == "other" and (beside if surely else " " in name.text or name.gender is not None)
    return (bool(known) or looks_so) and not name.possessive


def _is_of_role(name: Name, inside: list[tuple[Member, Name]]) -> bool:
    """Is a name part of the role of another: Brandt's in "his wife, longtime Brandt aide Mia Lund,"?"""
    return any(other.role_begin <= name.begin < other.begin for _, other in inside)


def _is_home(words: Words, name: Name, inside: list[tuple[Member, Name]]) -> bool:
    """Is a name of where somebody named behind works: "University of Lerne at Orland professor Ada Brandt"?"""
    return any(
        words.lower[name.end : other.role_begin] == ["at"] and other.role_begin < other.begin for _, other in inside
    )


def _spelled_out(words: Words, names: list[tuple[Member, Name]], begin: int, last: int) -> list[tuple[Member, Name]]:
    """Those who are all that stands between commas, or ends the source: "the assailant, Tom Okoro", "his rivals, Ada
    Brandt of Ohio and Tom Okoro".
    """
    out: list[tuple[Member, Name]] = []
    for member, name in names:
        between = [word for word in words.lower[begin : name.role_begin] if word != "the"]
        if name.kind == "place" and between == ["of"]:
            begin = name.end
            continue
        if not (between == [] or (out and set(between) <= {",", "and"})) or not _may_speak(member, name):
            break
        out.append((member, name))
        begin = name.end
    closed = bool(out) and (begin > last or words.words[begin] == ",")
    return out if closed else []


_COMPANY = [["and", word] for word in ("his", "her", "its", "their", "other", "others")] + [["nor", "other"]]


def _ends_with(words: Words, name: Name, head: int) -> bool:
    """Is a word the name's last one, the stop of "Jr." aside?"""
    return name.end - 1 == head or (name.end - 2 == head and words.words[head + 1] == ".")


def _one_person(words: Words, first: int, head: int) -> bool:
    """Does a description stand for one person: "another superdelegate", "his campaign manager"?"""
    if words.lower[head].endswith("s") and words.lower[head].removesuffix("s") in lex.PERSON_NOUNS:
        return False
    return (
        words.lower[first] in ("a", "an", "another")
        or words.lower[head] in lex.PERSON_NOUNS
        or any(words.lower[k] in lex.TITLES for k in range(max(head - 3, 0), head + 1))
    )


_SOME = lex.spelled("many some most few several all other")
_CROWDS = lex.PLURAL_NOUNS | lex.spelled("lawmakers netizens supporters opponents millennials authorities")
"""What names nobody though a sentence begins with it."""


def _is_people(name: Name, some: bool) -> bool:
    """ "Mexicans", "Republicans", or `some` "Lebanese": people, none of them named."""
    if name.kind == "group":
        return True
    if name.text.casefold() in _CROWDS or (name.text.endswith("men") and " " not in name.text):
        return True
    if name.text.endswith("s") and (some or name.text[:-1].isupper()):
        return " " not in name.text and len(name.text) > 2  # "Many Millennials", "super PACs"
    known = lex.countries().get(lex.country_key(name.text))
    return bool(known and known[1] == "people" and (some or name.text.endswith("s")))


def _joined(words: Words, inside: list[tuple[Member, Name]], head: tuple[Member, Name]) -> list[tuple[Member, Name]]:
    """The head name and those that "and" or a comma before "and" joins to it, in text order."""
    out = [head]
    where = next(k for k, (_, n) in enumerate(inside) if n is head[1])
    for member, name in reversed(inside[:where]):
        between = words.lower[name.end : out[0][1].role_begin]
        if between in (["and"], ["and", "the"], [","], [",", "and"], ["or"], ["to"]) or (
            between[-1:] == ["and"] and len(between) < 9
        ):
            if not name.possessive and name.role_begin <= name.begin:
                out.insert(0, (member, name))
        else:
            break
    for member, name in inside[where + 1 :]:
        between = words.lower[out[-1][1].end : name.role_begin]
        if between == [","] and name is not inside[-1][1] and _ends_list(words, inside[where + 1 :]):
            out.append((member, name))
            continue
        # "Brandt, a banker and Fed aide" is one
        apposed = between[:1] == [","] and "," not in between[1:] and len(between) > 2
        people = {name.kind, head[1].kind} <= {"person", "other"}
        alike = (people or name.kind == head[1].kind) and not name.possessive
        if "and" in between[-1:] and len(between) < 9 and alike and not apposed:
            out.append((member, name))
    return out


def _ends_list(words: Words, names: list[tuple[Member, Name]]) -> bool:
    """Are names told one after the other, "and" before the last: "…, Okoro and Party Chairman Ada Brandt"?"""
    gaps = [words.lower[a.end : b.role_begin] for (_, a), (_, b) in pairwise(names)]
    return len(gaps) > 0 and gaps[-1] in (["and"], [",", "and"]) and all(gap == [","] for gap in gaps[:-1])


def _description(words: Words, cast: Cast, at: list[int], head: int, text: str) -> Phrase:
    noun = words.lower[head]
    upto = [i for i in at if i <= head]
    definite = words.lower[at[0]] in lex.DEFINITE or any(words.words[i] in ("’s", "'s") for i in range(at[0], head))
    modified = any(i in cast.by_word for i in upto)
    plural = noun in lex.PLURAL_NOUNS or (noun.endswith("s") and not noun.endswith(("ss", "us")))
    if noun in lex.BODY_NOUNS or (modified and noun in ("police", "military")):
        return Phrase("body", head, at[0], text, definite=definite)
    if noun in lex.DOCUMENT_NOUNS:
        return Phrase("thing", head, at[0], text, definite=definite)
    if plural:
        return Phrase("people", head, at[0], text, definite=definite)
    if noun in lex.PERSON_NOUNS or noun.endswith(("-old", "er", "or", "ist", "eon", "ian")):
        bare = len([i for i in upto if words.words[i][0].isalnum()]) > 1
        return Phrase("person", head, at[0], text, definite=definite or (not bare and words.words[head][0].isupper()))
    return Phrase("thing", head, at[0], text, definite=definite)
