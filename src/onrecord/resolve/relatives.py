"""What a relative pronoun stands for: "Ada Brandt, a banker from Lerne who", "the group, which"."""

from onrecord.records import Span
from onrecord.resolve import lexicon as lex
from onrecord.resolve.cast import Cast, Member
from onrecord.resolve.names import Name
from onrecord.resolve.words import Words

_LONGEST = 9
"""Words of a noun phrase before its pronoun."""
_LINKS = lex.spelled("of from in at for with")
"""What joins a noun phrase, or a name, to where somebody is from."""
_NOBODY = ("place", "country", "organization", "group", "igo")
"""Kinds of names that "who" does not stand for."""
_Found = tuple[Member, Name]


def spoken_of(words: Words, cast: Cast, pronoun: int) -> Span | None:
    """The words that a relative pronoun, by its word index, stands for: a name with its role, or a description; None
    where neither stands right before it.
    """
    at = pronoun - 1
    while at > 0 and not words.words[at][0].isalnum() and words.sentence[at] == words.sentence[pronoun]:
        at -= 1
    named = _ending_at(cast, at)
    within = named and words.lower[named[1].role_begin - 1] in ("in", "at")
    if named and words.lower[pronoun] == "who" and (named[1].kind in _NOBODY or within):
        return _before_home(words, cast, named[1])
    if named:
        home = _from_there(words, cast, named[1]) if words.lower[pronoun] == "who" else None
        return _span(words, (home or named)[1])
    begin = _begin(words, at)
    if words.lower[begin] not in lex.DETERMINERS:
        return None
    apposed = named_before(words, cast, begin)
    return _span(words, apposed[1]) if apposed else (words.starts[begin], words.ends[at])


def named_before(words: Words, cast: Cast, begin: int, also: tuple[str, ...] = ()) -> _Found | None:
    """Whom a noun phrase that begins here, with "a" or `also` other words, is in apposition to: the name at whose comma
    it stands, where they are from between ("Ada Brandt of Lerne, a banker").
    """
    if words.lower[begin] not in ("a", "an", *also) or words.words[begin - 1] not in (",", "—", "–", "-"):
        return None
    named = _ending_at(cast, _before_age(words, begin - 1) - 1)
    if named and named[1].kind in ("place", "country"):
        named = _from_there(words, cast, named[1]) or named
    if named is None or named[1].kind in ("place", "country", "igo"):
        return None
    return None if words.lower[named[1].role_begin - 1] in ("in", "at") else named  # "at the hall in Lerne, a woman"


def _before_home(words: Words, cast: Cast, home: Name) -> Span | None:
    """Somebody of a place or at a body whose name ends right before "who", by name or described; None else."""
    named = _from_there(words, cast, home)
    if named:
        return _span(words, named[1])
    link = home.role_begin - 1 - (words.lower[home.role_begin - 1] == "the")
    if words.lower[link] not in _LINKS:
        return None
    begin = _begin(words, link - 1)
    whole = begin
    while words.lower[whole - 1] in _LINKS:  # "the leader of the opposition in Lerne, who"
        whole = _begin(words, whole - 2)
    apposed = named_before(words, cast, whole, also=("the",))
    if apposed:
        return _span(words, apposed[1])
    return (words.starts[begin], words.ends[home.end - 1]) if words.lower[begin] in lex.DETERMINERS else None


def _from_there(words: Words, cast: Cast, home: Name) -> _Found | None:
    """Who is named before "of" or "from" a place: "Ada Brandt, 24, from Lerne", "Ada Brandt, Republican of Ohio"."""
    link = home.role_begin - 1
    if words.lower[link] not in _LINKS:
        return None
    end = link
    if words.lower[end - 1] in ("republican", "democrat"):
        end -= 1
    if words.words[end - 1] == ",":
        end = _before_age(words, end - 1)
    found = _ending_at(cast, end - 1)
    return found if found and found[1].kind in ("person", "other") else None


def _before_age(words: Words, comma: int) -> int:
    """The comma before an age that ends at this one: "Ada Brandt, 24,"; else this one."""
    aged = comma > 2 and words.words[comma - 1].isdigit() and words.words[comma - 2] == ","
    return comma - 2 if aged else comma


def _begin(words: Words, at: int) -> int:
    """Where the noun phrase begins whose last word is this one."""
    begin = at
    while (
        begin > 0
        and words.sentence[begin - 1] == words.sentence[at]
        and at - begin < _LONGEST
        and (words.words[begin - 1][0].isalnum() or words.words[begin - 1] in ("’s", "'s"))
        and words.lower[begin] not in ("the", "a", "an")
    ):
        begin -= 1
    return begin


def _ending_at(cast: Cast, at: int) -> _Found | None:
    found = cast.by_word.get(at)
    if found is None:
        return None
    stop = found[1].end - 2 == at and cast.words.words[at + 1 : at + 2] == ["."]  # "Tom Okoro Jr."
    return found if found[1].end - 1 == at or stop else None


def _span(words: Words, name: Name) -> Span:
    return words.starts[name.role_begin], words.ends[name.end - 1]
