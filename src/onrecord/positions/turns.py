"""Two statements of one speaker on one topic that seem at odds, and what makes them seem so.

They must speak of the same thing, by the weight of the words that they share and the same names, and then

    negation   a word of both is denied in the one and not in the other ("will cut", "has no plans to cut")
    antonym    beside words of both there stands one word in the one and its opposite in the other ("raise", "lower")
    number     of the same thing, they give different amounts
    stance     the one is for somebody or something, the other against it

Candidates to be read, never a judgement: circumstances change, and so does who asks.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from onrecord.records import Record, Stance, Statement
from onrecord.trails.words import Word, is_number, rarity, stem_of, words

Why = Literal["negation", "antonym", "number", "stance"]
ALIKE = 0.35
"""Share of the lesser statement's weight that both must share."""
SHARED = 14.0
"""Weight that both must share: two or three telling words."""
ALIKE_AS_WHOLE = 0.65
"""The same share where only a stance differs, or only praise and blame ("a good deal", "a bad deal"); of the weightier
one where the one is denied as a whole ("he denied that …"), so that nothing but what the other says is denied."""
ALIKE_BY_NUMBER = 0.75
"""What both must share of the weightier one where only an amount differs: most amounts are of another thing."""
SURE = 0.8
"""Confidence of a stance from which on it is held against another."""
_CUES = frozenset(stem_of(w) for w in ("denied", "denies", "deny", "denying", "rejected", "reject", "dismissed"))
"""Cues that deny what follows."""
_AS = "as"
"""Who dismisses something as a hoax says that it is one."""
_OF = frozenset(("in", "of"))
"""What follows a noun of movement: "a rise in prices" tells of the world, "to raise prices" of a mind."""
_NO_DEEDS = ("ing", "ers")
"""Ends of words that say nothing of a plan: "by not cutting", "non-OPEC producers"."""
_IF = frozenset(("if", "unless"))
_TELLING = 4.0
"""Rarity from which on a word counts as what a statement speaks of."""
_REACH = 6
"""Words before a word in which a denial of it stands."""
_AHEAD = 30
"""Code points before a cue in which a denial of it stands: two words."""
_BESIDE = 3
"""Words to either side of a word in which that stands of which it is said."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What makes two statements seem at odds: the words of the earlier one and of the later one."""

    why: Why
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Uttered:
    """A statement as far as it is held against others."""

    article: str
    words: tuple[Word, ...]
    denied: bool
    """Whether the cue denies it ("he denied that …"), or one of the same speaker inside whose words it stands."""
    doubtful: bool
    """Whether the cue is itself denied ("does not say that …"): nobody can tell from the words what is meant."""
    stances: tuple[tuple[str, Stance], ...]
    """By the entity's name."""

    @classmethod
    def of(cls, record: Record, statement: Statement) -> "Uttered":
        """What a record's statement is held by."""
        names = {e.id: e.name for e in record.entities}
        text, own = record.article.text, tuple(words(record.article.text, statement.content))
        cues = [
            w for one in _around(record, statement) for w in words(text, one.cue) if one.speaker == statement.speaker
        ]
        denied = any(w.stem in _CUES for w in cues) and not any(w.stem == _AS for w in own)
        before = words(text, ((max(0, statement.cue[0][0] - _AHEAD), statement.cue[0][0]),)) if statement.cue else []
        doubtful = any(w.stem in _lists()[0] for w in _before(before, len(before), 2))
        towards = tuple((names[s.entity], s) for s in statement.stances if s.entity in names)
        return cls(record.article.id, own, denied, doubtful, towards)


def _around(record: Record, statement: Statement) -> Iterator[Statement]:
    """A statement and those inside whose words it stands."""
    by_id = {s.id: s for s in record.statements}
    inner: Statement | None = statement
    while inner is not None:
        yield inner
        inner = by_id.get(inner.parent) if inner.parent else None


def alike(a: Uttered, b: Uttered) -> tuple[float, float]:
    """The weight of the words that two share, and its share of the lesser one's, 0 to 1."""
    ours, theirs = _weights(a), _weights(b)
    shared = sum(weight for stem, weight in ours.items() if stem in theirs)
    return shared, shared / max(min(sum(ours.values()), sum(theirs.values())), 1.0)


