"""An "it" that stands for nothing: "it is clear that", "it comes after", "made it hard to"."""

from onrecord.resolve import lexicon as lex
from onrecord.resolve.words import Words

_BE = lex.spelled("is was 's ’s be been are were isn wasn")
_BEFORE_BE = lex.spelled("will would may might could can should must has had 'd ’d ' ’ t ll not")
_BETWEEN = lex.spelled(
    "not very so too also now still only even more most quite perhaps probably certainly increasingly yet long ' ’ t"
)
_OPINIONS = lex.spelled(
    "clear unclear possible impossible important logical necessary difficult hard easy essential crucial vital obvious "
    "evident apparent inevitable true time unthinkable conceivable hoped worth good better best fair safe right wrong"
)
_TOLD = lex.spelled(
    "likely unlikely reported thought believed understood expected announced decided agreed known claimed alleged "
    "estimated said revealed"
)
_SUPPOSED = lex.spelled("said assumed rumored rumoured speculated feared")
_SEEMS = lex.spelled("seems seemed seem appears appeared appear looks looked look turns turned emerged follows")
_AFTER_SEEMS = lex.spelled("that as like likely unlikely clear unclear possible inevitable out")
_COMES = lex.spelled("comes came")
_AFTER_COMES = lex.spelled("after as amid at just days hours weeks months a one two three less only on when")
_MAKES = lex.spelled("make makes made making find finds found consider considers think thinks thought")


def stands_for_nothing(words: Words, at: int) -> bool:
    """Is the "it" at a word index a mere subject or object of a clause, or the news itself?"""
    ahead = words.lower[at + 1 : at + 9]
    if not ahead or words.sentence[min(at + 1, len(words.words) - 1)] != words.sentence[at]:
        return False
    if ahead[0] in _COMES:
        return ahead[1:2] != [] and ahead[1] in _AFTER_COMES
    if at and words.lower[at - 1] in _MAKES and ahead[0] in _OPINIONS:
        return True
    k = next((k for k, word in enumerate(ahead) if word not in _BEFORE_BE | _BETWEEN), 0)
    if ahead[k] in _SEEMS or (ahead[k] == "been" and ahead[k + 1 : k + 2] == ["looking"]):
        return ahead[k + 1 : k + 2] != [] and ahead[k + 1] in _AFTER_SEEMS
    if ahead[k] not in _BE:
        return False
    rest = [i for i in range(at + k + 2, min(at + k + 10, len(words.words))) if words.lower[i] not in _BE | _BETWEEN]
    return bool(rest) and _says_nothing_of_it(words, rest)


def _says_nothing_of_it(words: Words, rest: list[int]) -> bool:
    """Do the words after "it is" speak of a clause that follows?"""
    first, *others = (words.lower[i] for i in rest)
    following = others[0] if others else ""
    if first in _OPINIONS or (first == "looking" and following == "like"):
        return True
    if first in _SUPPOSED:
        return True
    if first in _TOLD:
        return following in ("that", "whether", ",", ".")
    if first == "up":
        return following == "to"
    if first in ("the", "a") and "time" in others[:3]:
        return True
    return words.words[rest[0]][0].isupper() and any(word in ("that", "who") for word in others[:3])
