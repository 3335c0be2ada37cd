"""Roles told beside a name, with a comma between: "Ada Brandt, a retired general", "the judge, Ada Brandt,"."""

from onrecord.resolve import lexicon as lex
from onrecord.resolve.names import Name
from onrecord.resolve.words import Words

LONGEST = 7
"""Words of a role before a name."""
_VERBS = lex.spelled("will would could can may might must should is are was were has have had does did do")


def role_after(words: Words, i: int) -> str | None:
    """The role told by the words from here to the next comma or stop: "a retired general who …"."""
    begin = i
    sentence = words.sentence[i]
    head = False
    if words.lower[i] == "who":
        return None
    while i < len(words.words) and words.sentence[i] == sentence and i - begin < 14:
        word = words.lower[i]
        if word in (",", "who", ";", ")", "(", "—", "–", '"', "“", ".") or (word in ("said", "told", "says")):
            break
        if word in lex.PERSON_NOUNS:
            head = True
        elif word in _VERBS or (
            i == begin and word not in lex.DETERMINERS and words.words[i].islower() and not word.endswith(("er", "ed"))
        ):
            return None
        i += 1
    closed = i < len(words.words) and (
        words.lower[i] in (",", "who", ";", ")", "—", "–", ".") or words.sentence[i] != sentence
    )
    return words.text[words.starts[begin] : words.ends[i - 1]] if head and closed and i > begin else None


def role_before(words: Words, name: Name) -> str | None:
    """The definite description that ends at the comma before a name: "the prime minister, Saad Okoro"."""
    comma = name.role_begin - 1
    if comma < 2 or words.words[comma] != "," or words.lower[comma - 1] not in lex.PERSON_NOUNS:
        return None
    for k in range(comma - 1, max(comma - LONGEST, -1), -1):
        if words.sentence[k] != words.sentence[comma] or not words.words[k][0].isalpha():
            return None
        if words.lower[k] == "the":
            return words.text[words.starts[k] : words.ends[comma - 1]]
    return None