def reasons(was: Uttered, now: Uttered) -> tuple[Reason, ...]:
    """What makes two statements seem at odds; nothing when they stand in one article, speak of different things or
    agree.
    """
    if was.article == now.article:
        return ()
    shared, share = alike(was, now)
    if shared < SHARED or share < ALIKE:
        return ()
    towards = tuple(_stances(was, now)) if share >= ALIKE_AS_WHOLE else ()
    if _names(was) != _names(now) or was.doubtful or now.doubtful:
        return towards
    whole = shared / max(sum(_weights(was).values()), sum(_weights(now).values()), 1.0)
    denied = tuple(_denied(was, now)) if whole >= ALIKE_AS_WHOLE else ()
    opposites = (o for o in _opposites(was, now) if share >= ALIKE_AS_WHOLE or not _praises(o))
    found = [*denied, *_negations(was, now), *opposites, *towards]
    if not found and whole >= ALIKE_BY_NUMBER and _numbers(was) == _numbers(now) == 1:
        found += _amounts(was, now)
    return tuple(dict.fromkeys(found))


def _weights(uttered: Uttered) -> dict[str, float]:
    return {w.stem: rarity(w.stem) for w in uttered.words if not is_number(w.stem) and rarity(w.stem) >= _TELLING}


def _names(uttered: Uttered) -> set[str]:
    """Names in it: with others, it is mostly others of whom something else is said."""
    return {w.stem for w in uttered.words if w.form[0].isupper() and not w.opens and w.form != "I"}


def _denied(was: Uttered, now: Uttered) -> Iterator[Reason]:
    """The one is denied as a whole."""
    if was.denied != now.denied and not _denies(was, now):
        yield Reason("negation", "denied" if was.denied else "", "denied" if now.denied else "")


def _negations(was: Uttered, now: Uttered) -> Iterator[Reason]:
    """What is denied of one thing in the one statement and not in the other."""
    if was.denied or now.denied:
        return
    both = _weights(was).keys() & _weights(now).keys()
    ours, theirs = _denials(was, both), _denials(now, both)
    for (stem, thing), by in ours.items():
        other = theirs.get((stem, thing), by)
        if (by is None) != (other is None):
            yield Reason("negation", _shown(was, stem, by), _shown(now, stem, other))


def _denies(*both: Uttered) -> bool:
    """Whether something is denied in the words of one of them."""
    denying, deniers, *_ = _lists()
    return any(word.stem in denying | deniers for one in both for word in one.words)


def _denials(uttered: Uttered, both: Set[str]) -> dict[tuple[str, str], str | None]:
    """Words that may be denied and what they are said of, with the word that denies each, None where none does.

    What is said both ways is left out.
    """
    denying, _, deniable, _ = _lists()
    found: dict[tuple[str, str], str | None] = {}
    mixed: set[tuple[str, str]] = set()
    for at, word in enumerate(uttered.words):
        states = word.stem in deniable and not word.form.endswith(_NO_DEEDS)
        before = _before(uttered.words, at)
        thing = _thing(uttered.words, at, both) if states else None
        if thing is None or any(w.stem in _IF for w in before):
            continue
        by = next((w.form for w in reversed(before) if w.stem in denying), None)
        key = (word.stem, thing)
        if key in found and (found[key] is None) != (by is None):
            mixed.add(key)
        found[key] = by
    return {key: by for key, by in found.items() if key not in mixed}


def _before(held: Sequence[Word], at: int, reach: int = _REACH) -> Sequence[Word]:
    """The words before one, in its part of the sentence."""
    first = at
    while first > max(0, at - reach) and not (first < len(held) and held[first].parts):
        first -= 1
    return held[first:at]


def _thing(held: Sequence[Word], at: int, both: Set[str]) -> str | None:
    """What a word is said of: the nearest after it of the words of both statements, else the nearest before."""
    after = (w.stem for w in held[at + 1 : at + 1 + _BESIDE])
    before = (w.stem for w in reversed(held[max(0, at - _BESIDE) : at]))
    return next((stem for stem in (*after, *before) if stem in both and stem != held[at].stem), None)


