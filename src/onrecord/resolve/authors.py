"""Who "I" is outside quotation marks where no byline says so: whose words a paragraph gives after "Brandt wrote:", who
answers in an interview, who signs a letter, and the author by the title or by the note that ends opinion pieces.
"""

import re

from onrecord.resolve import lexicon as lex
from onrecord.resolve.cast import Cast, Member
from onrecord.resolve.words import Words

_LAST = 4
"""Paragraphs at the end among which the note is looked for; a page's own lines follow it."""
_DOES = lex.spelled("chairs leads heads teaches writes serves covers represents directs edits runs")
_BEHIND = 6
"""Words between the name and the verb at most, such as a party and a state."""
_BLOCK = 12
"""Paragraphs that words given without quotation marks may go on for."""
_NOT_GIVING = lex.spelled("dear asked asks")


def given_after_colon(cast: Cast, at: int) -> Member | None:
    """The person whom the sentence names first that ends a paragraph with a colon, if what goes from there to word `at`
    stands outside quotation marks: "Ada Brandt wrote: …". None after questions and salutations.
    """
    words = cast.words
    here = words.paragraph[at]
    k = at
    while k > 0 and here - words.paragraph[k - 1] <= _BLOCK and not words.quoted[k - 1]:
        k -= 1
        if words.words[k] == ":" and words.paragraph[k] < words.paragraph[k + 1]:
            return _who_gives(cast, [i for i in range(k) if words.sentence[i] == words.sentence[k]])
    return None


def _who_gives(cast: Cast, sentence: list[int]) -> Member | None:
    """The first person named by the words of a sentence, if it gives somebody's words."""
    if any(cast.words.lower[i] in _NOT_GIVING for i in sentence):
        return None
    named = (cast.by_word[i][0] for i in sentence if i in cast.by_word)
    return next((m for m in named if m.kind == "person" or (m.kind == "other" and m.gender)), None)


def told_in_title(cast: Cast) -> Member | None:
    """The person whose words a title says an article is: "Ada Brandt: A Light Is Lit", "Q&A with Ada Brandt"."""
    words = cast.words
    title = [i for i, paragraph in enumerate(words.paragraph) if paragraph == 0]
    for i in title:
        member, name = cast.by_word.get(i, (None, None))
        if member is None or name is None or name.begin != i or " " not in member.name or member.kind != "person":
            continue
        opens = name.role_begin == 0 and words.words[name.end : name.end + 1] == [":"] and words.lower[0] != "dear"
        asked = words.lower[max(name.role_begin - 2, 0) : name.role_begin]
        if opens or asked in (["q&a", "with"], ["interview", "with"]):
            return member
    return None


def speech_of(cast: Cast, at: int) -> Member | None:
    """Whose speech or letter word `at` is in, where the opening says that one is given: "Here is what Ada Brandt said".
    It is the person named oftenest up to there.
    """
    words = cast.words
    given = _GIVEN.search(words.text, 0, words.starts[at])
    end = next((k for k in range(at) if given and words.starts[k] > given.end()), None)
    if end is None or words.paragraph[end] > _OPENING:
        return None
    last = max(k for k in range(at) if words.sentence[k] == words.sentence[end])
    named = _times_named(cast, last + 1)
    best = max(named, key=lambda m: named[m], default=None)
    return best if best and list(named.values()).count(named[best]) == 1 else None


def _times_named(cast: Cast, end: int) -> dict[Member, int]:
    """How often each person is mentioned before a word, who is so at all."""
    people = (m for m in cast.members if m.named and m.kind == "person")
    counted = ((m, sum(place < end for place, _ in m.places)) for m in people)
    return {member: times for member, times in counted if times}


_GIVEN = re.compile(
    r"\b(?:[Hh]ere (?:is|are)|[Ff]ull text|[Tt]ranscript|[Tt]he following (?:is|are)|[Tt]ext of"
    r"|as prepared|as delivered)\b"
)
_OPENING = 2
"""The last paragraph, the first being 0, that may say what is given."""


