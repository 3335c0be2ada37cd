"""Whom an article's opening describes and names only later: "Coral chief resigns … Ada Brandt said …".

News opens with what somebody is and gives the name where they speak next.
"""

from collections.abc import Sequence
from dataclasses import replace

from onrecord.records import Attribution, Span
from onrecord.resolve import lexicon as lex
from onrecord.resolve.answers import Answer
from onrecord.resolve.cast import Cast, Member
from onrecord.resolve.descriptions import is_at_odds
from onrecord.resolve.phrases import Phrase, read_phrase
from onrecord.resolve.words import Words

OPENING = 3
"""The last paragraph of an opening, the first being 0."""
SURE = 0.6
"""What the score of such a link is taken to be."""
_PHRASE = 5
"""Words between "a" and its noun at most."""
_SELDOM_NAMED = lex.spelled("official source spokesman spokeswoman spokesperson aide adviser advisor lawyer attorney")
_THEIRS = lex.spelled("his her their my our your")


def name_those_named_later(cast: Cast, attributions: Sequence[Attribution], answers: dict[int, Answer]) -> None:
    """Make the unnamed speakers that an opening describes those whom the article names where they speak next."""
    order = sorted((_word(cast.words, a.source), k) for k, a in enumerate(attributions) if a.source)
    for index in sorted(answers):
        phrase = _opening(cast, attributions[index], answers[index])
        if phrase is None:
            continue
        gone = answers[index].speakers[0][0]
        gender = _told_by_pronouns(cast, gone)
        for member in (_named(cast, attributions[k], answers[k]) for at, k in order if at > phrase.head):
            if member and _may_be(cast, phrase, member) and not (gender and member.gender not in (None, gender)):
                _become(cast, answers, gone, member)
                break


def _opening(cast: Cast, attribution: Attribution, answer: Answer) -> Phrase | None:
    """The description of one unnamed person at an article's beginning, definite or in its first line, or of a body in
    its first line; else None.
    """
    if answer.how != "unnamed" or len(answer.speakers) != 1:
        return None
    phrase = read_phrase(cast.words, cast, attribution.source)
    if phrase is None or phrase.kind not in ("person", "body") or cast.words.paragraph[phrase.head] > OPENING:
        return None
    first = cast.words.lower[phrase.first]
    bare = cast.words.paragraph[phrase.head] == 0 and first not in lex.DETERMINERS
    definite = phrase.kind == "person" and phrase.definite and first not in _THEIRS
    anybody = cast.words.lower[phrase.head] in _SELDOM_NAMED or _told_before(cast.words, phrase)
    return phrase if bare or (definite and not anybody) else None


def _told_before(words: Words, phrase: Phrase) -> bool:
    """Was a description brought in with "a" before: "a senior official … the official"?"""
    told = (k for k in range(phrase.first) if words.lower[k] == words.lower[phrase.head])
    return any({"a", "an", "one", "another"} & set(words.lower[max(k - _PHRASE, 0) : k]) for k in told)


def _named(cast: Cast, attribution: Attribution, answer: Answer) -> Member | None:
    """Who speaks by name; None for several and for others."""
    by_name = any(k in cast.by_word for span in attribution.source for k in cast.words.covering(span))
    alone = answer.how == "name" and by_name and len(answer.speakers) == 1
    return answer.speakers[0][0] if alone and answer.speakers[0][0].named else None


def _told_by_pronouns(cast: Cast, member: Member) -> str | None:
    """The gender that pronouns tell of somebody."""
    text = cast.words.text
    pronouns = (text[a:b].casefold() for (a, b), how in member.mentions.items() if how == "pronoun")
    return next((lex.PRONOUN_GENDER[word] for word in pronouns if word in lex.PRONOUN_GENDER), None)


def _may_be(cast: Cast, phrase: Phrase, member: Member) -> bool:
    """May somebody be whom a description means: not named in its sentence, nor told to be somebody else?"""
    here = {cast.words.sentence[place] for place in range(phrase.first, phrase.head + 1)}
    if any(cast.words.sentence[place] in here for place, _ in member.places):
        return False
    if phrase.kind == "body":
        return member.kind == "organization" or (member.kind == "other" and member.gender is None)
    return member.kind == "person" and not is_at_odds(phrase.text, member)


def _word(words: Words, source: Sequence[Span]) -> int:
    return next((k for span in source for k in words.covering(span)), -1)


def _become(cast: Cast, answers: dict[int, Answer], gone: Member, keep: Member) -> None:
    for index, answer in answers.items():
        if any(member is gone for member, _ in answer.speakers):
            told = tuple((keep if member is gone else member, spans) for member, spans in answer.speakers)
            how = "description" if answer.how == "unnamed" else answer.how
            answers[index] = replace(answer, speakers=told, how=how, score=SURE)
    cast.merge(keep, gone)