def _opposites(was: Uttered, now: Uttered) -> Iterator[Reason]:
    opposite = _lists()[3]
    both = _weights(was).keys() & _weights(now).keys()
    stems = {w.stem for w in was.words}, {w.stem for w in now.words}
    said = [
        (word, thing)
        for at, word in enumerate(now.words)
        if word.stem in opposite
        and word.stem not in stems[0]
        and not _tells(now.words, at)
        and (thing := _thing(now.words, at, both))
    ]
    ours, theirs = _denials(was, both), _denials(now, both)
    for at, word in enumerate(was.words):
        states = word.stem in opposite and word.stem not in stems[1] and not _tells(was.words, at)
        thing = _thing(was.words, at, both) if states else None
        for other, same in said:
            if thing == same and other.stem in opposite.get(word.stem, ()):
                denied = ours.get((word.stem, thing)), theirs.get((other.stem, same))
                if (denied[0] is None) == (denied[1] is None):
                    yield Reason("antonym", word.form, other.form)


def _praises(opposite: Reason) -> bool:
    """Whether the one is praise and the other blame: such words are said of many things."""
    against = _lists()[3].get(stem_of(opposite.was), frozenset())
    return stem_of("bad") in against or stem_of("good") in against


def _tells(held: Sequence[Word], at: int) -> bool:
    """Whether a word tells how the world moves ("fell by 2.7 mln", "a rise in prices"): that is nobody's mind."""
    if at + 1 < len(held) and held[at + 1].stem in _OF:
        return True
    return any(is_number(word.stem) for word in held[max(0, at - _BESIDE) : at + 1 + _BESIDE])


def _amounts(was: Uttered, now: Uttered) -> Iterator[Reason]:
    both = _weights(was).keys() & _weights(now).keys()
    ours, theirs = dict(_counted(was, both)), dict(_counted(now, both))
    for unit, number in ours.items():
        if unit in theirs and theirs[unit] != number:
            yield Reason("number", number, theirs[unit])


def _numbers(uttered: Uttered) -> int:
    """How many there are in it: with several, each is of something else."""
    return sum(is_number(word.stem) for word in uttered.words)


def _counted(uttered: Uttered, both: Set[str]) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Each number's two words after it and what it is of, and the number; not by how much something moved."""
    held, opposite = uttered.words, _lists()[3]
    for at, word in enumerate(held[:-2]):
        moved = any(w.stem in opposite for w in held[max(0, at - _BESIDE) : at + 1 + _BESIDE])
        if is_number(word.stem) and not moved and (thing := _thing(held, at, both)):
            yield (held[at + 1].stem, held[at + 2].stem, thing), word.form


def _stances(was: Uttered, now: Uttered) -> Iterator[Reason]:
    sides = {"for", "against"}
    for name, before in was.stances:
        for other, after in now.stances:
            if (
                name == other
                and {before.attitude, after.attitude} == sides
                and min(before.confidence, after.confidence) >= SURE
            ):
                yield Reason("stance", f"{before.attitude} {name}", f"{after.attitude} {name}")


def _shown(uttered: Uttered, stem: str, by: str | None) -> str:
    form = next(w.form for w in uttered.words if w.stem == stem)
    return f"{by} … {form}" if by else form


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str], dict[str, frozenset[str]]]:
    """Stems of the words that deny; of verbs that do; of what can be denied; and each word's opposites."""
    lines = files("onrecord.positions").joinpath("data/words.txt").read_text("utf-8").splitlines()
    parts: dict[str, list[str]] = {}
    for line in lines:
        kind, _, rest = line.partition(":")
        if rest and not line.startswith("#"):
            parts.setdefault(kind, []).append(rest)
    opposites: dict[str, set[str]] = {}
    for line in parts["opposite"]:
        left, right = ([stem_of(w) for w in side.split()] for side in line.split("/"))
        for one in left:
            opposites.setdefault(one, set()).update(right)
        for one in right:
            opposites.setdefault(one, set()).update(left)
    stems = [frozenset(stem_of(w) for line in parts[k] for w in line.split()) for k in ("negation", "denial", "verb")]
    return stems[0], stems[1], stems[2] | opposites.keys(), {k: frozenset(v) for k, v in opposites.items()}