def author_told(cast: Cast) -> Member | None:
    """The person whom a paragraph at the end begins with, and who is named nowhere else: "Ada Brandt is a banker.";
    None where there are none or several.
    """
    words = cast.words
    if not words.words:
        return None
    first = words.paragraph[-1] - _LAST + 1
    found = [member for member in cast.members if member.named and _has_note(cast, member, first)]
    return found[0] if len(found) == 1 else _author_of_excerpt(cast, first)


def _author_of_excerpt(cast: Cast, first: int) -> Member | None:
    """Whose book a paragraph, from the `first` one on, says an excerpt is from: "From … by Ada Brandt. Reprinted"."""
    words = cast.words
    for k, word in enumerate(words.lower):
        if word == "by" and words.paragraph[k] >= first and k + 1 in cast.by_word:
            told = [w for w, p in zip(words.lower, words.paragraph, strict=True) if p == words.paragraph[k]]
            if told[0] == "from" and _REPRINTED & set(told):
                return cast.by_word[k + 1][0]
    return None


_REPRINTED = frozenset(("copyright", "reprinted", "excerpted", "adapted"))


def signed_below(cast: Cast, at: int) -> Member | None:
    """Who signs the letter that word `at` stands in: the first paragraph after it that is no more than a name. None in
    an article with fewer than two such paragraphs.
    """
    words = cast.words
    held: dict[int, list[int]] = {}
    for k, paragraph in enumerate(words.paragraph):
        held.setdefault(paragraph, []).append(k)
    signed = [p for p, inside in held.items() if p and _is_name_alone(cast, inside)]
    here = words.paragraph[at]
    below = next((p for p in signed if here < p <= here + _LETTER), None)
    return cast.by_word[held[below][0]][0] if below is not None and len(signed) > 1 else None


_LETTER = 6
"""Paragraphs of a letter at most."""


def _is_name_alone(cast: Cast, inside: list[int]) -> bool:
    found = cast.by_word.get(inside[0])
    if found is None or found[0].kind not in ("person", "other") or " " not in found[1].text:
        return False
    return all(k < found[1].end or cast.words.words[k] == "." for k in inside)


def interviewee(cast: Cast, at: int) -> Member | None:
    """Who answers where word `at` stands behind a label "A:" that follows a "Q:", both opening paragraphs: the person
    named oftenest before the first label.
    """
    words = cast.words
    labels = [
        k
        for k in range(len(words.words) - 1)
        if words.words[k] in ("Q", "A") and words.words[k + 1] == ":" and words.opens_sentence(k)
    ]
    before = [k for k in labels if k <= at]
    if not before or words.words[before[-1]] != "A" or words.words[labels[0]] != "Q":
        return None
    named = _times_named(cast, labels[0])
    return max((m for m in named if " " in m.name), key=lambda m: named[m], default=None)


def _has_note(cast: Cast, member: Member, first: int) -> bool:
    """Is all that names somebody a paragraph, from the `first` one on, that begins with them and says who they are?"""
    words = cast.words
    if member.kind not in ("person", "other") or not member.places:
        return False
    at = member.places[0][0]
    name = cast.by_word[at][1] if at in cast.by_word else None
    paragraphs = {words.paragraph[place] for place, _ in member.places}
    if name is None or min(paragraphs) < first or len(paragraphs) > 1 or not words.opens_sentence(name.role_begin):
        return False
    opens = name.role_begin == 0 or words.paragraph[name.role_begin - 1] != words.paragraph[name.role_begin]
    return opens and _says_who(words, name.end)


def _says_who(words: Words, i: int) -> bool:
    """Do the words behind a name say what somebody is or does: "is a banker", ", D-Ohio, chairs the committee"?"""
    if i >= len(words.words):
        return False
    if words.lower[i : i + 2] in ([",", "a"], [",", "an"], [",", "the"]):
        return bool(lex.PERSON_NOUNS & set(words.lower[i + 2 : i + 2 + _BEHIND]))
    last = min(i + _BEHIND, len(words.words) - 1)
    while i < last and words.words[i][0].isalpha() <= words.words[i][0].isupper():
        i += 1
    following = words.lower[i + 1] if i < last else ""
    told = following in lex.DETERMINERS or following in lex.PERSON_NOUNS or following in ("senior", "co-author")
    return words.lower[i] in _DOES or (words.lower[i] in ("is", "was") and told)
