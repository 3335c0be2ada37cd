"""Statements as far as they are compared across articles."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from math import log1p
from zlib import crc32

import numpy as np
import numpy.typing as npt

from onrecord.across.profiles import day_of
from onrecord.records import Record, Statement
from onrecord.trails.sentences import enclosing, sentence_starts
from onrecord.trails.speakers import Speaker, speaker_of
from onrecord.trails.words import COMMON, Word, is_number, mean_vector, rarity, stem_of, words

PASSAGE = 8
"""Words of the sentences around a statement from which on two outlets do not come by the same ones on their own."""
_CREDIT = frozenset(stem_of(word) for word in ["responsibility", "credit", "blame"])
_TAKES = frozenset(stem_of(word) for word in ["claim", "take", "took", "taken", "taking", "accept"])
BARE = 4
"""Words of a deed that is merely named, as in "claimed the attack"."""
STORY = 40
"""Stems by which it is told whether two articles are about one matter."""
_WORD = re.compile(r"\w+")
_PRONOUNS = frozenset(["i", "he", "she", "it", "they", "we", "his", "her", "their", "who", "which", "that", "this"])

Key = tuple[str, str]
"""(article id, statement id)."""

CUES = {
    stem_of(word): family
    for family, line in {
        "accuse": "accuse accused accuses blame blamed blames condemn condemned criticize criticized denounce slammed",
        "deny": "deny denied denies denial reject rejected rejects dismissed refuted",
        "claim": "claim claimed claims credit responsibility admitted acknowledged confirmed",
        "promise": "promise promised pledge pledged vow vowed agreed agree committed commitment",
        "threaten": "threaten threatened threat warn warned warns warning caution cautioned",
        "ask": "urge urged ask asked call called calls demand demanded request requested appeal ordered order",
        "believe": "believe believes think thinks thought expect expected hope hopes predicted",
        "praise": "praise praised hail hailed welcome welcomed thanked congratulated",
    }.items()
    for word in line.split()
}
"""What a cue does, where it says more than "said"."""


@dataclass(frozen=True, eq=False)
class Told:
    """The text that statements stand in; what few of them are asked for is found when one is."""

    text: str

    @cached_property
    def starts(self) -> list[int]:
        """Where its sentences begin."""
        return sentence_starts(self.text)

    @cached_property
    def story(self) -> frozenset[str]:
        """The stems that it is about."""
        return story_of(self.text)


@dataclass(frozen=True, eq=False)
class Saying:
    """One statement: its words, their weights, and what else is compared. Sets hold stems."""

    key: Key
    statement: Statement
    day: int | None
    """The article's day as an ordinal; else the day it was said on; None when neither is known."""
    said_on: str | None
    outlet: str | None
    speaker: Speaker | None
    guessed: bool
    """Whether the text names no speaker here, so that who "he" is, or who goes on speaking, was worked out."""
    words: tuple[Word, ...]
    weights: dict[str, float]
    """Rarity by stem, of the words that say something; numbers and quoted words always do."""
    quotations: tuple[tuple[Word, ...], ...]
    """Runs of words in quotation marks."""
    quoted: frozenset[str]
    numbers: frozenset[str]
    cues: frozenset[str]
    """What its cue does; the content's first words may belong to it, as in "claimed | responsibility for"."""
    claims: bool
    """Whether it claims responsibility, or takes credit, for something."""
    said_with: frozenset[str]
    """The words of its cue."""
    weight: float
    """The sum of the weights."""
    told: Told
    """Its article's text."""

    @cached_property
    def passage(self) -> int | None:
        """The checksum of the sentences it stands in, speaker and cue included; None when these are few words."""
        return _passage(self.told.text, self.statement, self.told.starts)

    @cached_property
    def vector(self) -> npt.NDArray[np.float32]:
        """The weighted mean of its words' vectors, of unit length; zeros when none has one."""
        return mean_vector(self.weights)

    @property
    def story(self) -> frozenset[str]:
        """The stems that its article is about."""
        return self.told.story

    @property
    def nested(self) -> bool:
        return self.statement.parent is not None

    @property
    def fullness(self) -> tuple[float, float, Key]:
        """What puts the longest wording first: words in quotation marks, then all that say something."""
        return (-sum(rarity(w.stem) for w in self.words if w.quoted), -self.weight, self.key)


def sayings(record: Record) -> Iterator[Saying]:
    """The statements of a record whose content has a word in it."""
    day = day_of(record.article)
    entities = {entity.id: entity for entity in record.entities}
    speakers = {
        id_: speaker_of(record, entities[id_]) for id_ in {s.speaker for s in record.statements} - {None} if id_
    }
    text = record.article.text
    told = Told(text)
    for s in record.statements:
        found, cue = tuple(words(text, s.content)), words(text, s.cue)
        if not found:
            continue
        weights = {w.stem: rarity(w.stem) for w in found if _says_something(w)}
        yield Saying(
            (record.article.id, s.id),
            s,
            ordinal(day) or ordinal(s.said_on),
            s.said_on,
            record.article.outlet,
            speakers.get(s.speaker or ""),
            not s.source or all(text[a:b].casefold() in _PRONOUNS for a, b in s.source),
            found,
            weights,
            tuple(quotations(found)),
            frozenset(w.stem for w in found if w.quoted and w.stem in weights),
            frozenset(w.stem for w in found if is_number(w.stem)),
            frozenset(CUES[w.stem] for w in (*cue, *found[:2]) if w.stem in CUES),
            _claims(cue, found),
            frozenset(w.stem for w in cue),
            sum(weights.values()),
            told,
        )


def quotations(found: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Runs of words in quotation marks, none over the end of a sentence."""
    run: list[Word] = []
    for word in found:
        if run and (word.opens or not word.quoted):
            yield tuple(run)
            run = []
        if word.quoted:
            run.append(word)
    if run:
        yield tuple(run)


def _claims(cue: Sequence[Word], found: Sequence[Word]) -> bool:
    """As "claimed responsibility for", "has taken credit for", "have claimed | the attack"."""
    stems = {w.stem for w in (*cue, *found[:BARE])}
    if stems & _CREDIT:
        return bool(stems & _TAKES)
    bare = len(found) <= BARE and not any(w.quoted for w in found)
    return bare and any(w.stem == stem_of("claim") for w in cue)


def story_of(text: str) -> frozenset[str]:
    """The stems that a text is about: rare ones that it has again and again."""
    counts: Counter[str] = Counter()
    for word, n in Counter(_WORD.findall(text)).items():
        counts[stem_of(word)] += n
    weights = {stem: log1p(n) * weight for stem, n in counts.items() if (weight := rarity(stem)) > COMMON}
    return frozenset(sorted(weights, key=lambda stem: (-weights[stem], stem))[:STORY])


def _says_something(word: Word) -> bool:
    return rarity(word.stem) > COMMON or is_number(word.stem)


@lru_cache(maxsize=1 << 12)
def ordinal(day: str | None) -> int | None:
    """The number of an ISO 8601 day; None for less than a day."""
    if day is None or not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
        return None
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return None


def _passage(text: str, s: Statement, starts: list[int]) -> int | None:
    spans = (*s.source, *s.cue, *s.content)
    start, end = enclosing(text, (min(a for a, _ in spans), max(b for _, b in spans)), starts)
    found = _WORD.findall(text[start:end].casefold())
    return crc32(" ".join(found).encode("utf-8", "surrogatepass")) if len(found) >= PASSAGE else None
