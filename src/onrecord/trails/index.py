"""Which statements might report the same utterance as another: few of many, found without comparing all.

Two ways lead to a candidate, within a window of days around the statement's:
1. word runs in common (shingles of three words, MinHash and banded lookup), or two weighty words that follow each other
   in quotation marks: verbatim, whoever is said to have said it;
2. distinctive words, numbers and names in common, under a common name or country of the speaker (an inverted index):
   trimmed, translated, paraphrased.

Statements of a day lie in a bucket of their own, so that old days cost nothing and can be forgotten. Those without a
day are candidates for every day.
"""

from collections import defaultdict
from collections.abc import Iterator
from heapq import nlargest, nsmallest
from itertools import islice, pairwise

from rensa import RMinHash, RMinHashLSH

from onrecord.trails.sayings import Key, Saying
from onrecord.trails.speakers import Compatible, compatible

WINDOW = 4
"""Days before and after within which two articles may report one utterance."""
SHINGLE = 3
PERMUTATIONS, LIKENESS = 64, 0.15
"""Of MinHash; shingles of which two statements share this share (Jaccard) are likely to meet."""
CROWD = 400
"""Words that more statements of one speaker and day have in common tell none of them from the others."""
FEW = 40
"""Speakers with no more statements than this on a day have all of them compared, words in common or not."""
QUOTED = '"'
"""In place of a speaker's name: two weighty words that follow each other in quotation marks, whoever says them."""
LOOKED_AT = 150
"""Statements whose speakers are compared for one statement, those with the most in common first."""
MOST = 60
"""Candidates that are looked at for one statement, those with the most in common first."""


class _Day:
    """The statements of one day, by number."""

    def __init__(self) -> None:
        self.postings: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
        self.runs = RMinHashLSH(LIKENESS, PERMUTATIONS, PERMUTATIONS // 2)


class Index:
    """Statements by day, to be found by what they have in common."""

    def __init__(self) -> None:
        self._days: dict[int | None, _Day] = {}
        self._numbers: dict[Key, int] = {}
        self._keys: dict[int, Key] = {}
        self._held: dict[int, Saying] = {}
        self._next = 0

    def add(self, saying: Saying) -> None:
        """Take a statement in; its key must be new."""
        day = self._days.setdefault(saying.day, _Day())
        self._next += 1
        self._numbers[saying.key], self._keys[self._next] = self._next, saying.key
        self._held[self._next] = saying
        for key in _postings(saying):
            day.postings[key][self._next] = None
        hashed = _hashed(saying)
        if hashed is not None:
            day.runs.insert(self._next, hashed)

    def remove(self, saying: Saying) -> None:
        """Take a statement out. Raises KeyError when it is not there."""
        number = self._numbers.pop(saying.key)
        del self._held[number], self._keys[number]
        day = self._days[saying.day]
        for key in _postings(saying):
            day.postings[key].pop(number, None)
            if not day.postings[key]:
                del day.postings[key]
        if _hashed(saying) is not None:
            day.runs.remove(number)

    def candidates(self, saying: Saying) -> list[Saying]:
        """Statements that might report the same, of speakers that might be the same, most in common first."""
        common: dict[int, float] = defaultdict(float)
        alike: set[int] = set()
        postings = [(key, saying.weights.get(key[1], 0.0)) for key in _postings(saying)]
        hashed = _hashed(saying)
        for day in self._near(saying.day):
            runs = {*day.runs.query(hashed)} if hashed is not None else set()
            for key, weight in postings:
                posted = day.postings.get(key, {})
                if len(posted) <= (CROWD if weight else FEW):
                    gain = max(weight, 0.1)
                    for other in posted:
                        common[other] += gain
                    if key[0] == QUOTED:
                        runs.update(posted)
            for other in runs:
                common[other] += 100.0
            alike |= runs
        common.pop(self._numbers.get(saying.key, 0), None)
        best = ((number, self._held[number]) for number in self._most(common))
        fitting = (held for number, held in best if number in alike or _may_be_one(saying, held))
        return list(islice(fitting, MOST))

    def _most(self, common: dict[int, float]) -> list[int]:
        """Those of whom LOOKED_AT are looked at, most in common first, then by key."""
        least = nlargest(LOOKED_AT, common.values())[-1] if len(common) > LOOKED_AT else 0.0
        above = [number for number, score in common.items() if score > least]
        level = [number for number, score in common.items() if score == least]  # hundreds with a name alone in common
        above.sort(key=lambda number: (-common[number], self._keys[number]))
        return above + nsmallest(LOOKED_AT - len(above), level, key=self._keys.__getitem__)

    def _near(self, day: int | None) -> Iterator[_Day]:
        if day is None:
            yield from self._days.values()
            return
        for other in (None, *range(day - WINDOW, day + WINDOW + 1)):
            if other in self._days:
                yield self._days[other]


def _may_be_one(a: Saying, b: Saying) -> bool:
    return compatible(a.speaker, b.speaker) is not Compatible.DIFFERENT


def _postings(saying: Saying) -> Iterator[tuple[str, str]]:
    """Where a statement stands in the inverted index: each word under each name of its speaker."""
    names = saying.speaker.tokens() if saying.speaker else frozenset(("",))
    for run in saying.quotations:
        stems = [w.stem for w in run if w.stem in saying.weights]
        for pair in pairwise(stems):
            yield QUOTED, " ".join(pair)
    for name in names:
        yield name, ""
        for stem in saying.weights:
            yield name, stem


def _hashed(saying: Saying) -> RMinHash | None:
    """None when it is too short to have a run of words."""
    stems = [w.stem for w in saying.words]
    if len(stems) < SHINGLE:
        return None
    hashed = RMinHash(PERMUTATIONS, 1)
    hashed.update([" ".join(stems[at : at + SHINGLE]) for at in range(len(stems) - SHINGLE + 1)])
    return hashed
