"""People named together: "Ada Brandt and Tom Okoro", whom "they" and "both" may mean."""

from collections.abc import Iterator

from onrecord.resolve.cast import Cast, Member
from onrecord.resolve.names import Name
from onrecord.resolve.words import Words


def stand_together(cast: Cast) -> None:
    """Add to the cast the groups of people whom the text names one after the other with "and", each at its places."""
    for people, last in _groups(cast):
        group_of(cast, people).stands_at(last.begin)


def group_of(cast: Cast, people: list[Member]) -> Member:
    """Several as one antecedent, a new one if there is none."""
    for member in cast.members:
        if member.members == tuple(people):
            return member
    group = Member(" and ".join(p.name for p in people), "group", members=tuple(people))
    cast.members.append(group)
    return group


def all_of_whom(cast: Cast, first: int) -> tuple[Member, ...]:
    """Whom "all of whom", "both of whom" beginning at a word means: the people named together before its comma."""
    words = cast.words
    end = first - 1
    while end > 0 and (words.words[end] in (",", "(", ")") or _inside_brackets(words, end)):
        end -= 1
    named = cast.by_word.get(end)
    for people, last in _groups(cast):
        if named and named[1] is last:
            return tuple(people)
    return ()


def _groups(cast: Cast) -> Iterator[tuple[list[Member], Name]]:
    """The people of each group, in text order, and the last one's name."""
    run: list[tuple[Member, Name]] = []
    joined = False
    for found in [*_in_order(cast), None]:
        between = _between(cast, run[-1][1], found[1]) if run and found else []
        alike = found is not None and bool(run) and (run[-1][0].kind == "person") == (found[0].kind == "person")
        if found and alike and not joined and between in _LISTED and _may_be_listed(found):
            run.append(found)
            joined = "and" in between
            continue
        if joined and len({id(m) for m, _ in run}) == len(run) > 1:
            yield [m for m, _ in run], run[-1][1]
        run, joined = ([found] if found and _may_be_listed(found) else []), False


def _between(cast: Cast, one: Name, other: Name) -> list[str]:
    """The words between two names, without where the first is from: "(D-Ohio)", ", Republican of Ohio,"."""
    words = cast.words
    if words.sentence[one.end - 1] != words.sentence[other.begin]:
        return ["."]
    at = range(one.end, max(other.role_begin, one.end))
    told = [k for k in at if not (_inside_brackets(words, k) or words.words[k] in "()" or k in cast.by_word)]
    out: list[str] = []
    for word in (words.lower[k] for k in told if words.lower[k] not in _FROM):
        if word != "," or out[-1:] != [","]:
            out.append(word)
    return out


_FROM = ("of", "the", "republican", "democrat")
_LISTED = (["and"], [","], [",", "and"])


def _inside_brackets(words: Words, k: int) -> bool:
    """Does a word stand in brackets, at most four words after they open?"""
    for i in range(k, max(k - 5, -1), -1):
        if words.words[i] == ")" and i < k:
            return False
        if words.words[i] == "(":
            return i < k
    return False


def _in_order(cast: Cast) -> Iterator[tuple[Member, Name]]:
    """Everybody's mentions by name, homes left out."""
    last = None
    for k in sorted(cast.by_word):
        found = cast.by_word[k]
        home = found[1].kind == "place" and (cast.words.lower[k - 1] == "of" or _inside_brackets(cast.words, k))
        if found[1] is not last and not home:
            last = found[1]
            yield found


def _may_be_listed(found: tuple[Member, Name]) -> bool:
    member, name = found
    may = {"person": ("person", "other"), "organization": ("organization", "other")}.get(member.kind, ())
    return name.kind in may and not name.possessive
